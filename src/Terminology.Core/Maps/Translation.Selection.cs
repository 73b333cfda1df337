using Terminology.Issues;

namespace Terminology.Maps;

/// <summary>Which maps, and which groups of them, may answer.</summary>
internal sealed partial class Translation
{
    /// <summary>
    /// The map sent along; the map named; else, of every canonical, the newest active version that fits by code systems. Drafts answer only where no active
    /// map fits, retired maps only by name, historical associations only when SNOMED CT is the target asked for.
    /// </summary>
    private IReadOnlyList<IConceptMap> Maps(Source source)
    {
        if (request.ConceptMap is { } inline)
        {
            if (request.Url is { } other && other.Url != inline.Info.Url)
            {
                throw new TerminologyException(IssueType.Invalid, "TWO_MAPS", $"The map '{other}' is named and another one is sent along: send 'url' or 'conceptMap'.") { Expression = "url" };
            }
            return [inline];
        }
        if (request.Url is { } url) return [Named(url).Map.Value];
        var system = source.Coding.System!;
        var fitting = service.ConceptMapsOf(system, asTarget: request.Reverse)
            .Where(entry => entry.Status != PublicationStatus.Retired && IsOffered(entry, source.Coding.Version) && Fits(entry))
            .GroupBy(entry => (object?)entry.Url ?? entry)
            .Select(versions => versions.FirstOrDefault(IsActive) ?? versions.First())
            .ToArray();
        var active = fitting.Where(IsActive).ToArray();
        if (active.Length == 0 && fitting.Length > 0)
        {
            foreach (var draft in fitting) Note(IssueType.BusinessRule, "DRAFT_MAP", $"The map {new VersionedUrl(draft.Url ?? "sent along", draft.Version)} is a draft; no active map fits.");
        }
        return [.. (active.Length > 0 ? active : fitting).Select(entry => entry.Map.Value)];
    }

    private static bool IsActive(ConceptMapEntry entry) => entry.Status is PublicationStatus.Active or PublicationStatus.Unknown;

    /// <summary>Live, or of the very release that the coding is of; never a second time under its pinned name.</summary>
    private static bool IsOffered(ConceptMapEntry entry, string? version)
        => !ImplicitMaps.IsPinned(entry.Url)
            && (entry.Live || (version is not null && entry.Map is { IsValueCreated: true, Value: RefsetConceptMap } && Versions.Match(version, entry.Version)));

    /// <summary>Does it go to the system asked for? A target scope that is a code system asks for it too.</summary>
    private bool Fits(ConceptMapEntry entry)
    {
        var to = request.Reverse ? entry.SourceSystems : entry.TargetSystems;
        var wanted = _targetSystem ?? (request.TargetScope is { } asked ? Scope(asked).System : null);
        if (wanted is not null && to.Count > 0 && !Names(to, wanted)) return false;
        return entry.Map is not { IsValueCreated: true, Value: RefsetConceptMap { IsHistory: true } } || Names(to, wanted);
    }

    private bool Names(IReadOnlyList<string> systems, string? system)
    {
        foreach (var named in systems)
        {
            if (system is not null && IsSame(named, system)) return true;
        }
        return false;
    }

    private bool IsSame(string named, string system) => named == system || service.CanonicalSystem(named) == system;

    private ConceptMapEntry Named(VersionedUrl url)
    {
        if (service.FindConceptMap(url) is { } found) return found;
        // http://snomed.info/sct/MODULE?fhir_cm=REFSET is the implicit map of an edition.
        var query = url.Url.IndexOf("?fhir_cm=", StringComparison.Ordinal);
        if (query > 0 && SystemAliases.VersionUri(url.Url[..query]) is { Version: { } edition } pinned && service.FindConceptMap(new(pinned.Url + url.Url[query..], edition)) is { } implied) return implied;
        var known = service.ConceptMaps.Where(entry => entry.Url == url.Url).Select(entry => entry.Version).OfType<string>().ToArray();
        throw new UnknownConceptMap(url, Messages.UnknownConceptMap(url) + (known.Length > 0 ? $". Known versions: {string.Join(", ", known)}" : "")) { Expression = "url", TxIssueType = "not-found" };
    }

    /// <summary>
    /// The groups of a map whose source is the coding's system and version. Where the coding has no version and groups are for several, those of the version that
    /// is live serve, else those of the newest.
    /// </summary>
    private List<int> Groups(IConceptMap map, Coding coding)
    {
        var fitting = new List<(int Group, string? Version, string? Target)>(1);
        for (var group = 0; group < map.Info.Groups.Count; group++)
        {
            var (from, to) = request.Reverse ? (map.Info.Groups[group].Target, map.Info.Groups[group].Source) : (map.Info.Groups[group].Source, map.Info.Groups[group].Target);
            if (_targetSystem is { } wanted && to is not null && !IsSame(to.Url, wanted)) continue;
            if (from is null)
            {
                Warn(IssueType.Incomplete, "GROUP_WITHOUT_SYSTEM", $"A group of the map {Name(map)} does not say of which code system its {(request.Reverse ? "targets" : "sources")} are.");
            }
            else if (!IsSame(from.Url, coding.System!))
            {
                continue;
            }
            fitting.Add((group, from?.Version, to?.Url));
        }
        if (fitting is [var only] && (only.Version is null || coding.Version is null)) return [only.Group];
        return [.. fitting.GroupBy(group => group.Target, StringComparer.Ordinal).SelectMany(groups => OfVersion(map, coding, [.. groups])).Order()];
    }

    private IEnumerable<int> OfVersion(IConceptMap map, Coding coding, (int Group, string? Version, string? Target)[] groups)
    {
        var versions = groups.Select(group => group.Version).OfType<string>().Distinct(StringComparer.Ordinal).ToArray();
        if (versions.Length == 0) return groups.Select(group => group.Group);
        if (coding.Version is { } sent)
        {
            var fitting = groups.Where(group => group.Version is null || Versions.Match(sent, group.Version) || Versions.Match(group.Version, sent)).ToArray();
            if (fitting.Length == 0) Reason($"The map {Name(map)} is for version {string.Join(" and ", versions)} of {coding.System}, the code is of version {sent}.");
            return fitting.Select(group => group.Group);
        }
        if (versions.Length == 1) return groups.Select(group => group.Group);
        var live = service.FindCodeSystem(coding.System!)?.Info.Version;
        var chosen = Array.Find(versions, version => version == live) ?? versions.Order(Versions.Comparer).Last();
        return groups.Where(group => group.Version is null || group.Version == chosen).Select(group => group.Group);
    }

    /// <summary>A scope by its name; one that is nowhere known must at least be that of a map.</summary>
    /// <exception cref="UnknownValueSet">Neither value set, nor code system, nor scope of a map.</exception>
    private MapScope Scope(string name)
    {
        if (_scopes.TryGetValue((name, true), out var known)) return known;
        var url = VersionedUrl.Parse(name);
        var isSystem = service.ConceptMapsOf(url.Url, asTarget: false).Any() || service.ConceptMapsOf(url.Url, asTarget: true).Any() || request.Source.Codings.Any(coding => coding.System == url.Url);
        var found = new MapScope(service, name, scope, isSystem);
        if (!found.IsKnown && !service.ConceptMaps.Any(entry => entry.SourceScope == name || entry.TargetScope == name)
            && !(request.ConceptMap is { } inline && (inline.Info.SourceScope == name || inline.Info.TargetScope == name)))
        {
            throw new UnknownValueSet(url, Messages.UnknownValueSet(url)) { Expression = "scope", TxIssueType = "not-found" };
        }
        return _scopes[(name, true)] = found;
    }

    /// <summary>Is the code in a scope that the request names? A scope that cannot tell is that of the map by its name only.</summary>
    private bool InScope(MapScope asked, Coding coding, IConceptMap? map) => asked.Contains(coding) switch
    {
        { } known => known,
        null when !asked.IsKnown && map is not null => (request.Reverse ? map.Info.SourceScope : map.Info.TargetScope) == asked.Url,
        null => true,
    };

    /// <summary>Does the map itself say that it is about this code?</summary>
    private bool InScopeOf(IConceptMap map, Coding coding)
    {
        if ((request.Reverse ? map.Info.TargetScope : map.Info.SourceScope) is not { } own || map is RefsetConceptMap) return true;
        if (request.SourceScope is { } asked && !Scope(asked).IsKnown && own != asked)
        {
            Reason($"The map {Name(map)} is not for the scope '{asked}'.");
            return false;
        }
        if (!_scopes.TryGetValue((own, false), out var declared)) _scopes[(own, false)] = declared = new(service, own, scope, isSystem: false);
        if (declared.Contains(coding) is not false) return true;
        var named = request.Url is not null || request.ConceptMap is not null;
        var text = $"The map {Name(map)} is for the value set '{own}', in which '{coding.Code}' is not.";
        if (named) Warn(IssueType.BusinessRule, "OUTSIDE_MAP_SCOPE", text);
        else Reason(text);
        return named;
    }
}

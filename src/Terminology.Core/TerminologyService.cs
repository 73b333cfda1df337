using Terminology.CodeSystems;
using Terminology.Issues;
using Terminology.Maps;
using Terminology.Releases;
using Terminology.ValueSets;

namespace Terminology;

/// <summary>
/// The catalogue of what is loaded and the operations over it: immutable, so a request that holds one sees one state of the world from its first to
/// its last byte. A new release means a new service, swapped in by one assignment.
/// </summary>
/// <remarks>Thread-safe, no IO beyond mapped files. One file per operation: <c>TerminologyService.&lt;Operation&gt;.cs</c>.</remarks>
public sealed partial class TerminologyService
{
    private readonly TerminologyService? _below;
    private readonly Shelf<CodeSystemEntry> _codeSystems;
    private readonly Shelf<ValueSetEntry> _valueSets;
    private readonly Shelf<ConceptMapEntry> _conceptMaps;
    private readonly StoredContent? _stored;
    private readonly Lazy<Dictionary<string, string>>? _owners;
    private readonly Lazy<ILookup<string, ConceptMapEntry>> _mapsFrom, _mapsTo;
    private readonly SystemAliases _aliases;
    private readonly HashSet<IConceptMap> _governed;
    private IReadOnlyList<CodeSystemEntry>? _allCodeSystems;
    private IReadOnlyList<ValueSetEntry>? _allValueSets;
    private IReadOnlyList<ConceptMapEntry>? _allConceptMaps;

    private TerminologyService(
        TerminologyService? below, IReadOnlyList<LoadedRelease> releases, IEnumerable<CodeSystemEntry> codeSystems, IEnumerable<ValueSetEntry> valueSets,
        IEnumerable<ConceptMapEntry> conceptMaps)
    {
        (_below, Releases) = (below, releases);
        _codeSystems = new(codeSystems, entry => entry with { Live = false });
        _valueSets = new(valueSets, entry => entry with { Live = false });
        _conceptMaps = new(conceptMaps, entry => entry with { Live = false });
        _owners = new(Owners);
        _mapsFrom = new(() => BySystem(entry => entry.SourceSystems));
        _mapsTo = new(() => BySystem(entry => entry.TargetSystems));
        _aliases = below?._aliases ?? new(releases);
        _governed = below?._governed ?? [.. releases.Where(release => release.Content.Info is { Format: ReleaseInfo.MapWork } or { CodeSystem: not null }).SelectMany(release => release.Content.Maps)];
        Enumerations = below?.Enumerations ?? new();
    }

    private TerminologyService(TerminologyService below, StoredContent stored)
    {
        (_below, Releases, _stored, _aliases, _governed, Enumerations) = (below, below.Releases, stored, below._aliases, below._governed, below.Enumerations);
        (_codeSystems, _valueSets, _conceptMaps) = (stored.CodeSystems, stored.ValueSets, stored.ConceptMaps);
        _mapsFrom = new(() => OtherNames(stored.MapsFrom.Keys, asTarget: false));
        _mapsTo = new(() => OtherNames(stored.MapsTo.Keys, asTarget: true));
    }

    /// <summary>Builds the catalogue: release code systems and maps, the resources of packages, the implicit maps of SNOMED CT releases.</summary>
    /// <param name="releases">In order of loading. Of one system at most one release is live; resources of packages follow the precedence rules.</param>
    /// <param name="reader">Opens resources on first use.</param>
    /// <param name="builtIn">What is there without any release; a loaded one of the same canonical goes before it.</param>
    public static TerminologyService Create(IReadOnlyList<LoadedRelease> releases, IResourceReader reader, BuiltInContent? builtIn = null)
    {
        var (codeSystems, valueSets) = (releases.SelectMany(release => CatalogueEntries.CodeSystems(release, reader)).ToList(), releases.SelectMany(release => CatalogueEntries.ValueSets(release, reader)).ToList());
        return new(
            null, releases,
            [.. codeSystems, .. CatalogueEntries.Missing(builtIn?.CodeSystems, codeSystems)],
            [.. valueSets, .. CatalogueEntries.Missing(builtIn?.ValueSets, valueSets)],
            releases.SelectMany(release => CatalogueEntries.ConceptMaps(release, reader)));
    }

    /// <summary>The same service with these contents on top, for one request (tx-resource). The overlay wins over what is loaded under the same canonical and version.</summary>
    /// <remarks>Costs what the overlay holds, whatever is loaded.</remarks>
    public TerminologyService With(Overlay overlay) => new(
        this, Releases,
        overlay.CodeSystems.Select(CatalogueEntries.Of), overlay.ValueSets.Where(valueSet => valueSet.Url is not null).Select(CatalogueEntries.Of), overlay.ConceptMaps.Select(CatalogueEntries.Of));

    /// <summary>This service of releases with what people stored on top.</summary>
    /// <remarks>Costs the same whatever is stored or loaded.</remarks>
    public TerminologyService WithStored(StoredContent stored) => stored.IsEmpty ? this : new(this, stored);

    /// <summary>The releases, in order of loading.</summary>
    public IReadOnlyList<LoadedRelease> Releases { get; }

    /// <summary>All code system versions, by canonical; those that would answer first come first; what came with the request before all others.</summary>
    public IReadOnlyList<CodeSystemEntry> CodeSystems => _allCodeSystems ??= Layered(_codeSystems, _below?.CodeSystems);

    /// <summary>All value set versions, in the same order.</summary>
    public IReadOnlyList<ValueSetEntry> ValueSets => _allValueSets ??= Layered(_valueSets, _below?.ValueSets);

    /// <summary>All concept map versions, implicit ones included, in the same order.</summary>
    public IReadOnlyList<ConceptMapEntry> ConceptMaps => _allConceptMaps ??= Layered(_conceptMaps, _below?.ConceptMaps);

    /// <summary>The first day after a day on which a map of a release answers otherwise; null: none is known.</summary>
    public DateOnly? NextChange(DateOnly day)
    {
        DateOnly? next = null;
        foreach (var change in Releases.SelectMany(release => release.Content.Maps).SelectMany(map => map.Info.Days ?? []))
        {
            if (change > day && !(change >= next)) next = change;
        }
        return next;
    }

    /// <summary>Does somebody answer for a map: was it made and released here, or is it part of the release of a code system? Nobody does for what is stored, sent along, or loaded from a package or file.</summary>
    public bool IsGoverned(IConceptMap map) => map is RefsetConceptMap || _governed.Contains(map);

    /// <summary>The enumerations of value sets as sets, kept as long as their rules.</summary>
    internal Enumerations Enumerations { get; }

    /// <summary>The versions of one code system, the one that answers first; empty when the canonical is unknown.</summary>
    public IReadOnlyList<CodeSystemEntry> CodeSystemVersions(string url)
    {
        var here = _codeSystems.Versions(url);
        var below = _below?.CodeSystemVersions(url) ?? [];
        if (here.Length == 0) return below;
        return below.Count == 0 ? here : [.. here, .. below.Where(entry => Array.TrueForAll(here, own => own.Version != entry.Version))];
    }

    /// <summary>The code system for a canonical; without version the live one. A version may be a pattern, or a SNOMED CT edition without date.</summary>
    /// <returns>Null when nothing fits: the caller words the error.</returns>
    public ICodeSystem? FindCodeSystem(string url, string? version = null) => Located(url, version) is { } found ? Opened(found) : null;

    private ICodeSystem? Located(string url, string? version)
    {
        if (_codeSystems.Find(url, version) is { Supplements: null } entry && !(version is null && YieldsTo(entry, _below?._codeSystems))) return entry.CodeSystem.Value;
        if (_below?.Located(url, version) is { } below) return below;
        return version is null && SystemAliases.VersionUri(url) is { } pinned ? Located(pinned.Url, pinned.Version) : null;
    }

    /// <summary>As <see cref="FindCodeSystem"/>, for callers that cannot go on without; systems by OID or HL7 v2 name are understood too.</summary>
    /// <exception cref="UnknownCodeSystem">Names the versions that are loaded.</exception>
    public ICodeSystem CodeSystem(string url, string? version = null)
        => FindCodeSystem(url, version) ?? FindCodeSystem(Understand(url).System, version) ?? throw Unknown(Understand(url).System, version);

    /// <summary>The value set for a canonical, implicit ones (<c>?fhir_vs</c>) included; null when nothing fits.</summary>
    public ValueSet? FindValueSet(VersionedUrl canonical)
        => Answering(_valueSets, _below?._valueSets, canonical)?.ValueSet.Value ?? _below?.FindValueSet(canonical) ?? ImplicitValueSets.Find(this, canonical);

    /// <summary>The concept map for a canonical; without version the live one; null when nothing fits.</summary>
    /// <remarks>Active maps answer before drafts, drafts before retired ones.</remarks>
    public ConceptMapEntry? FindConceptMap(VersionedUrl canonical) => Answering(_conceptMaps, _below?._conceptMaps, canonical) ?? _below?.FindConceptMap(canonical);

    private T? Answering<T>(Shelf<T> here, Shelf<T>? below, VersionedUrl canonical)
        where T : class, ICatalogueEntry
        => here.Find(canonical.Url, canonical.Version) is { } entry && !(canonical.Version is null && YieldsTo(entry, below)) ? entry : null;

    /// <summary>Does a stored entry that is asked for without version leave the answer to a release? To a native one always, to a package when that is active and it is not.</summary>
    private bool YieldsTo<T>(T stored, Shelf<T>? below)
        where T : class, ICatalogueEntry
        => _stored is not null && below!.Find(stored.Url!, null) is { Release: not null } loaded
            && (loaded.Resource is null || stored.StatusRank > ConceptMapEntry.Rank(loaded.Resource.Status));

    /// <summary>The concept map versions with a group whose sources, or targets, are of this code system, in the order of <see cref="ConceptMaps"/>.</summary>
    /// <param name="system">Canonical.</param>
    /// <param name="asTarget">Look at the targets.</param>
    internal IEnumerable<ConceptMapEntry> ConceptMapsOf(string system, bool asTarget)
    {
        var here = (asTarget ? _mapsTo : _mapsFrom).Value[system];
        if (_stored is not null) here = here.Concat(_stored.MapsOf(system, asTarget));
        return _below is null ? here : here.Concat(_below.ConceptMapsOf(system, asTarget).Where(entry => entry.Url is null || !Array.Exists(_conceptMaps.Versions(entry.Url), own => own.Version == entry.Version)));
    }

    /// <summary>The stored maps that name their code systems otherwise than by canonical, by the canonicals.</summary>
    private ILookup<string, ConceptMapEntry> OtherNames(IEnumerable<string> names, bool asTarget) => names
        .Select(name => (Name: name, System: CanonicalSystem(name))).Where(pair => pair.System != pair.Name)
        .SelectMany(pair => _stored!.MapsOf(pair.Name, asTarget), (pair, entry) => (pair.System, entry))
        .ToLookup(pair => pair.System, pair => pair.entry, StringComparer.Ordinal);

    private ILookup<string, ConceptMapEntry> BySystem(Func<ConceptMapEntry, IReadOnlyList<string>> systemsOf) => _conceptMaps.All
        .SelectMany(entry => systemsOf(entry).SelectMany(named => new[] { named, CanonicalSystem(named) }).Distinct(StringComparer.Ordinal), (entry, system) => (entry, system))
        .ToLookup(pair => pair.system, pair => pair.entry, StringComparer.Ordinal);

    /// <summary>The code system whose <c>CodeSystem.valueSet</c> this canonical is, or null.</summary>
    internal string? OwnerOf(string valueSet) => (_stored?.Owners ?? (IReadOnlyDictionary<string, string>)_owners!.Value).GetValueOrDefault(valueSet) ?? _below?.OwnerOf(valueSet);

    private Dictionary<string, string> Owners()
    {
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in _codeSystems.All)
        {
            var valueSet = entry.IsBuiltIn ? entry.ValueSet : entry.Resource is null ? entry.CodeSystem.Value.Info.ValueSet : entry.Resource.Index.GetValueOrDefault("valueSet") is [var named, ..] ? named : null;
            if (entry.Live && valueSet is not null) owners.TryAdd(valueSet.Split('|')[0], entry.Url);
        }
        return owners;
    }

    /// <summary>What this layer holds, then what it does not hide of those below.</summary>
    private static IReadOnlyList<T> Layered<T>(Shelf<T> here, IReadOnlyList<T>? below)
        where T : class, ICatalogueEntry
        => below is null ? here.All : [.. here.All, .. below.Where(entry => entry.Url is null || !Array.Exists(here.Versions(entry.Url), own => own.Version == entry.Version))];

    internal UnknownCodeSystem Unknown(string url, string? version)
        => new(new(url, version), version is null ? Messages.UnknownCodeSystem(url) : Messages.UnknownCodeSystemVersion(url, version, KnownVersions(url)), version is null ? "UNKNOWN_CODESYSTEM" : "UNKNOWN_CODESYSTEM_VERSION") { TxIssueType = "not-found" };

    internal UnknownCodeSystem UnknownInExpansion(string url, string? version)
        => new(new(url, version), Messages.UnknownCodeSystemInExpansion(url, version, KnownVersions(url)), version is null ? "UNKNOWN_CODESYSTEM_EXP" : "UNKNOWN_CODESYSTEM_VERSION_EXP") { TxIssueType = "not-found" };

    /// <summary>The versions of a code system that can be asked for, ascending.</summary>
    internal IReadOnlyList<string> KnownVersions(string url)
        => [.. CodeSystemVersions(url).Where(entry => entry.Supplements is null && entry.Content != "not-present").Select(entry => entry.Version).OfType<string>().Distinct().Order(Versions.Comparer)];
}

/// <summary>Contents that come with a request and hold for it alone.</summary>
/// <param name="CodeSystems">Code systems, supplements among them.</param>
/// <param name="ValueSets">Value sets.</param>
/// <param name="ConceptMaps">Concept maps.</param>
public sealed record Overlay(IReadOnlyList<ICodeSystem> CodeSystems, IReadOnlyList<ValueSet> ValueSets, IReadOnlyList<IConceptMap> ConceptMaps);

using Terminology.CodeSystems;
using Terminology.Issues;

namespace Terminology.ValueSets;

/// <summary>Value sets that nobody wrote: whole code systems, SNOMED CT <c>?fhir_vs</c>, LOINC answer lists.</summary>
/// <remarks>FHIR R4 <see href="https://hl7.org/fhir/R4/snomedct.html#implicit">SNOMED CT implicit value sets</see>, <see href="https://hl7.org/fhir/R4/loinc.html">LOINC</see>.</remarks>
internal static class ImplicitValueSets
{
    private const string Marker = "?fhir_vs", ExpressionMarker = "=ecl/";

    public static ValueSet? Find(TerminologyService service, VersionedUrl canonical)
    {
        var at = canonical.Url.IndexOf(Marker, StringComparison.Ordinal);
        if (at >= 0) return canonical.Url.StartsWith("http://snomed.info/", StringComparison.Ordinal) ? Snomed(service, canonical, at) : Whole(service, canonical.Url[..at], canonical);
        if (canonical.Url.StartsWith("http://loinc.org/vs", StringComparison.Ordinal)) return Loinc(service, canonical);
        return service.OwnerOf(canonical.Url) is { } owner ? Whole(service, owner, canonical) : null;
    }

    private static ValueSet? Whole(TerminologyService service, string system, VersionedUrl canonical)
        => service.FindCodeSystem(system, canonical.Version) is { } known ? Make(canonical, known, [new(system, known.Info.Version, [], [], [])]) : null;

    private static ValueSet? Snomed(TerminologyService service, VersionedUrl canonical, int at)
    {
        if (canonical.Url.AsSpan(at + Marker.Length).StartsWith(ExpressionMarker)) canonical = WithExpression(canonical, at + Marker.Length + ExpressionMarker.Length);
        var (edition, rest) = (canonical.Url[..at], canonical.Url[(at + Marker.Length)..]);
        var version = edition is "http://snomed.info/sct" or "http://snomed.info/xsct" ? canonical.Version : edition;
        if (service.FindCodeSystem(CodeSystemUri.Snomed.Value, version) is not { } snomed) return null;
        var pinned = version is null ? null : snomed.Info.Version;
        IReadOnlyList<Filter> filters = rest switch
        {
            "" => [],
            "=refset" => [new("concept", "refset", "")],
            _ when rest.StartsWith("=isa/", StringComparison.Ordinal) => [new("concept", "is-a", Known(rest[5..]))],
            _ when rest.StartsWith("=refset/", StringComparison.Ordinal) => [new("concept", "in", Known(rest[8..]))],
            _ when rest.StartsWith(ExpressionMarker, StringComparison.Ordinal) => [new("constraint", "=", Uri.UnescapeDataString(rest[ExpressionMarker.Length..]))],
            _ => throw new UnknownValueSet(canonical, Messages.NoImplicitValueSet(canonical)),
        };
        // Its version is that of the edition asked for; unpinned, the set moves on with the edition that is live.
        return Make(canonical, snomed, [new(CodeSystemUri.Snomed.Value, pinned, [], filters, [])]) with { Version = pinned, Title = rest.Length == 0 ? "SNOMED CT Reference Set (All of SNOMED CT)" : snomed.Info.Title };

        string Known(string code) => TerminologyService.TryFind(snomed, code, out _)
            ? code
            : throw new UnknownValueSet(canonical, Messages.UnknownValueSet(canonical, code, TerminologyService.VersionedName(snomed))) { TxIssueType = "not-found" };
    }

    /// <summary>A constraint that came undone of its percent signs may have terms between pipes, of which the first was taken for that of a version.</summary>
    private static VersionedUrl WithExpression(VersionedUrl canonical, int start)
    {
        if (canonical.Version is null) return canonical;
        var text = canonical.ToString();
        var bar = text.LastIndexOf('|');
        var tail = text[(bar + 1)..];
        var isVersion = tail.Length > 0 && (tail.StartsWith("http://snomed.info/", StringComparison.Ordinal) || !tail.AsSpan().ContainsAnyExceptInRange('0', '9'));
        var constraint = isVersion ? text[start..bar] : text[start..];
        return new(text[..start] + constraint.Replace("|", "%7C", StringComparison.Ordinal), isVersion ? tail : null);
    }

    private static ValueSet? Loinc(TerminologyService service, VersionedUrl canonical)
    {
        if (service.FindCodeSystem(CodeSystemUri.Loinc.Value, canonical.Version) is not { } loinc) return null;
        var rest = canonical.Url["http://loinc.org/vs".Length..].TrimStart('/');
        var pinned = canonical.Version is null ? null : loinc.Info.Version;
        if (rest.Length == 0) return Make(canonical, loinc, [new(CodeSystemUri.Loinc.Value, pinned, [], [], [])]);
        if (!TerminologyService.TryFind(loinc, rest, out var concept)) return null;
        return rest[..2] switch
        {
            "LL" when Answers(loinc, concept) is { Length: > 0 } answers => Make(canonical, loinc, [new(CodeSystemUri.Loinc.Value, pinned, answers, [], [])]),
            "LL" => Filtered(new("concept", "child-of", rest)),
            "LG" when Filters.IndexOf(loinc, "group") >= 0
                => Make(canonical, loinc, [.. loinc.DescendantsOrSelf(concept).Select(group => Rule(new("group", "=", TerminologyService.Text(loinc.Code(group)))))]),
            _ => Filtered(new("concept", "is-a", rest)),
        };

        ValueSet Filtered(Filter filter) => Make(canonical, loinc, [Rule(filter)]);

        ConceptSetRule Rule(Filter filter) => new(CodeSystemUri.Loinc.Value, pinned, [], [filter], []);
    }

    /// <summary>The answers of a list in the order that the list gives them; none when the release does not say.</summary>
    private static ConceptReference[] Answers(ICodeSystem loinc, ConceptOrdinal list)
    {
        var (answer, answers) = (Filters.IndexOf(loinc, "answer"), new List<ConceptReference>());
        var range = loinc.Properties(list);
        for (var i = range.Start; i < range.End; i++)
        {
            if (loinc.Property(i).Property == answer && loinc.Property(i).Concept.Exists) answers.Add(new(TerminologyService.Text(loinc.Property(i).Value), null));
        }
        return [.. answers];
    }

    private static ValueSet Make(VersionedUrl canonical, ICodeSystem system, IReadOnlyList<ConceptSetRule> rules) => new()
    {
        Url = canonical.Url,
        Version = canonical.Version ?? system.Info.Version,
        Title = system.Info.Title,
        Status = PublicationStatus.Active,
        Copyright = system.Info.Copyright,
        Compose = new(rules, []),
    };
}

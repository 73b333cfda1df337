using Terminology.CodeSystems;
using Terminology.Releases;

namespace Terminology.Maps;

/// <summary>Concept maps that a SNOMED CT release implies: <c>http://snomed.info/sct?fhir_cm=REFSET</c>.</summary>
/// <remarks>FHIR R4 <see href="https://hl7.org/fhir/R4/snomedct.html#implicit-cm">implicit concept maps</see>.</remarks>
public static class ImplicitMaps
{
    /// <summary>REPLACED BY.</summary>
    public const string ReplacedBy = "900000000000526001";

    /// <summary>SAME AS.</summary>
    public const string SameAs = "900000000000527005";

    /// <summary>How a historical association reads as a relationship; the ones FHIR names, the others as related.</summary>
    private static readonly Dictionary<string, (MapRelationship Relationship, string Title)> Associations = new(StringComparer.Ordinal)
    {
        [SameAs] = (MapRelationship.Equivalent, "SAME AS"),
        [ReplacedBy] = (MapRelationship.Equivalent, "REPLACED BY"),
        ["900000000000523009"] = (MapRelationship.RelatedTo, "POSSIBLY EQUIVALENT TO"),
        ["900000000000530003"] = (MapRelationship.RelatedTo, "ALTERNATIVE"),
        ["900000000000528000"] = (MapRelationship.SourceIsNarrowerThanTarget, "WAS A"),
        ["900000000000524003"] = (MapRelationship.RelatedTo, "MOVED TO"),
        ["900000000000525002"] = (MapRelationship.RelatedTo, "MOVED FROM"),
        ["900000000000531004"] = (MapRelationship.RelatedTo, "REFERS TO"),
        ["1186924009"] = (MapRelationship.RelatedTo, "PARTIALLY EQUIVALENT TO"),
        ["1186921001"] = (MapRelationship.RelatedTo, "POSSIBLY REPLACED BY"),
    };

    /// <summary>One for each map reference set with a known target and each historical association.</summary>
    /// <param name="release">Any release; others than SNOMED CT imply nothing.</param>
    /// <param name="live">Is it live?</param>
    public static IEnumerable<ConceptMapEntry> Of(IReleaseContent release, bool live)
    {
        if (release.CodeSystem is not { Refsets: { } refsets } snomed) yield break;
        foreach (var refset in refsets.All)
        {
            var (relationship, title, target) = refset switch
            {
                { Type: RefsetType.Association } when Associations.TryGetValue(refset.Id, out var known) => (known.Relationship, known.Title, snomed.Info.Url.Value),
                { MapTarget: { } system } => (MapRelationship.RelatedTo, null, system),
                _ => (default, null, (string?)null),
            };
            if (target is null) continue;
            title ??= TerminologyService.TryFind(snomed, refset.Id, out var concept) ? TerminologyService.Text(snomed.Display(concept)) : $"SNOMED CT map {refset.Id}";
            var map = new RefsetConceptMap(snomed, refset, relationship, title, target);
            yield return CatalogueEntries.Of(map) with { Live = live, Release = release };
            if (snomed.Info.Version is { } version) yield return CatalogueEntries.Of(map) with { Url = $"{version}?fhir_cm={refset.Id}", Live = true, Release = release, SourceSystems = [] };
        }
    }

    /// <summary>Is this one of the associations that say what became of an inactive concept?</summary>
    internal static bool IsHistorical(RefsetInfo refset) => refset.Type == RefsetType.Association && Associations.ContainsKey(refset.Id);

    /// <summary>Name and reading of a historical association.</summary>
    internal static (MapRelationship Relationship, string Title) Association(string refset) => Associations[refset];
}

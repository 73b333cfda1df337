using Terminology.CodeSystems;
using Terminology.Releases;

namespace Terminology.Maps;

/// <summary>
/// Concept maps that a SNOMED CT release implies: one for each map reference set whose target is known and for each historical association, as
/// <c>http://snomed.info/sct?fhir_cm=REFSET</c>, and pinned to the release as <c>http://snomed.info/sct/MODULE/version/DATE?fhir_cm=REFSET</c>.
/// </summary>
/// <remarks>FHIR R4 <see href="https://hl7.org/fhir/R4/snomedct.html#implicit-cm">implicit concept maps</see>.</remarks>
public static class ImplicitMaps
{
    /// <summary>REPLACED BY.</summary>
    public const string ReplacedBy = "900000000000526001";

    /// <summary>SAME AS.</summary>
    public const string SameAs = "900000000000527005";

    private const string Query = "?fhir_cm=";

    /// <summary>How a reference set reads as a map.</summary>
    /// <param name="Title">Its name for people.</param>
    /// <param name="Relationship">How its sources stand to its targets, where the row does not say.</param>
    /// <param name="Original">The R4 word where it says more.</param>
    internal sealed record Reading(string Title, MapRelationship Relationship, string? Original = null)
    {
        /// <summary>Are the targets successors that a person may choose from? Namespaces (MOVED TO) and referred concepts are none.</summary>
        public bool HasSuccessors { get; init; } = true;
    }

    /// <summary>
    /// SAME AS (equal), REPLACED BY (equivalent), POSSIBLY EQUIVALENT TO and ALTERNATIVE (inexact) as FHIR reads them; the others, which FHIR does not
    /// name, as what SNOMED CT defines them to be.
    /// </summary>
    private static readonly Dictionary<string, Reading> Associations = new(StringComparer.Ordinal)
    {
        [SameAs] = new("SAME AS", MapRelationship.Equivalent, "equal"),
        [ReplacedBy] = new("REPLACED BY", MapRelationship.Equivalent),
        ["900000000000523009"] = new("POSSIBLY EQUIVALENT TO", MapRelationship.RelatedTo, "inexact"),
        ["900000000000530003"] = new("ALTERNATIVE", MapRelationship.RelatedTo, "inexact"),
        ["1186924009"] = new("PARTIALLY EQUIVALENT TO", MapRelationship.RelatedTo, "inexact"),
        ["1186921001"] = new("POSSIBLY REPLACED BY", MapRelationship.RelatedTo, "inexact"),
        ["900000000000529008"] = new("SIMILAR TO", MapRelationship.RelatedTo, "inexact"),
        ["900000000000528000"] = new("WAS A", MapRelationship.SourceIsNarrowerThanTarget),
        ["900000000000524003"] = new("MOVED TO", MapRelationship.RelatedTo) { HasSuccessors = false },
        ["900000000000525002"] = new("MOVED FROM", MapRelationship.RelatedTo) { HasSuccessors = false },
        ["900000000000531004"] = new("REFERS TO", MapRelationship.RelatedTo) { HasSuccessors = false },
    };

    /// <summary>The maps of a release; those pinned to it are always live, for they are asked for by name.</summary>
    /// <param name="release">Any release; others than SNOMED CT imply nothing.</param>
    /// <param name="live">Is it live?</param>
    public static IEnumerable<ConceptMapEntry> Of(IReleaseContent release, bool live)
    {
        if (release.CodeSystem is not { Refsets: { } refsets } snomed) yield break;
        foreach (var refset in refsets.All)
        {
            if (Association(refset) is { } association)
            {
                foreach (var entry in Entries(new(snomed, refset, association, snomed.Info.Url.Value))) yield return entry;
            }
            else if (refset.MapTarget is { } target)
            {
                var title = TerminologyService.TryFind(snomed, refset.Id, out var concept) ? TerminologyService.Text(snomed.Display(concept)) : $"SNOMED CT map {refset.Id}";
                foreach (var entry in Entries(new(snomed, refset, new(title, MapRelationship.RelatedTo), target))) yield return entry;
            }
        }

        IEnumerable<ConceptMapEntry> Entries(RefsetConceptMap map)
        {
            var entry = CatalogueEntries.Of(map) with { Live = live, Release = release };
            yield return entry;
            if (map.Info.Version is { } version) yield return entry with { Url = $"{version}{Query}{map.Refset}", Live = true };
        }
    }

    /// <summary>Does a release itself imply the map, rather than somebody having written it?</summary>
    internal static bool IsImplicit(string? url) => url is not null && url.Contains(Query, StringComparison.Ordinal);

    /// <summary>Is it a map pinned to a release? It never competes with the live one where no map is named.</summary>
    internal static bool IsPinned(string? url) => IsImplicit(url) && url!.Contains("/version/", StringComparison.Ordinal);

    /// <summary>How an association that says what became of an inactive concept reads; null for any other reference set.</summary>
    internal static Reading? Association(RefsetInfo refset) => refset.Type == RefsetType.Association ? Associations.GetValueOrDefault(refset.Id) : null;
}

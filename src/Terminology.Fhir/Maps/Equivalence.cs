using Terminology.Maps;

namespace Terminology.Fhir.Maps;

/// <summary>R4 equivalence and R5 relationship: the only place where R4's words live.</summary>
/// <remarks>FHIR R4 <see href="https://hl7.org/fhir/R4/valueset-concept-map-equivalence.html">concept-map-equivalence</see>: "wider" means the target is wider than the source.</remarks>
internal static class Equivalence
{
    /// <summary>Reads either vocabulary.</summary>
    /// <returns>The relationship, and the word itself where it says more; false for a word of neither.</returns>
    public static bool TryRead(string word, out MapRelationship relationship, out string? original)
    {
        (MapRelationship? found, original) = word switch
        {
            "equivalent" => ((MapRelationship?)MapRelationship.Equivalent, (string?)null),
            "equal" => (MapRelationship.Equivalent, word),
            "wider" => (MapRelationship.SourceIsNarrowerThanTarget, null),
            "subsumes" => (MapRelationship.SourceIsNarrowerThanTarget, word),
            "narrower" => (MapRelationship.SourceIsBroaderThanTarget, null),
            "specializes" => (MapRelationship.SourceIsBroaderThanTarget, word),
            "relatedto" => (MapRelationship.RelatedTo, null),
            "inexact" => (MapRelationship.RelatedTo, word),
            "unmatched" => (MapRelationship.NotRelatedTo, word),
            "disjoint" => (MapRelationship.NotRelatedTo, null),
            "related-to" => (MapRelationship.RelatedTo, null),
            "source-is-narrower-than-target" => (MapRelationship.SourceIsNarrowerThanTarget, null),
            "source-is-broader-than-target" => (MapRelationship.SourceIsBroaderThanTarget, null),
            "not-related-to" => (MapRelationship.NotRelatedTo, null),
            _ => (null, null),
        };
        relationship = found ?? default;
        return found is not null;
    }

    /// <summary>The R4 word.</summary>
    public static string R4(MapRelationship relationship, string? original) => original ?? relationship switch
    {
        MapRelationship.Equivalent => "equivalent",
        MapRelationship.SourceIsNarrowerThanTarget => "wider",
        MapRelationship.SourceIsBroaderThanTarget => "narrower",
        MapRelationship.NotRelatedTo => "disjoint",
        _ => "relatedto",
    };

    /// <summary>The R5 word.</summary>
    public static string R5(MapRelationship relationship) => relationship switch
    {
        MapRelationship.Equivalent => "equivalent",
        MapRelationship.SourceIsNarrowerThanTarget => "source-is-narrower-than-target",
        MapRelationship.SourceIsBroaderThanTarget => "source-is-broader-than-target",
        MapRelationship.NotRelatedTo => "not-related-to",
        _ => "related-to",
    };
}

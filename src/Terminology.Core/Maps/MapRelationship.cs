namespace Terminology.Maps;

/// <summary>How source stands to target; the words of FHIR R5 <see href="https://hl7.org/fhir/R5/valueset-concept-map-relationship.html">concept-map-relationship</see>.</summary>
public enum MapRelationship
{
    /// <summary>related-to: related in some way not said.</summary>
    RelatedTo,

    /// <summary>equivalent.</summary>
    Equivalent,

    /// <summary>source-is-narrower-than-target.</summary>
    SourceIsNarrowerThanTarget,

    /// <summary>source-is-broader-than-target.</summary>
    SourceIsBroaderThanTarget,

    /// <summary>not-related-to.</summary>
    NotRelatedTo,
}

/// <summary>The same fact, told from the other side.</summary>
public static class TurnedRelationships
{
    /// <summary>How target stands to source, when source stands so to target.</summary>
    public static MapRelationship Turn(this MapRelationship relationship) => relationship switch
    {
        MapRelationship.SourceIsNarrowerThanTarget => MapRelationship.SourceIsBroaderThanTarget,
        MapRelationship.SourceIsBroaderThanTarget => MapRelationship.SourceIsNarrowerThanTarget,
        _ => relationship,
    };

    /// <summary>The same for the word of a source format (<see cref="MapTarget.OriginalRelationship"/>).</summary>
    public static string? Turn(string? original) => original switch
    {
        "wider" => "narrower",
        "narrower" => "wider",
        "subsumes" => "specializes",
        "specializes" => "subsumes",
        _ => original,
    };
}

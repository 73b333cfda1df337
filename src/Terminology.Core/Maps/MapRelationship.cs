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

    /// <summary>How A stands to C, when A stands so to B and B so to C: what goes up and down again is only related.</summary>
    public static MapRelationship Then(this MapRelationship first, MapRelationship second)
        => first == MapRelationship.Equivalent ? second : second == MapRelationship.Equivalent || first == second && first is MapRelationship.SourceIsNarrowerThanTarget or MapRelationship.SourceIsBroaderThanTarget ? first : MapRelationship.RelatedTo;

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

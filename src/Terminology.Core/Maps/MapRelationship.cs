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

namespace Terminology;

/// <summary>How A stands to B. FHIR <see href="https://hl7.org/fhir/R4/valueset-concept-subsumption-outcome.html">concept-subsumption-outcome</see>.</summary>
public enum Subsumption
{
    /// <summary>Neither is above the other.</summary>
    NotSubsumed,

    /// <summary>The same concept.</summary>
    Equivalent,

    /// <summary>A is above B.</summary>
    Subsumes,

    /// <summary>A is below B.</summary>
    SubsumedBy,
}

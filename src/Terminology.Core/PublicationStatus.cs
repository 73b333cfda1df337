namespace Terminology;

/// <summary>FHIR <see href="https://hl7.org/fhir/R4/valueset-publication-status.html">PublicationStatus</see>.</summary>
public enum PublicationStatus
{
    /// <summary>Not known, or not said.</summary>
    Unknown,

    /// <summary>Under development.</summary>
    Draft,

    /// <summary>Ready for use.</summary>
    Active,

    /// <summary>Withdrawn or superseded.</summary>
    Retired,
}

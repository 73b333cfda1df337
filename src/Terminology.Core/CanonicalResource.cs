namespace Terminology;

/// <summary>
/// What code systems, value sets and concept maps say of themselves alike. FHIR R5 <see href="https://hl7.org/fhir/R5/canonicalresource.html">CanonicalResource</see>;
/// the canonical itself is in each, because only some may be without.
/// </summary>
public abstract record CanonicalResource
{
    /// <summary>Business version, or null when it has none. SNOMED CT: the version URI.</summary>
    public string? Version { get; init; }

    /// <summary>Logical id of the resource it came from, or null.</summary>
    public string? Id { get; init; }

    /// <summary>Computable name, or null.</summary>
    public string? Name { get; init; }

    /// <summary>Title for people, or null.</summary>
    public string? Title { get; init; }

    /// <summary>Publication status.</summary>
    public PublicationStatus Status { get; init; } = PublicationStatus.Active;

    /// <summary>Standards status (extension): deprecated, withdrawn …; or null.</summary>
    public string? StandardsStatus { get; init; }

    /// <summary>Is it for testing only? Null when it does not say.</summary>
    public bool? Experimental { get; init; }

    /// <summary>Business date as FHIR dateTime text, or null.</summary>
    public string? Date { get; init; }

    /// <summary>Who publishes it, or null.</summary>
    public string? Publisher { get; init; }

    /// <summary>Copyright and licence text, travels with what is exported; or null.</summary>
    public string? Copyright { get; init; }

    /// <summary>BCP-47 language of texts that do not say theirs, or null.</summary>
    public string? Language { get; init; }
}

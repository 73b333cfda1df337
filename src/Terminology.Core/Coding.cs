namespace Terminology;

/// <summary>What a client sent, unverified. FHIR R4 <see href="https://hl7.org/fhir/R4/datatypes.html#Coding">Coding</see>.</summary>
/// <param name="System">Canonical of the code system, or null when not given.</param>
/// <param name="Code">The code as sent, or null.</param>
/// <param name="Version">Version of the code system, or null.</param>
/// <param name="Display">The display as sent, or null.</param>
public sealed record Coding(string? System, string? Code, string? Version = null, string? Display = null)
{
    /// <summary>True when a person picked this coding from a list.</summary>
    public bool? UserSelected { get; init; }
}

/// <summary>Several codings of one meaning, with the text. FHIR R4 <see href="https://hl7.org/fhir/R4/datatypes.html#CodeableConcept">CodeableConcept</see>.</summary>
/// <param name="Codings">In the order sent; may be empty.</param>
/// <param name="Text">The plain text, or null.</param>
public sealed record CodeableConcept(IReadOnlyList<Coding> Codings, string? Text = null);

/// <summary>A code of a code system, exact.</summary>
/// <param name="System">The code system.</param>
/// <param name="Code">The code in its normal form.</param>
public readonly record struct ConceptCode(CodeSystemUri System, string Code)
{
    /// <inheritdoc/>
    public override string ToString() => $"{System}#{Code}";
}

using System.Text.Json.Serialization;

namespace Terminology.Mapping.Impact;

/// <summary>What one release says of a code, as far as maps rest on it.</summary>
public sealed record ConceptFacts
{
    /// <summary>The code.</summary>
    public required string Code { get; init; }

    /// <summary>The display that is shown when nobody asks for a language, or null.</summary>
    public string? Display { get; init; }

    /// <summary>May it be used for new data?</summary>
    public bool IsActive { get; init; } = true;

    /// <summary>Is it a heading that is no code for data: a header of ICD-10-CM, <c>notSelectable</c>?</summary>
    public bool IsHeader { get; init; }

    /// <summary>Valid, and its publisher would rather see another: LOINC DISCOURAGED, FHIR status deprecated.</summary>
    public bool IsDiscouraged { get; init; }

    /// <summary>Status in the words of the release, for example <c>TRIAL</c>; or null.</summary>
    public string? Status { get; init; }

    /// <summary>The name that says the meaning without context: FSN of SNOMED CT; or null.</summary>
    public string? FullName { get; init; }

    /// <summary>Module that answers for it (SNOMED CT), or null.</summary>
    public string? Module { get; init; }

    /// <summary>What else carries its meaning: axes, attributes, ingredients, definition; ordered by name and value.</summary>
    public IReadOnlyList<MeaningPart> Meaning { get; init; } = [];

    /// <summary>The codes directly below it, of classifications alone.</summary>
    [JsonIgnore]
    public IReadOnlyList<CodeName> Narrower { get; init; } = [];
}

/// <summary>One part of a meaning.</summary>
/// <param name="Name">Which, for example <c>COMPONENT</c>.</param>
/// <param name="Value">Code or text, by which two are compared.</param>
/// <param name="Display">What a code is called, for people; or null.</param>
public sealed record MeaningPart(string Name, string Value, string? Display = null)
{
    /// <inheritdoc/>
    public override string ToString() => Display is null ? Value : $"{Value} {Display}";
}

/// <summary>A code with its name.</summary>
/// <param name="Code">The code.</param>
/// <param name="Display">Its display, or null.</param>
public sealed record CodeName(string Code, string? Display)
{
    /// <inheritdoc/>
    public override string ToString() => Display is null ? Code : $"{Code} {Display}";
}

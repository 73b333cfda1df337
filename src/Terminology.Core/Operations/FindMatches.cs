namespace Terminology.Operations;

/// <summary>FHIR R4 <see href="https://hl7.org/fhir/R4/codesystem-operation-find-matches.html">CodeSystem/$find-matches</see>: which concepts have these properties?</summary>
/// <param name="System">The code system, or null when not given.</param>
/// <param name="Version">Its version, or null.</param>
/// <param name="Properties">What the concept should have.</param>
public sealed record FindMatchesRequest(string? System, string? Version, IReadOnlyList<MatchProperty> Properties)
{
    /// <summary>Is a program asking? A person gets comments.</summary>
    public bool Exact { get; init; } = true;

    /// <summary>May the answer be an expression that is composed for it (SNOMED CT)?</summary>
    public bool Compositional { get; init; }
}

/// <summary>A property to match.</summary>
/// <param name="Code">Its code; <c>focus</c> and <c>concept</c> are the concept itself or one above it.</param>
/// <param name="Value">The value as text, or null when only properties below it are given.</param>
/// <param name="Subproperties">Properties that must hold together: a relationship group of SNOMED CT.</param>
public sealed record MatchProperty(string Code, string? Value, IReadOnlyList<MatchProperty> Subproperties)
{
    /// <summary>Type of the value as it came, for example <c>Code</c>.</summary>
    public string Type { get; init; } = "String";
}

/// <summary>The matches, best first.</summary>
/// <param name="Matches">Of matches above one another only the most general; at most 100.</param>
/// <param name="Message">That there is no match; else null.</param>
public sealed record FindMatchesResult(IReadOnlyList<ConceptMatch> Matches, string? Message = null);

/// <summary>A concept, or an expression, with what it does not have.</summary>
/// <param name="Code">With system, version and display.</param>
/// <param name="Unmatched">The properties that do not hold; empty: all hold.</param>
/// <param name="Comment">For a person, or null.</param>
public sealed record ConceptMatch(Coding Code, IReadOnlyList<MatchProperty> Unmatched, string? Comment);

namespace Terminology.CodeSystems;

/// <summary>What a code system version says of itself. FHIR R4 <see href="https://hl7.org/fhir/R4/codesystem.html">CodeSystem</see> without its concepts.</summary>
public sealed record CodeSystemInfo : CanonicalResource
{
    /// <summary>The canonical URL.</summary>
    public required CodeSystemUri Url { get; init; }

    /// <summary>Description (markdown), or null.</summary>
    public string? Description { get; init; }

    /// <summary>Are codes compared with their case? When false, <see cref="ICodeSystem.TryFind"/> finds a code whatever its case.</summary>
    public bool CaseSensitive { get; init; } = true;

    /// <summary>is-a, part-of, grouped-by, classified-with; or null.</summary>
    public string? HierarchyMeaning { get; init; } = "is-a";

    /// <summary>Does it have a post-coordination grammar?</summary>
    public bool Compositional { get; init; }

    /// <summary>May meanings change between versions, so that a version is always needed?</summary>
    public bool VersionNeeded { get; init; }

    /// <summary>not-present, example, fragment, complete, supplement.</summary>
    public string Content { get; init; } = "complete";

    /// <summary>Canonical of the code system that this one supplements, or null.</summary>
    public VersionedUrl? Supplements { get; init; }

    /// <summary>Canonical of the value set with all its codes, or null.</summary>
    public string? ValueSet { get; init; }

    /// <summary>Other identifiers, for example <c>urn:oid:2.16.840.1.113883.6.96</c>.</summary>
    public IReadOnlyList<string> Identifiers { get; init; } = [];

    /// <summary>All properties that concepts may have; a <see cref="PropertyView.Property"/> indexes this list.</summary>
    public IReadOnlyList<PropertyDefinition> Properties { get; init; } = [];
}

/// <summary>FHIR R4 <see href="https://hl7.org/fhir/R4/codesystem-definitions.html#CodeSystem.property">CodeSystem.property</see>.</summary>
/// <param name="Code">The code of the property.</param>
/// <param name="Type">Type of its values.</param>
/// <param name="Uri">Formal identifier, or null.</param>
/// <param name="Description">For people, or null.</param>
public sealed record PropertyDefinition(string Code, PropertyType Type, string? Uri = null, string? Description = null)
{
    /// <summary>Is it one that most do not ask for: worked out by a rule, or about housekeeping? Such a property is said only when it is asked for by name, or all are.</summary>
    public bool IsDerived { get; init; }
}

/// <summary>Type of a property's values. FHIR R4 <see href="https://hl7.org/fhir/R4/valueset-concept-property-type.html">PropertyType</see>.</summary>
public enum PropertyType
{
    /// <summary>A code of the same code system; <see cref="PropertyView.Concept"/> is set when it exists there.</summary>
    Code,

    /// <summary>
    /// A code of another system, as text <c>system|code</c> (<c>system|code|display</c> when the source gives a display); or a code of the same system alone, and then
    /// <see cref="PropertyView.Concept"/> is set when it exists there (parts of LOINC).
    /// </summary>
    Coding,

    /// <summary>Text.</summary>
    String,

    /// <summary>Whole number as text.</summary>
    Integer,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary>FHIR dateTime text.</summary>
    DateTime,

    /// <summary>Decimal number as text, as written.</summary>
    Decimal,
}

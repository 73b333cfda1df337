using Terminology.CodeSystems;

namespace Terminology.ValueSets;

/// <summary>A value set as defined. FHIR R4 <see href="https://hl7.org/fhir/R4/valueset.html">ValueSet</see>.</summary>
public sealed record ValueSet : CanonicalResource
{
    /// <summary>Canonical URL; null only for an inline value set without url.</summary>
    public required string? Url { get; init; }

    /// <summary>Supplements that its codes are shown and checked with (extension valueset-supplement).</summary>
    public IReadOnlyList<VersionedUrl> Supplements { get; init; } = [];

    /// <summary>Parameters that the author wants the value set to be expanded with (extension valueset-expansion-parameter): name to value.</summary>
    public IReadOnlyDictionary<string, string> ExpansionParameters { get; init; } = new Dictionary<string, string>();

    /// <summary>Value sets inside the resource, imported as <c>#id</c>.</summary>
    public IReadOnlyList<ValueSet> Contained { get; init; } = [];

    /// <summary>
    /// Do codes of several versions of a code system count as one (expansion parameter versionsMatch)? Null when the value set does not say: then includes of two
    /// versions stand beside each other, and what is excluded in one version is excluded in all.
    /// </summary>
    public bool? VersionsMatch => ExpansionParameters.TryGetValue("versionsMatch", out var value) ? value == "true" : null;

    /// <summary>The resource as it came, FHIR JSON in UTF-8; null for value sets that nobody wrote.</summary>
    public Func<ReadOnlyMemory<byte>>? Definition { get; init; }

    /// <summary>The rules; null when the resource only carries an expansion.</summary>
    public Compose? Compose { get; init; }

    /// <summary>Members of an expansion that came with the resource and has no rules; else null.</summary>
    public IReadOnlyList<Coding>? StoredExpansion { get; init; }
}

/// <summary>The rules of a value set: all includes, less all excludes.</summary>
/// <param name="Includes">At least one.</param>
/// <param name="Excludes">May be empty.</param>
public sealed record Compose(IReadOnlyList<ConceptSetRule> Includes, IReadOnlyList<ConceptSetRule> Excludes)
{
    /// <summary>Are inactive codes members? Null when the value set does not say (then they are, unless activeOnly).</summary>
    public bool? Inactive { get; init; }

    /// <summary>Date that fixes the versions, or null.</summary>
    public string? LockedDate { get; init; }
}

/// <summary>One include or exclude. FHIR R4 <see href="https://hl7.org/fhir/R4/valueset-definitions.html#ValueSet.compose.include">ValueSet.compose.include</see>: what is named is intersected.</summary>
/// <param name="System">Code system, or null when only value sets are named.</param>
/// <param name="Version">Its version, or null.</param>
/// <param name="Concepts">Enumerated concepts; empty: all, or those of the filters.</param>
/// <param name="Filters">All must hold.</param>
/// <param name="ValueSets">Canonicals of value sets, all of which must contain the code.</param>
public sealed record ConceptSetRule(
    string? System, string? Version, IReadOnlyList<ConceptReference> Concepts, IReadOnlyList<Filter> Filters, IReadOnlyList<VersionedUrl> ValueSets);

/// <summary>An enumerated concept.</summary>
/// <param name="Code">The code.</param>
/// <param name="Display">Display to show instead of the code system's, or null.</param>
public sealed record ConceptReference(string Code, string? Display)
{
    /// <summary>Designations that the value set adds.</summary>
    public IReadOnlyList<DesignationText> Designations { get; init; } = [];

    /// <summary>Order, label and weight in this value set, in place of the code system's: code, type and value.</summary>
    public IReadOnlyList<(string Code, PropertyType Type, string Value)> Properties { get; init; } = [];

    /// <summary>What else the value set says of it.</summary>
    public IReadOnlyList<Extension> Extensions { get; init; } = [];

    /// <summary>Does the value set mark it as deprecated?</summary>
    public bool IsDeprecated => Extensions.Any(extension => (extension.Url == Extension.ValueSetDeprecated && extension.Value == "true")
        || (extension.Url == Extension.StandardsStatus && extension.Value is "deprecated" or "withdrawn"));
}

/// <summary>A designation outside a code system.</summary>
/// <param name="Language">BCP-47, or null.</param>
/// <param name="Use">What it is for, or null.</param>
/// <param name="Value">The text.</param>
public sealed record DesignationText(string? Language, Coding? Use, string Value)
{
    /// <summary>Its status or identifier elsewhere.</summary>
    public IReadOnlyList<Extension> Extensions { get; init; } = [];
}

/// <summary>FHIR R4 <see href="https://hl7.org/fhir/R4/valueset-definitions.html#ValueSet.compose.include.filter">filter</see>.</summary>
/// <param name="Property">Code of the property: concept, parent, child, or one that the code system defines.</param>
/// <param name="Op">Operator as FHIR writes it: =, is-a, descendent-of, is-not-a, regex, in, not-in, generalizes, exists, child-of, descendent-leaf.</param>
/// <param name="Value">The value; empty when the operator needs none.</param>
public sealed record Filter(string Property, string Op, string Value);

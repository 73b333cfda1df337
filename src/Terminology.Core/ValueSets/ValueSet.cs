namespace Terminology.ValueSets;

/// <summary>A value set as defined. FHIR R4 <see href="https://hl7.org/fhir/R4/valueset.html">ValueSet</see>.</summary>
public sealed record ValueSet : CanonicalResource
{
    /// <summary>Canonical URL; null only for an inline value set without url.</summary>
    public required string? Url { get; init; }

    /// <summary>Supplements that its codes are shown and checked with (extension valueset-supplement).</summary>
    public IReadOnlyList<VersionedUrl> Supplements { get; init; } = [];

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
}

/// <summary>A designation outside a code system.</summary>
/// <param name="Language">BCP-47, or null.</param>
/// <param name="Use">What it is for, or null.</param>
/// <param name="Value">The text.</param>
public sealed record DesignationText(string? Language, Coding? Use, string Value);

/// <summary>FHIR R4 <see href="https://hl7.org/fhir/R4/valueset-definitions.html#ValueSet.compose.include.filter">filter</see>.</summary>
/// <param name="Property">Code of the property: concept, parent, child, or one that the code system defines.</param>
/// <param name="Op">Operator as FHIR writes it: =, is-a, descendent-of, is-not-a, regex, in, not-in, generalizes, exists, child-of, descendent-leaf.</param>
/// <param name="Value">The value; empty when the operator needs none.</param>
public sealed record Filter(string Property, string Op, string Value);

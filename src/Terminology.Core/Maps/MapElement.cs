namespace Terminology.Maps;

/// <summary>What one source code maps to. FHIR R4 <see href="https://hl7.org/fhir/R4/conceptmap-definitions.html#ConceptMap.group.element">ConceptMap.group.element</see>.</summary>
/// <param name="Code">The source code.</param>
/// <param name="Targets">In order of the map; empty when nothing was decided.</param>
public sealed record MapElement(string Code, IReadOnlyList<MapTarget> Targets)
{
    /// <summary>Display of the source code as the map gives it, or null.</summary>
    public string? Display { get; init; }

    /// <summary>Decided: there is no target (R5 <c>noMap</c>; R4 a target <c>unmatched</c> without code).</summary>
    public bool NoMap { get; init; }

    /// <summary>Why there is none, or null.</summary>
    public string? Comment { get; init; }
}

/// <summary>One target of a source code, with the conditions under which it holds.</summary>
public sealed record MapTarget
{
    /// <summary>The target code, or null for "no target under these conditions".</summary>
    public required string? Code { get; init; }

    /// <summary>Display as the map gives it, or null.</summary>
    public string? Display { get; init; }

    /// <summary>Relationship in R5 words.</summary>
    public required MapRelationship Relationship { get; init; }

    /// <summary>The word of the source format when it says more: R4 <c>equal</c>, <c>specializes</c>, <c>inexact</c>, <c>unmatched</c>; or null.</summary>
    public string? OriginalRelationship { get; init; }

    /// <summary>Comment of the map; map advice of SNOMED CT; or null.</summary>
    public string? Comment { get; init; }

    /// <summary>Conditions, all of which must hold.</summary>
    public IReadOnlyList<MapDependency> DependsOn { get; init; } = [];

    /// <summary>What else comes out with the target.</summary>
    public IReadOnlyList<MapDependency> Products { get; init; } = [];

    /// <summary>Group of targets of which exactly one is chosen: mapGroup of a complex map, scenario and choice list of a GEM; 0 when the map has none.</summary>
    public int RuleGroup { get; init; }

    /// <summary>Order of trial inside the rule group; 0 when the map has none.</summary>
    public int Priority { get; init; }

    /// <summary>SNOMED CT mapRule as written (<c>IFA …</c>, <c>TRUE</c>, <c>OTHERWISE TRUE</c>), or null.</summary>
    public string? Rule { get; init; }

    /// <summary>What the source format says of the row beyond this: correlation, map category, GEM flags; name to value.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Properties { get; init; } = [];
}

/// <summary>FHIR R4 <see href="https://hl7.org/fhir/R4/conceptmap-definitions.html#ConceptMap.group.element.target.dependsOn">dependsOn and product</see>.</summary>
/// <param name="Property">The element or property.</param>
/// <param name="System">Code system of the value, or null.</param>
/// <param name="Value">Code or text that it must have, or has.</param>
/// <param name="Display">Display of the value, or null.</param>
public sealed record MapDependency(string Property, string? System, string Value, string? Display = null);

using System.Text.Json.Serialization;
using Terminology.Maps;

namespace Terminology.Mapping.Rows;

/// <summary>
/// What is said of one source code: its targets, or that there is none and why. Nothing of both: nothing was decided yet.
/// FHIR R5 <see href="https://hl7.org/fhir/R5/conceptmap-definitions.html#ConceptMap.group.element">ConceptMap.group.element</see>.
/// </summary>
public sealed record RowContent
{
    /// <summary>Nothing decided.</summary>
    public static RowContent Empty { get; } = new();

    /// <summary>In the order of the map; empty when nothing was decided, or that there is none.</summary>
    public IReadOnlyList<RowTarget> Targets { get; init; } = [];

    /// <summary>Decided: there is no target; null otherwise.</summary>
    public NoMap? NoMap { get; init; }

    /// <summary>Is nothing decided?</summary>
    [JsonIgnore]
    public bool IsEmpty => Targets.Count == 0 && NoMap is null;

    /// <summary>Equal when all that is said is: lists are compared item by item.</summary>
    public bool Equals(RowContent? other) => other is not null && NoMap == other.NoMap && Targets.SequenceEqual(other.Targets);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(NoMap, Targets.Count, Targets.Count > 0 ? Targets[0] : null);
}

/// <summary>Why a source code has no target.</summary>
/// <param name="Reason">A word of the map's list of reasons, for example <c>no-code-exists</c>; null when not said.</param>
/// <param name="Text">In words, or null.</param>
public sealed record NoMap(string? Reason = null, string? Text = null)
{
    /// <summary>The request for a new code, where the reason is that none exists; or null.</summary>
    public string? Request { get; init; }
}

/// <summary>One target of a row, with the conditions under which it holds.</summary>
public sealed record RowTarget
{
    /// <summary>Canonical of the code system, with the version it was chosen from where known.</summary>
    public required string System { get; init; }

    /// <summary>Version of the code system, or null.</summary>
    public string? Version { get; init; }

    /// <summary>The code.</summary>
    public required string Code { get; init; }

    /// <summary>Its display as it was when chosen, or null.</summary>
    public string? Display { get; init; }

    /// <summary>How the source stands to it.</summary>
    public required MapRelationship Relationship { get; init; }

    /// <summary>The word of the source format where it says more; or null.</summary>
    public string? OriginalRelationship { get; init; }

    /// <summary>For whoever reads the map; or null.</summary>
    public string? Comment { get; init; }

    /// <summary>Conditions, all of which must hold.</summary>
    public IReadOnlyList<MapDependency> DependsOn { get; init; } = [];

    /// <summary>What else comes out with it.</summary>
    public IReadOnlyList<MapDependency> Products { get; init; } = [];

    /// <summary>Group of targets of which exactly one is chosen; 0: none.</summary>
    public int RuleGroup { get; init; }

    /// <summary>Order of trial, from 1; 0: not said.</summary>
    public int Priority { get; init; }

    /// <summary>SNOMED CT mapRule as written, or null.</summary>
    public string? Rule { get; init; }

    /// <summary>First day on which it holds; null: always did.</summary>
    public DateOnly? EffectiveFrom { get; init; }

    /// <summary>Last day on which it holds; null: no end known.</summary>
    public DateOnly? EffectiveTo { get; init; }

    /// <summary>How sure whoever or whatever chose it is, 0 to 1; null when not said.</summary>
    public double? Confidence { get; init; }

    /// <summary>On what it rests, in the words of <see href="https://mapping-commons.github.io/semantic-mapping-vocabulary/">SEMAPV</see>, for example <c>semapv:ManualMappingCuration</c>; or null.</summary>
    public string? Justification { get; init; }

    /// <summary>What a format says of it beyond this; name to value.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Properties { get; init; } = [];

    /// <summary>Equal when all that is said is: lists are compared item by item.</summary>
    public bool Equals(RowTarget? other) => other is not null
        && (System, Version, Code, Display, Relationship, OriginalRelationship, Comment) == (other.System, other.Version, other.Code, other.Display, other.Relationship, other.OriginalRelationship, other.Comment)
        && (RuleGroup, Priority, Rule, EffectiveFrom, EffectiveTo, Confidence, Justification) == (other.RuleGroup, other.Priority, other.Rule, other.EffectiveFrom, other.EffectiveTo, other.Confidence, other.Justification)
        && DependsOn.SequenceEqual(other.DependsOn) && Products.SequenceEqual(other.Products) && Properties.SequenceEqual(other.Properties);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(System, Code, Relationship, Priority);
}

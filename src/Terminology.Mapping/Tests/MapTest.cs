using Terminology.Maps;

namespace Terminology.Mapping.Tests;

/// <summary>A golden assertion: what <c>$translate</c> must answer by the map for a code in a context. It goes with the map, is frozen with a release, and a red one keeps the release from being checked.</summary>
public sealed record MapTest
{
    /// <summary>Unique in its map, for example <c>glucose-serum</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Source code.</summary>
    public required string Code { get; init; }

    /// <summary>Its code system; null: that of the map.</summary>
    public string? System { get; init; }

    /// <summary>What is known beside the code, by the names that conditions of the map use; a coded value as <c>system|code</c>, an age as <c>17 a</c>.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Context { get; init; } = [];

    /// <summary>The target that must be among the answers; null where there must be none, or any.</summary>
    public string? Target { get; init; }

    /// <summary>Its code system; null: any of the map.</summary>
    public string? TargetSystem { get; init; }

    /// <summary>Must the answer be that there is no target?</summary>
    public bool NoMap { get; init; }

    /// <summary>How the source must stand to the target, or to all of them where none is named; null: does not matter.</summary>
    public MapRelationship? Relationship { get; init; }

    /// <summary>Who relies on it: an interface or person; or null.</summary>
    public string? Owner { get; init; }

    /// <summary>Equal when all that is demanded is.</summary>
    public bool Equals(MapTest? other) => other is not null && (Id, Code, System, Target, TargetSystem, NoMap) == (other.Id, other.Code, other.System, other.Target, other.TargetSystem, other.NoMap)
        && (Relationship, Owner) == (other.Relationship, other.Owner) && Context.SequenceEqual(other.Context);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Id, Code, Target);
}

/// <summary>What one test came to.</summary>
/// <param name="Id">Of the test.</param>
/// <param name="Passed">Was the answer what it demands?</param>
/// <param name="Text">What was demanded and what was answered, in one sentence.</param>
public sealed record MapTestResult(string Id, bool Passed, string Text);

using System.Text.Json.Serialization;
using Terminology.Mapping.Quality;
using Terminology.Maps;

namespace Terminology.Mapping.Maps;

/// <summary>How many people look at a row before it counts.</summary>
public enum ReviewMode
{
    /// <summary>One author, another person approves.</summary>
    SingleAndReview,

    /// <summary>Two authors who do not see one another, a third person approves or settles.</summary>
    DualBlind,

    /// <summary>So for a share of the rows (<see cref="MapPolicy.DualShare"/>), drawn by their keys; one author and another person for the others.</summary>
    DualOnSample,
}

/// <summary>The rules of one map.</summary>
public sealed record MapPolicy
{
    /// <summary>Who looks.</summary>
    public ReviewMode Review { get; init; }

    /// <summary>Percent of the rows that two authors answer, for <see cref="ReviewMode.DualOnSample"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] // content that was frozen before there was this has the same bytes
    public int DualShare { get; init; }

    /// <summary>May groups of proposed rows be approved by a random sample that has no error?</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] // as above
    public bool SamplingLane { get; init; }

    /// <summary>Relationships that a target may have; empty: all.</summary>
    public IReadOnlyList<MapRelationship> Relationships { get; init; } = [];

    /// <summary>Relationships that need a comment.</summary>
    public IReadOnlyList<MapRelationship> NeedComment { get; init; } = [];

    /// <summary>Words for "no target"; empty: any.</summary>
    public IReadOnlyList<string> NoMapReasons { get; init; } = [];

    /// <summary>How many targets a row may have; 0: any number.</summary>
    public int MostTargets { get; init; }

    /// <summary>How many must sign a release, at least one of them no author of any row of it.</summary>
    public int Signatures { get; init; } = 1;

    /// <summary>Percent of rows, not retired, that a release must have decided; 0: any.</summary>
    public int LeastCoverage { get; init; }

    /// <summary>How much rules of quality weigh here, by their ids, where it is not their own weight.</summary>
    public IReadOnlyDictionary<string, RuleWeight> Quality { get; init; } = new Dictionary<string, RuleWeight>();

    /// <summary>Percent of rows that may be wrong at most, as sampling bounds it; 0: any.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] // content that was frozen before there was this has the same bytes
    public int MostErrors { get; init; }

    /// <summary>The day by which the map is to be looked through again; null: none.</summary>
    public DateOnly? ReviewBy { get; init; }
}

using Terminology.Mapping.Releases;
using Terminology.Mapping.Rows;

namespace Terminology.Mapping.Quality;

/// <summary>What rules about a whole map look at beside its rows.</summary>
public sealed record MapFacts
{
    /// <summary>Nothing known.</summary>
    public static MapFacts None { get; } = new();

    /// <summary>The moment; rules with a date look at it.</summary>
    public DateTimeOffset Now { get; init; }

    /// <summary>The content of the release that answers; null when none does.</summary>
    public ReleaseContent? Active { get; init; }

    /// <summary>What was said of windows in the release that is under way; null: none is, or nothing was said.</summary>
    public ReleaseWindows? Windows { get; init; }

    /// <summary>Is the steward somebody who may be one in the domain of the map? Null: not known.</summary>
    public bool? HasSteward { get; init; }

    /// <summary>Tests of the map that do not pass, a sentence each.</summary>
    public IReadOnlyList<string> RedTests { get; init; } = [];

    /// <summary>Upper bound of the share of wrong rows as sampling has it, 0 to 1; null: nothing was sampled.</summary>
    public double? ErrorBound { get; init; }

    /// <summary>What the other maps from the same system say of a source code, by their titles; only what was approved.</summary>
    public Func<string, IEnumerable<(string Map, RowContent Content)>> Elsewhere { get; init; } = _ => [];
}

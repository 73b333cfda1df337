namespace Terminology.Mapping.Review;

/// <summary>Rows drawn at random from a group of proposed ones: when all of them are right, the group may be approved in one step.</summary>
/// <remarks>Immutable; <see cref="SampleDecision"/> makes the next. Its group is kept beside it (<see cref="SampleGroup"/>), for that never changes.</remarks>
public sealed record Sample
{
    /// <summary>From 1, in its map.</summary>
    public required int Number { get; init; }

    /// <summary>Where it stands.</summary>
    public SampleState State { get; init; }

    /// <summary>Who had it drawn.</summary>
    public required string By { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>By which the draw can be done again (<see cref="RandomDraw"/>).</summary>
    public required string Seed { get; init; }

    /// <summary>Share of the group that may be wrong at most, 0 to 1.</summary>
    public required double Wanted { get; init; }

    /// <summary>What it shows of the whole group when all drawn rows are right.</summary>
    public required SamplingBound Bound { get; init; }

    /// <summary>The drawn rows, in the order of the draw.</summary>
    public required IReadOnlyList<DrawnRow> Rows { get; init; }

    /// <summary>Why it failed, or was given up; null otherwise.</summary>
    public string? Cause { get; init; }

    /// <summary>What was approved by it; null before.</summary>
    public SampleApproval? Approval { get; init; }
}

/// <summary>A row of a group as it was at the draw.</summary>
/// <param name="Key">The row.</param>
/// <param name="Version">Its version.</param>
/// <param name="Mark">What it said and what its source meant, as <see cref="RowMark"/>.</param>
public record GroupRow(string Key, int Version, string Mark);

/// <summary>A drawn row.</summary>
/// <inheritdoc cref="GroupRow" />
public sealed record DrawnRow(string Key, int Version, string Mark) : GroupRow(Key, Version, Mark)
{
    /// <summary>What was found; null: nobody has looked.</summary>
    public SampleVerdict? Verdict { get; init; }
}

/// <summary>What somebody found of a drawn row.</summary>
/// <param name="Verdict">Is it right?</param>
/// <param name="By">Who says so.</param>
/// <param name="At">When.</param>
/// <param name="Reason">Why; always there when it is wrong.</param>
public sealed record SampleVerdict(RowVerdict Verdict, string By, DateTimeOffset At, string? Reason = null);

/// <summary>All rows that a sample was drawn from, the drawn ones among them.</summary>
/// <param name="Sample">Number of the sample.</param>
/// <param name="Rows">In order of the map.</param>
public sealed record SampleGroup(int Sample, IReadOnlyList<GroupRow> Rows);

/// <summary>What was approved by a sample.</summary>
/// <param name="By">Who approved; nobody who has a part in a row of the group.</param>
/// <param name="At">When.</param>
/// <param name="Bound">What the sample shows of the rows that were approved.</param>
public sealed record SampleApproval(string By, DateTimeOffset At, SamplingBound Bound)
{
    /// <summary>Rows of the group that were not, and why.</summary>
    public IReadOnlyList<LeftRow> Fallen { get; init; } = [];
}

/// <summary>A row that is not part of something, and why.</summary>
/// <param name="Key">The row.</param>
/// <param name="Code">Stable id of the reason.</param>
/// <param name="Detail">The reason, in a sentence.</param>
public sealed record LeftRow(string Key, string Code, string Detail);

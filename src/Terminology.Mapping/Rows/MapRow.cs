using System.Text.Json.Serialization;

namespace Terminology.Mapping.Rows;

/// <summary>One source code in a map: what it is, what is said of it, by whom, and where it stands.</summary>
/// <remarks>Immutable; <see cref="RowDecision"/> makes the next from a command.</remarks>
public sealed record MapRow
{
    /// <summary>Unique in its map: the code, or the key columns joined. Never changes.</summary>
    public required string Key { get; init; }

    /// <summary>Place in its map, from 1, in order of coming.</summary>
    public int Number { get; init; }

    /// <summary>The source code as it goes into the released map.</summary>
    public required string Code { get; init; }

    /// <summary>Its display, or null.</summary>
    public string? Display { get; init; }

    /// <summary>What stands beside the code in the list; name to value, in order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Context { get; init; } = [];

    /// <summary>Where it stands.</summary>
    public MapRowState State { get; init; }

    /// <summary>What is said of it now.</summary>
    public RowContent Content { get; init; } = RowContent.Empty;

    /// <summary>Who has a part in what is said now; nobody of them may approve it.</summary>
    public IReadOnlyList<string> ContentBy { get; init; } = [];

    /// <summary>The answers of two authors who do not see one another, in order of beginning, kept until the row is decided anew; empty where one author works.</summary>
    public IReadOnlyList<BlindAnswer> Blind { get; init; } = [];

    /// <summary>What was last approved, and is served until something else is; null when nothing ever was.</summary>
    public Approval? Approved { get; init; }

    /// <summary>Why it is to be looked at again, in order of coming; empty when it is not.</summary>
    public IReadOnlyList<string> Causes { get; init; } = [];

    /// <summary>Until when, or for which answer, it is parked; null when it is not.</summary>
    public string? ParkedFor { get; init; }

    /// <summary>Number of the question for whose answer it is parked; null when it is not, or for something else.</summary>
    public int? Question { get; init; }

    /// <summary>Who is to do what with it; null: nobody is named.</summary>
    public Assignees? Assignees { get; init; }

    /// <summary>The day by which it is to be done; null: none.</summary>
    public DateOnly? Due { get; init; }

    /// <summary>Who did the last step; null before any.</summary>
    public string? LastBy { get; init; }
}

/// <summary>What one of two authors says who do not see one another.</summary>
/// <param name="By">Who.</param>
/// <param name="Content">What is said.</param>
/// <param name="IsProposed">Has the author finished?</param>
public sealed record BlindAnswer(string By, RowContent Content, bool IsProposed);

/// <summary>What was approved, by whom and when.</summary>
/// <param name="Content">What is said.</param>
/// <param name="Authors">Who said it.</param>
/// <param name="By">Who approved it; none of the authors.</param>
/// <param name="At">When.</param>
public sealed record Approval(RowContent Content, IReadOnlyList<string> Authors, string By, DateTimeOffset At)
{
    /// <summary>Hash of what the source meant then (<see cref="Lists.MeaningFingerprint"/>, units as written); null where it was not noted.</summary>
    public string? Meaning { get; init; }

    /// <summary>Did it rest on a random sample of a group that passed?</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] // content that was frozen before there was this has the same bytes
    public bool IsSampled { get; init; }

    /// <summary>Number of that sample; null without one.</summary>
    public int? Sample { get; init; }

    /// <summary>Share of the rows approved by that sample that may be wrong, with 95 % confidence, 0 to 1; null without one.</summary>
    public double? MostWrong { get; init; }
}

namespace Terminology.Mapping.Questions;

/// <summary>What somebody wants to know of a person or sender before a row, or the map, can go on.</summary>
/// <remarks>Immutable; <see cref="QuestionDecision"/> makes the next.</remarks>
public sealed record Question
{
    /// <summary>From 1, in its map.</summary>
    public required int Number { get; init; }

    /// <summary>Where it stands.</summary>
    public QuestionState State { get; init; }

    /// <summary>Keys of the rows that it is about; empty: the map as a whole.</summary>
    public IReadOnlyList<string> Rows { get; init; } = [];

    /// <summary>What is asked.</summary>
    public required string Text { get; init; }

    /// <summary>Who is asked.</summary>
    public required Addressee To { get; init; }

    /// <summary>The day by which an answer is wanted; null: none.</summary>
    public DateOnly? Due { get; init; }

    /// <summary>Who asked.</summary>
    public required string By { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The answer; null before there is one.</summary>
    public QuestionAnswer? Answer { get; init; }

    /// <summary>Why nobody waits for the answer any more; null otherwise.</summary>
    public QuestionWithdrawal? Withdrawal { get; init; }
}

/// <summary>Where a question stands.</summary>
public enum QuestionState
{
    /// <summary>Waits for its answer.</summary>
    Open,

    /// <summary>Has it.</summary>
    Answered,

    /// <summary>Needs none any more.</summary>
    Withdrawn,
}

/// <summary>Who is asked: a person of this server, or somebody who has no token here.</summary>
public sealed record Addressee
{
    /// <summary>Name of a person of this server; or null.</summary>
    public string? Person { get; init; }

    /// <summary>A laboratory, interface or ward, by the name that people give it; or null.</summary>
    public string? Sender { get; init; }

    /// <summary>Its name, for people.</summary>
    internal string Name => Person ?? Sender ?? "";
}

/// <summary>An answer.</summary>
/// <param name="Text">What was answered.</param>
/// <param name="By">Who said it; of a sender's answer: who entered it.</param>
/// <param name="At">When.</param>
/// <param name="From">Who at the sender gave it; null where a person of this server was asked.</param>
public sealed record QuestionAnswer(string Text, string By, DateTimeOffset At, string? From = null);

/// <summary>That a question needs no answer any more.</summary>
/// <param name="Reason">Why.</param>
/// <param name="By">Who says so.</param>
/// <param name="At">When.</param>
public sealed record QuestionWithdrawal(string Reason, string By, DateTimeOffset At);

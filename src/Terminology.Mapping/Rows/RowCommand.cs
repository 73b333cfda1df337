namespace Terminology.Mapping.Rows;

/// <summary>One step that somebody wants to take with a row.</summary>
/// <param name="Verb">What to do.</param>
public sealed record RowCommand(RowVerb Verb)
{
    /// <summary>What is said, for <see cref="RowVerb.Decide"/> and for a third answer of <see cref="RowVerb.Adjudicate"/>.</summary>
    public RowContent? Content { get; init; }

    /// <summary>Why, in words; the remark of <see cref="RowVerb.Comment"/>.</summary>
    public string? Reason { get; init; }

    /// <summary>The author whose answer is taken, for <see cref="RowVerb.Adjudicate"/>; null with a third answer.</summary>
    public string? Taken { get; init; }

    /// <summary>Until when, or what is asked of whom, for <see cref="RowVerb.Park"/>.</summary>
    public string? ParkedFor { get; init; }

    /// <summary>On what the decision rests: candidates shown and passed over, engine, release; as the client has it.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Evidence { get; init; } = [];
}

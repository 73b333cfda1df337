namespace Terminology.Mapping.Review;

/// <summary>One move of a sample.</summary>
/// <param name="From">Where it stands.</param>
/// <param name="Verb">What is done.</param>
/// <param name="To">Where it can stand then; which of these follows from what is found.</param>
public sealed record SampleMove(SampleState From, SampleVerb Verb, IReadOnlyList<SampleState> To);

/// <summary>The moves of a sample, all of them; each takes a person who may approve and has no part in any row of the group.</summary>
public static class SampleMoves
{
    /// <summary>Every move.</summary>
    public static IReadOnlyList<SampleMove> All { get; } =
    [
        new(SampleState.Open, SampleVerb.Judge, [SampleState.Open, SampleState.Passed, SampleState.Failed]),
        new(SampleState.Passed, SampleVerb.Judge, [SampleState.Passed, SampleState.Failed]), // whoever looks again may find what was missed
        new(SampleState.Passed, SampleVerb.Approve, [SampleState.Approved, SampleState.Failed]),
        new(SampleState.Open, SampleVerb.Withdraw, [SampleState.Withdrawn]),
        new(SampleState.Passed, SampleVerb.Withdraw, [SampleState.Withdrawn]),
    ];

    /// <summary>The move that a verb makes from a state; null when there is none.</summary>
    public static SampleMove? Find(SampleState from, SampleVerb verb) => All.FirstOrDefault(move => move.From == from && move.Verb == verb);
}

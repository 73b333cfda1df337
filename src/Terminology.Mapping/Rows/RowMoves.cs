using Terminology.Mapping.People;

namespace Terminology.Mapping.Rows;

/// <summary>What must hold before a move.</summary>
[Flags]
public enum RowGuard
{
    /// <summary>Nothing more.</summary>
    None = 0,

    /// <summary>It says what the row maps to, or why to nothing.</summary>
    HasContent = 1,

    /// <summary>It gives a reason.</summary>
    HasReason = 2,

    /// <summary>Whoever does it has no part in what the row says.</summary>
    IsAnother = 4,

    /// <summary>A person does it: neither program nor engine.</summary>
    IsPerson = 8,

    /// <summary>No error is open that nobody waived.</summary>
    HasNoError = 16,

    /// <summary>It says until when, or what is asked.</summary>
    HasEnd = 32,
}

/// <summary>One move: from a state by a verb to a state.</summary>
/// <param name="From">Where the row stands.</param>
/// <param name="Verb">What is done.</param>
/// <param name="To">Where it stands then. Where two authors work blindly, <see cref="RowVerb.Propose"/> ends in what the two answers make of it.</param>
/// <param name="Needs">The right it needs; null: it follows by itself and nobody does it.</param>
/// <param name="Guards">What must hold.</param>
public sealed record RowMove(MapRowState From, RowVerb Verb, MapRowState To, MapAction? Needs, RowGuard Guards);

/// <summary>The moves of a row, all of them. What is not in the table cannot be done.</summary>
public static class RowMoves
{
    private const RowGuard ByAnother = RowGuard.IsAnother | RowGuard.IsPerson;

    /// <summary>Every move.</summary>
    public static IReadOnlyList<RowMove> All { get; } =
    [
        new(MapRowState.Unmapped, RowVerb.Decide, MapRowState.Draft, MapAction.MapRows, RowGuard.HasContent),
        new(MapRowState.Draft, RowVerb.Decide, MapRowState.Draft, MapAction.MapRows, RowGuard.HasContent),
        new(MapRowState.Approved, RowVerb.Decide, MapRowState.Draft, MapAction.MapRows, RowGuard.HasContent),
        new(MapRowState.Recheck, RowVerb.Decide, MapRowState.Draft, MapAction.MapRows, RowGuard.HasContent),

        new(MapRowState.Draft, RowVerb.Propose, MapRowState.Proposed, MapAction.MapRows, RowGuard.HasNoError),
        new(MapRowState.Proposed, RowVerb.Propose, MapRowState.Proposed, MapAction.MapRows, RowGuard.HasNoError | RowGuard.IsPerson), // takes what an engine proposed

        new(MapRowState.Proposed, RowVerb.Approve, MapRowState.Approved, MapAction.Approve, ByAnother | RowGuard.HasNoError),
        new(MapRowState.Proposed, RowVerb.RequestChanges, MapRowState.Draft, MapAction.Approve, RowGuard.HasReason | RowGuard.IsPerson),
        new(MapRowState.Conflict, RowVerb.Adjudicate, MapRowState.Approved, MapAction.Adjudicate, ByAnother | RowGuard.HasReason | RowGuard.HasNoError),
        new(MapRowState.Recheck, RowVerb.Confirm, MapRowState.Approved, MapAction.Approve, ByAnother | RowGuard.HasReason),

        new(MapRowState.Draft, RowVerb.Park, MapRowState.Parked, MapAction.MapRows, RowGuard.HasEnd),
        new(MapRowState.Proposed, RowVerb.Park, MapRowState.Parked, MapAction.MapRows, RowGuard.HasEnd),
        new(MapRowState.Parked, RowVerb.Resume, MapRowState.Draft, MapAction.MapRows, RowGuard.None),

        new(MapRowState.Approved, RowVerb.Recheck, MapRowState.Recheck, null, RowGuard.HasReason),
        new(MapRowState.Recheck, RowVerb.Recheck, MapRowState.Recheck, null, RowGuard.HasReason),

        .. Enum.GetValues<MapRowState>().Where(state => state != MapRowState.Retired).Select(state => new RowMove(state, RowVerb.Retire, MapRowState.Retired, MapAction.Import, RowGuard.HasReason)),
        new(MapRowState.Retired, RowVerb.Restore, MapRowState.Unmapped, MapAction.Import, RowGuard.None),

        .. Enum.GetValues<MapRowState>().Select(state => new RowMove(state, RowVerb.Comment, state, MapAction.Comment, RowGuard.HasReason)),
    ];

    private static readonly Dictionary<(MapRowState From, RowVerb Verb), RowMove> ByVerb = All.ToDictionary(move => (move.From, move.Verb));

    /// <summary>The move that a verb makes from a state; null when there is none.</summary>
    /// <remarks><see cref="RowVerb.Enter"/> makes a row, <see cref="RowVerb.Undo"/> goes where it came from: neither is a move of the table.</remarks>
    public static RowMove? Find(MapRowState from, RowVerb verb) => ByVerb.GetValueOrDefault((from, verb));

    /// <summary>What can be done from a state, in order of the table; for messages and menus.</summary>
    public static IEnumerable<RowVerb> From(MapRowState state) => All.Where(move => move.From == state).Select(move => move.Verb);
}

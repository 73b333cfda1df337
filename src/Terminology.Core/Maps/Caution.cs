namespace Terminology.Maps;

/// <summary>What a caller must know before applying a match unattended; a match without any is safe. Names on the wire are stable: <c>target-inactive</c> and so on.</summary>
public enum Caution
{
    /// <summary>It is decided that there is no target.</summary>
    NoTarget,

    /// <summary>The target means more, less or something else than the source: applying it loses or adds meaning.</summary>
    NotEquivalent,

    /// <summary>The target is inactive in the version of its code system that is live.</summary>
    TargetInactive,

    /// <summary>The target is not in the version of its code system that is live.</summary>
    TargetUnknown,

    /// <summary>The code system of the target is not loaded, or only in part: nobody looked.</summary>
    TargetNotChecked,

    /// <summary>The source is inactive; the match may be that of its successor.</summary>
    SourceInactive,

    /// <summary>The source is not in its code system.</summary>
    SourceUnknown,

    /// <summary>Maps that fit give different answers.</summary>
    MapsDisagree,

    /// <summary>The row has conditions of which the request says nothing.</summary>
    ContextMissing,

    /// <summary>There is more than one target in the same code system: choose, or apply all of them.</summary>
    SeveralTargets,

    /// <summary>The code as written can mean more than one code.</summary>
    SeveralReadings,

    /// <summary>What became of the source is not one certain successor.</summary>
    HistoryUncertain,

    /// <summary>The map is a draft.</summary>
    DraftMap,

    /// <summary>The map is retired.</summary>
    RetiredMap,

    /// <summary>The code is not in the value set that the map is for.</summary>
    OutsideScope,

    /// <summary>Whether a code is in a scope could not be told.</summary>
    ScopeUndecided,

    /// <summary>The map does not list the code: the rule for all others gave the target.</summary>
    NotListed,

    /// <summary>Two or more maps were put together.</summary>
    Chained,

    /// <summary>The map says that a person must decide.</summary>
    NeedsPerson,

    /// <summary>Another target, or none, has taken its place; it is answered for those who have not changed over yet.</summary>
    Superseded,

    /// <summary>No map answers the code.</summary>
    NotMapped,
}

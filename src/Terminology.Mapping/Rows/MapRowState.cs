namespace Terminology.Mapping.Rows;

/// <summary>Where a row of a map stands. Which moves there are is in one table, <c>RowMoves</c>.</summary>
public enum MapRowState
{
    /// <summary>Nothing was decided.</summary>
    Unmapped,

    /// <summary>Somebody is at work on it.</summary>
    Draft,

    /// <summary>Its author has finished; another person looks.</summary>
    Proposed,

    /// <summary>Two authors who did not see one another disagree.</summary>
    Conflict,

    /// <summary>Another person than the author agreed: it goes into the next release.</summary>
    Approved,

    /// <summary>Was approved, and something has changed since; still served.</summary>
    Recheck,

    /// <summary>Waits for a date or an answer.</summary>
    Parked,

    /// <summary>Its source code was withdrawn; kept, and served until its sunset.</summary>
    Retired,
}

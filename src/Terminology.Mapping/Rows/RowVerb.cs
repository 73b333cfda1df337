namespace Terminology.Mapping.Rows;

/// <summary>What can be done to a row. API, import and bulk use these and no others.</summary>
public enum RowVerb
{
    /// <summary>The source list brings the row in.</summary>
    Enter,

    /// <summary>Says what the row maps to, or that there is none; on an approved row: an edit.</summary>
    Decide,

    /// <summary>Its author has finished.</summary>
    Propose,

    /// <summary>Another person agrees.</summary>
    Approve,

    /// <summary>A reviewer wants something else.</summary>
    RequestChanges,

    /// <summary>A third person settles what two authors disagree on.</summary>
    Adjudicate,

    /// <summary>Waits for a date or an answer.</summary>
    Park,

    /// <summary>Waits no more.</summary>
    Resume,

    /// <summary>Something that an approved row rests on has changed.</summary>
    Recheck,

    /// <summary>Another person than the author finds it still right.</summary>
    Confirm,

    /// <summary>The source code was withdrawn.</summary>
    Retire,

    /// <summary>The source code is back.</summary>
    Restore,

    /// <summary>Takes one's own last step back.</summary>
    Undo,

    /// <summary>A remark; nothing else changes.</summary>
    Comment,
}

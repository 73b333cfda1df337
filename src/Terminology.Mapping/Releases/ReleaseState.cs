namespace Terminology.Mapping.Releases;

/// <summary>Where a release of a map stands.</summary>
public enum ReleaseState
{
    /// <summary>Its content is fixed, by its hash.</summary>
    Frozen,

    /// <summary>All its gates are passed.</summary>
    Checked,

    /// <summary>As many have signed as the map demands.</summary>
    Signed,

    /// <summary>It answers.</summary>
    Active,

    /// <summary>Another answers in its place; it can be made active again at once.</summary>
    Superseded,

    /// <summary>Taken back; it never answers again.</summary>
    Withdrawn,

    /// <summary>Signed, and answers from a moment on.</summary>
    Scheduled,
}

/// <summary>What is done with a release.</summary>
public enum ReleaseVerb
{
    /// <summary>Fixes the approved rows as they are now.</summary>
    Freeze,

    /// <summary>Goes through the gates.</summary>
    Check,

    /// <summary>Signs.</summary>
    Sign,

    /// <summary>Makes it answer; of an earlier one: rolls back.</summary>
    Activate,

    /// <summary>Another was made active.</summary>
    Supersede,

    /// <summary>Takes it back; of the one that answers: at once, in an emergency, and the one before answers again.</summary>
    Withdraw,

    /// <summary>Another person looks at an emergency afterwards.</summary>
    Review,

    /// <summary>Lets it answer from a moment on; said again: from another one.</summary>
    Schedule,
}

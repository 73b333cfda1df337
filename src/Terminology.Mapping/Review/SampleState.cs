namespace Terminology.Mapping.Review;

/// <summary>Where a sample stands.</summary>
public enum SampleState
{
    /// <summary>Its rows are being looked at.</summary>
    Open,

    /// <summary>All of them are right.</summary>
    Passed,

    /// <summary>One is wrong, or is another row now: each row of the group is reviewed by itself.</summary>
    Failed,

    /// <summary>The group was approved by it.</summary>
    Approved,

    /// <summary>Given up; each row of the group is reviewed by itself.</summary>
    Withdrawn,
}

/// <summary>What can be done with a sample.</summary>
public enum SampleVerb
{
    /// <summary>Says of drawn rows whether they are right.</summary>
    Judge,

    /// <summary>Approves the group.</summary>
    Approve,

    /// <summary>Gives it up.</summary>
    Withdraw,
}

/// <summary>Is a drawn row right?</summary>
public enum RowVerdict
{
    /// <summary>Yes.</summary>
    Right,

    /// <summary>No; one is enough.</summary>
    Wrong,
}

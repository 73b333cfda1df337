namespace Terminology.Issues;

/// <summary>What whoever changes a map itself is told.</summary>
public static class SettingsMessages
{
    /// <summary>Nothing in it.</summary>
    public static string NothingSaid() => "Say at least one of title, copyright, steward, targetScope, reviewBy and policy.";

    /// <summary>Why another policy?</summary>
    public static string ReasonNeeded() => "Say why the map should have other rules: a second person decides on it.";

    /// <summary>Somebody else's is open.</summary>
    public static string ProposalOpen(string by) => $"What '{by}' proposed is not decided yet: approve or reject it first.";

    /// <summary>The day of review is set at once.</summary>
    public static string ReviewDayApart() => "The day of review is said as 'reviewBy' beside the policy: a steward sets it alone.";

    /// <summary>Two people.</summary>
    public static string OwnProposal(string who) => $"'{who}' proposed it; another steward must agree.";

    /// <summary>Blind work is under way.</summary>
    public static string BlindWork(string rows, bool more) => $"Two authors work without seeing one another on {rows}{(more ? " and more" : "")}: let them hand in and be settled, or retire the rows, before one author is enough.";

    /// <summary>Nothing proposed.</summary>
    public static string NoProposal(string map) => $"Nothing is proposed for the map '{map}' that waits for a decision.";

    /// <summary>Version missing.</summary>
    public static string IfMatchNeeded() => "Send the ETag of what you have seen in the header If-Match, so that nobody's change is lost.";

    /// <summary>Somebody was faster.</summary>
    public static string Changed(string what, string map) => $"The {what} of '{map}' changed in the meantime; 'current' has them as they are.";
}

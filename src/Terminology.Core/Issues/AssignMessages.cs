namespace Terminology.Issues;

/// <summary>What whoever assigns rows is told when it cannot be done.</summary>
public static class AssignMessages
{
    /// <summary>Nothing to do.</summary>
    public static string NothingSaid() => "Say in 'assignees' who (author, second, reviewer, adjudicator), or in 'due' until when.";

    /// <summary>Both.</summary>
    public static string DueOrNone() => "Say 'due' or 'noDue', not both.";

    /// <summary>Both.</summary>
    public static string AssigneeOrNone() => "Ask for 'assignee' or for 'unassigned', not both.";

    /// <summary>Retired.</summary>
    public static string Retired(string key) => $"Row '{key}' is retired; there is nothing to do with it.";

    /// <summary>Two places.</summary>
    public static string SamePerson(string key, string who, string place, string other) => $"'{who}' would be {place} and {other} of row '{key}'; these are two persons.";

    /// <summary>Four eyes.</summary>
    public static string HasPart(string key, string who, string place) => $"'{who}' has a part in what row '{key}' says and cannot be its {place}.";

    /// <summary>Nobody.</summary>
    public static string Unknown(string key, string who, string place) => $"There is no '{who}' who could be {place} of row '{key}'.";

    /// <summary>Role missing.</summary>
    public static string NoRole(string key, string who, string place, string domain, string roles) => $"'{who}' cannot be {place} of row '{key}': it takes one of the roles {roles} in the domain '{domain}'.";

    /// <summary>For two others.</summary>
    public static string ForOthers(string key, string author, string second) => $"Row '{key}' is for '{author}' and '{second}', who do not see one another; nobody else decides it.";
}

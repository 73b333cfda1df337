namespace Terminology.Loaders.Maps.Folders;

/// <summary>The columns of the tables, always all of them and in this order, so that a first comment does not change every line of a file.</summary>
internal static class FolderColumns
{
    public static readonly string[] Rows =
    [
        "key", "code", "display", "context", "targetSystem", "target", "targetDisplay", "targetVersion", "relationship", "originalRelationship", "comment", "dependsOn", "products", "ruleGroup", "priority", "rule",
        "effectiveFrom", "effectiveTo", "confidence", "justification", "properties", "noMap", "noMapReason", "noMapText", "noMapRequest",
    ];

    public static readonly string[] Tests = ["id", "system", "code", "context", "target", "targetSystem", "noMap", "relationship", "owner"];

    public static readonly string[] Approvals = ["key", "state", "authors", "approvedBy", "approvedAt"];

    public static readonly string[] Waivers = ["finding", "rule", "text", "reason", "until", "by", "at", "confirmedBy"];

    /// <summary>What stands in a column that is true.</summary>
    public const string Yes = "yes";

    /// <summary>Between the names of several people.</summary>
    public const char Between = '|';
}

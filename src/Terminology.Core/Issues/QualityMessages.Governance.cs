using System.Globalization;

namespace Terminology.Issues;

/// <summary>MQ-4xx: who did what when.</summary>
public static partial class QualityMessages
{
    /// <summary>MQ-401.</summary>
    public static string OwnApproval(string row, string who) => $"{row} was approved by '{who}', who is one of its authors; another person must approve it.";

    /// <summary>MQ-403.</summary>
    public static string ContentAfterApproval(string row, string by, DateTimeOffset at) => $"{row} says something else than what '{by}' approved on {Day(at)}.";

    /// <summary>MQ-403.</summary>
    public static string CauseAfterApproval(string row, string by, DateTimeOffset at, string cause) => $"{row} was approved by '{by}' on {Day(at)}, and since then: {cause}. Confirm it or edit it.";

    /// <summary>MQ-403.</summary>
    public static string SourceAfterApproval(string row, string by, DateTimeOffset at) => $"{row} was approved by '{by}' on {Day(at)}, when its list called it, its unit or its specimen something else; edit it or approve it again.";

    /// <summary>MQ-402.</summary>
    public static string NoSteward(string steward, string domain) => $"The map names '{steward}' as its steward, and nobody of that name has the role steward in the domain '{domain}'.";

    /// <summary>MQ-402.</summary>
    public static string ReviewOverdue(DateOnly due, DateTimeOffset now) => string.Create(CultureInfo.InvariantCulture, $"The map was to be looked through again by {due:yyyy-MM-dd}; it is {now:yyyy-MM-dd}.");

    /// <summary>MQ-404.</summary>
    public static string TooFast(string who, int rows, int seconds) => $"'{who}' approved {rows} rows that a machine proposed less than {seconds} seconds after the row before; look at a sample.";

    /// <summary>MQ-404.</summary>
    public static string TooManyInARow(string who, int rows, int most) => $"'{who}' approved {rows} rows that a machine proposed one after another, more than {most} without a pause; look at a sample.";

    /// <summary>MQ-405.</summary>
    public static string BulkWithoutSample(string who, int rows, DateTimeOffset at) => $"'{who}' approved {rows} rows in one step on {Day(at)}, and no sample of them was looked at that passed.";
}

using System.Globalization;

namespace Terminology.Issues;

/// <summary>What whoever sets a finding aside is told when it cannot be done.</summary>
public static class WaiverMessages
{
    /// <summary>Never.</summary>
    public static string CannotBeWaived(string rule) => $"{rule} cannot be waived; the cause must go.";

    /// <summary>Reason missing.</summary>
    public static string ReasonNeeded() => "Say in 'reason' why the finding may stand.";

    /// <summary>Reason of excessive length.</summary>
    public static string ReasonTooLong(int most) => $"The reason may have at most {most} characters.";

    /// <summary>End missing.</summary>
    public static string EndNeeded() => "Say in 'until' the last day on which the finding may stand, for example 2027-01-31.";

    /// <summary>End out of range.</summary>
    public static string InvalidEnd(DateOnly end, DateOnly first, DateOnly last) => string.Create(CultureInfo.InvariantCulture, $"{end:yyyy-MM-dd} cannot be the end; it is a day from {first:yyyy-MM-dd} to {last:yyyy-MM-dd}.");

    /// <summary>Twice.</summary>
    public static string WaivedAlready(string by, DateOnly until) => string.Create(CultureInfo.InvariantCulture, $"'{by}' has waived this already, until {until:yyyy-MM-dd}.");

    /// <summary>Alone.</summary>
    public static string SecondPersonNeeded(string by) => $"'{by}' has asked for this already; an error is waived by two people, the second must be another.";

    /// <summary>Taken back.</summary>
    public static string WithdrawnAlready() => "This waiver was taken back already.";

    /// <summary>Nothing to waive.</summary>
    public static string NoSuchFinding(string id) => $"No finding '{id}' stands now; its cause may be gone, or its facts have changed. GET findings lists those that stand.";

    /// <summary>No waiver.</summary>
    public static string NoSuchWaiver(string id) => $"There is no waiver for the finding '{id}'.";

    /// <summary>No rule for a profile.</summary>
    public static string NotInProfile(string rule, string known) => $"'{rule}' is no rule whose weight a map may change; those are {known}.";

    /// <summary>Over.</summary>
    public static string Expired(string rule, DateOnly until, string text) => string.Create(CultureInfo.InvariantCulture, $"The waiver of {rule} ended on {until:yyyy-MM-dd} and the cause is still there: {text}");
}

using System.Globalization;

namespace Terminology.Issues;

/// <summary>What whoever approves by samples is told when something cannot be done, and why a sample failed.</summary>
public static class SamplingMessages
{
    /// <summary>Policy.</summary>
    public static string NoLane(string map) => $"The policy of the map '{map}' does not let rows be approved by samples; its steward may set 'samplingLane'.";

    /// <summary>No sample.</summary>
    public static string NoSuchSample(int number, string map) => $"The map '{map}' has no sample {number}.";

    /// <summary>No such move.</summary>
    public static string NoMove(int number, string state, string verb) => $"Sample {number} is {state}; '{verb}' is no step from there.";

    /// <summary>Nothing to draw from.</summary>
    public static string NoRows() => "No row is left that could be approved; the rows left out are named with reasons when 'dryRun' is set.";

    /// <summary>Too many rows.</summary>
    public static string TooManyRows(int rows, int most) => $"{rows} rows are asked for; a group has at most {most}. Name them in 'keys', or those of one author in 'by'.";

    /// <summary>Sampled elsewhere.</summary>
    public static string InSample(string key, int number, string state) => $"Row '{key}' is in sample {number}, which is {state}.";

    /// <summary>The group was given back.</summary>
    public static string WasInSample(string key, int number, string state) => $"Row '{key}' was in sample {number}, which {(state == "failed" ? "failed" : "was withdrawn")}, and says the same since then; it is approved by itself.";

    /// <summary>Four eyes.</summary>
    public static string HasPart(string who, int number, string key) => $"'{who}' has a part in row '{key}' of the group of sample {number}; another person must look at it.";

    /// <summary>Not drawn.</summary>
    public static string NotDrawn(string key, int number) => $"Row '{key}' was not drawn into sample {number}.";

    /// <summary>Cause of failing: wrong row.</summary>
    public static string WrongRow(string key, string by, string reason) => $"'{by}' finds row '{key}' wrong: {reason}";

    /// <summary>Cause of failing: a drawn row is another.</summary>
    public static string DrawnRowChanged(string key) => $"Row '{key}' was drawn and does not say any more what it said then.";

    /// <summary>Cause of failing: a drawn row cannot be approved.</summary>
    public static string DrawnRowRefused(string key, string why) => $"Row '{key}' was drawn and cannot be approved now: {why}";

    /// <summary>Cause of failing: too little remains.</summary>
    public static string BoundTooHigh(int left, int group, double share, double wanted) => string.Create(CultureInfo.InvariantCulture, $"{left} of {group} rows of the group are as they were; of these up to {share:P1} may be wrong, and {wanted:P1} was wanted.");

    /// <summary>A row that fell out: another content.</summary>
    public static string RowChanged(string key) => $"Row '{key}' does not say any more what it said when the sample was drawn.";

    /// <summary>Reason missing.</summary>
    public static string WrongNeedsReason() => "Say in 'reason' what is wrong.";

    /// <summary>Verdict missing.</summary>
    public static string VerdictNeeded() => "Say 'right' or 'wrong'.";

    /// <summary>Verdicts missing.</summary>
    public static string VerdictsNeeded() => "Say in 'verdicts' of each row its key and whether it is 'right' or 'wrong'.";

    /// <summary>A key in two verdicts.</summary>
    public static string KeyTwice(string key) => $"The row '{key}' is there twice.";

    /// <summary>Both.</summary>
    public static string BoundOrSize() => "Say 'bound' or 'size', not both.";

    /// <summary>Both.</summary>
    public static string KeysOrBy() => "Say 'keys' or 'by', not both.";

    /// <summary>Bound out of range.</summary>
    public static string InvalidBound(double least, double most) => string.Create(CultureInfo.InvariantCulture, $"The share of rows that may be wrong, from {least} to {most}; for example 0.05.");

    /// <summary>Size out of range.</summary>
    public static string InvalidSize(int least, int most) => $"Rows to be looked at, from {least} to {most}: 59 show with 95 % confidence that at most 5 % are wrong, 99 at most 3 %, 299 at most 1 %.";
}

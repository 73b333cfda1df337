using Terminology.Issues;
using Terminology.Mapping.Rows;

namespace Terminology.Mapping.Quality.Governance;

/// <summary>MQ-404: rows that a machine proposed were approved faster than anybody reads, or more in a row than anybody reads well.</summary>
internal static class HastyApproval
{
    /// <summary>Seconds that a look at a row takes at least.</summary>
    public const int Seconds = 2;

    /// <summary>Rows that are approved one after another at most.</summary>
    public const int Most = 40;

    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);

    public static QualityRule Rule { get; } = new("MQ-404", FindingSeverity.Warning, "Machine-proposed rows approved too fast", RuleScope.Approver, Find) { StopsSteps = false, LooksAtAllRows = true, AsksServer = true };

    private static IEnumerable<Said> Find(RuleCase at)
    {
        var approved = at.Rows.Where(row => row.Row.Approved is not null).Select(row => (Row: row, Approval: row.Row.Approved!)).OrderBy(pair => pair.Approval.At).ToArray();
        // What one step approved in bulk is MQ-405's.
        var single = approved.GroupBy(pair => pair.Approval.At).Where(group => group.Count() == 1).Select(group => group.Single()).ToArray();
        var fast = single.Where((pair, i) => i > 0 && IsOfMachine(pair.Approval) && pair.Approval.At - single[i - 1].Approval.At < TimeSpan.FromSeconds(Seconds)).ToArray();
        if (fast.Length > 0) yield return new(QualityMessages.TooFast(at.Key, fast.Length, Seconds)) { Rows = [.. fast.Select(pair => pair.Row.Key)] };
        foreach (var run in Runs(single).Where(run => run.Count > Most)) yield return new(QualityMessages.TooManyInARow(at.Key, run.Count, Most)) { Rows = [.. run] };
    }

    private static List<List<string>> Runs((RowFacts Row, Approval Approval)[] approved)
    {
        var (runs, last) = (new List<List<string>>(), DateTimeOffset.MinValue);
        foreach (var (row, approval) in approved)
        {
            if (!IsOfMachine(approval) || runs.Count == 0 || approval.At - last > Pause) runs.Add([]);
            if (IsOfMachine(approval)) runs[^1].Add(row.Key);
            last = approval.At;
        }
        return runs;
    }

    /// <summary>Names of programs and engines have a colon.</summary>
    private static bool IsOfMachine(Approval approval) => approval.Authors.Any(author => author.Contains(':', StringComparison.Ordinal));
}

using Terminology.Issues;

namespace Terminology.Mapping.Quality.Governance;

/// <summary>MQ-405: many rows approved in one step, of which no sample was looked at. A step has one moment, so that its rows are known by it.</summary>
internal static class BulkApproval
{
    /// <summary>Rows that one step may approve without a sample: so few can be read before it.</summary>
    public const int Most = 20;

    public static QualityRule Rule { get; } = new("MQ-405", FindingSeverity.Error, "Bulk approval without a sample that passed", RuleScope.Approver, Find) { StopsSteps = false, LooksAtAllRows = true, AsksServer = true };

    private static IEnumerable<Said> Find(RuleCase at)
    {
        foreach (var step in at.Rows.Where(row => row.Row.Approved is { IsSampled: false }).GroupBy(row => row.Row.Approved!.At).Where(group => group.Count() > Most))
        {
            yield return new(QualityMessages.BulkWithoutSample(at.Key, step.Count(), step.Key)) { Rows = [.. step.Select(row => row.Key)] };
        }
    }
}

using Terminology.Issues;

namespace Terminology.Mapping.Quality.Governance;

/// <summary>MQ-401: somebody approved what she has a part in. It cannot come about here, and can in what was brought in from elsewhere or restored; it cannot be waived.</summary>
internal static class OwnApproval
{
    public static QualityRule Rule { get; } = new("MQ-401", FindingSeverity.Error, "Author is approver", RuleScope.Row, Find) { CanBeWaived = false, StopsSteps = false, LooksAtAllRows = true };

    private static IEnumerable<Said> Find(RuleCase at)
    {
        if (at.Row.Row.Approved is { } approved && approved.Authors.Contains(approved.By)) yield return new(QualityMessages.OwnApproval(at.Row.Quoted, approved.By));
    }
}

using Terminology.Issues;
using Terminology.Mapping.Lists;
using Terminology.Mapping.Rows;

namespace Terminology.Mapping.Quality.Governance;

/// <summary>MQ-403: the approval is older than a change of the row or of what its source means.</summary>
internal static class StaleApproval
{
    public static QualityRule Rule { get; } = new("MQ-403", FindingSeverity.Error, "Approval older than the last change", RuleScope.Row, Find) { StopsSteps = false };

    private static IEnumerable<Said> Find(RuleCase at)
    {
        if (at.Row.Row is not { Approved: { } approved, State: MapRowState.Approved or MapRowState.Recheck } row) yield break;
        if (!row.Content.Equals(approved.Content)) yield return new(QualityMessages.ContentAfterApproval(at.Row.Quoted, approved.By, approved.At));
        if (row.Causes.Count > 0) yield return new(QualityMessages.CauseAfterApproval(at.Row.Quoted, approved.By, approved.At, row.Causes[^1]));
        else if (approved.Meaning is { } meaning && meaning != MeaningFingerprint.Of(row).Hash) yield return new(QualityMessages.SourceAfterApproval(at.Row.Quoted, approved.By, approved.At));
    }
}

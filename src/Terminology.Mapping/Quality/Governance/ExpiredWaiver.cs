using Terminology.Issues;

namespace Terminology.Mapping.Quality.Governance;

/// <summary>MQ-406: a waiver has ended and its cause is still there. Found when findings are read (<see cref="WaivedFindings"/>), for no row changes when a day passes.</summary>
internal static class ExpiredWaiver
{
    public static QualityRule Rule { get; } = new("MQ-406", FindingSeverity.Error, "Waiver ended, cause still there", RuleScope.Map, _ => []) { CanBeWaived = false, StopsSteps = false };

    public static StandingFinding Of(StandingFinding found, Waiver waiver)
        => new(found.Id, new(Rule.Id, found.Finding.RowKeys, FindingSeverity.Error, WaiverMessages.Expired(waiver.RuleId, waiver.Until, found.Finding.Text), found.Finding.FixIt));
}

using Terminology.Issues;
using Terminology.Mapping.Maps;
using Terminology.Mapping.People;

namespace Terminology.Mapping.Quality;

/// <summary>The one way by which a finding is set aside: with reason and end, by who may; an error by two people.</summary>
public static class WaiverDecision
{
    /// <summary>Days that a waiver lasts at most.</summary>
    public const int Longest = 366;

    private const int LongestReason = 4000;

    /// <summary>The waiver after somebody asked for it, or agreed to it.</summary>
    /// <param name="found">The finding as it stands.</param>
    /// <param name="before">The waiver that there is for it, or null.</param>
    /// <param name="reason">Why.</param>
    /// <param name="until">The last day.</param>
    /// <param name="who">Who asks.</param>
    /// <param name="map">The map.</param>
    /// <param name="now">The moment.</param>
    /// <exception cref="TerminologyException">BusinessRule: the rule cannot be waived. Forbidden: not for this actor. Required, Value: reason or end. Conflict: it is waived, or waits for another.</exception>
    public static Waiver Take(StandingFinding found, Waiver? before, string? reason, DateOnly? until, Person who, MapProject map, DateTimeOffset now)
    {
        var (finding, today) = (found.Finding, DateOnly.FromDateTime(now.UtcDateTime));
        if (QualityRules.Find(finding.RuleId) is not { CanBeWaived: true }) throw new TerminologyException(IssueType.BusinessRule, "NO_WAIVER", WaiverMessages.CannotBeWaived(finding.RuleId)) { Expression = "finding" };
        Authorize(finding, who, map);
        if (string.IsNullOrWhiteSpace(reason)) throw new TerminologyException(IssueType.Required, "REASON_NEEDED", WaiverMessages.ReasonNeeded()) { Expression = "reason" };
        if (reason.Length > LongestReason) throw new TerminologyException(IssueType.Value, "REASON_TOO_LONG", WaiverMessages.ReasonTooLong(LongestReason)) { Expression = "reason" };
        if (until is not { } last) throw new TerminologyException(IssueType.Required, "END_NEEDED", WaiverMessages.EndNeeded()) { Expression = "until" };
        if (last < today || last > today.AddDays(Longest)) throw new TerminologyException(IssueType.Value, "INVALID_END", WaiverMessages.InvalidEnd(last, today, today.AddDays(Longest))) { Expression = "until" };
        if (before is { IsWithdrawn: false } && today <= before.Until)
        {
            if (before.IsComplete) throw new TerminologyException(IssueType.Conflict, "WAIVED_ALREADY", WaiverMessages.WaivedAlready(before.By, before.Until));
            if (before.By == who.Name) throw new TerminologyException(IssueType.Conflict, "SECOND_PERSON_NEEDED", WaiverMessages.SecondPersonNeeded(before.By));
            return before with { ConfirmedBy = who.Name, Until = last < before.Until ? last : before.Until };
        }
        return new() { Finding = found.Id, RuleId = finding.RuleId, Text = finding.Text, Severity = finding.Severity, Reason = reason, Until = last, By = who.Name, At = now };
    }

    /// <summary>The waiver when somebody takes it back, who might have given it.</summary>
    /// <exception cref="TerminologyException">Forbidden: not for this actor. Conflict: it was taken back already.</exception>
    public static Waiver Withdraw(Waiver waiver, Person who, MapProject map)
    {
        Authorize(new(waiver.RuleId, [], waiver.Severity, waiver.Text), who, map);
        return waiver.IsWithdrawn ? throw new TerminologyException(IssueType.Conflict, "WITHDRAWN_ALREADY", WaiverMessages.WithdrawnAlready()) : waiver with { IsWithdrawn = true };
    }

    private static void Authorize(Finding finding, Person who, MapProject map)
    {
        if (who.Kind != ActorKind.Person) throw new TerminologyException(IssueType.Forbidden, "PERSON_NEEDED", MappingMessages.PersonNeeded(who.Name, "waive"));
        var action = finding.Severity == FindingSeverity.Error ? MapAction.WaiveError : MapAction.WaiveWarning;
        if (!Permissions.Allow(who, action, map.Domain)) throw new TerminologyException(IssueType.Forbidden, "NO_RIGHT", MappingMessages.NoRight(who.Name, "waive " + finding.RuleId, map.Domain, string.Join(", ", MapRoles.Names(Permissions.Having(action)))));
    }
}

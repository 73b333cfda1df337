using Terminology.Issues;
using Terminology.Mapping.People;
using Terminology.Mapping.Rows;

namespace Terminology.Mapping.Maps;

/// <summary>The one way by which a map itself becomes another: what it is called and who answers for it by a steward alone, its rules by two people.</summary>
public static class SettingsDecision
{
    /// <summary>States in which two authors have begun on a row without seeing one another, and nothing has come of it yet.</summary>
    public static IReadOnlyList<MapRowState> BlindWork { get; } = [MapRowState.Draft, MapRowState.Parked, MapRowState.Conflict];

    /// <summary>The map with what holds at once; its rules are as they were, but for the day of review.</summary>
    /// <exception cref="TerminologyException">Forbidden: not for this actor.</exception>
    public static MapProject Change(MapProject map, MapChange change, Person who)
    {
        Authorize(map, who, MapAction.ChangePolicy, "change");
        static string? Said(string? text, string? before) => text is null ? before : text.Length == 0 ? null : text;
        return map with
        {
            Title = change.Title ?? map.Title,
            Steward = change.Steward ?? map.Steward,
            Copyright = Said(change.Copyright, map.Copyright),
            TargetScope = Said(change.TargetScope, map.TargetScope),
            Policy = change.ReviewBy is { } day ? map.Policy with { ReviewBy = day } : map.Policy,
        };
    }

    /// <summary>The proposal that somebody makes; one's own that is open is replaced by it.</summary>
    /// <param name="map">The map as it is then.</param>
    /// <param name="before">The proposal that there is, or null.</param>
    /// <param name="change">With a policy and a reason.</param>
    /// <param name="who">Who proposes.</param>
    /// <param name="now">The moment.</param>
    /// <exception cref="TerminologyException">Forbidden: not for this actor. Conflict: one of somebody else is open. Value: the day of review is none of the rules.</exception>
    public static SettingsProposal Propose(MapProject map, SettingsProposal? before, MapChange change, Person who, DateTimeOffset now)
    {
        Authorize(map, who, MapAction.ProposePolicy, "propose");
        if (before is { State: ProposalState.Open } && before.By != who.Name) throw new TerminologyException(IssueType.Conflict, "PROPOSAL_OPEN", SettingsMessages.ProposalOpen(before.By));
        var policy = change.Policy!;
        if (policy.ReviewBy is { } day && day != map.Policy.ReviewBy) throw new TerminologyException(IssueType.Value, "REVIEW_DAY_APART", SettingsMessages.ReviewDayApart()) { Expression = "policy.reviewBy" };
        return new() { Policy = policy with { ReviewBy = null }, By = who.Name, At = now, Reason = change.Reason! };
    }

    /// <summary>The map by the proposed rules, and the proposal as it stands then.</summary>
    /// <param name="map">The map.</param>
    /// <param name="proposal">The proposal, or null.</param>
    /// <param name="blind">Keys of the rows under blind work, of the states of <see cref="BlindWork"/>; looked at only where it matters.</param>
    /// <param name="who">Who agrees: another than who proposed.</param>
    /// <exception cref="TerminologyException">Forbidden: not for this actor, or her own. NotFound: nothing is proposed. BusinessRule: work that began blindly would lose its meaning.</exception>
    public static (MapProject Map, SettingsProposal Proposal) Approve(MapProject map, SettingsProposal? proposal, IEnumerable<string> blind, Person who)
    {
        Authorize(map, who, MapAction.ChangePolicy, "approve");
        var open = Open(map, proposal);
        if (open.By == who.Name) throw new TerminologyException(IssueType.Forbidden, "FOUR_EYES", SettingsMessages.OwnProposal(who.Name));
        if (map.Policy.Review == ReviewMode.DualBlind && open.Policy.Review != ReviewMode.DualBlind && blind.Take(6).ToArray() is { Length: > 0 } rows)
        {
            throw new TerminologyException(IssueType.BusinessRule, "BLIND_WORK", SettingsMessages.BlindWork(string.Join(", ", rows.Take(5)), rows.Length > 5));
        }
        return (map with { Policy = open.Policy with { ReviewBy = map.Policy.ReviewBy } }, open with { State = ProposalState.Approved, DecidedBy = who.Name });
    }

    /// <summary>The proposal refused by who may agree, or taken back by who made it.</summary>
    /// <exception cref="TerminologyException">Forbidden: not for this actor. NotFound: nothing is proposed. Required: no reason.</exception>
    public static SettingsProposal Reject(MapProject map, SettingsProposal? proposal, string? reason, Person who)
    {
        Authorize(map, who, proposal is { State: ProposalState.Open } && proposal.By == who.Name ? MapAction.ProposePolicy : MapAction.ChangePolicy, "reject");
        var open = Open(map, proposal);
        if (string.IsNullOrWhiteSpace(reason)) throw new TerminologyException(IssueType.Required, "REASON_NEEDED", MappingMessages.ReasonNeeded("reject")) { Expression = "reason" };
        return open with { State = ProposalState.Rejected, DecidedBy = who.Name };
    }

    private static SettingsProposal Open(MapProject map, SettingsProposal? proposal)
        => proposal is { State: ProposalState.Open } ? proposal : throw new TerminologyException(IssueType.NotFound, "NO_PROPOSAL", SettingsMessages.NoProposal(map.Id));

    private static void Authorize(MapProject map, Person who, MapAction action, string verb)
    {
        if (!Permissions.Allow(who, action, map.Domain)) throw new TerminologyException(IssueType.Forbidden, "NO_RIGHT", MappingMessages.NoRight(who.Name, verb, map.Domain, string.Join(", ", MapRoles.Names(Permissions.Having(action)))));
        if (who.Kind != ActorKind.Person) throw new TerminologyException(IssueType.Forbidden, "PERSON_NEEDED", MappingMessages.PersonNeeded(who.Name, verb));
    }
}

using Terminology.Issues;
using Terminology.Mapping.People;

namespace Terminology.Mapping.Maps;

/// <summary>Who may make a map another one, and when proposed rules hold.</summary>
public sealed class SettingsDecisionTests
{
    private static readonly Person Sam = Folk.Of("sam", MapRole.Steward);
    private static readonly MapChange TwoSign = new() { Policy = new() { Signatures = 2 }, Reason = "r" };

    [Test]
    public void Change_ByStewardAlone_LeavesRulesAndIdentity()
    {
        var dated = Folk.Map with { Policy = new() { Signatures = 3 } };
        var next = SettingsDecision.Change(dated, new() { Title = "T", TargetScope = "", ReviewBy = new(2030, 1, 1), Policy = new() }, Folk.Sue);
        Assert.That(next, Is.EqualTo(dated with { Title = "T", TargetScope = null, Policy = dated.Policy with { ReviewBy = new(2030, 1, 1) } }));
        foreach (var who in new[] { Folk.Ada, Folk.Ria, Folk.Program, Folk.Engine, Person.System, Folk.Of("eve", MapRole.Steward, "drug") })
        {
            Assert.That(() => SettingsDecision.Change(Folk.Map, new() { Title = "T" }, who), Throws.TypeOf<TerminologyException>().With.Property("Type").EqualTo(IssueType.Forbidden), who.Name);
        }
    }

    [Test]
    public void Approve_NeedsASecondSteward_AndKeepsTheDayOfReview()
    {
        var map = Folk.Map with { Policy = new() { ReviewBy = new(2030, 1, 1) } };
        var proposal = SettingsDecision.Propose(map, null, TwoSign, Folk.Sue, Folk.Noon);
        Refuses("FOUR_EYES", () => SettingsDecision.Approve(map, proposal, [], Folk.Sue));
        Refuses("NO_RIGHT", () => SettingsDecision.Approve(map, proposal, [], Folk.Ada));
        var (next, decided) = SettingsDecision.Approve(map, proposal, [], Sam);
        Assert.That((next.Policy.Signatures, next.Policy.ReviewBy, decided.State, decided.DecidedBy), Is.EqualTo((2, (DateOnly?)new DateOnly(2030, 1, 1), ProposalState.Approved, "sam")));
        Refuses("NO_PROPOSAL", () => SettingsDecision.Approve(next, decided, [], Sam));
        Refuses("NO_PROPOSAL", () => SettingsDecision.Approve(next, null, [], Sam));
    }

    [Test]
    public void Propose_BesideSomebodyElses_Waits_AndOnesOwnIsReplaced()
    {
        var first = SettingsDecision.Propose(Folk.Map, null, TwoSign, Folk.Ada, Folk.Noon);
        Refuses("PROPOSAL_OPEN", () => SettingsDecision.Propose(Folk.Map, first, TwoSign, Folk.Sue, Folk.Noon));
        Assert.That(SettingsDecision.Propose(Folk.Map, first, TwoSign with { Reason = "better" }, Folk.Ada, Folk.Noon).Reason, Is.EqualTo("better"));
        Refuses("NO_RIGHT", () => SettingsDecision.Reject(Folk.Map, first, "r", Folk.Ben));
        Refuses("REASON_NEEDED", () => SettingsDecision.Reject(Folk.Map, first, " ", Folk.Sue));
        Assert.That(SettingsDecision.Reject(Folk.Map, first, "r", Folk.Ada).State, Is.EqualTo(ProposalState.Rejected));
    }

    [Test]
    public void Approve_OneAuthorInsteadOfTwo_WaitsForRowsUnderBlindWork()
    {
        var single = SettingsDecision.Propose(Folk.Dual.Map, null, TwoSign, Folk.Ada, Folk.Noon);
        Refuses("BLIND_WORK", () => SettingsDecision.Approve(Folk.Dual.Map, single, ["GLU"], Folk.Sue));
        Assert.That(SettingsDecision.Approve(Folk.Dual.Map, single, [], Folk.Sue).Map.Policy.Review, Is.EqualTo(ReviewMode.SingleAndReview));
        var dual = single with { Policy = Folk.Dual.Map.Policy };
        Assert.That(SettingsDecision.Approve(Folk.Dual.Map, dual, ["GLU"], Folk.Sue).Map.Policy.Review, Is.EqualTo(ReviewMode.DualBlind));
    }

    private static void Refuses(string code, Action decide) => Assert.That(() => decide(), Throws.TypeOf<TerminologyException>().With.Property("MessageId").EqualTo(code));
}

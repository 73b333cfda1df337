using Terminology.Issues;
using Terminology.Mapping.People;

namespace Terminology.Mapping.Quality;

/// <summary>Findings are set aside with reason and end, by who may, for what was seen.</summary>
public sealed class WaiverTests
{
    private static readonly DateOnly Until = new(2026, 6, 30), Today = new(2026, 3, 1);
    private static readonly Person Sid = Folk.Of("sid", MapRole.Steward);

    private static StandingFinding Found(string rule, FindingSeverity severity = FindingSeverity.Warning) => new("A", new(rule, ["A"], severity, "Something clashes."));

    private static Waiver Take(StandingFinding found, Person who, Waiver? before = null, string? reason = "known", DateOnly? until = null) => WaiverDecision.Take(found, before, reason, until ?? Until, who, Folk.Map, Folk.Noon);

    [Test]
    public void Take_WarningByAReviewer_Holds_AndByAnAuthorIsRefused()
    {
        var waiver = Take(Found("MQ-202"), Folk.Ria);
        Assert.That((waiver.Holds(Today), waiver.Holds(Until), waiver.Holds(Until.AddDays(1))), Is.EqualTo((true, true, false)));
        Assert.That(() => Take(Found("MQ-202"), Folk.Ada), Throws.InstanceOf<TerminologyException>().With.Message.Contains("reviewer"));
        Assert.That(() => Take(Found("MQ-202"), Folk.Program), Throws.InstanceOf<TerminologyException>());
    }

    [Test]
    public void Take_ErrorByTwoStewards_HoldsAfterTheSecond()
    {
        var error = Found("MQ-102", FindingSeverity.Error);
        Assert.That(() => Take(error, Folk.Ria), Throws.InstanceOf<TerminologyException>().With.Message.Contains("steward"));
        var asked = Take(error, Folk.Sue);
        Assert.That(asked.Holds(Today), Is.False);
        Assert.That(() => Take(error, Folk.Sue, asked), Throws.InstanceOf<TerminologyException>().With.Message.Contains("another"));
        var given = Take(error, Sid, asked);
        Assert.That((given.Holds(Today), given.By, given.ConfirmedBy), Is.EqualTo((true, "sue", "sid")));
        Assert.That(() => Take(error, Folk.Sue, given), Throws.InstanceOf<TerminologyException>().With.Message.Contains("already"));
    }

    [TestCase("MQ-401")]
    [TestCase("MQ-406")]
    [TestCase("MQ-999")]
    public void Take_RuleThatCannotBeWaived_IsRefused(string rule) => Assert.That(() => Take(Found(rule, FindingSeverity.Error), Folk.Sue), Throws.InstanceOf<TerminologyException>().With.Message.Contains(rule));

    [Test]
    public void Take_NoReasonOrEnd_OrOneThatCannotBe_IsRefused()
    {
        Assert.That(() => Take(Found("MQ-202"), Folk.Ria, reason: " "), Throws.InstanceOf<TerminologyException>().With.Message.Contains("reason"));
        Assert.That(() => WaiverDecision.Take(Found("MQ-202"), null, "r", null, Folk.Ria, Folk.Map, Folk.Noon), Throws.InstanceOf<TerminologyException>().With.Message.Contains("until"));
        foreach (var end in new[] { Today.AddDays(-1), Today.AddDays(WaiverDecision.Longest + 1) }) Assert.That(() => Take(Found("MQ-202"), Folk.Ria, until: end), Throws.InstanceOf<TerminologyException>().With.Message.Contains("2026-03-01"));
    }

    [Test]
    public void Withdraw_OpensTheFindingAgain()
    {
        var found = Found("MQ-202");
        var waiver = WaiverDecision.Withdraw(Take(found, Folk.Ria), Folk.Jo, Folk.Map);
        Assert.That(WaivedFindings.Of([found], new Dictionary<string, Waiver> { [found.Id] = waiver }, Today).Single().IsWaived, Is.False);
        Assert.That(() => WaiverDecision.Withdraw(waiver, Folk.Jo, Folk.Map), Throws.InstanceOf<TerminologyException>());
        Assert.That(Take(found, Folk.Ria, waiver).Holds(Today), "it can be waived anew");
    }

    [Test]
    public void Of_EndedWaiver_OpensTheFindingAndIsAnErrorOfItsOwn()
    {
        var found = Found("MQ-202");
        var waivers = new Dictionary<string, Waiver> { [found.Id] = Take(found, Folk.Ria) };
        Assert.That(WaivedFindings.Of([found], waivers, Today).Single().IsWaived);
        var after = WaivedFindings.Of([found], waivers, Until.AddDays(1)).ToArray();
        Assert.That(after.Select(one => (one.Finding.RuleId, one.IsWaived)), Is.EqualTo(new[] { ("MQ-202", false), ("MQ-406", false) }));
        Assert.That(after[1].Finding.Text, Does.Contain("2026-06-30").And.Contain("Something clashes."));
        Assert.That(WaivedFindings.Of([], waivers, Until.AddDays(1)), Is.Empty, "no cause, no error");
    }

    [Test]
    public void Of_OtherFacts_AreNotCovered()
    {
        var (seen, now) = (Found("MQ-202"), new StandingFinding("A", new("MQ-202", ["A"], FindingSeverity.Warning, "Something else clashes.")));
        Assert.That(WaivedFindings.Of([now], new Dictionary<string, Waiver> { [seen.Id] = Take(seen, Folk.Ria) }, Today).Single().IsWaived, Is.False);
    }

    [Test]
    public void OpenErrors_OfARowThatIsProposed_AreThoseNobodyWaived()
    {
        var targets = new TinyTargets().Loinc("1-8", "Glucose:MCnc:Pt:Ser/Plas:Qn:", TargetStatus.Inactive);
        var (row, book) = (Probe.Row("A", "Glucose", "1-8"), Probe.Book(targets));
        IReadOnlyList<string> Errors(params Waiver[] waivers) => OpenErrors.Of(book, row, new(Rows.RowVerb.Propose), "ada", waivers.ToDictionary(waiver => waiver.Finding), Folk.Noon);
        Assert.That(Errors().Single(), Does.StartWith("MQ-102: "));
        var found = book.Try(row).Single(one => one.Finding.RuleId == "MQ-102");
        var asked = Take(found, Folk.Sue);
        Assert.That((Errors(asked).Count, Errors(Take(found, Sid, asked)).Count), Is.EqualTo((1, 0)));
    }
}

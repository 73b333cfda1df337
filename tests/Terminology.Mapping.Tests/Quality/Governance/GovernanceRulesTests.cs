using Terminology.Mapping.Releases;
using Terminology.Mapping.Rows;

namespace Terminology.Mapping.Quality.Governance;

/// <summary>MQ-4xx and MQ-6xx: each rule finds what is wrong, is cleared when it is mended, and says nothing of what is right.</summary>
public sealed class GovernanceRulesTests
{
    private static TinyTargets Targets => new TinyTargets().Loinc("1-8", "Glucose:MCnc:Pt:Ser/Plas:Qn:").Loinc("2-6", "Glucose:SCnc:Pt:Ser/Plas:Qn:");

    private static QualityScene Scene => new(Folk.Map, Targets, Probe.Reader);

    private static MapRow Glucose => Probe.Row("A", "Glucose", "1-8");

    private static IReadOnlyList<StandingFinding> Find(string rule, MapFacts whole, params MapRow[] rows) => Probe.Book(Scene, rows).By(rule, whole);

    [Test]
    public void OwnApproval_AuthorApproved_IsFoundAndCleared_AndStaysWhateverTheProfile()
    {
        Probe.Clears("MQ-401", Targets, Glucose.Approved("ada"), Glucose.Approved("ria"), "'ada'");
        var off = Scene with { Map = Folk.Map with { Policy = new() { Quality = new Dictionary<string, RuleWeight> { ["MQ-401"] = RuleWeight.Off } } } };
        Assert.That(Probe.Book(off, Glucose.Approved("ada")).By("MQ-401"), Has.Count.EqualTo(1));
    }

    [Test]
    public void StewardAndReview_Nobody_IsAnError_AndOverdueAWarning()
    {
        Assert.That(Find("MQ-402", new() { Now = Folk.Noon, HasSteward = false }, Glucose).Single().Finding.Severity, Is.EqualTo(FindingSeverity.Error));
        Assert.That(Find("MQ-402", new() { Now = Folk.Noon, HasSteward = true }, Glucose), Is.Empty);
        Assert.That(Find("MQ-402", new() { Now = Folk.Noon }, Glucose), Is.Empty, "not known is no finding");
        var due = Scene with { Map = Folk.Map with { Policy = new() { ReviewBy = new(2026, 2, 28) } } };
        Assert.That(Probe.Book(due, Glucose).By("MQ-402", new() { Now = Folk.Noon }).Single().Finding.Text, Does.Contain("2026-02-28").And.Contain("2026-03-01"));
        Assert.That(Probe.Book(due, Glucose).By("MQ-402", new() { Now = Folk.Noon.AddDays(-2) }), Is.Empty);
    }

    [Test]
    public void StaleApproval_ContentChangedAfterwards_IsFoundAndCleared()
    {
        var approved = Glucose.Approved();
        Probe.Clears("MQ-403", Targets, approved with { Content = Folk.To("2-6") }, approved, "ria", "2026-03-01");
    }

    [Test]
    public void StaleApproval_SourceMeansSomethingElse_IsFoundAndCleared()
    {
        var approved = Glucose.Approved();
        Probe.Clears("MQ-403", Targets, approved with { Display = "Glucose tolerance" }, approved, "its list called it");
    }

    [Test]
    public void StaleApproval_Recheck_IsFoundAndClearedByConfirming()
    {
        var approved = Glucose.Approved();
        Probe.Clears("MQ-403", Targets, approved with { State = MapRowState.Recheck, Causes = ["the unit became mmol/L"] }, approved, "the unit became mmol/L");
    }

    [Test]
    public void StaleApproval_DraftOverWhatIsApproved_IsNoFinding()
        => Assert.That(Probe.Book(Targets, Glucose.Approved() with { State = MapRowState.Draft, Content = Folk.To("2-6") }).By("MQ-403"), Is.Empty, "what is approved goes on answering");

    [Test]
    public void HastyApproval_MachineProposedWithinASecond_IsFoundAndCleared()
    {
        MapRow Row(string key, int second, string author) => Probe.Row(key, key, "1-8").Approved("ria", Folk.Noon.AddSeconds(second), author, "ada");
        Probe.Clears("MQ-404", Scene, [Row("A", 0, "engine:lexical"), Row("B", 1, "engine:lexical")], [Row("A", 0, "engine:lexical"), Row("B", 30, "engine:lexical")], "'ria'", "1 rows");
        Assert.That(Probe.Book(Scene, Row("A", 0, "ben"), Row("B", 1, "ben")).By("MQ-404"), Is.Empty, "rows of people are read before they are proposed");
    }

    [Test]
    public void HastyApproval_MoreThanFortyInARow_IsFoundAndCleared()
    {
        MapRow Row(int i, int seconds) => Probe.Row($"R{i:D2}", $"n{i}", "1-8").Approved("ria", Folk.Noon.AddSeconds(seconds), "engine:lexical", "ada");
        var run = Enumerable.Range(0, 41).Select(i => Row(i, i * 10)).ToArray();
        Probe.Clears("MQ-404", Scene, run, [.. Enumerable.Range(0, 41).Select(i => Row(i, i * 10 + (i > 20 ? 3600 : 0)))], "41 rows");
    }

    [Test]
    public void BulkApproval_NoSample_IsFoundAndClearedByOneThatPassed()
    {
        MapRow[] rows = [.. Enumerable.Range(0, 21).Select(i => Probe.Row($"R{i:D2}", $"n{i}", "1-8").Approved())];
        Probe.Clears("MQ-405", Scene, rows, [.. rows.Select(row => row with { Approved = row.Approved! with { IsSampled = true } })], "21 rows");
        Assert.That(Probe.Book(Scene, rows[..20]).By("MQ-405"), Is.Empty, "so few can be read");
    }

    [Test]
    public void Gates_RedTestAndErrorBound_AreFoundAndCleared()
    {
        Assert.That(Find("MQ-602", new() { RedTests = ["GLU gives 1-8, expected is 2-6."] }, Glucose).Single().Finding.Text, Does.Contain("expected is 2-6"));
        Assert.That(Find("MQ-602", new(), Glucose), Is.Empty);
        var strict = Scene with { Map = Folk.Map with { Policy = new() { MostErrors = 3 } } };
        Assert.That(Probe.Book(strict, Glucose).By("MQ-604", new() { ErrorBound = 0.05 }).Single().Finding.Text, Does.Contain("5.0 %").And.Contain("3 %"));
        Assert.That(Probe.Book(strict, Glucose).By("MQ-604", new() { ErrorBound = 0.02 }), Is.Empty);
        Assert.That(Probe.Book(strict, Glucose).By("MQ-604", new()), Is.Empty, "nothing sampled, nothing said");
    }

    [Test]
    public void Coverage_BelowTheFloorOrTheFormerRelease_IsFoundAndCleared()
    {
        var demanding = Scene with { Map = Folk.Map with { Policy = new() { LeastCoverage = 90 } } };
        Assert.That(Probe.Book(demanding, Glucose.Approved(), Probe.Row("B", "Sodium", null)).By("MQ-603").Single().Finding.Text, Does.Contain("50.0 %").And.Contain("90 %"));
        Assert.That(Probe.Book(demanding, Glucose.Approved()).By("MQ-603"), Is.Empty);
        var active = ReleaseContent.Of(Folk.Map, [Glucose.Approved(), Probe.Row("B", "Sodium", "2-6").Approved()]);
        var found = Find("MQ-603", new() { Active = active }, Glucose.Approved(), Probe.Row("B", "Sodium", "2-6", context: ("frequency", "10")));
        Assert.That(found.Select(one => one.Finding.Text), Has.One.Contains("of the rows").And.One.Contains("of the use"));
        Assert.That(Find("MQ-603", new() { Active = active }, Glucose.Approved(), Probe.Row("B", "Sodium", "2-6").Approved()), Is.Empty);
    }

    [Test]
    public void Sunset_RowGoneOrWithdrawn_IsFoundAndClearedByALastDay()
    {
        var active = ReleaseContent.Of(Folk.Map, [Glucose.Approved()]);
        Assert.That(Find("MQ-605", new() { Active = active }, Probe.Row("B", "Sodium", "2-6")).Single().Finding.Severity, Is.EqualTo(FindingSeverity.Error));
        Assert.That(Find("MQ-605", new() { Active = active }, Glucose.Approved() with { State = MapRowState.Retired }).Single().Finding.Severity, Is.EqualTo(FindingSeverity.Warning));
        Assert.That(Find("MQ-605", new() { Active = active }, Glucose.Approved()), Is.Empty);
        Assert.That(Find("MQ-605", new() { Active = active, Windows = new() { All = new(WindowKind.Immediate) } }, Probe.Row("B", "Sodium", "2-6")), Is.Empty, "that it goes at once was said");
        Assert.That(Find("MQ-605", new() { Active = active, Windows = new() { Rows = new Dictionary<string, DeprecationWindow> { ["B"] = new(WindowKind.OptIn) } } }, Probe.Row("B", "Sodium", "2-6")).Count, Is.EqualTo(1), "that was said of another row");
        var ends = ReleaseContent.Of(Folk.Map, [Glucose.With(Probe.To("1-8") with { EffectiveTo = new(2026, 12, 31) }).Approved()]);
        Assert.That(Find("MQ-605", new() { Active = ends }, Probe.Row("B", "Sodium", "2-6")), Is.Empty);
    }

    [Test]
    public void OldRelease_MappedToAnOlderOne_IsFoundAndCleared()
        => Probe.Clears("MQ-606", Scene, [Glucose.With(Probe.To("1-8") with { Version = "2.9" })], [Glucose.With(Probe.To("1-8") with { Version = "2.80" })], "2.9", "2.80");

    [Test]
    public void OldRelease_OlderThanInForce_IsFoundAndCleared()
    {
        var targets = new TinyTargets();
        targets.Versions[Probe.IcdCm] = "2026";
        var scene = new QualityScene(Folk.Map with { TargetSystems = [Probe.IcdCm] }, targets, null);
        Assert.That(Probe.Book(scene, Glucose).By("MQ-606", new() { Now = new(2026, 10, 1, 0, 0, 0, TimeSpan.Zero) }).Single().Finding.Text, Does.Contain("2026 is loaded; 2027"));
        Assert.That(Probe.Book(scene, Glucose).By("MQ-606", new() { Now = new(2026, 9, 30, 0, 0, 0, TimeSpan.Zero) }), Is.Empty);
    }
}

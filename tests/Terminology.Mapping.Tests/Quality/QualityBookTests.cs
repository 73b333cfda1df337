using Terminology.Mapping.Rows;
using Terminology.Maps;

namespace Terminology.Mapping.Quality;

/// <summary>The book is kept up to date by what a change reaches, and says the same as one that is made anew.</summary>
public sealed class QualityBookTests
{
    private static readonly string[] Codes = ["1-8", "2-6", "3-4", "9-9"], Names = ["Glucose", "Glucose", "Sodium", "Sugar"], Units = ["mg/dL", "mmol/L", ""];

    private static TinyTargets Targets => new TinyTargets().Loinc("1-8", "Glucose:MCnc:Pt:Ser/Plas:Qn:").Loinc("2-6", "Glucose:SCnc:Pt:Ser/Plas:Qn:").Loinc("3-4", "Sodium:SCnc:Pt:Ser/Plas:Qn:", TargetStatus.Inactive);

    [Test]
    public void Put_RowThatChanges_ReachesNoMoreThanWhatSharesSomethingWithIt()
    {
        var book = Probe.Book(Targets, [.. Enumerable.Range(0, 1000).Select(i => Probe.Row($"R{i}", $"Name {i}", $"{i}-x"))]);
        book.LookFurther(int.MaxValue);
        var before = book.Evaluations;
        book.Put(Probe.Row("R7", "Name 8", "8-x"));
        while (book.LookFurther(1))
        {
        }
        var reached = book.Evaluations - before;
        var grouped = QualityRules.All.Count(rule => rule.Scope is RuleScope.Target or RuleScope.Name);
        // The row itself, its code, and the target and name that it shares with R8 now; those that it had alone are gone.
        Assert.That(reached, Is.EqualTo(QualityRules.All.Count(rule => rule.Scope is RuleScope.Row or RuleScope.Code) + grouped));
        Assert.That(book.By("MQ-310"), Is.Empty);
    }

    [Test]
    public void Put_NeighbourThatChanges_ClearsWhatWasFoundInBoth()
    {
        var book = Probe.Book(Targets, Probe.Row("A", "Glucose", "1-8"), Probe.Row("B", "Sugar", "1-8"));
        Assert.That((book.Of("A").Count(found => found.Finding.RuleId == "MQ-310"), book.Of("B").Count(found => found.Finding.RuleId == "MQ-310")), Is.EqualTo((1, 1)));
        book.Put(Probe.Row("B", "Sugar", "2-6"));
        Assert.That(book.Of("A").Concat(book.Of("B")).Where(found => found.Finding.RuleId == "MQ-310"), Is.Empty);
        book.Put(Probe.Row("B", "Sugar", "1-8"));
        Assert.That(book.By("MQ-310"), Has.Count.EqualTo(1));
        book.Remove("B");
        Assert.That(book.By("MQ-310"), Is.Empty);
    }

    [Test]
    public void Put_RandomChanges_SayTheSameAsABookMadeAnew()
    {
        var random = new Random(20260301);
        var (book, rows) = (Probe.Book(Targets), new Dictionary<string, MapRow>());
        for (var i = 0; i < 2000; i++)
        {
            var row = Probe.Row($"R{random.Next(40)}", Names[random.Next(4)], Codes[random.Next(4)], (MapRelationship)random.Next(5), context: ("unit", Units[random.Next(3)]));
            if (random.Next(10) == 0) row = row with { State = MapRowState.Retired };
            if (random.Next(10) == 0) row = row.Approved(random.Next(2) == 0 ? "ada" : "ria");
            rows[row.Key] = row;
            book.Put(row);
            if (random.Next(20) == 0 && rows.Remove("R3")) book.Remove("R3");
        }
        var anew = Probe.Book(Targets, [.. rows.Values]);
        Assert.That(book.All(new() { Now = Folk.Noon }).Select(found => found.Id), Is.EqualTo(anew.All(new() { Now = Folk.Noon }).Select(found => found.Id)));
        Assert.That(anew.All(new() { Now = Folk.Noon }).Select(found => found.Finding.RuleId).Distinct().Count(), Is.GreaterThan(6), "a law over nothing holds nothing");
    }

    [Test]
    public void Try_RowAsItWouldBe_FindsItAndChangesNothing()
    {
        var book = Probe.Book(Targets, Probe.Row("A", "Glucose", "1-8"), Probe.Row("B", "Sugar", "2-6"));
        var before = book.All(new()).Select(found => found.Id).ToArray();
        Assert.That(book.Try(Probe.Row("B", "Sugar", "1-8")).Select(found => found.Finding.RuleId), Has.Member("MQ-310"));
        Assert.That(book.All(new()).Select(found => found.Id), Is.EqualTo(before));
    }

    [Test]
    public void Look_OtherRelease_FindsAndClears()
    {
        var book = Probe.Book(Targets, Probe.Row("A", "Sodium", "3-4"));
        Assert.That(book.By("MQ-102"), Has.Count.EqualTo(1));
        book.Look(book.Scene with { Targets = new TinyTargets().Loinc("3-4", "Sodium:SCnc:Pt:Ser/Plas:Qn:") });
        Assert.That(book.By("MQ-102"), Is.Empty);
    }

    [Test]
    public void Profile_WeightOrOff_IsWhatTheMapSays()
    {
        var scene = new QualityScene(Folk.Map with { Policy = new() { Quality = new Dictionary<string, RuleWeight> { ["MQ-102"] = RuleWeight.Warning, ["MQ-310"] = RuleWeight.Off } } }, Targets, null);
        var book = Probe.Book(scene, Probe.Row("A", "Sodium", "3-4"), Probe.Row("B", "Natrium", "3-4"));
        Assert.That(book.By("MQ-102").Select(found => found.Finding.Severity), Is.EqualTo(new[] { FindingSeverity.Warning, FindingSeverity.Warning }));
        Assert.That(book.By("MQ-310"), Is.Empty);
    }

    [Test]
    public void Rules_EachHasOneIdTitleAndScope_AndKnowsNoneOther()
    {
        Assert.That(QualityRules.All.Select(rule => rule.Id), Is.Ordered.And.All.Match("^MQ-[1-6][0-9]{2}$"));
        Assert.That(QualityRules.All.Select(rule => (rule.Id, rule.Scope)), Is.Unique);
        Assert.That(QualityRules.All.Where(rule => !rule.CanBeWaived).Select(rule => rule.Id), Is.EqualTo(new[] { "MQ-401", "MQ-406" }));
    }
}

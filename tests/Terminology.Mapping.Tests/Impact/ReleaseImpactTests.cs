using Terminology.Issues;
using Terminology.Mapping.Rows;
using Terminology.Maps;

namespace Terminology.Mapping.Impact;

public sealed class ReleaseImpactTests
{
    private static readonly VersionedUrl New = new(Folk.Loinc, "2");

    private static ConceptFacts Concept(string code, string? display = null) => new() { Code = code, Display = display ?? $"Display {code}" };

    private static FakeRelease Before(params ConceptFacts[] concepts) => new("1", concepts);

    private static MapRow Mapped(string key, params (string Code, MapRelationship Relationship)[] targets) => Folk.Row(key) with
    {
        State = MapRowState.Approved,
        ContentBy = ["ada"],
        Content = new() { Targets = [.. targets.Select(target => new RowTarget { System = Folk.Loinc, Code = target.Code, Relationship = target.Relationship, Comment = "kept" })] },
        Approved = new(new() { Targets = [.. targets.Select(target => new RowTarget { System = Folk.Loinc, Code = target.Code, Relationship = target.Relationship })] }, ["ada"], "ria", Folk.Noon),
    };

    private static ImpactReport Report(IReleaseFacts? before, IReleaseFacts after, params MapRow[] rows)
        => new ReleaseImpact(after, _ => before).Report("lab", rows.Select(row => ImpactSource.Of(row, Folk.Map.SourceSystem, row.Approved?.Content)));

    [Test]
    public void Report_ReplacedTarget_IsTouchedWithARepairAndItsEvidence_OthersAreNot()
    {
        var after = new FakeRelease("2", Concept("1") with { IsActive = false }, Concept("2"), Concept("9")) { Instead = { ["1"] = [FakeRelease.Same("2")] } };
        var report = Report(Before(Concept("1"), Concept("9")), after, Mapped("A", ("1", MapRelationship.SourceIsNarrowerThanTarget)), Mapped("B", ("9", MapRelationship.Equivalent)), Folk.Row("C"));
        Assert.That((report.Rows, report.Concerned, report.Touched), Is.EqualTo((3, 2, 1)));
        Assert.That(report.Classes, Is.EqualTo(new Dictionary<ImpactClass, int> { [ImpactClass.Inactive] = 1, [ImpactClass.Replaced] = 1 }));
        Assert.That(report.Before, Is.EqualTo(new[] { $"{Folk.Loinc}|1" }));
        var code = report.List.Single().Codes.Single();
        Assert.That((code.Side, code.Code, code.IsServed), Is.EqualTo((ImpactSide.Target, "1", true)));
        Assert.That(code.Repairs, Is.EqualTo(new[] { new Repair("same-as", "2", "Display 2", MapRelationship.SourceIsNarrowerThanTarget, true, "test: 1 SAME AS 2 Display 2.") }));
    }

    [Test]
    public void Report_TargetChosenFromTheNewRelease_IsNotTouched()
    {
        var row = Mapped("A", ("1", MapRelationship.Equivalent));
        var renewed = row with { Content = new() { Targets = [row.Content.Targets[0] with { Version = "2" }] }, Approved = null };
        var report = Report(Before(Concept("1")), new FakeRelease("2", Concept("1", "Other")), renewed);
        Assert.That((report.Touched, report.Notes.Count), Is.EqualTo((0, 0)), "it names a release that is loaded");
    }

    [Test]
    public void Report_WhatIsServedWhileSomethingElseIsSaid_IsLookedAtToo()
    {
        var row = Mapped("A", ("1", MapRelationship.Equivalent)) with { State = MapRowState.Draft, Content = Folk.To("2") };
        var report = Report(Before(Concept("1"), Concept("2")), new FakeRelease("2", Concept("2")), row);
        Assert.That(report.List.Single().Codes.Select(code => (code.Code, code.IsServed)), Is.EqualTo(new[] { ("1", true) }));
    }

    [TestCase(true, 1)]
    [TestCase(false, 0)]
    public void Report_RetiredRow_IsTouchedAsLongAsItIsServed(bool isServed, int touched)
    {
        var row = Mapped("A", ("1", MapRelationship.Equivalent)) with { State = MapRowState.Retired };
        var report = new ReleaseImpact(new FakeRelease("2"), _ => Before(Concept("1"))).Report("lab", [ImpactSource.Of(row, Folk.Map.SourceSystem, isServed ? row.Approved!.Content : null)]);
        Assert.That(report.Touched, Is.EqualTo(touched));
    }

    [Test]
    public void Report_WithoutAnOldRelease_ComparesWhatTheRowSaysAndNotesIt()
    {
        var row = Mapped("A", ("1", MapRelationship.Equivalent));
        var named = row with { Content = new() { Targets = [row.Content.Targets[0] with { Display = "Old name" }] }, Approved = null };
        var report = Report(null, new FakeRelease("2", Concept("1", "New name")), named, Mapped("B", ("7", MapRelationship.Equivalent)));
        Assert.That(report.List.Select(touched => (touched.Key, touched.Codes[0].Classes.Single())), Is.EqualTo(new[] { ("A", ImpactClass.Renamed), ("B", ImpactClass.Gone) }));
        Assert.That(report.Notes.Single(), Does.Contain("No other release"));
    }

    [Test]
    public void Report_HeadingOfAClassification_OffersTheCodesBelow()
    {
        var after = new FakeRelease("2", Concept("A0") with { Narrower = [new("A01", null)] }, Concept("A01") with { IsHeader = true, Narrower = [new("A011", null), new("A012", null)] }, Concept("A011"), Concept("A012")) { IsClassification = true };
        var before = new FakeRelease("1", Concept("A0") with { Narrower = [new("A01", null)] }, Concept("A01")) { IsClassification = true };
        var repairs = Report(before, after, Mapped("A", ("A01", MapRelationship.Equivalent))).List.Single().Codes.Single().Repairs;
        Assert.That(repairs.Select(repair => (repair.Kind, repair.Code, repair.Relationship, repair.IsCertain)), Is.EqualTo(new[] { ("narrower", "A011", MapRelationship.SourceIsBroaderThanTarget, false), ("narrower", "A012", MapRelationship.SourceIsBroaderThanTarget, false) }));
    }

    [Test]
    public void Report_CodeGoneFromAClassification_OffersWhatWasAddedBesideIt()
    {
        var after = new FakeRelease("2", Concept("A0") with { Narrower = [new("A02", null), new("A03", null)] }, Concept("A02"), Concept("A03")) { IsClassification = true };
        var before = new FakeRelease("1", Concept("A0") with { Narrower = [new("A01", null), new("A02", null)] }, Concept("A01"), Concept("A02")) { IsClassification = true };
        var repairs = Report(before, after, Mapped("A", ("A01", MapRelationship.Equivalent))).List.Single().Codes.Single().Repairs;
        Assert.That(repairs.Select(repair => (repair.Kind, repair.Code, repair.IsCertain)), Is.EqualTo(new[] { ("added-beside", "A03", false) }));
    }

    [Test]
    public void RepairedRow_OfATarget_IsADraftWithTheEvidence_AndKeepsWhatElseIsSaid()
    {
        var row = Mapped("A", ("1", MapRelationship.Equivalent), ("9", MapRelationship.RelatedTo));
        var after = new FakeRelease("2", Concept("2"), Concept("9")) { Instead = { ["1"] = [FakeRelease.Same("2")] } };
        var touched = Report(Before(Concept("1"), Concept("9")), after, row).List.Single();
        var repaired = RepairedRow.Of(row, RepairedRow.Chosen(touched, new() { Kinds = ["same-as"] }), New);
        var next = RowDecision.Take(row, repaired.Command, Folk.Ben, Folk.Situation);
        Assert.That((next.State, next.Approved), Is.EqualTo((MapRowState.Draft, row.Approved)), "the approved content stays in service");
        Assert.That(next.Content.Targets.Select(target => (target.Code, target.Version, target.Comment)), Is.EqualTo(new[] { ("2", "2", "kept"), ("9", null, "kept") }));
        Assert.That(repaired.Command.Evidence.Select(pair => pair.Key), Is.EqualTo(new[] { "impact", "touched", "repair", "said by" }));
    }

    [Test]
    public void RepairedRow_TwoTargetsWithOneSuccessor_HaveItOnce()
    {
        var row = Mapped("A", ("1", MapRelationship.Equivalent), ("2", MapRelationship.Equivalent));
        var after = new FakeRelease("2", Concept("2")) { Instead = { ["1"] = [FakeRelease.Same("2")] } };
        var touched = Report(Before(Concept("1"), Concept("2")), after, row).List.Single();
        Assert.That(RepairedRow.Of(row, RepairedRow.Chosen(touched, new() { Kinds = ["same-as"] }), New).Command.Content!.Targets.Select(target => target.Code), Is.EqualTo(new[] { "2" }));
    }

    [Test]
    public void RepairedRow_OfTheSource_WithdrawsIt_AndCarriesOverWhatItSays()
    {
        var row = Mapped("1", ("9", MapRelationship.Equivalent));
        var after = new FakeRelease("2", Concept("2")) { Instead = { ["1"] = [FakeRelease.Same("2") with { Relationship = MapRelationship.SourceIsNarrowerThanTarget }] } };
        var touched = new ReleaseImpact(after, _ => Before(Concept("1"))).Report("lab", [ImpactSource.Of(row, Folk.Loinc, null) with { Targets = [] }]).List.Single();
        Assert.That(touched.Codes.Single().Repairs.Select(repair => repair.Kind), Is.EqualTo(new[] { "same-as", "withdraw" }));
        var repaired = RepairedRow.Of(row, RepairedRow.Chosen(touched, new() { Kinds = ["same-as"] }), New);
        Assert.That(RowDecision.Take(row, repaired.Command, Folk.Ada, Folk.Situation).State, Is.EqualTo(MapRowState.Retired));
        Assert.That((repaired.Successor!.Code, repaired.Successor.Content.Targets.Single().Relationship), Is.EqualTo(("2", MapRelationship.SourceIsBroaderThanTarget)), "the new code is broader than the old one");
    }

    [Test]
    public void Chosen_NewNameBesideAChangedMeaning_IsTakenByNameAlone()
    {
        var (before, after) = (Before(FakeRelease.Glucose), new FakeRelease("2", FakeRelease.Glucose with { Display = "Galactose", Meaning = [new("COMPONENT", "Galactose")] }));
        var touched = Report(before, after, Mapped("A", ("1", MapRelationship.Equivalent))).List.Single();
        Assert.That(RepairedRow.Chosen(touched, new() { Kinds = ["new-name"] }), Is.Empty);
        Assert.That(RepairedRow.Chosen(touched, new() { Choices = [new("A", "1", "new-name")] }).Single().Repair.Display, Is.EqualTo("Galactose"));
    }

    [TestCase("same-as", null, "SEVERAL_REPAIRS")]
    [TestCase("same-as", "5", "NO_SUCH_REPAIR")]
    [TestCase("narrower", null, "NO_SUCH_REPAIR")]
    public void Chosen_WhatIsNotOne_IsRefused(string kind, string? with, string message)
    {
        var after = new FakeRelease("2", Concept("2"), Concept("3")) { Instead = { ["1"] = [FakeRelease.Same("2"), FakeRelease.Same("3")] } };
        var touched = Report(Before(Concept("1")), after, Mapped("A", ("1", MapRelationship.Equivalent))).List.Single();
        Assert.That(() => RepairedRow.Chosen(touched, new() { Choices = [new("A", "1", kind, with)] }), Throws.InstanceOf<TerminologyException>().With.Property(nameof(TerminologyException.MessageId)).EqualTo(message));
        Assert.That(RepairedRow.Chosen(touched, new() { Choices = [new("A", "1", "same-as", "3")] }).Single().Repair.Code, Is.EqualTo("3"));
    }
}

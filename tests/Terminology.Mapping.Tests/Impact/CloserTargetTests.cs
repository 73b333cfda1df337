using Terminology.Mapping.Releases;
using Terminology.Mapping.Rows;
using Terminology.Maps;

namespace Terminology.Mapping.Impact;

/// <summary>What is new and closer than the target of a row: by facts alone, offered only where they leave no other reading.</summary>
public sealed class CloserTargetTests
{
    private const MapRelationship Narrower = MapRelationship.SourceIsNarrowerThanTarget;

    private static ConceptFacts Concept(string code, string display) => new() { Code = code, Display = display };

    private static readonly ConceptFacts Sugar = Concept("1", "Sugar"), Glucose = Concept("2", "glucose");

    private static MapRow Row(string? code, MapRelationship relationship = Narrower, string display = "Glucose", params (string Name, string Value)[] context) => Folk.Row() with
    {
        Display = display,
        Context = [.. context.Select(pair => new KeyValuePair<string, string>(pair.Name, pair.Value))],
        State = code is null ? MapRowState.Unmapped : MapRowState.Draft,
        Content = code is null ? RowContent.Empty : Folk.To(code, relationship),
    };

    private static ReleaseImpact Impact(IReleaseFacts before, IReleaseFacts after, bool? inScope) => new(after, _ => before) { InScope = inScope is null ? null : (_, _) => inScope };

    private static IReadOnlyList<ImpactedCode> Codes(IReleaseFacts before, IReleaseFacts after, MapRow row, bool? inScope = null, string target = Folk.Loinc)
        => Impact(before, after, inScope).Report("lab", [ImpactSource.Of(row, Folk.Map.SourceSystem, null) with { TargetSystems = [target] }]).List is [var touched] ? touched.Codes : [];

    private static string[] Repairs(IReadOnlyList<ImpactedCode> codes) => [.. codes.SelectMany(code => code.Repairs).Select(repair => $"{repair} {repair.Relationship}")];

    [Test]
    public void Report_NewConceptOfTheNameOfARowThatIsNarrower_IsCloser()
    {
        var code = Codes(new FakeRelease("1", Sugar), new FakeRelease("2", Sugar, Glucose), Row("1")).Single();
        Assert.That((code.Code, code.Classes.Single(), code.IsServed), Is.EqualTo(("1", ImpactClass.CloserTarget, false)));
        Assert.That(code.Text, Is.EqualTo($"Closer than 1: 2 glucose is new or active again in {Folk.Loinc}|2 and has the name 'Glucose'."));
        Assert.That(Repairs([code]), Is.EqualTo(new[] { "closer 2 Equivalent" }));
    }

    private static IEnumerable<TestCaseData> Nothings()
    {
        TestCaseData Case(string name, IReleaseFacts before, IReleaseFacts after, MapRow row, string target = Folk.Loinc) => new TestCaseData(before, after, row, target).SetArgDisplayNames(name);
        FakeRelease old = new("1", Sugar), now = new("2", Sugar, Glucose);
        yield return Case("its target means the same", old, now, Row("1", MapRelationship.Equivalent));
        yield return Case("not new", new FakeRelease("1", Sugar, Glucose), now, Row("1"));
        yield return Case("inactive", old, new FakeRelease("2", Sugar, Glucose with { IsActive = false }), Row("1"));
        yield return Case("a heading", old, new FakeRelease("2", Sugar, Glucose with { IsHeader = true }), Row("1"));
        yield return Case("a name that is like it", old, new FakeRelease("2", Sugar, Concept("2", "Glucose level")), Row("1"));
        yield return Case("another sign", old, new FakeRelease("2", Sugar, Concept("2", "Rh (D) -")), Row("1", display: "Rh (D) +"));
        yield return Case("no name", old, new FakeRelease("2", Sugar, Concept("2", "-")), Row("1", display: "-"));
        yield return Case("the old release is a fragment", new FakeRelease("1", Sugar) { IsWhole = false }, now, Row("1"));
        yield return Case("without a target, to another system", old, now, Row(null), "http://snomed.info/sct");
        yield return Case("without a target, withdrawn", old, now, Row(null) with { State = MapRowState.Retired });
        yield return Case("without a target, authors at work", old, now, Row(null) with { Blind = [new("ada", Folk.To("1"), false)] });
        yield return Case("a component without a specimen", old, new FakeRelease("2", Sugar, Axes("2", "Sodium", "SCnc", "Pt", "Ser/Plas", "Qn")), Row(null, context: ("component", "Sodium")));
        yield return Case("another axis", old, new FakeRelease("2", Sugar, Axes("2", "Sodium", "SCnc", "Pt", "Ser/Plas", "Qn")), Row(null, context: [("component", "Sodium"), ("system", "Urine")]));
    }

    [TestCaseSource(nameof(Nothings))]
    public void Report_WhatIsNotCloser_IsNotSaid(IReleaseFacts before, IReleaseFacts after, MapRow row, string target) => Assert.That(Codes(before, after, row, target: target), Is.Empty);

    [Test]
    public void Report_ActiveAgain_CountsAsNew()
        => Assert.That(Repairs(Codes(new FakeRelease("1", Sugar, Glucose with { IsActive = false }), new FakeRelease("2", Sugar, Glucose), Row("1"))), Is.EqualTo(new[] { "closer 2 Equivalent" }));

    [Test]
    public void Report_Synonym_IsAName()
        => Assert.That(Repairs(Codes(new FakeRelease("1", Sugar), new FakeRelease("2", Sugar, Concept("2", "Dextrose")) { Names = { ["2"] = ["GLUCOSE"] } }, Row("1"))), Is.EqualTo(new[] { "closer 2 Equivalent" }));

    [Test]
    public void Report_TwoOfTheName_AreListedWithoutARepair()
    {
        var code = Codes(new FakeRelease("1", Sugar), new FakeRelease("2", Sugar, Glucose, Concept("3", "Glucose")), Row("1")).Single();
        Assert.That((code.Classes.Single(), code.Repairs.Count), Is.EqualTo((ImpactClass.CloserTarget, 0)));
        Assert.That(code.Text, Does.Contain("2 glucose").And.Contain("3 Glucose"));
    }

    [TestCase("Glucose (substance)", true)]
    [TestCase("Glucose (product)", false)]
    public void Report_KindOfTheConcept_MustBeThatOfTheTarget(string fullName, bool isOffered)
    {
        var sugar = Sugar with { FullName = "Sugar (substance)" };
        var code = Codes(new FakeRelease("1", sugar), new FakeRelease("2", sugar, Glucose with { FullName = fullName }), Row("1")).Single();
        Assert.That(code.Repairs.Count, Is.EqualTo(isOffered ? 1 : 0));
    }

    [TestCase("TRIAL", false)]
    [TestCase("ACTIVE", true)]
    public void Report_OnTrial_IsListedWithoutARepair(string status, bool isOffered)
        => Assert.That(Codes(new FakeRelease("1", Sugar), new FakeRelease("2", Sugar, Glucose with { Status = status }), Row("1")).Single().Repairs.Count, Is.EqualTo(isOffered ? 1 : 0));

    [TestCase(null, null, 1, 1)]
    [TestCase("Glucose (substance)", null, 1, 0)]
    [TestCase("Glucose (substance)", true, 1, 1)]
    [TestCase("Glucose (substance)", false, 0, 0)]
    public void Report_RowWithoutATarget_GetsWhatTheScopeOfTheMapAllows(string? fullName, bool? inScope, int listed, int offered)
    {
        foreach (var row in new[] { Row(null), Row(null) with { State = MapRowState.Approved, Content = new() { NoMap = new("no-code-exists") } } })
        {
            var codes = Codes(new FakeRelease("1", Sugar), new FakeRelease("2", Sugar, Glucose with { FullName = fullName }), row, inScope);
            Assert.That((codes.Count, Repairs(codes).Length), Is.EqualTo((listed, offered)));
            if (listed == 1) Assert.That((codes[0].Side, codes[0].Code, codes[0].Before, codes[0].Classes.Single()), Is.EqualTo((ImpactSide.Target, "2", (ConceptFacts?)null, ImpactClass.CloserTarget)));
        }
    }

    [Test]
    public void Accept_OfARowWithoutATarget_IsADraftWithIt()
    {
        var row = Row(null) with { Content = new() { NoMap = new("no-code-exists") } };
        var report = Impact(new FakeRelease("1"), new FakeRelease("2", Glucose), null).Report("lab", [ImpactSource.Of(row, Folk.Map.SourceSystem, null) with { TargetSystems = [Folk.Loinc] }]);
        Assert.That((report.Concerned, report.Touched), Is.EqualTo((1, 1)));
        var chosen = RepairedRow.Chosen(report.List.Single(), new() { Kinds = [RepairProposals.Closer] });
        var command = RepairedRow.Of(row, chosen, new(Folk.Loinc, "2")).Command;
        Assert.That(command.Verb, Is.EqualTo(RowVerb.Decide));
        Assert.That(command.Content, Is.EqualTo(new RowContent { Targets = [new() { System = Folk.Loinc, Version = "2", Code = "2", Display = "glucose", Relationship = MapRelationship.Equivalent }] }));
    }

    [Test]
    public void Accept_InPlaceOfATarget_TakesItsPlace_WithoutTheCommentOnTheOldOne()
    {
        var row = Row("1");
        row = row with { Content = new() { Targets = [row.Content.Targets[0] with { Comment = "no code of its own" }] } };
        var report = Impact(new FakeRelease("1", Sugar), new FakeRelease("2", Sugar, Glucose), null).Report("lab", [ImpactSource.Of(row, Folk.Map.SourceSystem, null)]);
        var target = RepairedRow.Of(row, RepairedRow.Chosen(report.List.Single(), new() { Kinds = [RepairProposals.Closer] }), new(Folk.Loinc, "2")).Command.Content!.Targets.Single();
        Assert.That((target.Code, target.Relationship, target.Comment), Is.EqualTo(("2", MapRelationship.Equivalent, (string?)null)));
    }

    private static ConceptFacts Axes(string code, string component, string property, string time, string system, string scale, string method = "") => Concept(code, $"Term {code}") with
    {
        Meaning = [.. new MeaningPart[] { new("COMPONENT", component), new("PROPERTY", property), new("TIME_ASPCT", time), new("SYSTEM", "LP1", system), new("SCALE_TYP", scale), new("METHOD_TYP", method) }.Where(part => part.Value.Length > 0)],
    };

    [TestCase("", true)]
    [TestCase("Molecular genetics", false)]
    public void Report_AllAxesThatTheRowStates_MakeATermCloser_AndAllThatItHas_Certain(string method, bool isOffered)
    {
        var after = new FakeRelease("2", Sugar, Axes("2", "Sodium", "SCnc", "Pt", "Ser/Plas", "Qn", method));
        var codes = Codes(new FakeRelease("1", Sugar), after, Row(null, display: "Na", context: [("component", "sodium"), ("property", "SCnc"), ("time", "Pt"), ("SYSTEM", "ser/plas"), ("scale", "Qn")]));
        Assert.That((codes.Single().Code, codes.Single().Repairs.Count), Is.EqualTo(("2", isOffered ? 1 : 0)));
        Assert.That(Codes(new FakeRelease("1", Sugar), after, Row(null, display: "Na", context: [("component", "sodium"), ("system", "Ser/Plas")])).Single().Repairs, Is.Empty, "what the row leaves open a person says");
    }

    [Test]
    public void Report_NameThatAnAxisOfTheRowContradicts_IsListedWithoutARepair()
        => Assert.That(Codes(new FakeRelease("1", Sugar), new FakeRelease("2", Sugar, Axes("2", "Sodium", "SCnc", "Pt", "Ser/Plas", "Qn")), Row(null, display: "Term 2", context: ("system", "Urine"))).Single().Repairs, Is.Empty);

    [TestCase(true, "closer 2 SourceIsNarrowerThanTarget")]
    [TestCase(false, null)]
    public void Report_SuccessorOfADiscouragedTarget_IsCloserWhenItIsNew(bool isNew, string? repair)
    {
        var discouraged = Sugar with { IsDiscouraged = true, Status = "DISCOURAGED" };
        FakeRelease before = isNew ? new("1", discouraged) : new("1", discouraged, Concept("2", "Other")), after = new("2", discouraged, Concept("2", "Other")) { Instead = { ["1"] = [FakeRelease.Same("2")] } };
        var codes = Codes(before, after, Row("1"));
        Assert.That(Repairs(codes), Is.EqualTo(repair is null ? [] : new[] { repair }));
        if (isNew) Assert.That(codes.Single().Text, Does.Contain("1 is DISCOURAGED, and 2 Display 2, which is new or active again, stands for it (test: SAME AS)."));
    }

    [Test]
    public void Report_ManyRows_GoThroughTheReleaseOnce()
    {
        var after = new FakeRelease("2", Sugar, Glucose);
        var rows = Enumerable.Range(0, 50).Select(at => ImpactSource.Of(Row(at % 2 == 0 ? "1" : null) with { Key = $"{at}" }, Folk.Map.SourceSystem, null) with { TargetSystems = [Folk.Loinc] });
        Assert.That(Impact(new FakeRelease("1", Sugar), after, null).Report("lab", rows).Touched, Is.EqualTo(50));
        Assert.That(after.Passes, Is.EqualTo(1));
    }

    [Test]
    public void Report_SupersededTarget_IsListedWithItsWindow_AndNothingToRepair()
    {
        var after = new FakeRelease("2", Glucose) { Instead = { ["1"] = [FakeRelease.Same("2")] } };
        ImpactedRow Touched(DeprecationWindow window)
            => Impact(new FakeRelease("1", Sugar, Glucose), after, null).Report("lab", [ImpactSource.Of(Row("2", MapRelationship.Equivalent), Folk.Map.SourceSystem, null) with { Superseded = [(Folk.To("1").Targets[0], window)] }]).List.Single();
        var row = Touched(new(WindowKind.UntilDate) { Until = new(2026, 12, 31) });
        var code = row.Codes.Single();
        Assert.That((code.Code, code.IsServed, code.Repairs.Count, code.Superseded!.Until), Is.EqualTo(("1", true, 0, (DateOnly?)new DateOnly(2026, 12, 31))));
        Assert.That(code.Classes, Is.EqualTo(new[] { ImpactClass.Gone, ImpactClass.Replaced }));
        Assert.That(code.Text, Does.EndWith("1 is superseded and answered besides until 2026-12-31; its window can be ended early when the next release is frozen."));
        Assert.That((row.ClassesOfAll().Count(), row.ClassesOfTheRow().Count()), Is.EqualTo((2, 0)), "nothing said in the row mends it");
        Assert.That(Touched(new(WindowKind.OptIn)).Codes.Single().Text, Does.Contain("to who asks for it"));
    }

    [Test]
    public void Report_WhenWhoAskedIsGone_Ends()
    {
        using var gone = new CancellationTokenSource();
        gone.Cancel();
        Assert.That(() => Impact(new FakeRelease("1", Sugar), new FakeRelease("2", Sugar), null).Report("lab", [ImpactSource.Of(Row("1"), Folk.Map.SourceSystem, null)], gone.Token), Throws.InstanceOf<OperationCanceledException>());
    }
}

using Terminology.Issues;
using Terminology.Mapping.Rows;
using Terminology.Maps;

namespace Terminology.Mapping.Releases;

public sealed class ReleaseWindowsTests
{
    private static readonly DateOnly Today = new(2026, 3, 1), End = new(2026, 3, 31);
    private static readonly DeprecationWindow Until = new(WindowKind.UntilDate) { Until = End }, OptIn = new(WindowKind.OptIn);
    private static readonly ReleaseContent First = ReleaseContent.Of(Folk.Map, [Approved("A", "1"), Approved("B", "2")]);

    private static MapRow Approved(string key, string code)
        => Folk.After(Folk.Row(key), Folk.Situation, (Folk.Decide(code), Folk.Ada), (new(RowVerb.Propose), Folk.Ada), (new(RowVerb.Approve), Folk.Ria));

    private static ReleaseContent After(ReleaseContent former, int number, ReleaseWindows windows, params MapRow[] rows) => ReleaseContent.After(Folk.Map, rows, former, number, windows, Today);

    private static ReleaseWindows Of(params (string Key, DeprecationWindow Window)[] rows) => new() { Rows = rows.ToDictionary(row => row.Key, row => row.Window) };

    private static string[] Old(ReleaseContent content) => [.. content.Superseded.Select(row => $"{row.Key} {row.Approved.Content.Targets[0].Code} of {row.Release}")];

    [Test]
    public void After_NothingSaid_IsWhatIsApproved_ToTheByte()
    {
        var content = After(First, 1, ReleaseWindows.None, Approved("A", "1"), Approved("B", "9"));
        Assert.That(content.Sha256, Is.EqualTo(ReleaseContent.Of(Folk.Map, [Approved("A", "1"), Approved("B", "9")]).Sha256));
        Assert.That(content.ToConceptMap("2").Info.Days, Is.Null);
    }

    [Test]
    public void After_UntilADay_HoldsTheOldTargetUnderTheHash_AndComesBack()
    {
        var content = After(First, 1, new() { All = Until }, Approved("A", "1"), Approved("B", "9"));
        Assert.That(Old(content), Is.EqualTo(new[] { "B 2 of 1" }));
        Assert.That(content.Sha256, Is.Not.EqualTo(ReleaseContent.Of(Folk.Map, [Approved("A", "1"), Approved("B", "9")]).Sha256));
        var read = ReleaseContent.Read(content.Bytes);
        Assert.That((read.Sha256, read.Rows.Count, read.Superseded.Single().Window), Is.EqualTo((content.Sha256, 2, Until)));
        var (info, elements) = content.ToConceptMap("2");
        Assert.That(info.Days, Is.EqualTo(new[] { new DateOnly(2026, 4, 1) }));
        Assert.That(elements.Where(element => element.Element.Code == "B").Select(element => (element.Element.Targets[0].Code, TargetDays.Of(element.Element.Targets[0]))), Is.EqualTo(new[] { ("9", default(TargetDays)), ("2", new(null, End, true, false)) }));
        Assert.That(elements[^1].Element.Targets[0].Properties.Select(property => property.Key), Does.Contain("approvedBy"));
    }

    [Test]
    public void After_RowWithdrawnFromItsList_GoesOnlyWhenAWindowIsSaid()
    {
        var withdrawn = Approved("B", "2") with { State = MapRowState.Retired };
        Assert.That(After(First, 1, ReleaseWindows.None, Approved("A", "1"), withdrawn).Rows, Has.Count.EqualTo(2), "it goes on answering");
        var gone = After(First, 1, Of(("B", Until)), Approved("A", "1"), withdrawn);
        Assert.That((gone.Rows.Count, Old(gone).Single()), Is.EqualTo((1, "B 2 of 1")));
        var atOnce = After(First, 1, Of(("B", new(WindowKind.Immediate))), Approved("A", "1"), withdrawn);
        Assert.That((atOnce.Rows.Count, atOnce.Superseded.Count), Is.EqualTo((1, 0)));
        Assert.That(After(gone, 2, ReleaseWindows.None, Approved("A", "1"), withdrawn).Rows, Has.Count.EqualTo(1), "it does not come back by itself");
    }

    [Test]
    public void After_WindowStillOpen_GoesIntoTheNextRelease_UntilItEndsIsEndedOrTheTargetIsBack()
    {
        var second = After(First, 1, Of(("B", Until)), Approved("A", "1"), Approved("B", "9"));
        Assert.That(Old(After(second, 2, ReleaseWindows.None, Approved("A", "7"), Approved("B", "9"))), Is.EqualTo(new[] { "B 2 of 1" }));
        Assert.That(Old(After(second, 2, new() { All = OptIn }, Approved("A", "7"), Approved("B", "8"))), Is.EqualTo(new[] { "A 1 of 2", "B 9 of 2", "B 2 of 1" }));
        Assert.That(Old(After(second, 2, Of(("B", new(WindowKind.Immediate))), Approved("A", "1"), Approved("B", "9"))), Is.Empty, "ended");
        Assert.That(Old(After(second, 2, ReleaseWindows.None, Approved("A", "1"), Approved("B", "2"))), Is.Empty, "back");
        Assert.That(ReleaseContent.After(Folk.Map, [Approved("A", "1"), Approved("B", "9")], second, 2, ReleaseWindows.None, End.AddDays(1)).Superseded, Is.Empty, "over");
        Assert.That(ReleaseContent.After(Folk.Map, [Approved("A", "1"), Approved("B", "9")], second, 2, ReleaseWindows.None, End).Superseded, Has.Count.EqualTo(1), "its last day");
    }

    [Test]
    public void After_OnlyTheRelationshipIsAnother_SupersedesNothing()
    {
        var narrower = Folk.After(Folk.Row("B"), Folk.Situation, (new(RowVerb.Decide) { Content = Folk.To("2", MapRelationship.SourceIsNarrowerThanTarget) }, Folk.Ada), (new(RowVerb.Propose), Folk.Ada), (new(RowVerb.Approve), Folk.Ria));
        Assert.That(After(First, 1, new() { All = Until }, Approved("A", "1"), narrower).Superseded, Is.Empty);
    }

    [TestCase("A", TestName = "a row that is as it was")]
    [TestCase("nosuch", TestName = "no row")]
    public void After_WindowForARowWithoutOldTarget_IsRefused(string key)
        => Assert.That(() => After(First, 1, Of((key, Until)), Approved("A", "1"), Approved("B", "9")), Throws.InstanceOf<TerminologyException>().With.Property("Expression").EqualTo($"windows.rows['{key}']"));

    [Test]
    public void Compare_SaysWhatIsAnsweredBesides_AndForHowLong()
    {
        var content = After(First, 1, Of(("A", OptIn), ("B", Until)), Approved("A", "7"), Approved("B", "9"));
        Assert.That(ReleaseComparison.Compare(First, content).Superseded.Select(one => one.Text), Is.EqualTo(new[]
        {
            "A was mapped to 1 (equivalent); that is answered besides, marked as superseded, to those who ask for it.",
            "B was mapped to 2 (equivalent); that is answered besides, marked as superseded, to everybody, until 2026-03-31.",
        }));
    }

    [Test]
    public void Rules_WhatIsWrong_IsNamedWithItsPlace()
    {
        var wrong = new ReleaseWindows
        {
            All = new(WindowKind.UntilDate),
            Rows = new Dictionary<string, DeprecationWindow> { ["A"] = new(WindowKind.Immediate) { Until = End }, ["B"] = new(WindowKind.OptIn) { Until = Today.AddDays(-1) }, ["C"] = new(WindowKind.OptIn), ["D"] = null!, ["E"] = new(WindowKind.UntilDate) { Until = Today } },
        };
        Assert.That(new ReleaseWindowsRules(Today).Validate(wrong).Errors.Select(error => error.PropertyName), Is.EqualTo(new[] { "all.until", "rows['A'].until", "rows['B'].until", "rows['D']" }));
    }

    [Test]
    public void ToConceptMap_PropertyOfARowWithTheNameOfADay_SaysNoDay()
    {
        var named = Folk.To("2") with { Targets = [Folk.To("2").Targets[0] with { Properties = [new("superseded", "2020-01-01"), new("method", "x")] }] };
        var row = Folk.After(Folk.Row("B"), Folk.Situation, (new(RowVerb.Decide) { Content = named }, Folk.Ada), (new(RowVerb.Propose), Folk.Ada), (new(RowVerb.Approve), Folk.Ria));
        var (info, elements) = ReleaseContent.Of(Folk.Map, [row]).ToConceptMap("1");
        Assert.That((info.Days, elements[0].Element.Targets[0].Properties.Count(property => property.Key is "superseded" or "method")), Is.EqualTo(((IReadOnlyList<DateOnly>?)null, 1)));
    }

    [Test]
    public void ToConceptMap_TargetsWithDays_NamesTheDaysOfChange()
    {
        var dated = new RowContent { Targets = [Folk.To("1").Targets[0] with { EffectiveTo = End }, Folk.To("2").Targets[0] with { EffectiveFrom = End.AddDays(1) }] };
        var row = Folk.After(Folk.Row("B"), Folk.Situation, (new(RowVerb.Decide) { Content = dated }, Folk.Ada), (new(RowVerb.Propose), Folk.Ada), (new(RowVerb.Approve), Folk.Ria));
        Assert.That(ReleaseContent.Of(Folk.Map, [row]).ToConceptMap("1").Info.Days, Is.EqualTo(new[] { End.AddDays(1) }));
    }
}

namespace Terminology.Mapping.Impact;

/// <summary>One line for each class: a change of which it holds, and no other class but those named.</summary>
public sealed class ImpactRulesTests
{
    private static readonly ConceptFacts Old = FakeRelease.Glucose;

    private static CodeChange Change(ConceptFacts? before, ConceptFacts? after, params Replacement[] instead)
        => new("1", before, after) { Release = new(Folk.Loinc, "2"), Comparable = new HashSet<string> { "COMPONENT" }, Replacements = instead };

    private static IEnumerable<TestCaseData> Cases()
    {
        TestCaseData Case(string name, CodeChange change, params ImpactClass[] expected) => new TestCaseData(change, expected).SetArgDisplayNames(name);
        var inactive = Old with { IsActive = false };
        var header = Old with { IsHeader = true };
        CodeName first = new("1.1", "One"), second = new("1.2", "Two");
        yield return Case("nothing", Change(Old, Old));
        yield return Case("in neither", Change(null, null), ImpactClass.Unknown);
        yield return Case("new in the release", Change(null, Old));
        yield return Case("gone", Change(Old, null), ImpactClass.Gone);
        yield return Case("not in a fragment", Change(Old, null) with { IsWhole = false });
        yield return Case("gone, one stands for it", Change(Old, null, FakeRelease.Same("2")), ImpactClass.Gone, ImpactClass.Replaced);
        yield return Case("inactive", Change(Old, inactive), ImpactClass.Inactive);
        yield return Case("inactive, one stands for it", Change(Old, inactive, FakeRelease.Same("2")), ImpactClass.Inactive, ImpactClass.Replaced);
        yield return Case("inactive, one perhaps", Change(Old, inactive, FakeRelease.Perhaps("2")), ImpactClass.Inactive, ImpactClass.Ambiguous);
        yield return Case("inactive, one on a condition", Change(Old, inactive, FakeRelease.Same("2") with { Comment = "only in adults" }), ImpactClass.Inactive, ImpactClass.Ambiguous);
        yield return Case("inactive, several", Change(Old, inactive, FakeRelease.Same("2"), FakeRelease.Same("3")), ImpactClass.Inactive, ImpactClass.Ambiguous);
        yield return Case("inactive as before", Change(inactive, inactive, FakeRelease.Same("2")), ImpactClass.StillInactive);
        yield return Case("back again", Change(inactive, Old), ImpactClass.BackAgain);
        yield return Case("a heading now", Change(Old, header), ImpactClass.BecameHeader);
        yield return Case("a heading as before", Change(header, header));
        yield return Case("out of scope", Change(Old, Old) with { Scope = (true, false) }, ImpactClass.OutOfScope);
        yield return Case("never in scope", Change(Old, Old) with { Scope = (false, false) });
        yield return Case("an axis", Change(Old, Old with { Meaning = [new("COMPONENT", "Galactose"), new("OTHER", "x")] }), ImpactClass.MeaningChanged);
        yield return Case("what only one release gives", Change(Old, Old with { Meaning = [new("COMPONENT", "Glucose"), new("OTHER", "y")] }));
        yield return Case("full name", Change(Old, Old with { FullName = "Glucose (product)" }), ImpactClass.MeaningChanged);
        yield return Case("full name in spelling", Change(Old, Old with { FullName = "glucose (Substance)" }));
        yield return Case("discouraged", Change(Old, Old with { IsDiscouraged = true, Status = "DISCOURAGED" }), ImpactClass.Discouraged);
        yield return Case("something closer", Change(Old, Old) with { Closer = [new("2", "Glucose", Terminology.Maps.MapRelationship.Equivalent, true, "2 is new.")] }, ImpactClass.CloserTarget);
        yield return Case("module", Change(Old, Old with { Module = "extension" }), ImpactClass.ModuleMoved);
        yield return Case("display", Change(Old, Old with { Display = "Glucose, any" }), ImpactClass.Renamed);
        yield return Case("title of a classification", Change(Old, Old with { Display = "Galactose" }) with { IsClassification = true }, ImpactClass.MeaningChanged);
        yield return Case("title in spelling", Change(Old, Old with { Display = "glucose." }) with { IsClassification = true }, ImpactClass.Renamed);
        yield return Case("codes below", Change(Old with { Narrower = [first] }, Old with { Narrower = [first, second] }) with { IsClassification = true }, ImpactClass.NarrowerCodes);
        yield return Case("codes below a new heading", Change(Old, header with { Narrower = [first] }) with { IsClassification = true }, ImpactClass.BecameHeader);
        yield return Case("codes below elsewhere", Change(Old, Old with { Narrower = [first] }));
    }

    [TestCaseSource(nameof(Cases))]
    public void All_Change_IsInTheseClassesAlone(CodeChange change, ImpactClass[] expected)
    {
        var holding = ImpactRules.All.Where(rule => rule.Holds(change)).ToArray();
        Assert.That(holding.Select(rule => rule.Class), Is.EqualTo(expected));
        foreach (var text in holding.Select(rule => rule.Text(change))) Assert.That(text, Does.StartWith("1 ").Or.Contain(" 1"));
    }

    [Test]
    public void All_EveryClass_HasItsRuleInOrderAndACase()
    {
        Assert.That(ImpactRules.All.Select(rule => rule.Class), Is.EqualTo(Enum.GetValues<ImpactClass>()));
        Assert.That(Cases().SelectMany(one => (ImpactClass[])one.Arguments[1]!).Distinct().Order(), Is.EqualTo(Enum.GetValues<ImpactClass>()));
    }
}

using CsCheck;
using Terminology.CodeSystems;
using Terminology.Issues;
using Terminology.ValueSets;

namespace Terminology.Operations;

/// <summary>$compare.</summary>
public sealed class CompareTests
{
    private const string Tree = "http://example.org/tree";
    private static readonly InMemoryCodeSystem Animals = Worlds.AnimalsVersion("1");
    private static readonly InMemoryCodeSystem Trees = Worlds.CodeSystem(Tree, "1", "plant", "tree<plant", "oak<tree", "herb<plant", "mint<herb");
    private static readonly ConceptSetRule Mammals = Worlds.Where("concept", "is-a", "mammal"), Birds = Worlds.Where("concept", "is-a", "bird"), Pets = Worlds.Where("concept", "is-a", "pet");

    private static TestCaseData[] Told =>
    [
        Case("whole and whole", [Worlds.All()], [Worlds.All()], SetRelation.Same),
        Case("lists in another order", [Worlds.Codes("dog", "cat")], [Worlds.Codes("cat", "dog")], SetRelation.Same, "cat dog"),
        Case("lists, more", [Worlds.Codes("dog", "cat"), Worlds.Codes("bird")], [Worlds.Codes("cat", "dog")], SetRelation.Superset, "cat dog", "bird"),
        Case("lists, fewer", [Worlds.Codes("dog")], [Worlds.Codes("cat", "dog")], SetRelation.Subset, "dog", "", "cat"),
        Case("lists, some", [Worlds.Codes("dog", "bird")], [Worlds.Codes("cat", "dog")], SetRelation.Overlapping, "dog", "bird", "cat"),
        Case("lists, none", [Worlds.Codes("bird")], [Worlds.Codes("cat", "dog")], SetRelation.Disjoint, "", "bird", "cat dog"),
        Case("a code nobody knows adds nothing", [Worlds.Codes("dog", "unicorn")], [Worlds.Codes("dog")], SetRelation.Same, "dog"),
        Case("the same filters in another order", [Mammals, Birds], [Birds, Mammals, Birds], SetRelation.Same),
        Case("above", [Worlds.Where("concept", "is-a", "animal")], [Birds], SetRelation.Superset),
        Case("below", [Birds], [Worlds.Where("concept", "is-a", "animal")], SetRelation.Subset),
        Case("whole and list", [Worlds.All()], [Worlds.Codes("dog")], SetRelation.Superset),
        Case("whole and what is the whole", [Worlds.Where("concept", "is-a", "animal")], [Worlds.All()], SetRelation.Same),
        Case("branches of a tree", [In("tree")], [In("herb")], SetRelation.Disjoint),
        Case("different systems", [Mammals], [In("tree")], SetRelation.Disjoint),
        Case("one system more", [Mammals], [Mammals, In("tree")], SetRelation.Subset),
        Case("a system that is not loaded", [Worlds.All("http://example.org/none")], [Worlds.All("http://example.org/none")], SetRelation.Same),
    ];

    private static TestCaseData[] Expanded =>
    [
        Case("filter and list", [Mammals], [Worlds.Codes("mammal", "cat", "dog", "puppy")], SetRelation.Same),
        Case("branches that share children", [Mammals], [Pets], SetRelation.Overlapping, "dog puppy cat", "mammal", "pet parrot"),
        Case("import", [Worlds.Import("some")], [Worlds.Codes("dog")], SetRelation.Superset, "dog", "cat"),
        Case("both empty", [Worlds.Where("legs", "=", "5")], [Worlds.Where("legs", "=", "6")], SetRelation.Empty),
        Case("one empty", [Worlds.Where("legs", "=", "5")], [Worlds.Codes("dog")], SetRelation.Disjoint, "", "", "dog"),
    ];

    [TestCaseSource(nameof(Told))]
    public void Compare_RulesThatTell_NothingIsExpanded(ConceptSetRule[] left, ConceptSetRule[] right, SetRelation expected, string common, string missing, string extra)
        => Check(left, right, expected, common, missing, extra, expanded: false);

    [TestCaseSource(nameof(Expanded))]
    public void Compare_OtherRules_AreExpanded(ConceptSetRule[] left, ConceptSetRule[] right, SetRelation expected, string common, string missing, string extra)
        => Check(left, right, expected, common, missing, extra, expanded: true);

    [TestCase(VersionPolicy.AsNeeded, SetRelation.Same)]
    [TestCase(VersionPolicy.Never, SetRelation.Same)]
    [TestCase(VersionPolicy.Always, SetRelation.Disjoint)]
    public void Compare_ListsOfTwoVersions_FollowThePolicy(VersionPolicy policy, SetRelation expected)
    {
        var service = Worlds.Service(Animals, Worlds.AnimalsVersion("2", "fox<mammal:Fox"));
        var (one, two) = (Worlds.ValueSet("a", Worlds.Codes("dog") with { Version = "1" }), Worlds.ValueSet("b", Worlds.Codes("dog") with { Version = "2" }));
        Assert.That(service.Compare(new(new(null, one), new(null, two)) { VersionPolicy = policy }, RequestScope.Default).Relation, Is.EqualTo(expected));
    }

    [TestCase(VersionPolicy.AsNeeded, SetRelation.Subset)]
    [TestCase(VersionPolicy.Never, SetRelation.Same)]
    public void Compare_FiltersOverTwoVersions_MayChooseOtherwise(VersionPolicy policy, SetRelation expected)
    {
        var service = Worlds.Service(Animals, Worlds.AnimalsVersion("2", "fox<mammal:Fox"));
        var (one, two) = (Worlds.ValueSet("a", Mammals with { Version = "1" }), Worlds.ValueSet("b", Mammals with { Version = "2" }));
        Assert.That(service.Compare(new(new(null, one), new(null, two)) { VersionPolicy = policy }, RequestScope.Default).Relation, Is.EqualTo(expected));
    }

    [Test]
    public void Compare_InactiveLeftOut_ComparesWhatIsLeft()
    {
        var (one, two) = (Worlds.ValueSet("a", Worlds.Codes("bird", "dodo")), Worlds.ValueSet("b", Worlds.Codes("bird")));
        static ValueSet Active(ValueSet valueSet) => valueSet with { Compose = valueSet.Compose! with { Inactive = false } };
        Assert.That(Compare(one, two).Relation, Is.EqualTo(SetRelation.Superset));
        Assert.That(Compare(Active(one), Active(two)).Relation, Is.EqualTo(SetRelation.Same));
    }

    [Test]
    public void Compare_NoRulesOrNoExpansion_IsIndeterminateAndSaysWhy()
    {
        var bare = new ValueSet { Url = "http://example.org/vs/bare", StoredExpansion = [new(Worlds.Animals, "dog")] };
        var broken = Worlds.ValueSet("broken", Worlds.Import("nothing"));
        Assert.That(Compare(bare, broken), Is.EqualTo(new CompareResult(SetRelation.Indeterminate, "The ValueSet http://example.org/vs/bare has no compose")));
        var failed = Compare(broken, Worlds.ValueSet("a", Mammals));
        Assert.That(failed.Relation, Is.EqualTo(SetRelation.Indeterminate));
        Assert.That(failed.Message, Does.StartWith("Unable to compare http://example.org/vs/broken|1 and http://example.org/vs/a|1: This expansion failed: ").And.Contains("http://example.org/vs/nothing"));
    }

    [Test]
    public void Compare_UnknownValueSet_Throws()
        => Assert.That(() => Worlds.Service(Animals).Compare(new(new(new("http://example.org/none"), null), new(null, Worlds.ValueSet("a", Mammals))), RequestScope.Default), Throws.TypeOf<UnknownValueSet>());

    [Test]
    public void Compare_RandomValueSets_AgreesWithTheirExpansions() => RandomValueSets.Worlds3.Sample(world =>
    {
        var service = Worlds.Service([world.System], world.ValueSets);
        var (left, right) = (world.ValueSets[1], world.ValueSets[2]);
        var (these, others) = (Codes(service, left), Codes(service, right));
        var result = service.Compare(new(new(null, left), new(null, right)), RequestScope.Default);
        var turned = service.Compare(new(new(null, right), new(null, left)), RequestScope.Default);
        // Equal rules choose the same, whatever that is.
        return (result.Relation == Naive(these, others) || (result is { Relation: SetRelation.Same, PerformedExpansion: false } && these.SetEquals(others)))
            && turned.Relation == result.Relation switch { SetRelation.Subset => SetRelation.Superset, SetRelation.Superset => SetRelation.Subset, var same => same };
    });

    private static SetRelation Naive(HashSet<string> left, HashSet<string> right)
        => left.Count + right.Count == 0 ? SetRelation.Empty
        : !left.Overlaps(right) ? SetRelation.Disjoint
        : left.SetEquals(right) ? SetRelation.Same
        : left.IsSubsetOf(right) ? SetRelation.Subset
        : left.IsSupersetOf(right) ? SetRelation.Superset
        : SetRelation.Overlapping;

    private static HashSet<string> Codes(TerminologyService service, ValueSet valueSet)
        => [.. service.Expand(new() { ValueSet = valueSet, ExcludeNested = true }, RequestScope.Default).Members.Select(member => TerminologyService.Text(member.CodeSystem!.Code(member.Concept)))];

    private static void Check(ConceptSetRule[] left, ConceptSetRule[] right, SetRelation expected, string common, string missing, string extra, bool expanded)
    {
        var result = Compare(Worlds.ValueSet("a", left), Worlds.ValueSet("b", right));
        Assert.That(result.Relation, Is.EqualTo(expected), result.Message);
        Assert.That(result.PerformedExpansion, Is.EqualTo(expanded));
        Assert.That(string.Join(' ', result.Common), Is.EqualTo(common));
        Assert.That(string.Join(' ', result.Missing), Is.EqualTo(missing));
        Assert.That(string.Join(' ', result.Extra), Is.EqualTo(extra));
    }

    private static CompareResult Compare(ValueSet left, ValueSet right)
        => Worlds.Service([Animals, Trees], Worlds.ValueSet("some", Worlds.Codes("cat", "dog"))).Compare(new(new(null, left), new(null, right)), RequestScope.Default);

    private static ConceptSetRule In(string code) => Worlds.Where("concept", "is-a", code) with { System = Tree };

    private static TestCaseData Case(string name, ConceptSetRule[] left, ConceptSetRule[] right, SetRelation expected, string common = "", string missing = "", string extra = "")
        => new TestCaseData(left, right, expected, common, missing, extra).SetArgDisplayNames(name);
}

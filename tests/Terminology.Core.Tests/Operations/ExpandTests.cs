using Terminology.CodeSystems;
using Terminology.Issues;
using Terminology.ValueSets;

namespace Terminology.Operations;

/// <summary>$expand.</summary>
public sealed class ExpandTests
{
    private static readonly InMemoryCodeSystem Animals = Worlds.AnimalsVersion("1");

    [Test]
    public void Expand_Enumeration_KeepsItsOrderAndItsDisplays()
    {
        var rule = new ConceptSetRule(Worlds.Animals, null, [new("parrot", "Polly"), new("fish", null), new("cat", null), new("parrot", null)], [], []);
        var result = Expand(new() { ValueSet = Worlds.ValueSet("v", rule) });
        Assert.That(Codes(result), Is.EqualTo("parrot cat"), "unknown codes and repetitions fall away");
        Assert.That(result.Members[0].Reference!.Display, Is.EqualTo("Polly"));
        Assert.That(result.Total, Is.EqualTo(2));
        Assert.That(result.UsedCodeSystems, Is.EqualTo(new VersionedUrl[] { new(Worlds.Animals, "1") }));
    }

    [Test]
    public void Expand_ConceptsAndFilters_MustBothHold()
    {
        var rule = new ConceptSetRule(Worlds.Animals, null, [new("parrot", null), new("cat", null)], [new("concept", "is-a", "mammal")], []);
        Assert.That(Codes(Expand(new() { ValueSet = Worlds.ValueSet("v", rule) })), Is.EqualTo("cat"));
    }

    [TestCase(false, false, "animal mammal dog puppy cat pet bird parrot dodo")]
    [TestCase(true, false, "animal mammal dog puppy cat pet bird parrot")]
    [TestCase(false, true, "mammal dog puppy cat bird parrot dodo")]
    [TestCase(true, true, "mammal dog puppy cat bird parrot")]
    public void Expand_ActiveOnlyAndForUI_LeaveOut(bool activeOnly, bool forUI, string expected)
        => Assert.That(Codes(Expand(new() { ValueSet = Worlds.ValueSet("v", Worlds.All()), ActiveOnly = activeOnly, ExcludeNotForUI = forUI, ExcludeNested = true })).Split(' '), Is.EquivalentTo(expected.Split(' ')));

    [Test]
    public void Expand_ComposeInactiveFalse_LeavesInactiveOut()
    {
        var valueSet = Worlds.ValueSet("v", Worlds.Codes("dodo", "cat"));
        Assert.That(Codes(Expand(new() { ValueSet = valueSet })), Is.EqualTo("dodo cat"));
        Assert.That(Codes(Expand(new() { ValueSet = valueSet with { Compose = valueSet.Compose! with { Inactive = false } } })), Is.EqualTo("cat"));
    }

    [TestCase(0, 2, "parrot cat")]
    [TestCase(2, 2, "dog")]
    [TestCase(3, 2, "")]
    [TestCase(99, 2, "")]
    [TestCase(0, 0, "")]
    [TestCase(1, null, "cat dog")]
    [TestCase(null, 1, "parrot")]
    public void Expand_Page_TakesItsPartAndTellsTheTotal(int? offset, int? count, string expected)
    {
        var result = Expand(new() { ValueSet = Worlds.ValueSet("v", Worlds.Codes("parrot", "cat"), Worlds.Codes("dog", "cat")), Offset = offset, Count = count });
        Assert.That(Codes(result), Is.EqualTo(expected));
        Assert.That(result.Total, Is.EqualTo(3));
    }

    [TestCase(-1, 5, "offset")]
    [TestCase(0, -5, "count")]
    public void Expand_NegativePage_IsRefused(int offset, int count, string parameter)
        => Assert.That(() => Expand(new() { ValueSet = Worlds.ValueSet("v", Worlds.All()), Offset = offset, Count = count }), Throws.InstanceOf<TerminologyException>().With.Property("Expression").EqualTo(parameter));

    [Test]
    public void Expand_MoreThanAllowed_IsTooCostlyAndAPageIsNot()
    {
        var (scope, request) = (new RequestScope { MaxExpansion = 8 }, new ExpandRequest { ValueSet = Worlds.ValueSet("v", Worlds.All()) });
        Assert.That(() => Expand(request, scope), Throws.TypeOf<TooCostly>().With.Message.EqualTo("The value set 'http://example.org/vs/v' expansion has too many codes to produce (>8)"));
        Assert.That(() => Expand(request with { Count = 9 }, scope), Throws.TypeOf<TooCostly>());
        Assert.That(Expand(request with { Count = 8 }, scope).Members, Has.Count.EqualTo(8));
        Assert.That(Expand(request with { Count = 1_000_000, Offset = 5 }, scope).Members, Has.Count.EqualTo(4));
        Assert.That(Expand(request with { Count = 0 }, scope).Total, Is.EqualTo(9));
    }

    [Test]
    public void Expand_Filter_FindsWordsBestFirstWithinTheSet()
    {
        Assert.That(Codes(Expand(new() { ValueSet = Worlds.ValueSet("v", Worlds.Where("concept", "is-a", "pet")), Filter = "p" })).Split(' '), Is.EquivalentTo(new[] { "pet", "puppy", "parrot" }));
        var result = Expand(new() { ValueSet = Worlds.ValueSet("v", Worlds.Codes("parrot", "puppy", "cat")), Filter = "p", Count = 1 });
        Assert.That(result.Members, Has.Count.EqualTo(1));
        Assert.That(result.Total, Is.EqualTo(2));
        Assert.That(result.Members[0].Reference, Is.Not.Null);
        Assert.That(Codes(Expand(new() { ValueSet = Worlds.ValueSet("v", Worlds.All()), Filter = "  ", ExcludeNested = true })).Split(' '), Has.Length.EqualTo(9), "no words, no filter");
    }

    [Test]
    public void Expand_Nested_PutsMembersBelowTheirNearestMember()
    {
        Assert.That(Tree(Expand(new() { ValueSet = Worlds.ValueSet("v", Worlds.All()), ExcludeNested = false })), Is.EqualTo("animal(mammal(dog(puppy) cat) pet bird(parrot dodo))").Or.EqualTo("animal(mammal(dog(puppy) cat) bird(parrot dodo) pet)").Or.EqualTo("animal(mammal(cat dog(puppy)) pet bird(parrot dodo))"));
        var without = Worlds.ValueSet("v", Worlds.All()).Less(Worlds.Codes("mammal", "animal", "pet"));
        Assert.That(Tree(Expand(new() { ValueSet = without, ExcludeNested = false })).Split(' '), Is.EquivalentTo(new[] { "dog(puppy)", "cat", "bird(parrot", "dodo)" }));
        Assert.That(Tree(Expand(new() { ValueSet = without, ExcludeNested = true })), Does.Not.Contain("("));
        Assert.That(Tree(Expand(new() { ValueSet = without, ExcludeNested = false, Count = 9 })), Does.Not.Contain("("), "pages are flat");
    }

    [Test]
    public void Expand_Import_IsTracedAndPinned()
    {
        var (one, two) = (Worlds.ValueSet("i", Worlds.Codes("cat")), Worlds.ValueSet("i", Worlds.Codes("dog")) with { Version = "2" });
        var service = Worlds.Service([Animals], one, two, Worlds.ValueSet("v", Worlds.Import("i")));
        var result = service.Expand(new() { Url = new(Worlds.Url("v")) }, RequestScope.Default);
        Assert.That(Codes(result), Is.EqualTo("dog"));
        Assert.That(result.UsedValueSets, Is.EqualTo(new VersionedUrl[] { new(Worlds.Url("i"), "2") }));
        Assert.That(Codes(service.Expand(new() { Url = new(Worlds.Url("v")) }, new() { ValueSetVersions = [new(Worlds.Url("i"), "1")] })), Is.EqualTo("cat"));
        Assert.That(() => service.Expand(new() { Url = new(Worlds.Url("v")) }, new() { ValueSetVersions = [new(Worlds.Url("i"), "3")] }), Throws.TypeOf<UnknownValueSet>());
    }

    [Test]
    public void Expand_SystemAndImport_IsTheIntersection()
    {
        var service = Worlds.Service([Animals], Worlds.ValueSet("pets", Worlds.Where("concept", "is-a", "pet")), Worlds.ValueSet("v", Worlds.Where("concept", "is-a", "mammal") with { ValueSets = [new(Worlds.Url("pets"))] }));
        Assert.That(Codes(service.Expand(new() { Url = new(Worlds.Url("v")) }, RequestScope.Default)).Split(' '), Is.EquivalentTo(new[] { "dog", "puppy", "cat" }));
    }

    [TestCase("a", "b", "c")]
    [TestCase("c", "a", "b")]
    public void Expand_Circle_NamesTheChain(string asked, string next, string last)
    {
        var service = Worlds.Service([Animals], Worlds.ValueSet("a", Worlds.Import("b")), Worlds.ValueSet("b", Worlds.Codes("cat"), Worlds.Import("c")), Worlds.ValueSet("c", Worlds.All()).Less(Worlds.Import("a")));
        var circle = Assert.Throws<TerminologyException>(() => service.Expand(new() { Url = new(Worlds.Url(asked)) }, RequestScope.Default))!;
        Assert.That(circle.MessageId, Is.EqualTo("VALUESET_CIRCULAR_REFERENCE"));
        Assert.That(circle.Message, Is.EqualTo($"Cyclic reference detected when including {Worlds.Url(asked)}|1 via [{Worlds.Url(asked)}|1, {Worlds.Url(next)}|1, {Worlds.Url(last)}|1]"));
        Assert.That(() => service.ValidateCode(new(new([new(Worlds.Animals, "dog")]), CodeForm.Coding) { ValueSetUrl = new(Worlds.Url(asked)) }, RequestScope.Default), Throws.TypeOf<TerminologyException>());
    }

    [Test]
    public void Expand_DiamondOfImports_IsNoCircle()
    {
        var service = Worlds.Service([Animals], Worlds.ValueSet("base", Worlds.Codes("cat", "dog")), Worlds.ValueSet("l", Worlds.Import("base")), Worlds.ValueSet("r", Worlds.Import("base")), Worlds.ValueSet("top", Worlds.Import("l"), Worlds.Import("r")));
        Assert.That(Codes(service.Expand(new() { Url = new(Worlds.Url("top")) }, RequestScope.Default)), Is.EqualTo("cat dog"));
    }

    [Test]
    public void Expand_StoredExpansion_KeepsOrderAndWhatNoSystemKnows()
    {
        var valueSet = new ValueSet { Url = Worlds.Url("v"), StoredExpansion = [new(Worlds.Animals, "cat", null, "My cat"), new("http://example.org/none", "x", null, "Thing"), new(Worlds.Animals, "dog")] };
        var result = Expand(new() { ValueSet = valueSet });
        Assert.That(Codes(result), Is.EqualTo("cat x dog"));
        Assert.That(result.Members[0].Reference!.Display, Is.EqualTo("My cat"));
        Assert.That(Codes(Expand(new() { ValueSet = valueSet, Filter = "thi" })), Is.EqualTo("x"));
        Assert.That(Codes(Expand(new() { ValueSet = valueSet, Offset = 1, Count = 1 })), Is.EqualTo("x"));
    }

    [Test]
    public void Expand_TwoVersionsOfASystem_StandBesideEachOther()
    {
        var service = Worlds.Service(Worlds.CodeSystem(Worlds.Animals, "1", "a", "b"), Worlds.CodeSystem(Worlds.Animals, "2", "b", "c"));
        var both = Worlds.ValueSet("v", Worlds.All(version: "1"), Worlds.All(version: "2"));
        Assert.That(service.Expand(new() { ValueSet = both }, RequestScope.Default).Members.Select(member => $"{TerminologyService.Text(member.CodeSystem!.Code(member.Concept))}{member.CodeSystem.Info.Version}"), Is.EquivalentTo(new[] { "a1", "b1", "b2", "c2" }));
        var less = both.Less(new ConceptSetRule(Worlds.Animals, "1", [new("b", null)], [], []));
        Assert.That(service.Expand(new() { ValueSet = less }, RequestScope.Default).Members, Has.Count.EqualTo(2), "what is excluded in one version is excluded in all");
        Assert.That(service.Expand(new() { ValueSet = less with { ExpansionParameters = Match("false") } }, RequestScope.Default).Members, Has.Count.EqualTo(3), "of its version, if the value set says so");
        var merged = service.Expand(new() { ValueSet = both with { ExpansionParameters = Match("true") } }, RequestScope.Default);
        Assert.That(merged.Members.Select(member => $"{TerminologyService.Text(member.CodeSystem!.Code(member.Concept))}{member.CodeSystem.Info.Version}"), Is.EquivalentTo(new[] { "a1", "b2", "c2" }));
        Assert.That(service.Expand(new() { ValueSet = both.Less(Worlds.Codes("b")) }, RequestScope.Default).Members, Has.Count.EqualTo(2), "without version of all");

        static Dictionary<string, string> Match(string value) => new() { ["versionsMatch"] = value };
    }

    [TestCase("2.0", null, "so the value set cannot be expanded. Valid versions: 1")]
    [TestCase(null, "2.0", "so the value set cannot be expanded. Valid versions: 1")]
    public void Expand_UnknownVersion_SaysWhichAreLoaded(string? included, string? byDefault, string text)
        => Assert.That(
            () => Expand(new() { ValueSet = Worlds.ValueSet("v", Worlds.All(version: included)) }, byDefault is null ? RequestScope.Default : new() { SystemVersions = [new(Worlds.Animals, byDefault)] }),
            Throws.TypeOf<UnknownCodeSystem>().With.Message.EndsWith(text));

    [Test]
    public void Expand_CheckedVersion_MustComeOut()
    {
        var service = Worlds.Service(Worlds.AnimalsVersion("1.0"), Worlds.AnimalsVersion("2.0"));
        var scope = new RequestScope { CheckSystemVersions = [new(Worlds.Animals, "1.x")] };
        Assert.That(service.Expand(new() { ValueSet = Worlds.ValueSet("v", Worlds.All()) }, scope).UsedCodeSystems[0].Version, Is.EqualTo("1.0"));
        Assert.That(
            () => service.Expand(new() { ValueSet = Worlds.ValueSet("v", Worlds.All(version: "2.0")) }, scope),
            Throws.InstanceOf<TerminologyException>().With.Message.EqualTo("The version '2.0' is not allowed for system 'http://example.org/animals': required to be '1.x' by a version-check parameter"));
    }

    [Test]
    public void Expand_NothingNamed_SaysSo() => Assert.That(() => Expand(new()), Throws.InstanceOf<TerminologyException>().With.Property("Type").EqualTo(IssueType.Required));

    [Test]
    public void Expand_UnknownValueSet_SaysSo()
        => Assert.That(() => Expand(new() { Url = new(Worlds.Url("none"), "3") }), Throws.TypeOf<UnknownValueSet>().With.Message.EqualTo("A definition for the value Set 'http://example.org/vs/none|3' could not be found"));

    [Test]
    public void Expand_Cancelled_Stops()
    {
        using var cancel = new CancellationTokenSource();
        cancel.Cancel();
        Assert.That(() => Expand(new() { ValueSet = Worlds.ValueSet("v", Worlds.All()) }, new() { Cancel = cancel.Token }), Throws.InstanceOf<OperationCanceledException>());
    }

    private static ExpandResult Expand(ExpandRequest request, RequestScope? scope = null) => Worlds.Service(Animals).Expand(request, scope ?? RequestScope.Default);

    private static string Codes(ExpandResult result) => string.Join(' ', ValueSetLawsTests.Codes(result.Members));

    private static string Tree(ExpandResult result) => Tree(result.Members);

    private static string Tree(IReadOnlyList<ExpansionMember> members)
        => string.Join(' ', members.Select(member => TerminologyService.Text(member.CodeSystem!.Code(member.Concept)) + (member.Contains is { Count: > 0 } below ? $"({Tree(below)})" : "")));
}

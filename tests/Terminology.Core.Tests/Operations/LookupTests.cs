using Terminology.CodeSystems;
using Terminology.Issues;

namespace Terminology.Operations;

/// <summary>$lookup and $subsumes.</summary>
public sealed class LookupTests
{
    private static readonly TerminologyService Service = Worlds.Service(Worlds.AnimalsVersion("1"), Worlds.AnimalsVersion("2", "wolf<mammal:Wolf"));

    [Test]
    public void Lookup_Known_SaysWhere()
    {
        var result = Service.Lookup(new(new(Worlds.Animals, "dog"), []), RequestScope.Default);
        Assert.That(TerminologyService.Text(result.CodeSystem.Code(result.Concept)), Is.EqualTo("dog"));
        Assert.That(result.CodeSystem.Info.Version, Is.EqualTo("2"));
        Assert.That(result.Issues, Is.Empty);
        Assert.That(result.Supplements, Is.Empty);
    }

    [TestCase(Worlds.Animals, "wolf", "1", IssueType.NotFound, "Unknown code 'wolf' in the CodeSystem 'http://example.org/animals' version '1'")]
    [TestCase(Worlds.Animals, "Dog", null, IssueType.NotFound, "Unknown code 'Dog'")]
    [TestCase(Worlds.Animals, "dog", "3", IssueType.NotFound, "Valid versions: 1 or 2")]
    [TestCase("http://example.org/none", "dog", null, IssueType.NotFound, "'http://example.org/none' could not be found")]
    [TestCase(Worlds.Animals, "", null, IssueType.Required, "No code is given")]
    [TestCase(null, "dog", null, IssueType.Required, "No code system is given")]
    public void Lookup_NotKnown_Throws(string? system, string code, string? version, IssueType type, string text)
        => Assert.That(() => Service.Lookup(new(new(system, code, version), []), RequestScope.Default), Throws.InstanceOf<TerminologyException>().With.Property("Type").EqualTo(type).And.Message.Contains(text));

    [Test]
    public void Lookup_Supplements_OnlyThoseAskedFor()
    {
        var supplement = Worlds.CodeSystem(new CodeSystemInfo { Url = new("http://example.org/nl"), Version = "1", Content = "supplement", Supplements = new(Worlds.Animals), Language = "nl" }, "dog:hond");
        var service = Service.With(new([supplement], [], []));
        var request = new LookupRequest(new(Worlds.Animals, "dog"), []);
        Assert.That(service.Lookup(request, RequestScope.Default).Supplements, Is.Empty);
        Assert.That(service.Lookup(request, new() { Supplements = [new("http://example.org/nl")] }).Supplements, Is.EqualTo(new[] { supplement }));
        Assert.That(() => service.Lookup(request, new() { Supplements = [new("http://example.org/fr")] }), Throws.InstanceOf<TerminologyException>().With.Message.EqualTo("Required supplement not found: http://example.org/fr"));
    }

    [Test]
    public void Lookup_SupplementOfAnotherVersion_StaysOut()
    {
        var supplement = Worlds.CodeSystem(new CodeSystemInfo { Url = new("http://example.org/nl"), Content = "supplement", Supplements = new(Worlds.Animals, "1") }, "dog:hond");
        var service = Service.With(new([supplement], [], []));
        var scope = new RequestScope { Supplements = [new("http://example.org/nl")] };
        Assert.That(service.Lookup(new(new(Worlds.Animals, "dog"), []), scope).Supplements, Is.Empty);
        Assert.That(service.Lookup(new(new(Worlds.Animals, "dog", "1"), []), scope).Supplements, Has.Count.EqualTo(1));
    }

    [TestCase("dog", "dog", Subsumption.Equivalent)]
    [TestCase("animal", "puppy", Subsumption.Subsumes)]
    [TestCase("puppy", "pet", Subsumption.SubsumedBy)]
    [TestCase("mammal", "pet", Subsumption.NotSubsumed)]
    [TestCase("bird", "dodo", Subsumption.Subsumes)]
    public void Subsumes_Table(string a, string b, Subsumption expected)
        => Assert.That(Service.Subsumes(new(new(Worlds.Animals, a), new(Worlds.Animals, b)), RequestScope.Default).Outcome, Is.EqualTo(expected));

    [Test]
    public void Subsumes_TwoVersions_IsRefused()
        => Assert.That(() => Service.Subsumes(new(new(Worlds.Animals, "dog", "1"), new(Worlds.Animals, "dog", "2")), RequestScope.Default), Throws.InstanceOf<TerminologyException>().With.Property("Type").EqualTo(IssueType.Invalid));

    [TestCase("nothing", "dog", "codeA")]
    [TestCase("dog", "nothing", "codeB")]
    public void Subsumes_UnknownCode_SaysWhich(string a, string b, string parameter)
        => Assert.That(() => Service.Subsumes(new(new(Worlds.Animals, a), new(Worlds.Animals, b)), RequestScope.Default), Throws.InstanceOf<TerminologyException>().With.Property("Expression").EqualTo(parameter));
}

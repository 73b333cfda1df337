using Terminology.CodeSystems;
using Terminology.Issues;
using Terminology.Operations;

namespace Terminology.ValueSets;

/// <summary>Value sets that nobody wrote.</summary>
public sealed class ImplicitValueSetsTests
{
    private const string Sct = "http://snomed.info/sct", January = "http://snomed.info/sct/900000000000207008/version/20260101", July = "http://snomed.info/sct/900000000000207008/version/20260701";

    private static readonly TerminologyService Service = Worlds.Loaded(
        Worlds.Native(Worlds.CodeSystem(Sct, January, "138875005:SNOMED CT Concept", "404684003<138875005:Clinical finding", "64572001<404684003:Disease"), true),
        Worlds.Native(Worlds.CodeSystem(Sct, July, "138875005:SNOMED CT Concept", "404684003<138875005:Clinical finding", "64572001<404684003:Disease", "22298006<64572001:Myocardial infarction"), false),
        Worlds.Native(Worlds.CodeSystem("http://loinc.org", "2.80", "LL100-1:Severity", "LA1-1<LL100-1:Mild", "LA2-2<LL100-1:Severe", "2345-7:Glucose", "LP1-1:Chemistry", "2339-0<LP1-1:Glucose Bld"), true),
        Worlds.Native(Worlds.CodeSystem(new CodeSystemInfo { Url = new("http://example.org/own"), Version = "1", ValueSet = "http://example.org/own/all" }, "A", "B"), true));

    [TestCase(Sct + "?fhir_vs", 3)]
    [TestCase(Sct + "?fhir_vs=isa/404684003", 2)]
    [TestCase(July + "?fhir_vs", 4)]
    [TestCase(July + "?fhir_vs=isa/404684003", 3)]
    [TestCase(Sct + "/900000000000207008?fhir_vs=isa/404684003", 2)]
    [TestCase("http://loinc.org/vs", 6)]
    [TestCase("http://loinc.org/vs/LL100-1", 2)]
    [TestCase("http://loinc.org/vs/LP1-1", 2)]
    [TestCase("http://example.org/own/all", 2)]
    [TestCase("http://example.org/own?fhir_vs", 2)]
    public void Find_Known_HasItsMembers(string url, int members)
    {
        var result = Service.Expand(new() { Url = new(url) }, RequestScope.Default);
        Assert.That(result.Total, Is.EqualTo(members));
        Assert.That(result.ValueSet.Url, Is.EqualTo(url));
    }

    [Test]
    public void Find_VersionOfTheCanonical_PinsTheCodeSystem()
        => Assert.That(Service.Expand(new() { Url = new(Sct + "?fhir_vs", July) }, RequestScope.Default).Total, Is.EqualTo(4));

    [TestCase(Sct + "?fhir_vs=isa/22298006", "the concept 22298006 is not in")]
    [TestCase(Sct + "?fhir_vs=nonsense", "it is no implicit value set")]
    [TestCase(Sct + "/45991000052106?fhir_vs", "could not be found")]
    [TestCase("http://loinc.org/vs/LL999-9", "could not be found")]
    [TestCase("http://example.org/none?fhir_vs", "could not be found")]
    public void Find_Unknown_SaysWhy(string url, string text)
        => Assert.That(() => Service.Expand(new() { Url = new(url) }, RequestScope.Default), Throws.TypeOf<UnknownValueSet>().With.Message.Contains(text));

    [TestCase(Sct + "?fhir_vs=ecl/%3C%20404684003", null, 1)]
    [TestCase(Sct + "?fhir_vs=ecl/<< 404684003", null, 2)]
    [TestCase(Sct + "?fhir_vs=ecl/<<404684003", July, 3)]
    [TestCase(July + "?fhir_vs=ecl/<<404684003", null, 3)]
    [TestCase(Sct + "/900000000000207008?fhir_vs=ecl/*", null, 3)]
    [TestCase(Sct + "?fhir_vs=ecl/%3C%3C404684003%20%7CClinical%20finding%7C%20MINUS%2064572001", null, 1)]
    public void Find_Ecl_HasTheConceptsThatSatisfyIt(string url, string? version, int members)
    {
        Assert.That(Service.Expand(new() { Url = new(url, version) }, RequestScope.Default).Total, Is.EqualTo(members));
        var validated = Service.ValidateCode(new(new([new(Sct, "404684003")]), CodeForm.Coding) { ValueSetUrl = new(url, version) }, RequestScope.Default);
        Assert.That(validated.Result, Is.EqualTo(!url.EndsWith("%20404684003", StringComparison.Ordinal)));
    }

    [TestCase(Sct + "?fhir_vs=ecl/<< 404684003 |Clinical finding|", 2)]
    [TestCase(Sct + "?fhir_vs=ecl/<< 404684003 |Clinical finding| MINUS 64572001 |Disease|", 1)]
    [TestCase(Sct + "?fhir_vs=ecl/<< 404684003 |Clinical finding||" + July, 3)]
    public void Find_EclWithTermsBetweenPipes_TakesNoneForAVersion(string canonical, int members)
        => Assert.That(Service.Expand(new() { Url = VersionedUrl.Parse(canonical) }, RequestScope.Default).Total, Is.EqualTo(members));

    [TestCase("%3C%3C%20abc", "character 4")]
    [TestCase("%3C%2099999999", "the concept '99999999' is not in")]
    public void Find_InvalidEcl_SaysWhere(string ecl, string text)
        => Assert.That(() => Service.Expand(new() { Url = new(Sct + "?fhir_vs=ecl/" + ecl) }, RequestScope.Default), Throws.TypeOf<InvalidExpression>().With.Message.Contains(text));
}

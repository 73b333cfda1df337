using System.Text;
using Terminology.CodeSystems;

namespace Terminology.Loaders.BuiltIn;

public sealed class BuiltInSystemsTests
{
    private const string Countries = "urn:iso:std:iso:3166", Currencies = "urn:iso:std:iso:4217", Media = "urn:ietf:bcp:13";

    [Test]
    public void All_AreInTheCatalogue_AndClosedUntilAsked()
    {
        Assert.That(BuiltInSystems.Content.CodeSystems.Select(entry => entry.Url), Is.SupersetOf(new[] { "http://unitsofmeasure.org", "urn:ietf:bcp:47", Media, Countries, Currencies }));
        Assert.That(Ask.Service.CodeSystems.Where(entry => entry.IsBuiltIn).All(entry => entry.Live), Is.True);
        foreach (var entry in BuiltInSystems.Content.CodeSystems)
        {
            Assert.That(entry.CodeSystem.Value.Info.Version, Is.EqualTo(entry.Version), entry.Url);
            Assert.That(entry.CodeSystem.Value.Info.ValueSet, Is.EqualTo(entry.ValueSet), entry.Url);
        }
    }

    [Test]
    public void LoadedRelease_GoesBeforeTheBuiltInOne()
    {
        const string Essence = """<root xmlns="http://unitsofmeasure.org/ucum-essence" version="9.9"><base-unit Code="m" CODE="M" dim="L"><name>meter</name></base-unit></root>""";
        using var loaded = ImportedRelease.Load(new(), ("ucum-essence.xml", Essence));
        var service = TerminologyService.Create([new(loaded.Release, true)], new Fhir.Resources.FhirResourceReader(), BuiltInSystems.Content);
        Assert.That(service.CodeSystem("http://unitsofmeasure.org").Info.Version, Is.EqualTo("9.9"));
        Assert.That(service.CodeSystem("http://unitsofmeasure.org", "1.9").Info.Version, Is.EqualTo("1.9"));
        Assert.That(service.CodeSystemVersions("http://unitsofmeasure.org").Select(entry => entry.Live), Is.EqualTo(new[] { true, false }));
    }

    [TestCase("US", "United States of America", "USA", "840")]
    [TestCase("CH", "Switzerland", "CHE", "756")]
    [TestCase("CI", "Côte d'Ivoire", "CIV", "384")]
    [TestCase("TW", "Taiwan, Province of China", "TWN", "158")]
    [TestCase("AX", "Åland Islands", "ALA", "248")]
    public void Country_UnderEachOfItsCodes(string two, string name, string three, string digits)
    {
        foreach (var code in new[] { two, three, digits })
        {
            var found = Ask.Lookup(Countries, code);
            Assert.That(Encoding.UTF8.GetString(found.CodeSystem.Display(found.Concept)), Is.EqualTo(name));
        }
        var twoLetters = Ask.Lookup(Countries, two);
        Assert.That(Ask.Properties(twoLetters.CodeSystem, twoLetters.Concept), Is.EquivalentTo(new[] { $"alpha-3={three}", $"numeric={digits}" }));
    }

    [TestCase("XK", "Kosovo")]
    [TestCase("AA", "User-assigned")]
    [TestCase("ZZ", "Unknown or Invalid Territory")]
    public void Country_ForUsersToAssign(string code, string name) => Assert.That(Ask.Validate(Countries, code).Display, Is.EqualTo(name));

    [TestCase("UK")]
    [TestCase("us")]
    [TestCase("DDR")]
    [TestCase("000")]
    public void Country_Unknown(string code) => Assert.That(Ask.Validate(Countries, code).Result, Is.False);

    [Test]
    public void Countries_AreListed_ThreeTimes()
    {
        var all = Ask.Expand(Countries);
        Assert.That(all.Total, Is.EqualTo(789));
        Assert.That(all.Unclosed, Is.Empty);
        Assert.That(Ask.Codes(Ask.Expand(Countries, ("code", "regex", "[A-Z]{3}"))), Has.Length.EqualTo(249));
    }

    [TestCase("EUR", "Euro")]
    [TestCase("CHF", "Swiss franc")]
    public void Currency_HasItsName(string code, string name) => Assert.That(Ask.Validate(Currencies, code).Display, Is.EqualTo(name));

    [TestCase("text/plain", null)]
    [TestCase("application/fhir+json; fhirVersion=4.0", null)]
    [TestCase("text/html;charset=\"utf-8\"", null)]
    [TestCase("application/vnd.openxmlformats-officedocument.wordprocessingml.document", null)]
    [TestCase("x-custom/thing", null)]
    [TestCase("image/svg+xml", null)]
    [TestCase("text", "'/' and a subtype are missing at character 5")]
    [TestCase("text/", "the subtype is missing at character 6")]
    [TestCase("txt/plain", "'txt' is no top-level type")]
    [TestCase("text/pla in", "'pla in' is no subtype at character 6")]
    [TestCase("text/plain;charset", "'=' and the value of the parameter are missing at character 19")]
    [TestCase("text/plain;", "the name of a parameter is missing at character 12")]
    [TestCase("text/plain;a=\"b", "the value of the parameter is missing or not closed at character 14")]
    [TestCase("text/plain;a=b c", "';' is expected at character 16")]
    [TestCase("", "'/' and a subtype are missing at character 1")]
    public void MediaType_ByForm(string code, string? problem)
    {
        var system = (GrammarCodeSystem)Ask.Service.CodeSystem(Media);
        Assert.That(system.TryFind(Encoding.UTF8.GetBytes(code), out _), Is.EqualTo(problem is null));
        Assert.That(system.Explain(code), problem is null ? Is.Null : Does.Contain(problem!));
    }

    [Test]
    public void MediaType_WithParameters_IsBelowTheTypeWithout()
    {
        Assert.That(Ask.Subsumes(Media, "text/plain", "text/plain; charset=utf-8"), Is.EqualTo(Subsumption.Subsumes));
        Assert.That(Ask.Subsumes(Media, "text/plain", "text/plainer"), Is.EqualTo(Subsumption.NotSubsumed));
    }
}

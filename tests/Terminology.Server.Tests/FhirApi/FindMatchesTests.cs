using System.Net;
using System.Text.Json;

namespace Terminology.Server.FhirApi;

/// <summary>CodeSystem/$find-matches over HTTP, over the demo content.</summary>
public sealed class FindMatchesTests
{
    private const string Snomed = "http://snomed.info/sct";

    [Test]
    public async Task FindMatches_AttributesOfAConcept_FindIt()
    {
        var (status, json) = await AskAsync(Snomed, compositional: false, Parts("focus", "404684003"), Parts("363698007", "1041999999103"));
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), DemoServer.Text(json));
        Assert.That(DemoServer.Text(json), Does.Contain("\"1241999999106\"").And.Not.Contain("unmatched"));
    }

    [Test]
    public async Task FindMatches_NoConceptHasBoth_ComposesOneWhenAllowed()
    {
        var (status, json) = await AskAsync(Snomed, compositional: true, Parts("focus", "22298006"), Parts("363698007", "1041999999103"));
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), DemoServer.Text(json));
        Assert.That(DemoServer.Text(json), Does.Contain("22298006:{363698007=1041999999103}"));
        (_, json) = await AskAsync(Snomed, compositional: false, Parts("focus", "22298006"), Parts("363698007", "1041999999103"));
        Assert.That(DemoServer.Text(json), Does.Not.Contain("22298006:{").And.Contain("unmatched"));
    }

    [Test]
    public async Task FindMatches_LoincPartsByName_FindTheTerm()
    {
        var (status, json) = await AskAsync("http://loinc.org", false, Parts("COMPONENT", "Glucose"), Parts("PROPERTY", "MCnc"), Parts("SYSTEM", "Ser/Plas"));
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), DemoServer.Text(json));
        Assert.That(DemoServer.Text(json), Does.Contain("2345-7").And.Not.Contain("unmatched"));
    }

    [Test]
    public async Task FindMatches_UnknownProperty_IsNamed()
    {
        var (status, json) = await AskAsync("http://loinc.org", false, Parts("COLOUR", "red"));
        Assert.That(status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(DemoServer.Text(json), Does.Contain("COLOUR"));
    }

    private static object Parts(string code, string value) => new { name = "property", part = new object[] { new { name = "code", valueCode = code }, new { name = "value", valueCode = value } } };

    private static Task<(HttpStatusCode Status, JsonElement Json)> AskAsync(string system, bool compositional, params object[] properties) => DemoServer.PostAsync("CodeSystem/$find-matches", JsonSerializer.Serialize(new
    {
        resourceType = "Parameters",
        parameter = new object[] { new { name = "system", valueUri = system }, new { name = "exact", valueBoolean = false }, new { name = "compositional", valueBoolean = compositional } }.Concat(properties),
    }));
}

using System.Net;
using System.Text.Json;

namespace Terminology.Server.FhirApi;

/// <summary>ValueSet/$compare over HTTP.</summary>
public sealed class CompareTests
{
    private const string Genders = """{"resourceType":"ValueSet","url":"http://example.org/a","status":"active","compose":{"include":[{"system":"http://hl7.org/fhir/administrative-gender","concept":[{"code":"male"},{"code":"female"}]}]}}""";

    [Test]
    public async Task Compare_InlineAndUrl_SaysHowTheyStand()
    {
        var (status, json) = await DemoServer.PostAsync("ValueSet/$compare", $$"""
            {"resourceType":"Parameters","parameter":[{"name":"thisValueSet","resource":{{Genders}}},{"name":"otherUrl","valueUri":"http://hl7.org/fhir/ValueSet/administrative-gender"},{"name":"diagnostics","valueBoolean":true}]}
            """);
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), DemoServer.Text(json));
        Assert.That(Value(json, "result"), Is.EqualTo("subset"));
        Assert.That(Value(json, "performed-expansion"), Is.EqualTo("False"));
    }

    [Test]
    public async Task Compare_Instance_IsThis()
    {
        var (status, json) = await DemoServer.PostAsync("ValueSet/administrative-gender/$compare", $$"""
            {"resourceType":"Parameters","parameter":[{"name":"otherValueSet","resource":{{Genders}}}]}
            """);
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), DemoServer.Text(json));
        Assert.That(Value(json, "result"), Is.EqualTo("superset"));
        Assert.That(Value(json, "performed-expansion"), Is.Null, "diagnostics only when asked for");
    }

    [Test]
    public async Task Compare_Get_ReadsUrls()
    {
        var (status, json) = await DemoServer.GetAsync("ValueSet/$compare?thisUrl=http://hl7.org/fhir/ValueSet/administrative-gender&otherUrl=http://hl7.org/fhir/ValueSet/administrative-gender");
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), DemoServer.Text(json));
        Assert.That(Value(json, "result"), Is.EqualTo("same"));
    }

    [TestCase("thisUrl=http://hl7.org/fhir/ValueSet/administrative-gender", HttpStatusCode.BadRequest, "otherUrl")]
    [TestCase("thisUrl=http://example.org/none&otherUrl=http://hl7.org/fhir/ValueSet/administrative-gender", HttpStatusCode.NotFound, "http://example.org/none")]
    [TestCase("thisUrl=http://hl7.org/fhir/ValueSet/administrative-gender&otherUrl=http://hl7.org/fhir/ValueSet/administrative-gender&version-policy=perhaps", HttpStatusCode.BadRequest, "version-policy")]
    public async Task Compare_Wrong_IsNamed(string query, HttpStatusCode expected, string named)
    {
        var (status, json) = await DemoServer.GetAsync($"ValueSet/$compare?{query}");
        Assert.That(status, Is.EqualTo(expected), DemoServer.Text(json));
        Assert.That(DemoServer.Text(json), Does.Contain(named));
    }

    private static string? Value(JsonElement json, string name)
        => json.GetProperty("parameter").EnumerateArray().Where(parameter => parameter.GetProperty("name").GetString() == name)
            .Select(parameter => parameter.EnumerateObject().Last().Value.ToString()).FirstOrDefault();
}

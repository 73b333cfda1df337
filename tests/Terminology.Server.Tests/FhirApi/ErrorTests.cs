using System.Net;
using System.Text;

namespace Terminology.Server.FhirApi;

/// <summary>What cannot be answered is an OperationOutcome with the right status that says what to do.</summary>
public sealed class ErrorTests
{
    [TestCase("CodeSystem/$lookup?system=http://loinc.org", 400, "required", "No code is given")]
    [TestCase("CodeSystem/$lookup?code=2345-7", 400, "required", "system")]
    [TestCase("CodeSystem/$lookup?system=http://loinc.org&code=9999-9", 404, "not-found", "Unknown code '9999-9'")]
    [TestCase("CodeSystem/$lookup?system=http://nosuch.example&code=1", 404, "not-found", "http://nosuch.example")]
    [TestCase("CodeSystem/$lookup?system=http://loinc.org&version=1.0&code=2345-7", 404, "not-found", "2.73")]
    [TestCase("CodeSystem/$subsumes?system=http://snomed.info/sct&codeA=22298006", 400, "required", "codeB")]
    [TestCase("ValueSet/$expand?url=http://nosuch.example/vs", 404, "not-found", "http://nosuch.example/vs")]
    [TestCase("ValueSet/$expand?url=http://snomed.info/sct?fhir_vs&count=-1", 400, "value", "count")]
    [TestCase("ValueSet/$expand?url=http://snomed.info/sct?fhir_vs&count=many", 400, "value", "count")]
    [TestCase("ConceptMap/$translate?url=http://nosuch.example/map&system=http://loinc.org&code=1", 404, "not-found", "http://nosuch.example/map")]
    [TestCase("ConceptMap/$translate?code=GLU-S", 400, "required", "system")]
    [TestCase("CodeSystem/nosuch", 404, "not-found", "nosuch")]
    [TestCase("CodeSystem/nosuch/$lookup?code=1", 404, "not-found", "nosuch")]
    [TestCase("Patient/1", 404, "not-found", "metadata")]
    [TestCase("CodeSystem/$nosuch", 404, "not-found", "$nosuch")]
    public async Task Get_Unanswerable_SaysWhy(string path, int status, string code, string text)
    {
        var (answered, json) = await DemoServer.GetAsync(path);
        Assert.That((int)answered, Is.EqualTo(status), DemoServer.Text(json));
        Assert.That(json.GetProperty("resourceType").GetString(), Is.EqualTo("OperationOutcome"));
        var issue = json.GetProperty("issue")[0];
        Assert.That(issue.GetProperty("code").GetString(), Is.EqualTo(code));
        Assert.That(issue.GetProperty("details").GetProperty("text").GetString(), Does.Contain(text));
    }

    [TestCase("CodeSystem/$lookup", "{", 400, "structure")]
    [TestCase("CodeSystem/$lookup", "", 400, "required")]
    [TestCase("CodeSystem/$lookup", "[]", 400, "structure")]
    [TestCase("CodeSystem/$lookup", """{"resourceType":"Patient"}""", 400, "structure")]
    [TestCase("CodeSystem/$lookup", """{"resourceType":"Parameters","parameter":{"name":"code"}}""", 400, "structure")]
    [TestCase("CodeSystem/$lookup", """{"resourceType":"Parameters","parameter":[{"name":"system","valueUri":"http://loinc.org"},{"name":"code","valueCode":7}]}""", 400, "structure")]
    [TestCase("ValueSet/$expand", """{"resourceType":"Parameters","parameter":[{"name":"valueSet","resource":{"resourceType":"ValueSet","compose":{"include":[{"filter":[{"property":"x","op":"=","value":"y"}]}]}}}]}""", 400, "structure")]
    [TestCase("", """{"resourceType":"Bundle","type":"batch","entry":[{"resource":{}}]}""", 400, "structure")]
    public async Task Post_Malformed_SaysWhy(string path, string body, int status, string code)
    {
        var (answered, json) = await DemoServer.PostAsync(path, body);
        Assert.That((int)answered, Is.EqualTo(status), DemoServer.Text(json));
        Assert.That(json.GetProperty("issue")[0].GetProperty("code").GetString(), Is.EqualTo(code), DemoServer.Text(json));
    }

    [Test]
    public async Task Post_BodyBeyondTheLimit_Is413()
    {
        var (status, json) = await DemoServer.PostAsync("CodeSystem/$lookup", $$"""{"resourceType":"Parameters","x":"{{new string('x', 2 << 20)}}"}""");
        Assert.That(status, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
        Assert.That(json.GetProperty("issue")[0].GetProperty("code").GetString(), Is.EqualTo("too-long"));
    }

    [TestCase("[")]
    [TestCase("""{"parameter":[{"part":""")]
    public async Task Post_DeepNesting_Is400(string opening)
    {
        var body = new StringBuilder("""{"resourceType":"Parameters","x":""");
        for (var i = 0; i < 20_000; i++) body.Append(opening);
        var (status, json) = await DemoServer.PostAsync("CodeSystem/$lookup", body.ToString());
        Assert.That(status, Is.EqualTo(HttpStatusCode.BadRequest), DemoServer.Text(json));
    }

    [Test]
    public async Task Post_XmlWithEntities_IsRefused()
    {
        const string body = """<!DOCTYPE p [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><Parameters xmlns="http://hl7.org/fhir"><parameter><name value="&b;"/></parameter></Parameters>""";
        var (status, _) = await DemoServer.PostAsync("CodeSystem/$lookup", body, "application/fhir+xml");
        Assert.That(status, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [Test]
    public async Task Health_Asked_IsLiveAndReady()
    {
        using var client = new HttpClient();
        Assert.That(await client.GetStringAsync(new Uri($"{DemoServer.Address}/health/live")), Is.EqualTo("live"));
        Assert.That(await client.GetStringAsync(new Uri($"{DemoServer.Address}/health/ready")), Does.StartWith("ready"));
    }
}

using System.Net;

namespace Terminology.Server.FhirApi;

/// <summary>One question in every form in which it may be asked has one answer.</summary>
public sealed class InputFormsTests
{
    private const string Json = """{"resourceType":"Parameters","parameter":[{"name":"url","valueUri":"http://loinc.org"},{"name":"code","valueCode":"2345-7"}]}""";
    private const string JsonWithCoding = """{"resourceType":"Parameters","parameter":[{"name":"coding","valueCoding":{"system":"http://loinc.org","code":"2345-7"}}]}""";
    private const string Xml = """<Parameters xmlns="http://hl7.org/fhir"><parameter><name value="url"/><valueUri value="http://loinc.org"/></parameter><parameter><name value="code"/><valueCode value="2345-7"/></parameter></Parameters>""";

    [TestCase("CodeSystem/$validate-code", Json, "application/fhir+json")]
    [TestCase("CodeSystem/$validate-code", JsonWithCoding, "application/json")]
    [TestCase("CodeSystem/$validate-code", Xml, "application/fhir+xml")]
    [TestCase("CodeSystem/$validate-code", "url=http%3A%2F%2Floinc.org&code=2345-7", "application/x-www-form-urlencoded")]
    [TestCase("CodeSystem/$validate-code?url=http://loinc.org", """{"resourceType":"Parameters","parameter":[{"name":"code","valueCode":"2345-7"}]}""", "application/fhir+json")]
    [TestCase("CodeSystem/loinc.org-2.73/$validate-code", """{"resourceType":"Parameters","parameter":[{"name":"code","valueCode":"2345-7"}]}""", "application/fhir+json")]
    public async Task ValidateCode_AnyForm_AnswersAsGet(string path, string body, string type)
    {
        var (_, expected) = await DemoServer.GetAsync("CodeSystem/$validate-code?url=http://loinc.org&code=2345-7");
        var (status, json) = await DemoServer.PostAsync(path, body, type);
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(DemoServer.Text(json), Is.EqualTo(DemoServer.Text(expected)));
    }

    [Test]
    public async Task ValidateCode_OnInstanceWithGet_AnswersAsByUrl()
    {
        var (_, expected) = await DemoServer.GetAsync("CodeSystem/$validate-code?url=http://loinc.org&code=2345-7");
        var (_, json) = await DemoServer.GetAsync("CodeSystem/loinc.org-2.73/$validate-code?code=2345-7");
        Assert.That(DemoServer.Text(json), Is.EqualTo(DemoServer.Text(expected)));
    }

    [Test]
    public async Task Batch_GoodAndBadEntries_EachAnsweredInOrder()
    {
        var (status, json) = await DemoServer.PostAsync("", """
            {"resourceType":"Bundle","type":"batch","entry":[
              {"request":{"method":"GET","url":"CodeSystem/$lookup?system=http://loinc.org&code=2345-7"}},
              {"request":{"method":"GET","url":"CodeSystem/$lookup?system=http://loinc.org&code=nosuch"}},
              {"request":{"method":"POST","url":"CodeSystem/$validate-code"},"resource":{"resourceType":"Parameters","parameter":[
                {"name":"url","valueUri":"http://loinc.org"},{"name":"code","valueCode":"2345-7"}]}},
              {"request":{"method":"GET","url":"metadata"}},
              {"request":{"method":"PATCH","url":"CodeSystem/x"}}]}
            """);
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK));
        var entries = json.GetProperty("entry").EnumerateArray().Select(entry => (
            entry.GetProperty("response").GetProperty("status").GetString()![..3],
            (entry.TryGetProperty("resource", out var resource) ? resource : entry.GetProperty("response").GetProperty("outcome")).GetProperty("resourceType").GetString()));
        Assert.That(entries, Is.EqualTo(new[] { ("200", "Parameters"), ("404", "OperationOutcome"), ("200", "Parameters"), ("200", "CapabilityStatement"), ("404", "OperationOutcome") }));
    }

    [TestCase("CodeSystem/$lookup?system=http://loinc.org&code=2345-7&_format=xml", null)]
    [TestCase("CodeSystem/$lookup?system=http://loinc.org&code=2345-7", "application/fhir+xml")]
    public async Task Lookup_XmlAskedFor_IsXml(string path, string? accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        if (accept is not null) request.Headers.Accept.ParseAdd(accept);
        using var response = await DemoServer.Client.SendAsync(request);
        Assert.That(response.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/fhir+xml"));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("<Parameters xmlns=\"http://hl7.org/fhir\">").And.Contain("Glucose [Mass/volume] in Serum or Plasma"));
    }
}

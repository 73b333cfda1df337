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
        // With Expect: 100-continue the refusal comes before the body is sent; without it the connection may break first.
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("CodeSystem/$lookup", UriKind.Relative))
        {
            Content = new StringContent($$"""{"resourceType":"Parameters","x":"{{new string('x', 2 << 20)}}"}""", Encoding.UTF8, "application/fhir+json"),
        };
        request.Headers.ExpectContinue = true;
        using var response = await DemoServer.Client.SendAsync(request);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("\"code\":\"too-long\""));
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

    /// <summary>Damaged requests are the sender's fault, whatever the damage.</summary>
    [Test]
    public async Task Post_DamagedAtRandom_NeverAFaultOfTheServer()
    {
        var seed = Environment.TickCount;
        TestContext.Out.WriteLine($"seed {seed}");
        var random = new Random(seed);
        string[] paths = ["CodeSystem/$lookup", "CodeSystem/$validate-code", "ValueSet/$expand", "ConceptMap/$translate", "CodeSystem/$subsumes", ""];
        (string Type, string Body)[] bodies =
        [
            ("application/fhir+json", """{"resourceType":"Parameters","parameter":[{"name":"url","valueUri":"http://loinc.org"},{"name":"code","valueCode":"2345-7"}]}"""),
            ("application/fhir+xml", """<Parameters xmlns="http://hl7.org/fhir"><parameter><name value="url"/><valueUri value="http://loinc.org"/></parameter></Parameters>"""),
            ("application/x-www-form-urlencoded", "url=http%3A%2F%2Floinc.org&code=2345-7&count=3"),
        ];
        for (var i = 0; i < 500; i++)
        {
            var (type, text) = bodies[random.Next(bodies.Length)];
            var bytes = Encoding.UTF8.GetBytes(text).ToList();
            for (var damage = random.Next(1, 10); damage > 0; damage--)
            {
                var at = random.Next(bytes.Count);
                if (random.Next(2) == 0) bytes[at] = (byte)random.Next(256);
                else if (random.Next(2) == 0) bytes.RemoveAt(at);
                else bytes.Insert(at, (byte)"|{}[]\"&=<>%\0"[random.Next(12)]);
            }
            using var content = new ByteArrayContent([.. bytes]);
            content.Headers.TryAddWithoutValidation("Content-Type", type);
            var path = paths[random.Next(paths.Length)];
            using var response = await DemoServer.Client.PostAsync(new Uri(path, UriKind.Relative), content);
            Assert.That((int)response.StatusCode, Is.LessThan(500), $"{path} {type} {Convert.ToBase64String([.. bytes])}");
        }
    }

    [TestCase("ValueSet/$expand?url=|1")]
    [TestCase("ValueSet/$expand?url=%20")]
    [TestCase("ConceptMap/$translate?url=|&system=x&code=y")]
    [TestCase("CodeSystem/$lookup?system=|1&code=x")]
    public async Task Get_CanonicalWithoutUrl_Is400Or404(string path)
    {
        var (status, json) = await DemoServer.GetAsync(path);
        Assert.That((int)status, Is.InRange(400, 404), DemoServer.Text(json));
    }

    [Test]
    public async Task Health_Asked_IsLiveAndReady()
    {
        using var client = new HttpClient();
        Assert.That(await client.GetStringAsync(new Uri($"{DemoServer.Address}/health/live")), Is.EqualTo("live"));
        Assert.That(await client.GetStringAsync(new Uri($"{DemoServer.Address}/health/ready")), Does.StartWith("ready"));
    }
}

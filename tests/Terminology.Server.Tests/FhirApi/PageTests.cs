using System.Net;

namespace Terminology.Server.FhirApi;

public sealed class PageTests
{
    private const string Browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    [TestCase("", "What is loaded", "LOINC")]
    [TestCase("?q=glucose", "2345-7")]
    [TestCase("fhir/CodeSystem/$lookup?system=http://loinc.org&code=2345-7", "Glucose [Mass/volume] in Serum or Plasma", "Designations", "Mapped from", "local-lab")]
    [TestCase("fhir/CodeSystem/$lookup?system=http://snomed.info/sct&code=22298006", "Myocardial infarction", "Hierarchy", "Maps to")]
    [TestCase("fhir/CodeSystem/$lookup?system=http://hl7.org/fhir/sid/icd-10&code=G01*%20A17.0%2B", "A17.0 G01", "of the meninges (G01*) + Meningitis in bacterial diseases", "Asterisk code beside it")]
    [TestCase("fhir/CodeSystem?url=http://loinc.org", "Code system", "http://loinc.org")]
    [TestCase("fhir/CodeSystem?url=http://loinc.org&words=sodium", "found", "Sodium")]
    [TestCase("fhir/ConceptMap?url=http://example.org/fhir/ConceptMap/local-lab-to-loinc", "Concept map", "GLU-S", "2345-7")]
    [TestCase("fhir/ValueSet?url=http://hl7.org/fhir/ValueSet/administrative-gender", "Value set", "Members", "female")]
    public async Task Get_AsABrowser_IsAPage(string path, params string[] expected)
    {
        var (response, html) = await AskAsync(path);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), html);
        Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo("text/html"));
        foreach (var text in expected) Assert.That(html, Does.Contain(WebUtility.HtmlEncode(text)));
    }

    [Test]
    public async Task Get_WithAFormat_IsFhirForABrowserToo()
    {
        var (response, _) = await AskAsync("fhir/CodeSystem/$lookup?system=http://loinc.org&code=2345-7&_format=json");
        Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/fhir+json"));
    }

    [TestCase("fhir/CodeSystem/$lookup?system=http://loinc.org&code=<script>alert(1)</script>", HttpStatusCode.NotFound)]
    [TestCase("?q=<script>alert(1)</script>", HttpStatusCode.OK)]
    public async Task Get_WithMarkup_ShowsItAsText(string path, HttpStatusCode status)
    {
        var (response, html) = await AskAsync(path);
        Assert.That(response.StatusCode, Is.EqualTo(status));
        Assert.That(html, Does.Not.Contain("<script"));
        Assert.That(response.Headers.GetValues("Content-Security-Policy").Single(), Does.Contain("default-src 'none'"));
    }

    private static async Task<(HttpResponseMessage Response, string Html)> AskAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(DemoServer.Client.BaseAddress!, $"/{path}"));
        request.Headers.Accept.ParseAdd(Browser);
        var response = await DemoServer.Client.SendAsync(request);
        return (response, await response.Content.ReadAsStringAsync());
    }
}

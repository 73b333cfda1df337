using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Terminology.Fhir;

namespace Terminology.Server.FhirApi;

/// <summary>Every answer, in JSON and in XML, is R4 and nothing else: the SDK reads it in strict mode.</summary>
/// <remarks>But for one thing: the ecosystem tests want <c>system|version</c> as a uri, and the SDK reads the bar after a bare host (<c>http://loinc.org|2.81</c>) as a part of the host.</remarks>
public sealed partial class StrictAnswersTests
{
    private const string Snomed = "system=http://snomed.info/sct", Gender = "http://hl7.org/fhir/ValueSet/administrative-gender";

    private static readonly string[] Gets =
    [
        "metadata", "metadata?mode=full", "metadata?mode=normative", "metadata?mode=terminology", "$versions",
        $"CodeSystem/$lookup?{Snomed}&code=22298006", $"CodeSystem/$lookup?{Snomed}&code=22298006&property=*&displayLanguage=de", "CodeSystem/$lookup?system=http://loinc.org&code=2345-7&property=*",
        "CodeSystem/$lookup?system=http://unitsofmeasure.org&code=mg/dL&property=*", "CodeSystem/$lookup?system=urn:ietf:bcp:47&code=de-CH",
        $"CodeSystem/$lookup?{Snomed}&code=404684003:363698007=1041999999103", $"CodeSystem/$lookup?{Snomed}&code=1", "CodeSystem/$lookup?code=1", "CodeSystem/$lookup?system=http://example.org/none&code=1",
        "CodeSystem/$lookup?system=http://hl7.org/fhir/sid/icd-10&code=G01*%20A17.0%2B&property=*", "CodeSystem/$validate-code?url=http://hl7.org/fhir/sid/icd-10&code=A17.0%20G07",
        "CodeSystem/$validate-code?url=http://snomed.info/sct&code=22298006&display=Wrong", "CodeSystem/$validate-code?url=http://example.org/none&code=1", "CodeSystem/$validate-code?url=http://unitsofmeasure.org&code=mg/dL/",
        $"ValueSet/$validate-code?url={Gender}&system=http://hl7.org/fhir/administrative-gender&code=male", $"ValueSet/$validate-code?url={Gender}&system=http://hl7.org/fhir/administrative-gender&code=mail",
        $"ValueSet/$validate-code?url={Gender}&code=male&inferSystem=true", "ValueSet/$validate-code?url=http://example.org/none&code=1&system=http://example.org/none",
        "CodeSystem/administrative-gender/$validate-code?code=male", "ValueSet/administrative-gender/$validate-code?code=male&system=http://hl7.org/fhir/administrative-gender",
        $"CodeSystem/$subsumes?{Snomed}&codeA=404684003&codeB=22298006", $"CodeSystem/$subsumes?{Snomed}&codeA=1&codeB=22298006",
        $"ValueSet/$expand?url={Gender}", $"ValueSet/$expand?url={Gender}&includeDesignations=true&includeDefinition=true&property=definition&displayLanguage=de,en;q=0.5", "ValueSet/administrative-gender/$expand",
        "ValueSet/$expand?url=http://snomed.info/sct?fhir_vs=isa/404684003&count=3&offset=2&property=parent&property=363698007&includeDesignations=true", "ValueSet/$expand?url=http://snomed.info/sct?fhir_vs&filter=infarct&count=5",
        "ValueSet/$expand?url=http://hl7.org/fhir/ValueSet/ucum-units", "ValueSet/$expand?url=http://example.org/none", "ValueSet/$expand?url=http://snomed.info/sct?fhir_vs=ecl/%3C%3C%3C", "ValueSet/$expand?count=x",
        $"ConceptMap/$translate?{Snomed}&code=22298006&target=http://hl7.org/fhir/sid/icd-10", "ConceptMap/$translate?sourceSystem=http://snomed.info/sct&sourceCode=22298006&targetSystem=http://hl7.org/fhir/sid/icd-10",
        $"ConceptMap/$translate?{Snomed}&code=1&trace=true", "ConceptMap/$translate?system=http://example.org/lab&code=GLU-S&target=http://loinc.org&trace=true",
        $"ValueSet/$compare?thisUrl={Gender}&otherUrl={Gender}&diagnostics=true", "ValueSet/$compare?thisUrl=http://example.org/none&otherUrl=http://example.org/none",
        "CodeSystem", "ValueSet?_count=20", "ConceptMap", "CodeSystem?url=http://snomed.info/sct", "ValueSet?url=http://example.org/none", "CodeSystem/administrative-gender", "ValueSet/administrative-gender",
        "CodeSystem/nothing", "Patient/1", "$nothing", "NamingSystem?_count=5", "CodeSystem/_history?_count=3", "CodeSystem?_summary=true", "ValueSet?_elements=url&_count=3",
    ];

    private static readonly (string Path, string Parameters)[] Posts =
    [
        ("CodeSystem/$batch-validate-code", """{"name":"validation","resource":{"resourceType":"Parameters","parameter":[{"name":"url","valueUri":"http://snomed.info/sct"},{"name":"code","valueCode":"22298006"}]}}"""),
        ("ValueSet/$batch-validate-code", """{"name":"validation","resource":{"resourceType":"Parameters","parameter":[{"name":"url","valueUri":"http://hl7.org/fhir/ValueSet/administrative-gender"},{"name":"coding","valueCoding":{"system":"http://hl7.org/fhir/administrative-gender","code":"mail"}}]}}"""),
        ("ValueSet/$validate-code", """{"name":"url","valueUri":"http://hl7.org/fhir/ValueSet/administrative-gender"},{"name":"codeableConcept","valueCodeableConcept":{"coding":[{"system":"http://hl7.org/fhir/administrative-gender","code":"mail","display":"M"},{"system":"http://example.org/none","code":"x"}],"text":"m"}}"""),
        ("CodeSystem/$find-matches", """{"name":"system","valueUri":"http://snomed.info/sct"},{"name":"exact","valueBoolean":false},{"name":"compositional","valueBoolean":true},{"name":"property","part":[{"name":"code","valueCode":"focus"},{"name":"value","valueCode":"22298006"}]},{"name":"property","part":[{"name":"subproperty","part":[{"name":"code","valueCode":"363698007"},{"name":"value","valueCode":"1041999999103"}]},{"name":"code","valueCode":"group"}]}"""),
        ("CodeSystem/$find-matches", """{"name":"system","valueUri":"http://hl7.org/fhir/administrative-gender"},{"name":"property","part":[{"name":"code","valueCode":"inactive"},{"name":"value","valueBoolean":true}]}"""),
        ("$closure", """{"name":"name","valueString":"strict"}"""),
        ("$closure", """{"name":"name","valueString":"strict"},{"name":"concept","valueCoding":{"system":"http://snomed.info/sct","code":"22298006"}},{"name":"concept","valueCoding":{"system":"http://snomed.info/sct","code":"404684003"}}"""),
        ("$closure", """{"name":"name","valueString":"strict"},{"name":"version","valueString":"0"}"""),
        ("$closure", """{"name":"name","valueString":"stricter"},{"name":"version","valueString":"0"}"""),
        ("ConceptMap/$translate", """{"name":"coding","valueCoding":{"system":"http://snomed.info/sct","code":"22298006"}},{"name":"dependency","part":[{"name":"element","valueUri":"http://example.org/age"},{"name":"concept","valueCodeableConcept":{"text":"old"}}]}"""),
    ];

    private static IEnumerable<TestCaseData> Each => Gets.Select(path => new TestCaseData(path, null).SetArgDisplayNames(path))
        .Concat(Posts.Select((post, index) => new TestCaseData(post.Path, $$"""{"resourceType":"Parameters","parameter":[{{post.Parameters}}]}""").SetArgDisplayNames($"{index} {post.Path}")))
        .Append(new TestCaseData("", """{"resourceType":"Bundle","type":"batch","entry":[{"request":{"method":"GET","url":"CodeSystem/$lookup?system=http://loinc.org&code=2345-7"}},{"request":{"method":"GET","url":"CodeSystem/nothing"}}]}""").SetArgDisplayNames("batch"));

    [TestCaseSource(nameof(Each))]
    public async Task Answer_ReadStrictly_HasNoFault(string path, string? body)
    {
        Assert.That(Strict.Faults(await AskAsync(path, body, "application/fhir+json")).Where(fault => !BareHost().IsMatch(fault)), Is.Empty, "JSON");
        Assert.That(Strict.XmlFaults(await AskAsync(path, body, "application/fhir+xml")).Where(fault => !BareHost().IsMatch(fault)), Is.Empty, "XML");
    }

    [GeneratedRegex(@"^string 'https?://[^/|']+\|[^']+' is not a correct literal for a uri", RegexOptions.CultureInvariant)]
    private static partial Regex BareHost();

    private static async Task<byte[]> AskAsync(string path, string? body, string format)
    {
        using var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, new Uri(path.Length == 0 ? $"{DemoServer.Address}/fhir" : $"{DemoServer.Address}/fhir/{path}"));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(format));
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/fhir+json");
        using var response = await DemoServer.Client.SendAsync(request);
        var bytes = await response.Content.ReadAsByteArrayAsync();
        TestContext.Out.WriteLine($"{(int)response.StatusCode} {Encoding.UTF8.GetString(bytes)}");
        Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo(format));
        Assert.That((int)response.StatusCode, Is.LessThan(500));
        return bytes;
    }
}

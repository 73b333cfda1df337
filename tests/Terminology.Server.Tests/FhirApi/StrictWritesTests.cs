using System.Net.Http.Headers;
using System.Text;
using Terminology.Fhir;

namespace Terminology.Server.FhirApi;

/// <summary>What is answered to those who write, refusals included, is R4 and nothing else: the SDK reads it in strict mode.</summary>
[TestFixture("application/fhir+json")]
[TestFixture("application/fhir+xml")]
public sealed class StrictWritesTests(string format)
{
    private const string Minimal = "return=minimal", Whole = "return=representation", Outcome = "return=OperationOutcome";
    private static int s_next;

    [TestCase("CodeSystem")]
    [TestCase("ValueSet")]
    [TestCase("ConceptMap")]
    [TestCase("NamingSystem")]
    public async Task LifeOfAResource_ReadStrictly_HasNoFault(string type)
    {
        var (id, next) = (NewId(), $"{type}?url={Url(type, "made")}");
        foreach (var prefer in new[] { Minimal, Whole, Outcome })
        {
            await AskAsync("POST", type, Resource(type, NewId()), 201, ("Prefer", prefer));
            await AskAsync("PUT", $"{type}/{NewId()}", Resource(type, null), 400, ("Prefer", prefer));
            var own = NewId();
            await AskAsync("PUT", $"{type}/{own}", Resource(type, own), 201, ("Prefer", prefer));
            await AskAsync("PUT", $"{type}/{own}", Resource(type, own), 200, ("Prefer", prefer));
            await AskAsync("DELETE", $"{type}/{own}", null, null, ("Prefer", prefer));
            await AskAsync("DELETE", $"{type}/{own}", null, null, ("Prefer", prefer));
        }
        await AskAsync("PUT", $"{type}/{id}", Resource(type, id), 201);
        await AskAsync("GET", $"{type}/{id}", null, 200);
        await AskAsync("GET", $"{type}/{id}?_summary=true", null, 200);
        await AskAsync("GET", $"{type}/{id}?_summary=text", null, 200);
        await AskAsync("GET", $"{type}/{id}?_elements=url,status", null, 200);
        await AskAsync("GET", $"{type}/{id}/_history/1", null, 200);
        await AskAsync("GET", $"{type}/{id}/_history/2", null, 404);
        await AskAsync("PUT", $"{type}/{id}", Resource(type, id), 412, ("If-Match", "W/\"7\""));
        await AskAsync("PUT", $"{type}/{id}", Resource(type, id), 400, ("If-Match", "seven"));
        await AskAsync("PUT", $"{type}/{id}", Resource(type, "another"), 400);
        await AskAsync("PUT", $"{type}/{id}", "{", 400);
        await AskAsync("PUT", $"{type}/{id}", """{"resourceType":"Patient"}""", null);
        await AskAsync("PUT", $"{type}/not_an_id!", Resource(type, null), null);
        await AskAsync("DELETE", $"{type}/{id}", null, null);
        await AskAsync("GET", $"{type}/{id}", null, 410);
        await AskAsync("GET", $"{type}/{id}/_history/2", null, 410);
        await AskAsync("GET", $"{type}/{id}/_history", null, 200);
        await AskAsync("GET", $"{type}/_history?_count=4", null, 200);
        await AskAsync("GET", $"{type}/nothing", null, 404);
        await AskAsync("GET", $"{type}/nothing/_history", null, 404);
        await AskAsync("DELETE", $"{type}/nothing", null, null);
        if (type != "NamingSystem") await AskAsync("PUT", next, Resource(type, null).Replace(Url(type, null), Url(type, "made"), StringComparison.Ordinal), null);
    }

    [Test]
    public async Task Conditions_ReadStrictly_HaveNoFault()
    {
        var id = NewId();
        var (resource, condition) = (Resource("CodeSystem", id), $"url={Url("CodeSystem", id)}");
        await AskAsync("POST", "CodeSystem", resource, 201, ("If-None-Exist", condition));
        foreach (var prefer in new[] { Minimal, Whole, Outcome }) await AskAsync("POST", "CodeSystem", resource, 200, ("If-None-Exist", condition), ("Prefer", prefer));
        await AskAsync("PUT", $"CodeSystem?{condition}", resource.Replace($"\"id\":\"{id}\",", "", StringComparison.Ordinal), 200);
        await AskAsync("POST", "CodeSystem", resource, 201, ("Prefer", Outcome));
        await AskAsync("POST", "CodeSystem", resource, 412, ("If-None-Exist", condition));
        await AskAsync("PUT", $"CodeSystem?{condition}", resource, 412);
        await AskAsync("DELETE", $"CodeSystem?{condition}", null, 412);
        await AskAsync("DELETE", $"CodeSystem?url={Url("CodeSystem", "none")}", null, null);
        await AskAsync("POST", "CodeSystem", resource, 400, ("If-None-Exist", "nosuch=1"));
        await AskAsync("PUT", "CodeSystem", resource, 400);
        await AskAsync("GET", $"CodeSystem?{condition}", null, 200);
        await AskAsync("GET", $"CodeSystem?{condition}&_summary=count", null, 200);
        await AskAsync("GET", $"CodeSystem?{condition}&_count=1&_total=accurate", null, 200);
        await AskAsync("GET", "CodeSystem?nosuch=1", null, null);
        await AskAsync("GET", "CodeSystem?nosuch=1", null, 400, ("Prefer", "handling=strict"));
        await AskAsync("GET", "ConceptMap?source-code=GLU-S&_count=2", null, 200);
    }

    [Test]
    public async Task WhatIsLoaded_CannotBeChanged_ReadStrictly()
    {
        await AskAsync("PUT", "CodeSystem/administrative-gender", Resource("CodeSystem", "administrative-gender"), 409);
        await AskAsync("DELETE", "CodeSystem/administrative-gender", null, 409);
        await AskAsync("GET", "CodeSystem/administrative-gender", null, 200);
        await AskAsync("GET", "CodeSystem/administrative-gender/_history/1", null, null);
        await AskAsync("GET", "CodeSystem/administrative-gender/_history", null, null);
    }

    [TestCase("""{"resourceType":"ValueSet","status":"active"}""")]
    [TestCase("""{"resourceType":"ValueSet","url":"http://example.org/x","status":"lively"}""")]
    [TestCase("""{"resourceType":"ValueSet","url":"http://example.org/x","status":"active","compose":{"include":[{"concept":[{"code":"1"}]}]}}""")]
    [TestCase("""{"resourceType":"ValueSet","url":"http://example.org/x","status":"active","compose":{"include":[{"system":"http://snomed.info/sct","filter":[{"property":"concept","op":"is-a"}]}]}}""")]
    [TestCase("""{"resourceType":"ValueSet","url":"relative","status":"active"}""")]
    [TestCase("""{"resourceType":"ValueSet","url":"http://example.org/x","status":"active","nosuch":1}""")]
    public async Task Refused_ReadStrictly_HasNoFault(string body)
    {
        foreach (var prefer in new[] { Minimal, Outcome }) await AskAsync("POST", "ValueSet", body, null, ("Prefer", prefer));
    }

    [Test]
    public async Task DeadCodesAndDoubledCanonicals_ReadStrictly()
    {
        var (first, second) = (NewId(), NewId());
        var valueSet = $$"""{"resourceType":"ValueSet","status":"active","url":"http://example.org/fhir/ValueSet/{{first}}","version":"1","compose":{"include":[{"system":"http://hl7.org/fhir/administrative-gender","concept":[{"code":"male"},{"code":"masculine"} ]} ]} }""";
        foreach (var _ in new[] { first, second }) await AskAsync("POST", "ValueSet", valueSet, 201, ("Prefer", Outcome));
    }

    [TestCase("transaction")]
    [TestCase("batch")]
    public async Task Bundle_ReadStrictly_HasNoFault(string type)
    {
        var (one, two, three) = (NewId(), NewId(), NewId());
        string Bundle(params string[] entries) => $$"""{"resourceType":"Bundle","type":"{{type}}","entry":[{{string.Join(',', entries)}}]}""";
        string Entry(string method, string url, string? resource, string more = "") => $$"""{ {{(resource is null ? "" : $"\"resource\":{resource},")}}"request":{"method":"{{method}}","url":"{{url}}"{{more}}} }""";
        foreach (var prefer in new[] { Minimal, Whole, Outcome })
        {
            (one, two, three) = (NewId(), NewId(), NewId());
            await AskAsync("POST", "", Bundle(
                Entry("PUT", $"CodeSystem/{one}", Resource("CodeSystem", one)), Entry("POST", "ValueSet", Resource("ValueSet", two)),
                Entry("POST", "CodeSystem", Resource("CodeSystem", three), $",\"ifNoneExist\":\"url={Url("CodeSystem", three)}\""), Entry("GET", "CodeSystem/administrative-gender", null),
                Entry("GET", "CodeSystem?url=http://hl7.org/fhir/administrative-gender", null)), 200, ("Prefer", prefer));
            await AskAsync("POST", "", Bundle(Entry("PUT", $"CodeSystem/{one}", Resource("CodeSystem", one), ",\"ifMatch\":\"W/\\\"1\\\"\""), Entry("DELETE", $"CodeSystem?url={Url("CodeSystem", three)}", null)), 200, ("Prefer", prefer));
            await AskAsync("POST", "", Bundle(Entry("PUT", $"CodeSystem/{one}", Resource("CodeSystem", one), ",\"ifMatch\":\"W/\\\"7\\\"\"")), null, ("Prefer", prefer));
        }
        await AskAsync("POST", "", Bundle(Entry("PUT", "CodeSystem/administrative-gender", Resource("CodeSystem", "administrative-gender"))), null);
        await AskAsync("POST", "", Bundle(Entry("GET", "CodeSystem/nothing", null)), null);
        await AskAsync("POST", "", Bundle(Entry("POST", "ValueSet", """{"resourceType":"ValueSet"}""")), null);
        await AskAsync("POST", "", Bundle(Entry("PATCH", $"ValueSet/{one}", null)), null);
        await AskAsync("POST", "", Bundle(Entry("POST", "CodeSystem/$validate-code", """{"resourceType":"Parameters","parameter":[{"name":"url","valueUri":"http://loinc.org"},{"name":"code","valueCode":"1"}]}""")), null);
        await AskAsync("POST", "", Bundle(Entry("DELETE", $"CodeSystem/{one}", null), Entry("DELETE", $"CodeSystem/{one}", null)), null);
        await AskAsync("POST", "", """{"resourceType":"Bundle","type":"document"}""", null);
        await AskAsync("POST", "", Bundle("{}"), null);
        await AskAsync("POST", "", $$"""{"resourceType":"Bundle","type":"{{type}}"}""", null);
    }

    [TestCase("system=http://snomed.info/sct&code=22298006&target=http://hl7.org/fhir/sid/icd-10&trace=true")]
    [TestCase("system=http://snomed.info/sct&code=195967001&url=http://snomed.info/sct%3Ffhir_cm=447562003&trace=true")]
    [TestCase("sourceSystem=http://snomed.info/sct&sourceCode=22298006&targetSystem=http://hl7.org/fhir/sid/icd-10&safety=true&trace=true")]
    [TestCase("system=http://example.org/fhir/CodeSystem/local-lab&code=GLUM-S&target=http://loinc.org&chain=true&trace=true")]
    [TestCase("system=http://hl7.org/fhir/sid/ndc&code=50580-450-01&target=http://snomed.info/sct&chain=true&trace=true")]
    [TestCase("system=http://hl7.org/fhir/sid/icd-9-cm&code=250.00&target=http://hl7.org/fhir/sid/icd-10&chain=3&trace=true")]
    [TestCase("system=http://hl7.org/fhir/sid/icd-10-cm&code=E11.9&target=http://hl7.org/fhir/sid/icd-9-cm&safe=true&caution=true&trace=true&nosuch=1")]
    [TestCase("system=http://loinc.org&code=1009-0&url=http://loinc.org%3Ffhir_cm=map-to&trace=true")]
    [TestCase("system=http://hl7.org/fhir/sid/icd-10&code=A17.0%2B%20G01*&target=http://snomed.info/sct&reverse=true&trace=true")]
    [TestCase("system=http://snomed.info/sct&code=22298006&target=http://hl7.org/fhir/sid/icd-10&date=2199-01-01")]
    [TestCase("system=http://snomed.info/sct&code=22298006&target=http://hl7.org/fhir/sid/icd-10&date=1999-01-01")]
    [TestCase("system=http://snomed.info/sct&code=22298006&target=http://hl7.org/fhir/sid/icd-10&date=once")]
    [TestCase("system=http://snomed.info/sct&code=22298006&chain=yes")]
    public async Task Translate_ReadStrictly_HasNoFault(string query) => await AskAsync("GET", $"ConceptMap/$translate?{query}", null, null);

    private static string NewId() => $"strict-{Environment.ProcessId}-{Interlocked.Increment(ref s_next)}";

    private static string Url(string type, string? name) => $"http://example.org/fhir/{type}/{name ?? "unnamed"}";

    private static string Resource(string type, string? id)
    {
        var head = $"\"resourceType\":\"{type}\",{(id is null ? "" : $"\"id\":\"{id}\",")}\"status\":\"active\",\"extension\":[{{\"url\":\"http://example.org/e\",\"valueDecimal\":1.00}}],\"text\":{{\"status\":\"generated\",\"div\":\"<div xmlns='http://www.w3.org/1999/xhtml'>a &amp; b</div>\"}},";
        return "{" + head + type switch
        {
            "CodeSystem" => $$"""
                "url":"{{Url(type, id)}}","version":"1","content":"complete","concept":[{"code":"a","display":"A"}]}
                """,
            "ValueSet" => $$"""
                "url":"{{Url(type, id)}}","version":"1","compose":{"include":[{"system":"http://hl7.org/fhir/administrative-gender"}]} }
                """,
            "ConceptMap" => $$"""
                "url":"{{Url(type, id)}}","version":"1","group":[{"source":"http://example.org/s","target":"http://example.org/t","element":[{"code":"a","target":[{"code":"b","equivalence":"equivalent"}]}]}]}
                """,
            _ => $$"""
                "name":"N{{id?.Replace('-', '_')}}","kind":"codesystem","date":"2030-01-01","uniqueId":[{"type":"uri","value":"http://example.org/ns/{{id}}"}]}
                """,
        };
    }

    /// <summary>Sends a request and holds what comes back against R4; nothing may come back where there is nothing to say.</summary>
    private async Task AskAsync(string method, string path, string? body, int? status, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new(method), new Uri($"{DemoServer.Address}/fhir{(path.Length == 0 ? "" : "/")}{path}"));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(format));
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/fhir+json");
        using var response = await DemoServer.Client.SendAsync(request);
        var bytes = await response.Content.ReadAsByteArrayAsync();
        var what = $"{method} {path} {string.Join(' ', headers)} -> {(int)response.StatusCode} {Encoding.UTF8.GetString(bytes)}";
        TestContext.Out.WriteLine(what);
        Assert.Multiple(() =>
        {
            Assert.That((int)response.StatusCode, Is.LessThan(500), what);
            if (status is { } expected) Assert.That((int)response.StatusCode, Is.EqualTo(expected), what);
            if ((int)response.StatusCode >= 400) Assert.That(Encoding.UTF8.GetString(bytes), Does.Contain("OperationOutcome"), what);
            if (bytes.Length == 0) return;
            Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo(format), what);
            Assert.That(format.EndsWith("json", StringComparison.Ordinal) ? Strict.Faults(bytes) : Strict.XmlFaults(bytes), Is.Empty, what);
        });
    }
}

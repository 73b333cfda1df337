using System.Text.Json;

namespace Terminology.Server.FhirApi;

/// <summary>Searching what is stored and what is loaded, by every parameter that is offered.</summary>
public sealed class StoredSearchTests
{
    private const string Base = "http://example.org/searched/";

    [OneTimeSetUp]
    public async Task StoreAsync()
    {
        await PutAsync("CodeSystem", "searched-cs", $$"""
            "meta":{"profile":["http://example.org/profile"],"tag":[{"system":"http://example.org/tags","code":"blue"}]},
            "text":{"status":"generated","div":"<div xmlns=\"http://www.w3.org/1999/xhtml\">Hemoglobin narrative</div>"},
            "url":"{{Base}}cs","identifier":[{"system":"urn:ietf:rfc:3986","value":"urn:oid:1.2.3.4.5.6.7"}],"version":"7.1","name":"SearchedCodes","title":"Ärztliche Codes","status":"draft",
            "date":"2021-05","publisher":"Searchers, Inc","description":"Colours of the searched","content":"complete","jurisdiction":[{"coding":[{"system":"urn:iso:std:iso:3166","code":"CH"}]}],
            "useContext":[{"code":{"system":"http://terminology.hl7.org/CodeSystem/usage-context-type","code":"focus"},"valueCodeableConcept":{"coding":[{"system":"http://example.org/c","code":"lab"}]} }],
            "concept":[{"code":"red,ish"},{"code":"green","concept":[{"code":"lime"}]}]
            """);
        await PutAsync("ValueSet", "searched-vs", $$"""
            "url":"{{Base}}vs","version":"1","name":"SearchedSet","status":"active","compose":{"include":[{"system":"{{Base}}cs","concept":[{"code":"lime"}]}]}
            """);
        await PutAsync("ConceptMap", "searched-map", $$"""
            "url":"{{Base}}map","name":"SearchedMap","status":"active","sourceCanonical":"{{Base}}vs","targetUri":"{{Base}}target-vs",
            "group":[{"source":"{{Base}}cs","target":"{{Base}}other","element":[{"code":"lime","target":[{"code":"citrus","equivalence":"wider"}]}],"unmapped":{"mode":"other-map","url":"{{Base}}next"} }]
            """);
        await PutAsync("NamingSystem", "searched-ns", $$"""
            "name":"SearchedNames","status":"active","kind":"identifier","date":"2020-01-01","responsible":"Searchers","type":{"coding":[{"code":"MR"}]},"uniqueId":[{"type":"uri","value":"{{Base}}ns"}]
            """);
    }

    [TestCase("CodeSystem?_id=searched-cs", "searched-cs")]
    [TestCase("CodeSystem?url=" + Base + "cs", "searched-cs")]
    [TestCase("CodeSystem?system=" + Base + "cs", "searched-cs")]
    [TestCase("CodeSystem?url:below=" + Base, "searched-cs")]
    [TestCase("CodeSystem?url:above=" + Base + "cs/deeper", "searched-cs")]
    [TestCase("CodeSystem?url=" + Base + "cs&version=7.1", "searched-cs")]
    [TestCase("CodeSystem?url=" + Base + "cs&version=7.2", "")]
    [TestCase("CodeSystem?name=searchedco", "searched-cs")]
    [TestCase("CodeSystem?name:exact=searchedcodes", "")]
    [TestCase("CodeSystem?name:exact=SearchedCodes", "searched-cs")]
    [TestCase("CodeSystem?name:contains=chedcod", "searched-cs")]
    [TestCase("CodeSystem?title=arztliche", "searched-cs")]
    [TestCase("CodeSystem?title:missing=false&url:below=" + Base, "searched-cs")]
    [TestCase("CodeSystem?title:missing=true&url:below=" + Base, "")]
    [TestCase("CodeSystem?status=draft&url:below=" + Base, "searched-cs")]
    [TestCase("CodeSystem?status=active,draft&url:below=" + Base, "searched-cs")]
    [TestCase("CodeSystem?status:not=draft&url:below=" + Base, "")]
    [TestCase("CodeSystem?status=http://hl7.org/fhir/publication-status|draft&url:below=" + Base, "searched-cs")]
    [TestCase("CodeSystem?code=lime&url:below=" + Base, "searched-cs")]
    [TestCase("CodeSystem?code=" + Base + "cs|lime", "searched-cs")]
    [TestCase("CodeSystem?code=red\\,ish&url:below=" + Base, "searched-cs")]
    [TestCase("CodeSystem?code=blue&url:below=" + Base, "")]
    [TestCase("CodeSystem?content-mode=complete&url:below=" + Base, "searched-cs")]
    [TestCase("CodeSystem?identifier=urn:ietf:rfc:3986|urn:oid:1.2.3.4.5.6.7", "searched-cs")]
    [TestCase("CodeSystem?identifier=urn:oid:1.2.3.4.5.6.7", "searched-cs")]
    [TestCase("CodeSystem?date=2021&publisher=searchers", "searched-cs")]
    [TestCase("CodeSystem?date=ge2021-05-01&date=lt2021-06&publisher=searchers", "searched-cs")]
    [TestCase("CodeSystem?date=gt2021-06&publisher=searchers", "")]
    [TestCase("CodeSystem?jurisdiction=urn:iso:std:iso:3166|CH&publisher=searchers", "searched-cs")]
    [TestCase("CodeSystem?context=lab&context-type=focus", "searched-cs")]
    [TestCase("CodeSystem?description=colours%20of", "searched-cs")]
    [TestCase("CodeSystem?_tag=http://example.org/tags|blue", "searched-cs")]
    [TestCase("CodeSystem?_profile=http://example.org/profile", "searched-cs")]
    [TestCase("CodeSystem?_text=narrative%20hemoglobin", "searched-cs")]
    [TestCase("CodeSystem?_text=colours&url:below=" + Base, "")]
    [TestCase("CodeSystem?_content=colours%20searched", "searched-cs")]
    [TestCase("CodeSystem?_lastUpdated=gt2020-01-01&url:below=" + Base, "searched-cs")]
    [TestCase("CodeSystem?_lastUpdated=lt2020-01-01&url:below=" + Base, "")]
    [TestCase("ValueSet?reference=" + Base + "cs", "searched-vs")]
    [TestCase("ValueSet?code=lime&url:below=" + Base, "searched-vs")]
    [TestCase("ConceptMap?source-system=" + Base + "cs", "searched-map")]
    [TestCase("ConceptMap?target-system=" + Base + "other", "searched-map")]
    [TestCase("ConceptMap?source=" + Base + "vs", "searched-map")]
    [TestCase("ConceptMap?source-uri=" + Base + "vs", "searched-map")]
    [TestCase("ConceptMap?target-uri=" + Base + "target-vs", "searched-map")]
    [TestCase("ConceptMap?target=" + Base + "target-vs", "searched-map")]
    [TestCase("ConceptMap?source-code=lime", "searched-map")]
    [TestCase("ConceptMap?source-code=" + Base + "cs|lime", "searched-map")]
    [TestCase("ConceptMap?target-code=citrus", "searched-map")]
    [TestCase("ConceptMap?target-code=lime", "")]
    [TestCase("ConceptMap?other=" + Base + "next", "searched-map")]
    [TestCase("NamingSystem?value=" + Base + "ns", "searched-ns")]
    [TestCase("NamingSystem?kind=identifier&name=searched", "searched-ns")]
    [TestCase("NamingSystem?type=MR&responsible=search", "searched-ns")]
    public async Task Get_ByParameter_FindsTheOne(string path, string expected)
    {
        var (status, json) = await DemoServer.GetAsync(path);
        Assert.That((int)status, Is.EqualTo(200), json.GetRawText());
        Assert.That(string.Join(' ', Ids(json)), Is.EqualTo(expected));
        Assert.That(json.GetProperty("total").GetInt32(), Is.EqualTo(expected.Length == 0 ? 0 : 1));
    }

    [Test]
    public async Task Post_Search_IsAsGet()
    {
        var (status, json) = await DemoServer.PostAsync("CodeSystem/_search", $"url={Uri.EscapeDataString(Base + "cs")}&version=7.1", "application/x-www-form-urlencoded");
        Assert.That((int)status, Is.EqualTo(200), json.GetRawText());
        Assert.That(Ids(json), Is.EqualTo(new[] { "searched-cs" }));
    }

    [Test]
    public async Task Get_UnknownParameter_IsNamedAndRefusedWhenStrict()
    {
        var (_, json) = await DemoServer.GetAsync($"CodeSystem?colour=red&url={Base}cs");
        var outcome = json.GetProperty("entry").EnumerateArray().Last();
        Assert.That(outcome.GetProperty("search").GetProperty("mode").GetString(), Is.EqualTo("outcome"));
        Assert.That(outcome.GetRawText(), Does.Contain("colour"));
        Assert.That(json.GetProperty("link")[0].GetProperty("url").GetString(), Does.Not.Contain("colour").And.Contain("url="));
        var strict = await StoredResourceTests.SendAsync("GET", $"CodeSystem?colour=red&url={Base}cs", headers: ("Prefer", "handling=strict"));
        Assert.That(strict.Status, Is.EqualTo(400), strict.Text);
        Assert.That((int)(await DemoServer.GetAsync("CodeSystem?date=soon")).Status, Is.EqualTo(400));
        Assert.That((int)(await DemoServer.GetAsync("CodeSystem?name:below=x")).Status, Is.EqualTo(400));
        Assert.That((int)(await DemoServer.GetAsync("CodeSystem?_sort=colour")).Status, Is.EqualTo(400));
    }

    [TestCase("_summary=true", "url name status content", "concept text description")]
    [TestCase("_summary=text", "text status content", "concept url")]
    [TestCase("_summary=data", "concept url", "text")]
    [TestCase("_elements=title,concept", "title concept status content", "url text")]
    public async Task Get_Parts_AreTaggedAndWithWhatMustBeThere(string shape, string present, string absent)
    {
        var (_, json) = await DemoServer.GetAsync($"CodeSystem?url={Base}cs&{shape}");
        var resource = json.GetProperty("entry")[0].GetProperty("resource");
        foreach (var name in present.Split(' ')) Assert.That(resource.TryGetProperty(name, out _), name);
        foreach (var name in absent.Split(' ')) Assert.That(resource.TryGetProperty(name, out _), Is.False, name);
        Assert.That(resource.GetProperty("meta").GetRawText(), Does.Contain("SUBSETTED").And.Contain("blue").And.Contain("versionId"));
    }

    [Test]
    public async Task Get_Pages_CoverAllOnceInOrder()
    {
        var (_, count) = await DemoServer.GetAsync("ValueSet?_summary=count");
        Assert.That(count.TryGetProperty("entry", out _), Is.False);
        var total = count.GetProperty("total").GetInt32();
        var (ids, path) = (new List<string>(), $"ValueSet?_sort=-name&_count={total / 3}&_elements=name");
        while (path is not null)
        {
            var (_, page) = await DemoServer.GetAsync(path);
            ids.AddRange(Ids(page));
            Assert.That(page.GetProperty("total").GetInt32(), Is.EqualTo(total));
            path = page.GetProperty("link").EnumerateArray().FirstOrDefault(link => link.GetProperty("relation").GetString() == "next") is { ValueKind: JsonValueKind.Object } next
                ? next.GetProperty("url").GetString()![$"{DemoServer.Address}/fhir/".Length..] : null;
        }
        Assert.That(ids, Has.Count.EqualTo(total));
    }

    [Test]
    public async Task Metadata_Parameters_AreAllUnderstood()
    {
        var (_, json) = await DemoServer.GetAsync("metadata");
        foreach (var resource in json.GetProperty("rest")[0].GetProperty("resource").EnumerateArray())
        {
            var type = resource.GetProperty("type").GetString();
            foreach (var parameter in resource.GetProperty("searchParam").EnumerateArray())
            {
                var name = parameter.GetProperty("name").GetString();
                var value = parameter.GetProperty("type").GetString() == "date" ? "2020" : "x";
                var answer = await StoredResourceTests.SendAsync("GET", $"{type}?{name}={value}&_count=1&_summary=true", headers: ("Prefer", "handling=strict"));
                Assert.That(answer.Status, Is.EqualTo(200), $"{type}?{name}: {answer.Text}");
            }
        }
    }

    private static async Task PutAsync(string type, string id, string members)
    {
        var put = await StoredResourceTests.SendAsync("PUT", $"{type}/{id}", $$"""{"resourceType":"{{type}}","id":"{{id}}",{{members}} }""");
        Assert.That(put.Status, Is.EqualTo(201).Or.EqualTo(200), put.Text);
    }

    private static IEnumerable<string> Ids(JsonElement bundle) => bundle.TryGetProperty("entry", out var entries)
        ? entries.EnumerateArray().Where(entry => entry.GetProperty("search").GetProperty("mode").GetString() == "match").Select(entry => entry.GetProperty("resource").GetProperty("id").GetString()!)
        : [];
}

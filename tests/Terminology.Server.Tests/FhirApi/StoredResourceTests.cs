using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Terminology.Server.FhirApi;

/// <summary>Creating, reading, changing and deleting resources, with the conditions and headers of the RESTful API.</summary>
public sealed class StoredResourceTests
{
    private static int s_next;

    [Test]
    public async Task Put_New_Is201AndReadBack()
    {
        var id = NewId();
        var put = await SendAsync("PUT", $"CodeSystem/{id}", CodeSystem(id));
        Assert.That(put.Status, Is.EqualTo(201), put.Text);
        Assert.That(put.Response.Headers.ETag, Is.EqualTo(new EntityTagHeaderValue("\"1\"", isWeak: true)));
        Assert.That(put.Response.Headers.Location!.ToString(), Does.EndWith($"/fhir/CodeSystem/{id}/_history/1"));
        Assert.That(put.Response.Content.Headers.LastModified, Is.EqualTo(TimeProvider.System.GetUtcNow()).Within(TimeSpan.FromMinutes(1)));
        Assert.That(put.Json.GetProperty("meta").GetProperty("versionId").GetString(), Is.EqualTo("1"));
        var read = await SendAsync("GET", $"CodeSystem/{id}");
        Assert.That(read.Json.GetProperty("concept")[0].GetProperty("code").GetString(), Is.EqualTo("a"));
        Assert.That(read.Json.GetProperty("extension")[0].GetProperty("valueDecimal").GetRawText(), Is.EqualTo("1.00"));
        Assert.That(read.Response.Headers.ETag!.Tag, Is.EqualTo("\"1\""));
    }

    [Test]
    public async Task Read_NotModified_Is304WithoutBody()
    {
        var id = NewId();
        await SendAsync("PUT", $"CodeSystem/{id}", CodeSystem(id));
        var same = await SendAsync("GET", $"CodeSystem/{id}", headers: ("If-None-Match", "W/\"1\""));
        Assert.That((same.Status, same.Text), Is.EqualTo((304, "")));
        Assert.That((await SendAsync("GET", $"CodeSystem/{id}", headers: ("If-None-Match", "W/\"2\""))).Status, Is.EqualTo(200));
        var head = await SendAsync("HEAD", $"CodeSystem/{id}");
        Assert.That((head.Status, head.Text), Is.EqualTo((200, "")));
    }

    [Test]
    public async Task Post_Twice_MakesTwoUnlessAConditionSaysOne()
    {
        var id = NewId();
        var one = await SendAsync("POST", "CodeSystem", CodeSystem(id));
        Assert.That(one.Status, Is.EqualTo(201), one.Text);
        Assert.That(one.Json.GetProperty("id").GetString(), Is.Not.EqualTo(id));
        var condition = ("If-None-Exist", $"url=http://example.org/fhir/CodeSystem/{id}");
        var same = await SendAsync("POST", "CodeSystem", CodeSystem(id), condition);
        Assert.That((same.Status, same.Json.GetProperty("id").GetString()), Is.EqualTo((200, one.Json.GetProperty("id").GetString())));
        await SendAsync("POST", "CodeSystem", CodeSystem(id));
        Assert.That((await SendAsync("POST", "CodeSystem", CodeSystem(id), condition)).Status, Is.EqualTo(412));
        Assert.That((await SendAsync("POST", "CodeSystem", CodeSystem(id), ("If-None-Exist", "nosuch=1"))).Status, Is.EqualTo(400));
    }

    [Test]
    public async Task Put_IfMatch_OnlyOntoThatVersion()
    {
        var id = NewId();
        Assert.That((await SendAsync("PUT", $"CodeSystem/{id}", CodeSystem(id), ("If-Match", "W/\"1\""))).Status, Is.EqualTo(412), "nothing is there yet");
        await SendAsync("PUT", $"CodeSystem/{id}", CodeSystem(id));
        var second = await SendAsync("PUT", $"CodeSystem/{id}", CodeSystem(id, "b"), ("If-Match", "W/\"1\""));
        Assert.That((second.Status, second.Response.Headers.ETag!.Tag), Is.EqualTo((200, "\"2\"")));
        var late = await SendAsync("PUT", $"CodeSystem/{id}", CodeSystem(id, "c"), ("If-Match", "W/\"1\""));
        Assert.That(late.Status, Is.EqualTo(412));
        Assert.That(late.Text, Does.Contain("has version 2, not 1"));
        Assert.That((await SendAsync("PUT", $"CodeSystem/{id}", CodeSystem(id), ("If-Match", "yes"))).Status, Is.EqualTo(400));
    }

    [Test]
    public async Task Put_ByManyWithIfMatch_LosesNothing()
    {
        var id = NewId();
        await SendAsync("PUT", $"CodeSystem/{id}", CodeSystem(id, "start"));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(async () =>
        {
            for (var done = 0; done < 10;)
            {
                var read = await SendAsync("GET", $"CodeSystem/{id}");
                var codes = read.Json.GetProperty("concept").EnumerateArray().Select(concept => concept.GetProperty("code").GetString()!);
                var put = await SendAsync("PUT", $"CodeSystem/{id}", CodeSystem(id, [.. codes, $"w{worker}-{done}"]), ("If-Match", read.Response.Headers.ETag!.ToString()));
                Assert.That(put.Status, Is.EqualTo(200).Or.EqualTo(412), put.Text);
                if (put.Status == 200) done++;
            }
        })));
        var last = await SendAsync("GET", $"CodeSystem/{id}");
        Assert.That(last.Json.GetProperty("concept").GetArrayLength(), Is.EqualTo(81));
        Assert.That(last.Response.Headers.ETag!.Tag, Is.EqualTo("\"81\""));
    }

    [Test]
    public async Task Delete_Stored_IsGoneAndComesBack()
    {
        var id = NewId();
        await SendAsync("PUT", $"CodeSystem/{id}", CodeSystem(id));
        Assert.That((await SendAsync("GET", $"CodeSystem/$lookup?system=http://example.org/fhir/CodeSystem/{id}&code=a")).Status, Is.EqualTo(200));
        var deleted = await SendAsync("DELETE", $"CodeSystem/{id}");
        Assert.That((deleted.Status, deleted.Text), Is.EqualTo((204, "")));
        Assert.That((await SendAsync("GET", $"CodeSystem/{id}")).Status, Is.EqualTo(410));
        Assert.That((await SendAsync("GET", $"CodeSystem/{id}/_history/1")).Status, Is.EqualTo(200));
        Assert.That((await SendAsync("GET", $"CodeSystem/{id}/_history/2")).Status, Is.EqualTo(410));
        Assert.That((await SendAsync("GET", $"CodeSystem/{id}/_history/3")).Status, Is.EqualTo(404));
        Assert.That((await SendAsync("GET", $"CodeSystem/$lookup?system=http://example.org/fhir/CodeSystem/{id}&code=a")).Status, Is.EqualTo(404));
        Assert.That((await SendAsync("DELETE", $"CodeSystem/{id}")).Status, Is.EqualTo(204));
        var again = await SendAsync("PUT", $"CodeSystem/{id}", CodeSystem(id));
        Assert.That((again.Status, again.Response.Headers.ETag!.Tag), Is.EqualTo((201, "\"3\"")));
        var history = await SendAsync("GET", $"CodeSystem/{id}/_history");
        Assert.That(history.Json.GetProperty("total").GetInt32(), Is.EqualTo(3));
        Assert.That(history.Json.GetProperty("entry").EnumerateArray().Select(entry => entry.GetProperty("request").GetProperty("method").GetString()), Is.EqualTo(new[] { "PUT", "DELETE", "POST" }));
        var types = await SendAsync("GET", "CodeSystem/_history?_count=2");
        Assert.That(types.Json.GetProperty("entry").GetArrayLength(), Is.EqualTo(2));
    }

    [Test]
    public async Task Put_Where_UpdatesTheOneOrMakesOne()
    {
        var id = NewId();
        var condition = $"CodeSystem?url=http://example.org/fhir/CodeSystem/{id}";
        var made = await SendAsync("PUT", condition, CodeSystem(id));
        Assert.That(made.Status, Is.EqualTo(201), made.Text);
        var changed = await SendAsync("PUT", condition, CodeSystem(id, "b"));
        Assert.That((changed.Status, changed.Response.Headers.ETag!.Tag), Is.EqualTo((200, "\"2\"")));
        Assert.That((await SendAsync("PUT", "CodeSystem", CodeSystem(id))).Status, Is.EqualTo(400), "no condition");
        Assert.That((await SendAsync("DELETE", condition)).Status, Is.EqualTo(204));
        Assert.That((await SendAsync("GET", $"CodeSystem/{id}")).Status, Is.EqualTo(410));
    }

    [Test]
    public async Task Post_OneCanonicalByManyAtOnce_AllButTheFirstAreTold()
    {
        for (var round = 0; round < 4; round++)
        {
            var id = NewId();
            var made = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() => SendAsync("POST", "CodeSystem", CodeSystem(id), ("Prefer", "return=OperationOutcome")))));
            Assert.That(made.Select(answer => answer.Status), Is.All.EqualTo(201), "nobody is refused");
            Assert.That(made.Count(answer => !answer.Text.Contains("duplicate", StringComparison.Ordinal)), Is.EqualTo(1), "exactly one came first");
        }
    }

    [Test]
    public async Task Transaction_OneCanonicalTwice_TheSecondIsTold()
    {
        var id = NewId();
        var entry = $$"""{"resource":{{CodeSystem(id)}},"request":{"method":"POST","url":"CodeSystem"} }""";
        var answer = await SendAsync("POST", "", $$"""{"resourceType":"Bundle","type":"transaction","entry":[{{entry}},{{entry}}]}""", ("Prefer", "return=OperationOutcome"));
        Assert.That(answer.Status, Is.EqualTo(200), answer.Text);
        var outcomes = answer.Json.GetProperty("entry").EnumerateArray().Select(one => one.GetProperty("resource").GetRawText()).ToArray();
        Assert.That(outcomes.Select(outcome => outcome.Contains("duplicate", StringComparison.Ordinal)), Is.EqualTo(new[] { false, true }), answer.Text);
    }

    [Test]
    public async Task Prefer_Return_IsWhatComesBack()
    {
        var id = NewId();
        Assert.That((await SendAsync("PUT", $"CodeSystem/{id}", CodeSystem(id), ("Prefer", "return=minimal"))).Text, Is.Empty);
        Assert.That((await SendAsync("PUT", $"CodeSystem/{id}", CodeSystem(id), ("Prefer", "return=OperationOutcome"))).Text, Does.Contain("OperationOutcome"));
        const string valueSet = """{"resourceType":"ValueSet","status":"active","url":"http://example.org/fhir/ValueSet/dead","compose":{"include":[{"system":"http://hl7.org/fhir/administrative-gender","concept":[{"code":"male"},{"code":"masculine"}]}]}}""";
        var warned = await SendAsync("POST", "ValueSet", valueSet, ("Prefer", "return=OperationOutcome"));
        Assert.That(warned.Status, Is.EqualTo(201), warned.Text);
        Assert.That(warned.Text, Does.Contain("masculine").And.Contain("ValueSet.compose.include[0].concept[1].code"));
    }

    [Test]
    public async Task Create_OfACanonicalThatIsThere_SaysWhichHasIt()
    {
        var id = NewId();
        Assert.That((await SendAsync("PUT", $"CodeSystem/{id}", CodeSystem(id))).Status, Is.EqualTo(201));
        Assert.That((await SendAsync("PUT", $"CodeSystem/{id}", CodeSystem(id), ("Prefer", "return=OperationOutcome"))).Text, Does.Not.Contain("too;"), "itself");
        var second = await SendAsync("POST", "CodeSystem", CodeSystem(id), ("Prefer", "return=OperationOutcome"));
        Assert.That(second.Status, Is.EqualTo(201), second.Text);
        Assert.That(second.Text, Does.Contain($"CodeSystem/{id} has the canonical").And.Contain("CodeSystem.url"));
    }

    [TestCase("CodeSystem", """{"resourceType":"CodeSystem","status":"active","content":"complete"}""", 400, "CodeSystem.url")]
    [TestCase("CodeSystem", """{"resourceType":"CodeSystem","url":"http://x.example","content":"complete"}""", 400, "status")]
    [TestCase("CodeSystem", """{"resourceType":"CodeSystem","url":"http://x.example","status":"great","content":"complete"}""", 400, "CodeSystem.status")]
    [TestCase("CodeSystem", """{"resourceType":"CodeSystem","url":"http://x.example","status":"draft","content":"complete","colour":"red"}""", 400, "colour")]
    [TestCase("CodeSystem", """{"resourceType":"CodeSystem","url":"http://x.example","status":"draft","content":"complete","concept":[{"code":"a"},{"code":"b","concept":[{"code":"a"}]}]}""", 422, "CodeSystem.concept[1].concept[0].code")]
    [TestCase("ValueSet", """{"resourceType":"ValueSet","url":"http://x.example","status":"draft","compose":{"include":[{"version":"1"}]}}""", 422, "ValueSet.compose.include[0].system")]
    [TestCase("ValueSet", """{"resourceType":"ValueSet","url":"http://x.example","status":"draft","compose":{"include":[{"system":"http://y.example","concept":[{"code":"a"}],"filter":[{"property":"p","op":"=","value":"v"}]}]}}""", 422, "vsd-3")]
    [TestCase("ValueSet", """{"resourceType":"ValueSet","url":"http://x.example","status":"draft","compose":{"include":[{"system":"http://y.example","filter":[{"property":"p","op":"="}]}]}}""", 400, "value")]
    [TestCase("ValueSet", """{"resourceType":"ValueSet","url":"http://x.example","status":"draft","compose":{"include":[{"valueSet":["http://x.example"]}]}}""", 422, "http://x.example -> http://x.example")]
    [TestCase("ConceptMap", """{"resourceType":"ConceptMap","url":"http://x.example","status":"draft","group":[{"element":[{"code":"a"}],"unmapped":{"mode":"fixed"}}]}""", 422, "ConceptMap.group[0].unmapped.code")]
    [TestCase("ConceptMap", """{"resourceType":"ConceptMap","url":"http://x.example","status":"draft","group":[{"element":[{"code":"a"}],"unmapped":{"mode":"other-map"}}]}""", 422, "cmd-3")]
    [TestCase("ConceptMap", """{"resourceType":"ValueSet","url":"http://x.example","status":"draft"}""", 400, "ConceptMap is expected")]
    [TestCase("NamingSystem", """{"resourceType":"NamingSystem","name":"X","kind":"root","status":"draft","date":"2020","uniqueId":[{"type":"uuid","value":"1"}]}""", 422, "nsd-1")]
    [TestCase("ConceptMap", "", 400, "in the body")]
    public async Task Post_NotRight_IsRefusedWithThePlace(string type, string body, int status, string text)
    {
        var (answered, answer, _, _) = await SendAsync("POST", type, body);
        Assert.That(answered, Is.EqualTo(status), answer);
        Assert.That(answer, Does.Contain(text));
    }

    [Test]
    public async Task Put_CircleOfValueSets_TheOneThatClosesItIsRefused()
    {
        var (a, b) = (NewId(), NewId());
        static string Importing(string id, string other) => $$"""{"resourceType":"ValueSet","id":"{{id}}","url":"http://example.org/fhir/ValueSet/{{id}}","status":"active","compose":{"include":[{"valueSet":["http://example.org/fhir/ValueSet/{{other}}"]}]} }""";
        Assert.That((await SendAsync("PUT", $"ValueSet/{a}", Importing(a, b))).Status, Is.EqualTo(201));
        var closing = await SendAsync("PUT", $"ValueSet/{b}", Importing(b, a));
        Assert.That(closing.Status, Is.EqualTo(422));
        Assert.That(closing.Text, Does.Contain("import itself"));
    }

    [Test]
    public async Task Put_OntoWhatIsLoaded_IsRefused()
    {
        var put = await SendAsync("PUT", "CodeSystem/administrative-gender", CodeSystem("administrative-gender"));
        Assert.That(put.Status, Is.EqualTo(409), put.Text);
        Assert.That((await SendAsync("DELETE", "CodeSystem/administrative-gender")).Status, Is.EqualTo(409));
        Assert.That((await SendAsync("GET", "CodeSystem/administrative-gender")).Status, Is.EqualTo(200));
        Assert.That((await SendAsync("PUT", "CodeSystem/x_y", CodeSystem("x_y"))).Status, Is.EqualTo(400));
        Assert.That((await SendAsync("PUT", "CodeSystem/xy", CodeSystem("other"))).Status, Is.EqualTo(400));
    }

    /// <summary>The first question after the answer sees what was stored, whatever is asked.</summary>
    [Test]
    public async Task Put_Map_TranslatesAtOnce()
    {
        var id = NewId();
        for (var version = 1; version <= 5; version++)
        {
            var map = $$"""{"resourceType":"ConceptMap","id":"{{id}}","url":"http://example.org/fhir/ConceptMap/{{id}}","version":"{{version}}","status":"active","group":[{"source":"http://example.org/{{id}}","target":"http://example.org/t","element":[{"code":"a","target":[{"code":"t{{version}}","equivalence":"equal"}]}]}]}""";
            await SendAsync("PUT", $"ConceptMap/{id}", map);
            foreach (var path in new[] { $"ConceptMap/$translate?url=http://example.org/fhir/ConceptMap/{id}&", "ConceptMap/$translate?", $"ConceptMap/{id}/$translate?" })
            {
                var answer = await SendAsync("GET", $"{path}system=http://example.org/{id}&code=a");
                Assert.That(answer.Text, Does.Contain($"\"t{version}\""), path);
            }
        }
    }

    [Test]
    public async Task Put_ValueSet_ExpandsAndValidatesAtOnce()
    {
        var id = NewId();
        await SendAsync("PUT", $"CodeSystem/{id}", CodeSystem(id, "a", "b"));
        await SendAsync("PUT", $"ValueSet/{id}", $$"""{"resourceType":"ValueSet","id":"{{id}}","url":"http://example.org/fhir/ValueSet/{{id}}","status":"active","compose":{"include":[{"system":"http://example.org/fhir/CodeSystem/{{id}}"}]} }""");
        Assert.That((await SendAsync("GET", $"ValueSet/{id}/$expand")).Json.GetProperty("expansion").GetProperty("total").GetInt32(), Is.EqualTo(2));
        await SendAsync("PUT", $"CodeSystem/{id}", CodeSystem(id, "a", "b", "c"));
        Assert.That((await SendAsync("GET", $"ValueSet/{id}/$expand")).Json.GetProperty("expansion").GetProperty("total").GetInt32(), Is.EqualTo(3));
        Assert.That((await SendAsync("GET", $"ValueSet/$validate-code?url=http://example.org/fhir/ValueSet/{id}&system=http://example.org/fhir/CodeSystem/{id}&code=c")).Text, Does.Contain("\"valueBoolean\":true"));
    }

    [Test]
    public async Task Batch_Mixed_EachForItself()
    {
        var id = NewId();
        var (_, json) = await DemoServer.PostAsync("", $$$"""
            {"resourceType":"Bundle","type":"batch","entry":[
              {"resource":{{{CodeSystem(id)}}},"request":{"method":"PUT","url":"CodeSystem/{{{id}}}"}},
              {"resource":{"resourceType":"CodeSystem"},"request":{"method":"POST","url":"CodeSystem"}},
              {"request":{"method":"GET","url":"CodeSystem/{{{id}}}"}},
              {"request":{"method":"DELETE","url":"CodeSystem/{{{id}}}"}}]}
            """);
        Assert.That(Statuses(json), Is.EqualTo(new[] { "201", "400", "200", "204" }), json.GetRawText());
    }

    [Test]
    public async Task Transaction_OneFaulty_NothingIsStored()
    {
        var (a, b) = (NewId(), NewId());
        var (status, json) = await DemoServer.PostAsync("", $$$"""
            {"resourceType":"Bundle","type":"transaction","entry":[
              {"resource":{{{CodeSystem(a)}}},"request":{"method":"PUT","url":"CodeSystem/{{{a}}}"}},
              {"resource":{{{CodeSystem(b)}}},"request":{"method":"PUT","url":"CodeSystem/{{{b}}}","ifMatch":"W/\"7\""}}]}
            """);
        Assert.That((int)status, Is.EqualTo(412), json.GetRawText());
        Assert.That((await SendAsync("GET", $"CodeSystem/{a}")).Status, Is.EqualTo(404));
        (status, json) = await DemoServer.PostAsync("", $$$"""
            {"resourceType":"Bundle","type":"transaction","entry":[
              {"request":{"method":"GET","url":"CodeSystem/{{{a}}}"}},
              {"resource":{{{CodeSystem(a)}}},"request":{"method":"PUT","url":"CodeSystem/{{{a}}}"}},
              {"fullUrl":"urn:uuid:9d3f5a4e-0b57-4c5c-8f3b-1c1f2e0a7d11","resource":{{{CodeSystem(b)}}},"request":{"method":"POST","url":"CodeSystem"}}]}
            """);
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), json.GetRawText());
        Assert.That(json.GetProperty("type").GetString(), Is.EqualTo("transaction-response"));
        Assert.That(Statuses(json), Is.EqualTo(new[] { "200", "201", "201" }), "what reads comes last");
        (status, json) = await DemoServer.PostAsync("", $$$"""
            {"resourceType":"Bundle","type":"transaction","entry":[
              {"resource":{{{CodeSystem(a)}}},"request":{"method":"PUT","url":"CodeSystem/{{{a}}}"}},
              {"request":{"method":"DELETE","url":"CodeSystem/{{{a}}}"}}]}
            """);
        Assert.That((int)status, Is.EqualTo(400), json.GetRawText());
    }

    internal static string NewId() => $"stored-{Interlocked.Increment(ref s_next)}";

    internal static string CodeSystem(string id, params string[] codes)
        => $$"""{"resourceType":"CodeSystem","id":"{{id}}","extension":[{"url":"http://example.org/weight","valueDecimal":1.00}],"url":"http://example.org/fhir/CodeSystem/{{id}}","status":"active","content":"complete","concept":[{{string.Join(',', (codes.Length == 0 ? ["a"] : codes).Select(code => $$"""{"code":"{{code}}"}"""))}}]}""";

    internal static async Task<(int Status, string Text, JsonElement Json, HttpResponseMessage Response)> SendAsync(string method, string path, string? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new(method), new Uri(path, UriKind.Relative));
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/fhir+json");
        var response = await DemoServer.Client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, text, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement, response);
    }

    private static IEnumerable<string?> Statuses(JsonElement json) => json.GetProperty("entry").EnumerateArray().Select(entry => entry.GetProperty("response").GetProperty("status").GetString());
}

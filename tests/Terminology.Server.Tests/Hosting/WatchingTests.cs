using System.Net;
using Terminology.Server.Access;

namespace Terminology.Server.Hosting;

/// <summary>What operators see: figures and log lines, in which no code, no display and no key is.</summary>
public sealed class WatchingTests
{
    [Test]
    public async Task Metrics_AfterRequests_CountThemByOperationAndMap()
    {
        await using var server = await ServerOfItsOwn.StartAsync();
        await server.StoreAsync("s", "secretcode");
        using var map = ServerOfItsOwn.Json("""{"resourceType":"ConceptMap","id":"m","url":"http://example.org/fhir/ConceptMap/m","status":"active","group":[{"source":"http://example.org/fhir/CodeSystem/s","target":"http://example.org/t","element":[{"code":"other","target":[{"code":"x","equivalence":"equal"}]}]}]}""");
        using (var stored = await server.Client.PutAsync(new Uri("fhir/ConceptMap/m", UriKind.Relative), map)) Assert.That(stored.IsSuccessStatusCode);
        using (var damaged = ServerOfItsOwn.Json("""{"resourceType":"Parameters","parameter":[{"name":"system","vaQueUri":"x"},{"name":"code","valueCode":"a"}]}"""))
        {
            using var refused = await server.Client.PostAsync(new Uri("fhir/CodeSystem/$lookup", UriKind.Relative), damaged);
            Assert.That(refused.Headers.ConnectionClose, Is.Not.True);
        }
        (await server.GetAsync("fhir/CodeSystem/$lookup?system=http://example.org/fhir/CodeSystem/s&code=secretcode")).Dispose();
        (await server.GetAsync("fhir/ConceptMap/$translate?url=http://example.org/fhir/ConceptMap/m&system=http://example.org/fhir/CodeSystem/s&code=secretcode")).Dispose();
        using var response = await server.GetAsync("metrics");
        var text = await response.Content.ReadAsStringAsync();
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(text, Does.Contain("operation=\"CodeSystem/$lookup\"").And.Contain("map=\"http://example.org/fhir/ConceptMap/m\"").And.Contain("terminology_requests_seconds_bucket").And.Match("lookup[^\n]*client-error|client-error[^\n]*lookup"));
        Assert.That(text, Does.Not.Contain("secretcode"));
    }

    [Test]
    public async Task Log_OfAWholeRun_HoldsNothingSecret()
    {
        using var program = new TerminologyProgram();
        var secret = program.Run("key", "create", "--name", "interface", "--scope", "write", "admin").Output.Split('\n').Single(line => line.StartsWith("tk_", StringComparison.Ordinal)).Trim();
        using var server = program.Start("serve", "--urls", "http://127.0.0.1:0", "--log-requests");
        var address = await TerminologyProgram.AddressOf(server);
        var (output, errors) = (server.StandardOutput.ReadToEndAsync(), server.StandardError.ReadToEndAsync());
        using (var client = new HttpClient())
        {
            client.DefaultRequestHeaders.Authorization = new("Bearer", secret);
            await SendAsync(client, HttpMethod.Put, $"{address}/CodeSystem/s", """{"resourceType":"CodeSystem","id":"s","url":"http://example.org/s","status":"active","content":"complete","concept":[{"code":"hidden-code","display":"Hidden display"}]}""");
            await SendAsync(client, HttpMethod.Get, $"{address}/CodeSystem/$lookup?system=http://example.org/s&code=hidden-code");
            await SendAsync(client, HttpMethod.Get, $"{address}/CodeSystem/$lookup?system=http://hidden-system&code=hidden-code");
            await SendAsync(client, HttpMethod.Post, $"{address}/CodeSystem/$validate-code", """{"resourceType":"Parameters","parameter":[{"name":"url","valueUri":"http://example.org/s"},{"name":"coding","valueCoding":{"system":"http://example.org/s","code":"hidden-code","display":"Hidden display"}}]}""");
            await SendAsync(client, HttpMethod.Post, $"{address}/CodeSystem/$lookup", "{ hidden-code");
            await SendAsync(client, HttpMethod.Get, $"{address}/Patient/hidden-code?name=Hidden");
            client.DefaultRequestHeaders.Authorization = new("Bearer", secret + "x");
            await SendAsync(client, HttpMethod.Get, $"{address}/CodeSystem/$lookup?system=http://example.org/s&code=hidden-code&key=hidden-key");
        }
        using (var stop = System.Diagnostics.Process.Start("kill", ["-TERM", $"{server.Id}"])) await stop.WaitForExitAsync();
        await server.WaitForExitAsync();
        var log = await output + await errors;
        Assert.That(server.ExitCode, Is.Zero, log);
        Assert.That(log, Does.Contain("CodeSystem/$lookup").And.Contain("CodeSystem PUT"), "requests are logged");
        Assert.That(log.ToUpperInvariant(), Does.Not.Contain("HIDDEN"));
        Assert.That(log, Does.Not.Contain(secret[3..20]).And.Not.Contain("tk_"));
        Assert.That(File.Exists(Path.Combine(program.Data, "server.json")), Is.False, "what a stopped server leaves");
    }

    [Test]
    public async Task Metrics_AfterPages_CountThemAsPages()
    {
        await using var server = await ServerOfItsOwn.StartAsync();
        await server.StoreAsync("s", "secretcode");
        foreach (var (path, status) in new[] { ("", HttpStatusCode.OK), ("fhir/CodeSystem/$lookup?system=http://example.org/fhir/CodeSystem/s&code=secretcode", HttpStatusCode.OK), ("fhir/CodeSystem/$lookup?system=http://example.org/fhir/CodeSystem/s&code=nothing", HttpStatusCode.NotFound) })
        {
            using var page = await server.GetAsync(path, ("Accept", "text/html"));
            Assert.That((page.StatusCode, page.Content.Headers.ContentType!.MediaType), Is.EqualTo((status, "text/html")));
        }
        using var response = await server.GetAsync("metrics");
        var text = await response.Content.ReadAsStringAsync();
        Assert.That(text, Does.Contain("operation=\"page\"").And.Contain("operation=\"CodeSystem/$lookup page\"").And.Match("lookup page[^\n]*client-error|client-error[^\n]*lookup page"));
        Assert.That(text, Does.Not.Contain("secretcode"));
    }

    [Test]
    public async Task Log_OfRequests_NamesTheVersionThatAnswered()
    {
        using var program = new TerminologyProgram();
        Assert.That(program.Run("import", Path.Combine(Repository.Root, "terminologies", "icd10")).ExitCode, Is.Zero);
        using var server = program.Start("serve", "--urls", "http://127.0.0.1:0", "--log-requests");
        var address = await TerminologyProgram.AddressOf(server);
        var (output, errors) = (server.StandardOutput.ReadToEndAsync(), server.StandardError.ReadToEndAsync());
        using (var client = new HttpClient())
        {
            await SendAsync(client, HttpMethod.Get, $"{address}/CodeSystem/$lookup?system=http://hl7.org/fhir/sid/icd-10&code=A17.0");
            await SendAsync(client, HttpMethod.Get, $"{address}/CodeSystem/$validate-code?url=http://hl7.org/fhir/sid/icd-10&code=A17.0%20G01");
            await SendAsync(client, HttpMethod.Get, $"{address}/CodeSystem/$lookup?system=http://hl7.org/fhir/sid/icd-10&version=hidden&code=A17.0");
        }
        using (var stop = System.Diagnostics.Process.Start("kill", ["-TERM", $"{server.Id}"])) await stop.WaitForExitAsync();
        await server.WaitForExitAsync();
        var log = await output + await errors;
        Assert.That(log, Does.Contain("CodeSystem/$lookup http://hl7.org/fhir/sid/icd-10 2019 ok 200").And.Contain("CodeSystem/$validate-code http://hl7.org/fhir/sid/icd-10 2019 ok 200").And.Contain("http://hl7.org/fhir/sid/icd-10 - client-error 404"));
        Assert.That(log, Does.Not.Contain("hidden").And.Not.Contain("A17.0"));
    }

    [Test]
    public async Task Metrics_WithKeys_NeedTheScope()
    {
        await using var server = await ServerOfItsOwn.StartAsync();
        var key = await server.Get<ApiKeys>().CreateAsync(new("prometheus", ["metrics"], null), "test");
        using (var refused = await server.GetAsync("metrics")) Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        using var allowed = await server.GetAsync("metrics", ("Authorization", "Bearer " + key.Key));
        Assert.That(allowed.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    private static async Task SendAsync(HttpClient client, HttpMethod method, string url, string? body = null)
    {
        using var request = new HttpRequestMessage(method, url);
        if (body is not null) request.Content = ServerOfItsOwn.Json(body);
        using var response = await client.SendAsync(request);
    }
}

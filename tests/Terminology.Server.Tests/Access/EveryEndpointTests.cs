using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Terminology.Server.Hosting;
using Terminology.Server.Verbs;
using Terminology.Store.Data;

namespace Terminology.Server.Access;

/// <summary>Every endpoint, with every kind of key. The rows are checked against what is mounted: a new endpoint without a row fails.</summary>
public sealed class EveryEndpointTests : IAsyncDisposable
{
    private const string Table = """
        none    *                      /fhir/{*path:nonfile}
        none    GET                    /fhir/metadata
        none    GET                    /health/live
        none    GET                    /health/ready
        read    POST                   /fhir
        read    GET,POST               /fhir/$versions
        write   POST                   /fhir/$closure
        read    GET,POST               /fhir/CodeSystem/$lookup
        read    GET,POST               /fhir/CodeSystem/$validate-code
        read    GET,POST               /fhir/CodeSystem/{id}/$validate-code
        read    GET,POST               /fhir/CodeSystem/$batch-validate-code
        read    GET,POST               /fhir/CodeSystem/$subsumes
        read    GET,POST               /fhir/CodeSystem/{id}/$subsumes
        read    POST                   /fhir/CodeSystem/$find-matches
        read    GET,POST               /fhir/CodeSystem/{id}/$find-matches
        read    GET,POST               /fhir/ValueSet/$validate-code
        read    GET,POST               /fhir/ValueSet/{id}/$validate-code
        read    GET,POST               /fhir/ValueSet/$batch-validate-code
        read    GET,POST               /fhir/ValueSet/$expand
        read    GET,POST               /fhir/ValueSet/{id}/$expand
        read    GET,POST               /fhir/ValueSet/$compare
        read    GET,POST               /fhir/ValueSet/{id}/$compare
        read    GET,POST               /fhir/ConceptMap/$translate
        read    GET,POST               /fhir/ConceptMap/{id}/$translate
        write   POST                   /fhir/ConceptMap/$closure
        read    GET                    /fhir/CodeSystem
        write   POST,PUT,DELETE        /fhir/CodeSystem
        read    POST                   /fhir/CodeSystem/_search
        read    GET                    /fhir/CodeSystem/_history
        read    GET,HEAD               /fhir/CodeSystem/{id}
        write   PUT,DELETE             /fhir/CodeSystem/{id}
        read    GET                    /fhir/CodeSystem/{id}/_history
        read    GET                    /fhir/CodeSystem/{id}/_history/{version}
        read    GET                    /fhir/ValueSet
        write   POST,PUT,DELETE        /fhir/ValueSet
        read    POST                   /fhir/ValueSet/_search
        read    GET                    /fhir/ValueSet/_history
        read    GET,HEAD               /fhir/ValueSet/{id}
        write   PUT,DELETE             /fhir/ValueSet/{id}
        read    GET                    /fhir/ValueSet/{id}/_history
        read    GET                    /fhir/ValueSet/{id}/_history/{version}
        read    GET                    /fhir/ConceptMap
        write   POST,PUT,DELETE        /fhir/ConceptMap
        read    POST                   /fhir/ConceptMap/_search
        read    GET                    /fhir/ConceptMap/_history
        read    GET,HEAD               /fhir/ConceptMap/{id}
        write   PUT,DELETE             /fhir/ConceptMap/{id}
        read    GET                    /fhir/ConceptMap/{id}/_history
        read    GET                    /fhir/ConceptMap/{id}/_history/{version}
        read    GET                    /fhir/NamingSystem
        write   POST,PUT,DELETE        /fhir/NamingSystem
        read    POST                   /fhir/NamingSystem/_search
        read    GET                    /fhir/NamingSystem/_history
        read    GET,HEAD               /fhir/NamingSystem/{id}
        write   PUT,DELETE             /fhir/NamingSystem/{id}
        read    GET                    /fhir/NamingSystem/{id}/_history
        read    GET                    /fhir/NamingSystem/{id}/_history/{version}
        admin   GET,POST               /api/keys
        admin   DELETE                 /api/keys/{name}
        admin   POST                   /api/backup
        admin   GET,POST               /api/users
        admin   POST                   /api/users/{name}/tokens
        admin   DELETE                 /api/tokens/{id}
        maps    GET,POST               /api/maps
        maps    GET,PATCH              /api/maps/{map}
        maps    POST                   /api/maps/{map}/settings:approve
        maps    POST                   /api/maps/{map}/settings:reject
        maps    GET                    /api/maps/{map}/verify
        maps    GET                    /api/maps/{map}/agreement
        maps    GET                    /api/maps/{map}/comments
        maps    GET                    /api/maps/{map}/lists
        maps    POST                   /api/maps/{map}/lists:preview
        maps    POST                   /api/maps/{map}/lists:import
        maps    POST                   /api/maps/{map}/rows:import
        maps    POST                   /api/maps/{map}/rows:bulk
        maps    GET                    /api/maps/{map}/rows
        maps    GET,PATCH              /api/maps/{map}/rows/{key}
        maps    GET                    /api/maps/{map}/rows/{key}/why
        maps    GET                    /api/maps/{map}/releases
        maps    POST                   /api/maps/{map}/releases:freeze
        maps    POST                   /api/maps/{map}/releases/{number:int}:check
        maps    POST                   /api/maps/{map}/releases/{number:int}:sign
        maps    POST                   /api/maps/{map}/releases/{number:int}:activate
        maps    POST                   /api/maps/{map}/releases/{number:int}:withdraw
        maps    POST                   /api/maps/{map}/releases/{number:int}:review
        maps    POST                   /api/maps/{map}/releases/{number:int}:schedule
        maps    GET                    /api/maps/{map}/releases/{number:int}
        maps    GET                    /api/maps/{map}/releases/{number:int}/content
        maps    GET                    /api/maps/{map}/releases:diff
        maps    POST                   /api/maps/{map}/files:import
        maps    GET                    /api/maps/{map}/releases/{number:int}/export
        read    POST                   /api/translate
        maps    GET,PUT                /api/maps/{map}/tests
        maps    GET                    /api/maps/{map}/impact
        maps    POST                   /api/maps/{map}/impact:accept
        maps    POST                   /api/maps/{map}/impact:recheck
        maps    GET                    /api/maps/{map}/findings
        maps    GET                    /api/maps/{map}/events
        maps    GET                    /api/maps/{map}/waivers
        maps    POST                   /api/maps/{map}/waivers
        maps    DELETE                 /api/maps/{map}/waivers/{finding}
        maps    GET                    /api/maps/{map}/rows/{key}/relationship
        read    GET                    /api/openapi.json
        read    *                      /api/docs/{**path}
        maps    POST                   /api/maps/{map}/rows:assign
        maps    GET,POST               /api/maps/{map}/samples
        maps    GET                    /api/maps/{map}/samples/{number:int}
        maps    POST                   /api/maps/{map}/samples/{number:int}/verdicts
        maps    POST                   /api/maps/{map}/samples/{number:int}:approve
        maps    POST                   /api/maps/{map}/samples/{number:int}:withdraw
        maps    GET,POST               /api/maps/{map}/questions
        maps    GET                    /api/maps/{map}/questions/{number:int}
        maps    POST                   /api/maps/{map}/questions/{number:int}:answer
        maps    POST                   /api/maps/{map}/questions/{number:int}:withdraw
        metrics *                      /metrics
        """;

    private static readonly string[] Parts = ["{id}", "{version}", "{name}", "{*path:nonfile}", "{**path}", "{map}", "{key}", "{finding}", "{number:int}"];
    private readonly Dictionary<string, string> _keys = [];
    private string _folder = "";
    private WebApplication _app = null!;
    private HttpClient _client = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _folder = Directory.CreateTempSubdirectory("terminology-access").FullName;
        _app = ServeVerb.Build(DataFolder.Open(_folder, TimeProvider.System), new ServeOptions { Urls = "http://127.0.0.1:0", ReadKey = true });
        await _app.StartAsync();
        _client = new HttpClient { BaseAddress = new(_app.Urls.First()) };
        var keys = _app.Services.GetRequiredService<ApiKeys>();
        foreach (var scope in new[] { Scope.Read, Scope.Write, Scope.Metrics, Scope.Admin, Scope.Maps })
        {
            var name = Scopes.Name(scope);
            _keys[name] = (await keys.AddAsync(name, scope, null, "test")).Key!;
            _keys["not-" + name] = (await keys.AddAsync("not-" + name, All & ~scope, null, "test")).Key!;
        }
        _keys["expired"] = (await keys.AddAsync("expired", All, TimeProvider.System.GetUtcNow().AddMinutes(-1), "test")).Key!;
        _keys["revoked"] = (await keys.AddAsync("revoked", All, null, "test")).Key!;
        await keys.RevokeAsync("revoked", "test");
    }

    private static Scope All => Scope.Read | Scope.Write | Scope.Metrics | Scope.Admin | Scope.Maps;

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public void Rows_AreWhatIsMounted()
    {
        var mounted = _app.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["*"]).Select(method => $"{method} /{endpoint.RoutePattern.RawText!.Trim('/')}"));
        Assert.That(Rows().Select(row => $"{row.Method} {row.Path}").Order(StringComparer.Ordinal), Is.EqualTo(mounted.Order(StringComparer.Ordinal)), string.Join('\n', mounted));
    }

    [TestCaseSource(nameof(Rows))]
    public async Task Endpoint_EveryKindOfKey_IsLetInOrNot((string Needs, string Method, string Path) row)
    {
        foreach (var bad in new[] { "expired", "revoked", "unknown" }) await ExpectAsync(row, bad, 401, bad == "expired" ? "expired" : "login");
        if (row.Needs == "none")
        {
            await ExpectInAsync(row, key: null);
            return;
        }
        await ExpectAsync(row, key: null, 401, "login");
        await ExpectAsync(row, "not-" + row.Needs, 403, "forbidden");
        await ExpectInAsync(row, row.Needs);
    }

    [TestCase("/")]
    [TestCase("/fhir/CodeSystem?url=http://example.org/x")]
    [TestCase("/nosuch")]
    public async Task Page_WithoutAKey_IsNotShown(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd("text/html");
        using var response = await _client.SendAsync(request);
        Assert.That((int)response.StatusCode, Is.EqualTo(401));
    }

    [TestCase("/fhir//CodeSystem?url=urn:ietf:bcp:47")]
    [TestCase("/fhir/CodeSystem//?url=urn:ietf:bcp:47")]
    [TestCase("/fhir//CodeSystem/$lookup?system=urn:ietf:bcp:47&code=en")]
    public async Task Page_OnAnAddressThatIsNone_IsNotShown(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd("text/html");
        using var response = await _client.SendAsync(request);
        Assert.That(response.Content.Headers.ContentType!.MediaType, Is.Not.EqualTo("text/html"));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("OperationOutcome"));
    }

    private async Task ExpectAsync((string Needs, string Method, string Path) row, string? key, int status, string code)
    {
        using var response = await SendAsync(row, key);
        var body = await response.Content.ReadAsStringAsync();
        Assert.That((int)response.StatusCode, Is.EqualTo(status), $"{row} with {key}: {body}");
        Assert.That(response.Headers.WwwAuthenticate.Any(header => header.Scheme == "Bearer"), Is.EqualTo(status == 401), $"{row} with {key}");
        if (row.Method != "HEAD") Assert.That(body, Does.Contain("OperationOutcome").And.Contain($"\"code\":\"{code}\""), $"{row} with {key}");
    }

    private async Task ExpectInAsync((string Needs, string Method, string Path) row, string? key)
    {
        using var response = await SendAsync(row, key);
        Assert.That((int)response.StatusCode, Is.Not.AnyOf(401, 403, 405).And.LessThan(500), $"{row} with {key}");
    }

    private async Task<HttpResponseMessage> SendAsync((string Needs, string Method, string Path) row, string? key)
    {
        var path = Parts.Aggregate(row.Path, (path, part) => path.Replace(part, part == "{number:int}" ? "1" : "x", StringComparison.Ordinal));
        using var request = new HttpRequestMessage(new HttpMethod(row.Method == "*" ? "GET" : row.Method), path);
        if (key is not null) request.Headers.Authorization = new AuthenticationHeaderValue(key.StartsWith("not", StringComparison.Ordinal) ? "ApiKey" : "Bearer", _keys.GetValueOrDefault(key, "tk_nobody"));
        if (row.Method is "POST" or "PUT" or "PATCH") request.Content = new StringContent("""{"resourceType":"Parameters"}""", Encoding.UTF8, "application/json");
        return await _client.SendAsync(request);
    }

    private static IEnumerable<(string Needs, string Method, string Path)> Rows() =>
        from line in Table.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        let words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        from method in words[1].Split(',')
        select (words[0], method, words[2].Trim());
}

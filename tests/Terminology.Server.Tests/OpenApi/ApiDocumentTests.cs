using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.OpenApi;
using Terminology.Server.MapApi;

namespace Terminology.Server.OpenApi;

/// <summary>The document of <c>/api</c> beside what is mounted, what may be done by whom, and what is really answered.</summary>
public sealed class ApiDocumentTests : IAsyncDisposable
{
    private MapServer _map = null!;
    private JsonElement _document;
    private string _text = "";

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _map = await MapServer.StartAsync();
        await _map.ImportAsync(isWhole: true, "GLU", "NA");
        await _map.ApproveAsync("GLU", "S1");
        await _map.ReleaseAsync();
        _text = await _map.Server.Client.GetStringAsync("api/openapi.json");
        _document = JsonDocument.Parse(_text).RootElement.Clone();
    }

    public ValueTask DisposeAsync() => _map.DisposeAsync();

    [Test]
    public void Document_ReadBack_IsOpenApi31WithoutErrors()
    {
        var read = OpenApiDocument.Parse(_text, "json");
        Assert.That(_document.GetProperty("openapi").GetString(), Does.StartWith("3.1."));
        Assert.That(read.Diagnostic!.Errors.Concat(read.Diagnostic.Warnings).Select(error => $"{error.Pointer}: {error.Message}"), Is.Empty);
        Assert.That(Operations().Select(operation => operation.Of.GetProperty("operationId").GetString()), Is.Unique);
    }

    [Test]
    public void EveryEndpoint_IsDescribed()
    {
        var mounted = _map.Server.Get<IEnumerable<EndpointDataSource>>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().Where(endpoint => endpoint.RoutePattern.RawText!.TrimStart('/').StartsWith("api/", StringComparison.Ordinal))
            .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["*"]).Select(method => $"{method} /{endpoint.RoutePattern.RawText!.Trim('/').Replace(":int}", "}", StringComparison.Ordinal)}"))
            .Except(["GET /api/openapi.json", "* /api/docs/{**path}"]);
        Assert.That(Operations().Select(operation => $"{operation.Method} {operation.Path}"), Is.EquivalentTo(mounted), "An endpoint says nothing: call Says where it is mapped.");
        foreach (var (method, path, of) in Operations())
        {
            var name = $"{method} {path}";
            Assert.That(of.GetProperty("summary").GetString(), Is.Not.Empty, name);
            Assert.That(of.GetProperty("description").GetString(), Does.Contain("Takes ").Or.Contain("Open to "), $"{name}: who may?");
            Assert.That(of.GetProperty("tags").GetArrayLength(), Is.EqualTo(1), name);
            var answer = of.GetProperty("responses").EnumerateObject().Single(response => response.Name[0] == '2');
            if (answer.Name != "204") Assert.That(answer.Value.GetProperty("content").EnumerateObject().All(content => content.Value.TryGetProperty("schema", out _)), name);
            if (method is "PUT" or "PATCH" || (method == "POST" && path != "/api/backup")) Assert.That(Example(of), Is.Not.Null, $"{name}: an example");
            foreach (var parameter in Parameters(of)) Assert.That(parameter.GetProperty("description").GetString(), Is.Not.Empty, name);
        }
    }

    [Test]
    public void NoSchema_IsEmpty()
    {
        var words = new[] { "type", "$ref", "oneOf", "anyOf", "allOf", "enum" };
        IEnumerable<string> Empty(JsonElement element, string path, bool isSchema) => element.ValueKind switch
        {
            JsonValueKind.Object => (isSchema && !words.Any(word => element.TryGetProperty(word, out _)) ? [path] : Array.Empty<string>()).Concat(element.EnumerateObject().Where(member => member.Name is not ("example" or "x-roles"))
                .SelectMany(member => Empty(member.Value, $"{path}/{member.Name}", member.Name is "schema" or "items" || path.EndsWith("/properties", StringComparison.Ordinal) || path.EndsWith("/schemas", StringComparison.Ordinal)))),
            JsonValueKind.Array => element.EnumerateArray().SelectMany((item, index) => Empty(item, $"{path}/{index}", false)),
            _ => [],
        };
        Assert.That(Empty(_document, "#", false), Is.Empty);
        Assert.That(_text, Does.Not.Contain("\\u003Csee").And.Not.Contain("<see"));
    }

    [Test]
    public void Roles_AreThoseThatAreLetIn()
    {
        foreach (var row in EveryRoleTests.Rows())
        {
            var words = row.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var (method, path) = (words[0], "/api/maps" + words[1].Split('?')[0].Replace("/N:", "/1:", StringComparison.Ordinal));
            var of = Operations().Where(operation => operation.Method == method && Regex.IsMatch(path, "^" + Regex.Replace(operation.Path, @"\{[^}]*\}", "[^/]+") + "$")).OrderBy(operation => operation.Path.Count(character => character == '{')).First().Of;
            var said = of.GetProperty("x-roles");
            if (said.ValueKind == JsonValueKind.Object) said = said.EnumerateObject().Single(step => step.Name.Split(", ").Contains(words[2])).Value;
            Assert.That(said.EnumerateArray().Select(role => role.GetString()), Is.EquivalentTo(words.Skip(method == "PATCH" ? 3 : 2)), row);
        }
    }

    /// <summary>What the document gives as an example is no bad request, and each answer has the form that the document says.</summary>
    [Test]
    public async Task Examples_AreTaken_AndAnswersHaveTheirForm()
    {
        using var all = Assert.EnterMultipleScope();
        foreach (var (method, path, of) in Operations().Where(operation => !operation.Path.EndsWith("/events", StringComparison.Ordinal)))
        {
            using var request = Request(method, path, of);
            using var response = await _map.Server.Client.SendAsync(request);
            var body = await response.Content.ReadAsStringAsync();
            var name = $"{method} {path} as {request.Headers.Authorization}: {(int)response.StatusCode} {(body.Length > 1000 ? body[..1000] : body)}";
            Assert.That((int)response.StatusCode, Is.Not.AnyOf(400, 401, 403, 405, 415).And.LessThan(500), name);
            Assert.That(of.GetProperty("responses").TryGetProperty($"{(int)response.StatusCode}", out var said), name);
            if (said.ValueKind == JsonValueKind.Undefined || !said.TryGetProperty("content", out var contents)) continue;
            Assert.That(contents.TryGetProperty(response.Content.Headers.ContentType!.MediaType!, out var content), name);
            if (content.ValueKind != JsonValueKind.Undefined && response.Content.Headers.ContentType!.MediaType! is "application/json" or "application/problem+json" or "application/fhir+json") Assert.That(new SchemaCheck(_document).Faults(JsonDocument.Parse(body).RootElement, content.GetProperty("schema"), "$"), Is.Empty, name);
        }
    }

    private HttpRequestMessage Request(string method, string path, JsonElement of)
    {
        var parameters = Parameters(of).Where(parameter => parameter.TryGetProperty("example", out _)).ToLookup(parameter => parameter.GetProperty("in").GetString()!, parameter => (Name: parameter.GetProperty("name").GetString()!, Value: parameter.GetProperty("example").ToString()));
        var address = parameters["path"].Aggregate(path, (path, parameter) => path.Replace($"{{{parameter.Name}}}", parameter.Value, StringComparison.Ordinal)).TrimStart('/');
        var request = new HttpRequestMessage(new(method), $"{address}?{string.Join('&', parameters["query"].Select(parameter => $"{parameter.Name}={Uri.EscapeDataString(parameter.Value)}"))}");
        foreach (var (name, value) in parameters["header"]) request.Headers.TryAddWithoutValidation(name, value);
        var roles = !of.TryGetProperty("x-roles", out var said) ? [] : (said.ValueKind == JsonValueKind.Array ? said : said.EnumerateObject().First().Value).EnumerateArray().Select(role => role.GetString()!).ToArray();
        var who = roles.Length == 0 ? "adm" : roles.Contains("steward") ? "sue" : MapServer.Roles.First(person => roles.Contains(person.Value)).Key;
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _map.Token(who));
        if (Example(of) is not var (media, example)) return request;
        request.Content = media != "multipart/form-data" ? new StringContent(example.ValueKind == JsonValueKind.String ? example.GetString()! : example.GetRawText(), Encoding.UTF8, media) : Form(example);
        return request;
    }

    private static MultipartFormDataContent Form(JsonElement fields)
    {
        var form = new MultipartFormDataContent();
        foreach (var field in fields.EnumerateObject())
        {
            var text = new StringContent(field.Value.GetString()!);
            if (field.Name == "file") form.Add(text, field.Name, "list.csv");
            else form.Add(text, field.Name);
        }
        return form;
    }

    private static (string Media, JsonElement Example)? Example(JsonElement of)
    {
        if (!of.TryGetProperty("requestBody", out var body)) return null;
        var content = body.GetProperty("content").EnumerateObject().First();
        return content.Value.TryGetProperty("example", out var example) ? (content.Name, example) : null;
    }

    private static JsonElement.ArrayEnumerator Parameters(JsonElement of) => of.TryGetProperty("parameters", out var parameters) ? parameters.EnumerateArray() : default;

    private IEnumerable<(string Method, string Path, JsonElement Of)> Operations()
        => _document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(operation => (operation.Name.ToUpperInvariant(), path.Name, operation.Value)));
}

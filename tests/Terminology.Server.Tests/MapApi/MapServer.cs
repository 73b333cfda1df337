using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Terminology.Server.Access;

namespace Terminology.Server.MapApi;

/// <summary>A server with the people who work on a map: ada and ben map, ria approves, jo adjudicates, sue is steward, kim signs, vic looks on.</summary>
internal sealed class MapServer : IAsyncDisposable
{
    public const string Url = "http://hospital.example/fhir/ConceptMap/lab", Source = "http://hospital.example/lab", Target = "http://hospital.example/standard";
    private readonly ServerOfItsOwn _server;
    private readonly Dictionary<string, string> _tokens = [];

    private MapServer(ServerOfItsOwn server) => _server = server;

    public ServerOfItsOwn Server => _server;

    public static IReadOnlyDictionary<string, string> Roles { get; } = new Dictionary<string, string>
    {
        ["ada"] = "author", ["ben"] = "author", ["ria"] = "reviewer", ["jo"] = "adjudicator", ["sue"] = "steward", ["kim"] = "release-approver", ["vic"] = "viewer", ["otto"] = "contributor", ["ina"] = "interface-owner", ["aud"] = "auditor", ["adm"] = "admin",
    };

    public static async Task<MapServer> StartAsync(string review = "single-and-review", TimeProvider? clock = null)
    {
        var map = new MapServer(await ServerOfItsOwn.StartAsync(clock: clock));
        var people = map._server.Get<People>();
        foreach (var (name, role) in Roles)
        {
            await people.PutAsync(new(name, new Dictionary<string, string[]> { ["lab"] = [role] }), "test");
            map._tokens[name] = (await people.IssueAsync(name, null, "test")).Token!;
        }
        await people.PutAsync(new("eve", new Dictionary<string, string[]> { ["drug"] = ["author", "reviewer", "steward", "release-approver"] }), "test");
        map._tokens["eve"] = (await people.IssueAsync("eve", null, "test")).Token!;
        map._tokens["key"] = (await map._server.Get<ApiKeys>().CreateAsync(new("feed", ["read", "maps", "write"], null), "test")).Key!;
        map._tokens["noscope"] = (await map._server.Get<ApiKeys>().CreateAsync(new("reader", ["read"], null), "test")).Key!;
        await map.AskAsync("sue", "POST", "", $$$"""{"id":"lab","url":"{{{Url}}}","title":"Laboratory","sourceSystem":"{{{Source}}}","targetSystems":["{{{Target}}}"],"domain":"lab","steward":"sue","copyright":"Notice.","policy":{"review":"{{{review}}}"}}""", 201);
        return map;
    }

    /// <summary>The token by which somebody is known.</summary>
    public string Token(string who) => _tokens[who];

    /// <summary>One more person, with a token.</summary>
    public async Task AddPersonAsync(string name, params string[] roles)
    {
        var people = _server.Get<People>();
        await people.PutAsync(new(name, new Dictionary<string, string[]> { ["lab"] = roles }), "test");
        _tokens[name] = (await people.IssueAsync(name, null, "test")).Token!;
    }

    /// <summary>Stores the standard code system.</summary>
    public async Task StoreAsync(string codeSystem)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "fhir/CodeSystem/standard") { Content = new StringContent(codeSystem.Replace("\"CodeSystem\",", "\"CodeSystem\",\"id\":\"standard\",", StringComparison.Ordinal), Encoding.UTF8, "application/fhir+json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _tokens["key"]);
        using var response = await _server.Client.SendAsync(request);
        Assert.That((int)response.StatusCode, Is.EqualTo(201), await response.Content.ReadAsStringAsync());
    }

    /// <summary>Asks below <c>/api/maps</c> and expects a status.</summary>
    public async Task<JsonElement> AskAsync(string who, string method, string path, string? body = null, int status = 200, string? version = null)
    {
        var (found, answer) = await SendAsync(who, method, path, body, version);
        Assert.That(found, Is.EqualTo(status), $"{who} {method} {path}: {answer}");
        return answer.Length == 0 ? default : JsonDocument.Parse(answer.Split('\n')[0]).RootElement.Clone();
    }

    public async Task<(int Status, string Answer)> SendAsync(string who, string method, string path, string? body = null, string? version = null)
    {
        using var request = new HttpRequestMessage(new(method), "api/maps" + path);
        if (_tokens.GetValueOrDefault(who) is { } token) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (version is not null) request.Headers.TryAddWithoutValidation("If-Match", $"\"{version}\"");
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await _server.Client.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Sends a list as a file.</summary>
    public Task<JsonElement> SendListAsync(string verb, string name, string text, string? recipe = null, int status = 200)
        => SendFileAsync($"lists:{verb}", name, text, recipe is null ? [] : [("recipe", recipe)], status);

    /// <summary>Sends a file with further fields.</summary>
    public async Task<JsonElement> SendFileAsync(string path, string name, string text, (string Name, string Value)[] fields, int status = 200, string map = "lab")
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(Encoding.UTF8.GetBytes(text)), "file", name } };
        foreach (var (field, value) in fields) form.Add(new StringContent(value), field);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/maps/{map}/{path}") { Content = form };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _tokens["ada"]);
        using var response = await _server.Client.SendAsync(request);
        var answer = await response.Content.ReadAsStringAsync();
        Assert.That((int)response.StatusCode, Is.EqualTo(status), answer);
        return JsonDocument.Parse(answer).RootElement.Clone();
    }

    /// <summary>One step with a row, whatever its version.</summary>
    public async Task<JsonElement> StepAsync(string who, string key, string command, int status = 200)
    {
        var row = await AskAsync("sue", "GET", $"/lab/rows/{key}");
        return await AskAsync(who, "PATCH", $"/lab/rows/{key}", command, status, row.GetProperty("version").GetInt32().ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    public static string Decide(string code, string relationship = "equivalent")
        => $$$"""{"verb":"decide","content":{"targets":[{"system":"{{{Target}}}","code":"{{{code}}}","display":"Standard {{{code}}}","relationship":"{{{relationship}}}"}]}}""";

    /// <summary>Codes that come in, in the map's own list.</summary>
    public Task<JsonElement> ImportAsync(bool isWhole, params string[] codes)
        => AskAsync("ada", "POST", "/lab/rows:import", $$"""{"isWhole":{{(isWhole ? "true" : "false")}},"rows":[{{string.Join(',', codes.Select(code => $$"""{"code":"{{code}}","display":"Local {{code}}"}"""))}}]}""");

    /// <summary>Decided by ada, approved by ria.</summary>
    public async Task ApproveAsync(string key, string code)
    {
        await StepAsync("ada", key, Decide(code));
        await StepAsync("ada", key, """{"verb":"propose"}""");
        await StepAsync("ria", key, """{"verb":"approve"}""");
    }

    /// <summary>Frozen, with what is said to freeze it, checked, signed and active.</summary>
    public async Task<int> ReleaseAsync(string? freeze = null)
    {
        var number = (await AskAsync("sue", "POST", "/lab/releases:freeze", freeze, 201)).GetProperty("number").GetInt32();
        await AskAsync("sue", "POST", $"/lab/releases/{number}:check");
        await AskAsync("kim", "POST", $"/lab/releases/{number}:sign");
        await AskAsync("sue", "POST", $"/lab/releases/{number}:activate");
        return number;
    }

    /// <summary>What <c>$translate</c> answers: the target code and the version of the map; null without a match.</summary>
    public async Task<(string Code, string Map, string Body)?> TranslateAsync(string code)
    {
        using var response = await _server.GetAsync($"fhir/ConceptMap/$translate?url={Url}&system={Source}&code={code}");
        var body = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode) return null;
        var match = JsonDocument.Parse(body).RootElement.GetProperty("parameter").EnumerateArray().FirstOrDefault(parameter => parameter.GetProperty("name").GetString() == "match");
        if (match.ValueKind == JsonValueKind.Undefined) return null;
        var parts = match.GetProperty("part").EnumerateArray().ToLookup(part => part.GetProperty("name").GetString()!);
        return parts["concept"].Any() ? (parts["concept"].First().GetProperty("valueCoding").GetProperty("code").GetString()!, parts["source"].First().GetProperty("valueUri").GetString()!, body) : null;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}

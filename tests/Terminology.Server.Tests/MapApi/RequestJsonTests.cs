using System.Text;
using System.Text.Json;

namespace Terminology.Server.MapApi;

/// <summary>Bad bodies of every kind of request: told in the words of the field, and never by a type of the program.</summary>
public sealed class RequestJsonTests : IAsyncDisposable
{
    private MapServer _map = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _map = await MapServer.StartAsync();
        await _map.ImportAsync(isWhole: true, "A");
    }

    public ValueTask DisposeAsync() => _map.DisposeAsync();

    [TestCase("PATCH", "/lab/rows/A", """{"verb":"foo"}""", "verb", "'foo' is none of enter, decide, propose")]
    [TestCase("PATCH", "/lab/rows/A", "{}", "verb", "It is missing; expected is one of enter, decide")]
    [TestCase("PATCH", "/lab/rows/A", """{"verb":"decide","content":{"targets":"2345-7"}}""", "content.targets", "'2345-7' is not a list.")]
    [TestCase("PATCH", "/lab/rows/A", """{"verb":"undo","because":"r"}""", "because", "There is no 'because' here; there are verb, content, reason")]
    [TestCase("POST", "/lab/rows:bulk", """{"command":{"verb":"propose"},"state":"lost"}""", "state", "'lost' is none of unmapped, draft")]
    [TestCase("POST", "/lab/rows:import", """{"rows":[{"code":"B"},{"display":"C"}]}""", "rows[1].code", "It is missing; expected is a text.")]
    [TestCase("POST", "", """{"id":"x","url":5}""", "url", "5 is not a text.")]
    [TestCase("POST", "/lab/releases:freeze", """{"windows":{"rows":{"A":{"kind":"never"}}}}""", "windows.rows['A'].kind", "'never' is none of immediate, until-date, opt-in.")]
    [TestCase("POST", "/lab/releases/1:schedule", """{"at":"soon"}""", "at", "'soon' is not a moment as")]
    [TestCase("POST", "/lab/waivers", """{"until":"2027-13-01"}""", "until", "'2027-13-01' is not a day as")]
    [TestCase("POST", "/lab/rows:assign", """{"assignees":["ada"]}""", "assignees", "a list is not an object.")]
    [TestCase("POST", "/lab/samples", """{"bound":"few"}""", "bound", "'few' is not a number.")]
    [TestCase("POST", "/lab/samples/1/verdicts", """{"verdicts":[{"key":"A","verdict":"maybe"}]}""", "verdicts[0].verdict", "'maybe' is none of right, wrong.")]
    [TestCase("POST", "/lab/questions", """{"to":{"nurse":"n"}}""", "to.nurse", "There is no 'nurse' here; there are person, sender.")]
    [TestCase("POST", "/lab/impact:accept", """{"kinds":"same-as"}""", "kinds", "'same-as' is not a list.")]
    public async Task Body_NotAsExpected_IsToldByItsPlace(string method, string path, string body, string field, string detail)
    {
        var problem = await _map.AskAsync("sue", method, path, body, 400, "1");
        Assert.That(problem.GetProperty("code").GetString(), Is.EqualTo("INVALID_JSON"));
        var told = problem.GetProperty("errors").EnumerateArray().Single(error => error.GetProperty("field").GetString() == field);
        Assert.That(told.GetProperty("detail").GetString(), Does.StartWith(detail));
        Assert.That(problem.GetProperty("detail").GetString(), Does.Contain($"{field}: {detail}"));
        AssertNoType(problem.GetRawText());
    }

    [TestCase("""{"verb":"undo",""", "not JSON at line 1, byte ")]
    [TestCase("", "not JSON at line 1, byte 1")]
    [TestCase("nonsense", "not JSON at line 1, byte 2")]
    [TestCase("null", "$: null is not an object.")]
    [TestCase("""{"verb":"\ud800"}""", "$: This is not the JSON that is expected.")]
    public async Task Body_CutOffOrNoJson_IsToldByLineAndByte(string body, string detail)
    {
        var problem = await _map.AskAsync("sue", "PATCH", "/lab/rows/A", body, 400, "1");
        Assert.That((problem.GetProperty("code").GetString(), problem.GetProperty("detail").GetString()!.StartsWith(detail, StringComparison.Ordinal)), Is.EqualTo(("INVALID_JSON", true)), problem.GetRawText());
        AssertNoType(problem.GetRawText());
    }

    [Test]
    public async Task Body_OfAnotherMediaType_IsRefused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, "api/maps/lab/rows/A") { Content = new StringContent("verb=undo", Encoding.UTF8, "text/plain") };
        request.Headers.Authorization = new("Bearer", _map.Token("sue"));
        request.Headers.TryAddWithoutValidation("If-Match", "\"1\"");
        using var response = await _map.Server.Client.SendAsync(request);
        Assert.That(((int)response.StatusCode, await response.Content.ReadAsStringAsync()), Is.EqualTo((400, await response.Content.ReadAsStringAsync())).And.Matches<(int, string Body)>(answer => answer.Body.Contains("send JSON, as application/json", StringComparison.Ordinal)));
    }

    [Test]
    public async Task Field_OfAForm_IsToldWithItsName()
    {
        var problem = await _map.SendListAsync("preview", "l.csv", "code\nA\n", """{"columns":[{"name":"code","role":"key"}]}""", 400);
        Assert.That(problem.GetProperty("errors")[0].GetProperty("field").GetString(), Is.EqualTo("recipe.columns[0].role"));
        AssertNoType(problem.GetRawText());
    }

    [TestCase("keys", """{"name":5,"scopes":["read"]}""", "name: 5 is not a text.")]
    [TestCase("keys", """{"name":"n"}""", "scopes: It is missing; expected is a list.")]
    [TestCase("users", """{"name":"n","roles":["author"]}""", "roles: a list is not an object.")]
    public async Task Body_OfPeopleAndKeys_IsToldByItsPlace(string path, string body, string detail)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/" + path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new("Bearer", _map.Token("adm"));
        using var response = await _map.Server.Client.SendAsync(request);
        var answer = await response.Content.ReadAsStringAsync();
        Assert.That(((int)response.StatusCode, JsonDocument.Parse(answer).RootElement.ToString().Contains(detail, StringComparison.Ordinal)), Is.EqualTo((400, true)), answer);
        AssertNoType(answer);
    }

    private static void AssertNoType(string answer) => Assert.That(answer, Does.Not.Contain("Terminology.").And.Not.Contain("System.").And.Not.Contain("could not be converted").And.Not.Contain("JsonSerializer"));
}

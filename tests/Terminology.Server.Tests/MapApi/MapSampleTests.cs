using System.Text.Json;

namespace Terminology.Server.MapApi;

/// <summary>Groups approved by samples over the API: drawn, judged, approved, released; and what a wrong row, an own row and a restart make of it.</summary>
public sealed class MapSampleTests
{
    private const int Rows = 70;

    /// <summary>A map that lets rows be approved by samples, with rows of which nobody has looked at one.</summary>
    private static async Task<MapServer> StartAsync(string policy = "\"samplingLane\":true")
    {
        var map = await MapServer.StartAsync();
        await map.AskAsync("sue", "POST", "", $$$"""{"id":"lane","url":"{{{MapServer.Url}}}-lane","title":"Lane","sourceSystem":"{{{MapServer.Source}}}","targetSystems":["{{{MapServer.Target}}}"],"domain":"lab","steward":"sue","policy":{ {{{policy}}} } }""", 201);
        var rows = Enumerable.Range(1, Rows).Select(i => $$$"""{"code":"R{{{i}}}","display":"Local {{{i}}}","content":{"targets":[{"system":"{{{MapServer.Target}}}","code":"G{{{i}}}","relationship":"equivalent"}]} }""");
        await map.AskAsync("ada", "POST", "/lane/rows:import", $$"""{"rows":[{{string.Join(',', rows)}}]}""");
        await map.AskAsync("ada", "POST", "/lane/rows:bulk", """{"command":{"verb":"propose"},"state":"draft"}""");
        return map;
    }

    private static string Verdicts(JsonElement page, string? wrong = null)
        => $$"""{"verdicts":[{{string.Join(',', page.GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("key").GetString()).Select(key => key == wrong ? $$"""{"key":"{{key}}","verdict":"wrong","reason":"another specimen"}""" : $$"""{"key":"{{key}}","verdict":"right"}"""))}}]}""";

    private static string State(JsonElement sample) => sample.GetProperty("state").GetString()!;

    [Test]
    public async Task Sample_AllRight_ApprovesTheGroup_WithoutAFindingAboutBulkApproval()
    {
        await using var map = await StartAsync();
        var dry = await map.AskAsync("ria", "POST", "/lane/samples", """{"dryRun":true}""");
        Assert.That((dry.GetProperty("bound").GetProperty("group").GetInt32(), dry.GetProperty("bound").GetProperty("looked").GetInt32(), dry.TryGetProperty("sample", out _)), Is.EqualTo((Rows, 59, false)));
        var drawn = await map.AskAsync("ria", "POST", "/lane/samples", """{"bound":0.05}""", 201);
        Assert.That(State(drawn.GetProperty("sample")), Is.EqualTo("open"));
        Assert.That((await map.AskAsync("jo", "POST", "/lane/samples", "{}", 422)).GetProperty("code").GetString(), Is.EqualTo("NO_ROWS"), "they are in a sample");
        await map.AskAsync("ria", "POST", "/lane/samples/1:approve", null, 409);
        var first = await map.AskAsync("ria", "GET", "/lane/samples/1?limit=40");
        Assert.That(first.GetProperty("rows")[0].GetProperty("view").GetProperty("row").GetProperty("state").GetString(), Is.EqualTo("proposed"));
        Assert.That(State(await map.AskAsync("ria", "POST", "/lane/samples/1/verdicts", Verdicts(first))), Is.EqualTo("open"));
        var second = await map.AskAsync("ria", "GET", $"/lane/samples/1?limit=40&cursor={first.GetProperty("next")}");
        Assert.That(second.TryGetProperty("next", out _), Is.False);
        Assert.That(State(await map.AskAsync("jo", "POST", "/lane/samples/1/verdicts", Verdicts(second))), Is.EqualTo("passed"), "two may share the work");
        var approved = await map.AskAsync("ria", "POST", "/lane/samples/1:approve");
        Assert.That((State(approved), approved.GetProperty("approval").GetProperty("bound").GetProperty("share").GetDouble()), Is.EqualTo(("approved", drawn.GetProperty("bound").GetProperty("share").GetDouble())));
        var row = (await map.AskAsync("sue", "GET", "/lane/rows/R1")).GetProperty("row").GetProperty("approved");
        Assert.That((row.GetProperty("by").GetString(), row.GetProperty("isSampled").GetBoolean(), row.GetProperty("sample").GetInt32()), Is.EqualTo(("ria", true, 1)));
        Assert.That((await map.AskAsync("sue", "GET", "/lane/findings?rule=MQ-405")).GetProperty("total").GetInt32(), Is.Zero);
        Assert.That((await map.AskAsync("aud", "GET", "/lane/verify")).GetProperty("valid").GetBoolean());
        await map.AskAsync("sue", "POST", "/lane/releases:freeze", null, 201);
        await map.AskAsync("sue", "POST", "/lane/releases/1:check");
        Assert.That((await map.SendAsync("sue", "GET", "/lane/releases/1/content")).Answer, Does.Contain("\"isSampled\":true"));
    }

    [Test]
    public async Task BulkApproval_WithoutASample_IsStillAnError()
    {
        await using var map = await StartAsync();
        await map.AskAsync("ria", "POST", "/lane/rows:bulk", """{"command":{"verb":"approve"},"state":"proposed"}""");
        Assert.That((await map.AskAsync("sue", "GET", "/lane/findings?rule=MQ-405")).GetProperty("total").GetInt32(), Is.EqualTo(1));
        await map.AskAsync("sue", "POST", "/lane/releases:freeze", null, 201);
        Assert.That((await map.AskAsync("sue", "POST", "/lane/releases/1:check", null, 422)).GetProperty("detail").GetString(), Does.Contain("MQ-405"));
    }

    [Test]
    public async Task Sample_OneWrong_GivesTheGroupBack()
    {
        await using var map = await StartAsync();
        await map.AskAsync("ria", "POST", "/lane/samples", "{}", 201);
        var page = await map.AskAsync("ria", "GET", "/lane/samples/1");
        var wrong = page.GetProperty("rows")[5].GetProperty("key").GetString()!;
        var failed = await map.AskAsync("ria", "POST", "/lane/samples/1/verdicts", Verdicts(page, wrong));
        Assert.That((State(failed), failed.GetProperty("cause").GetString()), Is.EqualTo(("failed", $"'ria' finds row '{wrong}' wrong: another specimen")));
        Assert.That((await map.AskAsync("sue", "GET", $"/lane/rows/{wrong}")).GetProperty("row").GetProperty("state").GetString(), Is.EqualTo("draft"));
        await map.AskAsync("ria", "POST", "/lane/samples/1:approve", null, 409);
        var again = await map.AskAsync("ria", "POST", "/lane/samples", """{"dryRun":true}""");
        Assert.That((again.GetProperty("bound").GetProperty("group").GetInt32(), again.GetProperty("leftOut").GetArrayLength(), again.GetProperty("leftOut")[0].GetProperty("code").GetString()), Is.EqualTo((0, Rows - 1, "WAS_IN_SAMPLE")));
    }

    [Test]
    public async Task Sample_MoreMayBeWrongThanThePolicySays_IsAnErrorOfTheMap()
    {
        await using var map = await StartAsync("\"samplingLane\":true,\"mostErrors\":1");
        await map.AskAsync("ria", "POST", "/lane/samples", """{"size":59}""", 201);
        await map.AskAsync("ria", "POST", "/lane/samples/1/verdicts", Verdicts(await map.AskAsync("ria", "GET", "/lane/samples/1")));
        await map.AskAsync("ria", "POST", "/lane/samples/1:approve");
        var found = await map.AskAsync("sue", "GET", "/lane/findings?rule=MQ-604");
        Assert.That(found.GetProperty("total").GetInt32(), Is.EqualTo(1), found.ToString());
    }

    [Test]
    public async Task Sample_BadRequests_AreToldWithTheirFields()
    {
        await using var map = await StartAsync();
        async Task<string> FieldAsync(string path, string body, int status = 400) => (await map.AskAsync("ria", "POST", path, body, status)).GetProperty("errors")[0].GetProperty("field").GetString()!;
        Assert.That(await FieldAsync("/lane/samples", """{"bound":0.5}"""), Is.EqualTo("bound"));
        Assert.That(await FieldAsync("/lane/samples", """{"size":7}"""), Is.EqualTo("size"));
        await map.AskAsync("ria", "POST", "/lane/samples", "{}", 201);
        Assert.That(await FieldAsync("/lane/samples/1/verdicts", """{"verdicts":[{"key":"R1","verdict":"wrong"}]}"""), Is.EqualTo("verdicts[0].reason"));
        Assert.That(await FieldAsync("/lane/samples/1/verdicts", """{"verdicts":[{"key":"nobody","verdict":"right"}]}"""), Is.EqualTo("verdicts[0].key"));
        Assert.That(await FieldAsync("/lane/samples/1:withdraw", "{}"), Is.EqualTo("reason"));
        Assert.That(State(await map.AskAsync("ria", "POST", "/lane/samples/1:withdraw", """{"reason":"the wrong rows"}""")), Is.EqualTo("withdrawn"));
        await map.AskAsync("ria", "GET", "/lane/samples/2", null, 404);
        await map.AskAsync("ria", "POST", "/lab/samples", "{}", 422);
        await map.AskAsync("ada", "POST", "/lane/samples", "{}", 403);
    }
}

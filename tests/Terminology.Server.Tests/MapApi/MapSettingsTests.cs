using System.Text.Json;

namespace Terminology.Server.MapApi;

/// <summary>A map itself becomes another: at once by a steward, its rules by two people.</summary>
public sealed class MapSettingsTests
{
    private const string TwoSign = """{"policy":{"signatures":2,"quality":{"MQ-202":"warning"}},"reason":"Two sign since the audit."}""";

    private static async Task<string> VersionAsync(MapServer map) => (await map.AskAsync("sue", "GET", "/lab")).GetProperty("version").GetString()!;

    private static async Task<JsonElement> AskAsync(MapServer map, string who, string method, string path, string? body, int status = 200) => await map.AskAsync(who, method, path, body, status, await VersionAsync(map));

    [Test]
    public async Task Patch_BySteward_HoldsAtOnce_AndWhatIsNotSaidStays()
    {
        await using var map = await MapServer.StartAsync();
        var changed = (await AskAsync(map, "sue", "PATCH", "/lab", """{"title":"Chemistry","steward":"sam","reviewBy":"2030-01-31","copyright":"","reason":"Sue goes."}""")).GetProperty("map");
        Assert.That((changed.GetProperty("title").GetString(), changed.GetProperty("steward").GetString(), changed.GetProperty("policy").GetProperty("reviewBy").GetString(), changed.GetProperty("url").GetString()), Is.EqualTo(("Chemistry", "sam", "2030-01-31", MapServer.Url)));
        Assert.That(changed.TryGetProperty("copyright", out _), Is.False);
        await AskAsync(map, "ada", "PATCH", "/lab", """{"title":"Mine"}""", 403);
        Assert.That((await map.AskAsync("sue", "GET", "/lab/verify")).GetProperty("valid").GetBoolean(), Is.True);
    }

    [TestCase("""{"url":"http://elsewhere.example/map"}""", "url")]
    [TestCase("""{"id":"other"}""", "id")]
    [TestCase("""{"sourceSystem":"http://elsewhere.example/codes"}""", "sourceSystem")]
    [TestCase("{}", "title")]
    [TestCase("""{"title":""}""", "title")]
    [TestCase("""{"policy":{"signatures":2}}""", "reason")]
    [TestCase("""{"policy":{"signatures":0},"reason":"r"}""", "policy.signatures")]
    [TestCase("""{"policy":{"quality":{"MQ-401":"off"}},"reason":"r"}""", "policy.quality")]
    [TestCase("""{"policy":{"reviewBy":"2030-01-01"},"reason":"r"}""", "policy.reviewBy")]
    public async Task Patch_WhatCannotBe_IsNamed(string body, string field)
    {
        await using var map = await MapServer.StartAsync();
        Assert.That((await AskAsync(map, "sue", "PATCH", "/lab", body, 400)).GetRawText(), Does.Contain(field));
        Assert.That((await map.AskAsync("sue", "GET", "/lab")).TryGetProperty("proposal", out _), Is.False);
    }

    [Test]
    public async Task Patch_WithoutOrWithAnOldVersion_IsRefused_WithTheMapAsItIs()
    {
        await using var map = await MapServer.StartAsync();
        var old = await VersionAsync(map);
        await map.AskAsync("sue", "PATCH", "/lab", """{"title":"First"}""", 400);
        await map.AskAsync("sue", "PATCH", "/lab", """{"title":"First"}""", 200, old);
        Assert.That((await map.AskAsync("sue", "PATCH", "/lab", """{"title":"Second"}""", 412, old)).GetProperty("current").GetProperty("map").GetProperty("title").GetString(), Is.EqualTo("First"));
    }

    [Test]
    public async Task Policy_Proposed_HoldsWhenAnotherStewardAgreed()
    {
        await using var map = await MapServer.StartAsync();
        await map.AddPersonAsync("sam", "steward");
        var proposed = await AskAsync(map, "sue", "PATCH", "/lab", TwoSign);
        Assert.That((proposed.GetProperty("proposal").GetProperty("by").GetString(), proposed.GetProperty("map").GetProperty("policy").GetProperty("signatures").GetInt32()), Is.EqualTo(("sue", 1)));
        Assert.That((await AskAsync(map, "sue", "POST", "/lab/settings:approve", null, 403)).GetProperty("code").GetString(), Is.EqualTo("FOUR_EYES"));
        await AskAsync(map, "ada", "POST", "/lab/settings:approve", null, 403);
        await AskAsync(map, "ada", "PATCH", "/lab", """{"policy":{"signatures":3},"reason":"r"}""", 409);
        var approved = await AskAsync(map, "sam", "POST", "/lab/settings:approve", """{"reason":"Agreed."}""");
        Assert.That(approved.GetProperty("map").GetProperty("policy").GetProperty("signatures").GetInt32(), Is.EqualTo(2));
        Assert.That(approved.TryGetProperty("proposal", out _), Is.False);
        await AskAsync(map, "sam", "POST", "/lab/settings:approve", null, 404);
        Assert.That((await map.AskAsync("sue", "GET", "/lab/verify")).GetProperty("valid").GetBoolean(), Is.True);
    }

    [Test]
    public async Task Policy_ProposedByAnAuthor_IsRejected_OrTakenBack()
    {
        await using var map = await MapServer.StartAsync();
        await AskAsync(map, "ada", "PATCH", "/lab", TwoSign);
        await AskAsync(map, "ben", "POST", "/lab/settings:reject", """{"reason":"r"}""", 403);
        await AskAsync(map, "sue", "POST", "/lab/settings:reject", null, 400);
        Assert.That((await AskAsync(map, "sue", "POST", "/lab/settings:reject", """{"reason":"One is enough."}""")).TryGetProperty("proposal", out _), Is.False);
        await AskAsync(map, "ada", "PATCH", "/lab", TwoSign);
        await AskAsync(map, "ada", "PATCH", "/lab", TwoSign.Replace("2,", "3,", StringComparison.Ordinal));
        Assert.That((await AskAsync(map, "ada", "POST", "/lab/settings:reject", """{"reason":"A mistake."}""")).GetProperty("map").GetProperty("policy").GetProperty("signatures").GetInt32(), Is.EqualTo(1));
    }

    [Test]
    public async Task Policy_FromTwoAuthorsToOne_WaitsUntilNoRowIsUnderBlindWork()
    {
        await using var map = await MapServer.StartAsync("dual-blind");
        await map.AddPersonAsync("sam", "steward");
        await map.ImportAsync(isWhole: true, "GLU", "NA");
        await map.StepAsync("ada", "GLU", MapServer.Decide("G1"));
        await AskAsync(map, "sue", "PATCH", "/lab", """{"policy":{"review":"single-and-review"},"reason":"Too few people."}""");
        var refused = await AskAsync(map, "sam", "POST", "/lab/settings:approve", null, 422);
        Assert.That(refused.GetProperty("code").GetString(), Is.EqualTo("BLIND_WORK"));
        Assert.That(refused.GetProperty("detail").GetString(), Does.Contain("GLU").And.Not.Contain("NA"));
        await map.StepAsync("ada", "GLU", """{"verb":"propose"}""");
        await map.StepAsync("ben", "GLU", MapServer.Decide("G2"));
        await map.StepAsync("ben", "GLU", """{"verb":"propose"}""");
        await AskAsync(map, "sam", "POST", "/lab/settings:approve", null, 422); // now they disagree
        await map.StepAsync("jo", "GLU", """{"verb":"adjudicate","taken":"ada","reason":"r"}""");
        Assert.That((await AskAsync(map, "sam", "POST", "/lab/settings:approve", null)).GetProperty("map").GetProperty("policy").GetProperty("review").GetString(), Is.EqualTo("single-and-review"));
        await map.ApproveAsync("NA", "G3");
    }
}

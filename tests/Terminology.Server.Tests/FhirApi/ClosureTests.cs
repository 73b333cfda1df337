using System.Net;
using System.Text.Json;

namespace Terminology.Server.FhirApi;

/// <summary>$closure over HTTP, over the demo content.</summary>
public sealed class ClosureTests
{
    [Test]
    public async Task Closure_WalkOfAClient_AnswersConceptMaps()
    {
        var (status, started) = await AskAsync("$closure", "walk");
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), DemoServer.Text(started));
        Assert.That((started.GetProperty("version").GetString(), started.TryGetProperty("group", out _)), Is.EqualTo(("0", false)));
        await AskAsync("$closure", "walk", concepts: ["22298006"]);
        var (_, updates) = await AskAsync("ConceptMap/$closure", "walk", concepts: ["404684003", "64572001"]);
        Assert.That(updates.GetProperty("version").GetString(), Is.EqualTo("2"));
        var group = updates.GetProperty("group")[0];
        var lines = group.GetProperty("element").EnumerateArray().SelectMany(
            element => element.GetProperty("target").EnumerateArray(),
            (element, target) => $"{element.GetProperty("code").GetString()} {target.GetProperty("equivalence").GetString()} {target.GetProperty("code").GetString()}");
        Assert.That(lines, Is.SupersetOf(new[] { "22298006 subsumes 404684003", "22298006 subsumes 64572001", "64572001 subsumes 404684003" }), "the target subsumes the source");
        var (_, all) = await AskAsync("$closure", "walk", version: "0");
        Assert.That(all.GetProperty("group").GetRawText(), Is.EqualTo(updates.GetProperty("group").GetRawText()));
    }

    [Test]
    public async Task Closure_ExpressionBelowItsFocus_IsALine()
    {
        await AskAsync("$closure", "expressions");
        var (status, updates) = await AskAsync("$closure", "expressions", concepts: ["64572001", "64572001:363698007=1041999999103"]);
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), DemoServer.Text(updates));
        Assert.That(updates.GetProperty("group")[0].GetProperty("element")[0].GetProperty("code").GetString(), Is.EqualTo("64572001:363698007=1041999999103"));
    }

    [Test]
    public async Task Closure_ManyClientsAtOnce_LoseNothing()
    {
        string[] codes = ["22298006", "404684003", "64572001", "138875005", "363698007", "1041999999103"];
        await AskAsync("$closure", "many");
        await Task.WhenAll(codes.Select(code => AskAsync("$closure", "many", concepts: [code])));
        var (_, all) = await AskAsync("$closure", "many", version: "0");
        Assert.That(all.GetProperty("version").GetString(), Is.EqualTo("6"));
        Assert.That(DemoServer.Text(all), Does.Contain("\"138875005\""));
    }

    [Test]
    public async Task Closure_Wrong_HasItsStatus()
    {
        Assert.That((await AskAsync("$closure", "never", concepts: ["22298006"])).Status, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await AskAsync("$closure", "no name")).Status, Is.EqualTo(HttpStatusCode.BadRequest));
        await AskAsync("$closure", "wrong");
        Assert.That((await AskAsync("$closure", "wrong", concepts: ["1"])).Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That((await DemoServer.GetAsync("$closure?name=wrong")).Status, Is.EqualTo(HttpStatusCode.NotFound), "it changes something, so GET does not do it");
    }

    private static Task<(HttpStatusCode Status, JsonElement Json)> AskAsync(string path, string name, string[]? concepts = null, string? version = null) => DemoServer.PostAsync(path, JsonSerializer.Serialize(new
    {
        resourceType = "Parameters",
        parameter = new object[] { new { name = "name", valueString = name } }
            .Concat((concepts ?? []).Select(code => new { name = "concept", valueCoding = new { system = "http://snomed.info/sct", code } }))
            .Concat(version is null ? [] : [new { name = "version", valueString = version }]),
    }));
}

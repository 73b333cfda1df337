using System.Text.Json;

namespace Terminology.Server.MapApi;

public sealed class MapCommentTests
{
    [Test]
    public async Task Comments_NewestFirst_PageByPage()
    {
        await using var map = await MapServer.StartAsync();
        await map.ImportAsync(isWhole: true, "A", "B");
        await map.StepAsync("ada", "A", MapServer.Decide("T1"));
        await map.StepAsync("otto", "A", """{"verb":"comment","reason":"Ask the laboratory."}""");
        await map.StepAsync("ada", "A", """{"verb":"park","parkedFor":"Which analyser is it?"}""");
        await map.StepAsync("ada", "A", """{"verb":"resume","reason":"The old one."}""");
        await map.StepAsync("ben", "B", """{"verb":"comment","reason":"Rare."}""");
        var all = await map.AskAsync("ria", "GET", "/lab/comments");
        Assert.That(Said(all), Is.EqualTo(new[] { "B ben comment Rare.", "A ada resume The old one.", "A ada park Which analyser is it?", "A otto comment Ask the laboratory." }));
        Assert.That(all.TryGetProperty("next", out _), Is.False);
        var (pages, cursor) = (new List<string>(), "");
        do
        {
            var page = await map.AskAsync("ria", "GET", $"/lab/comments?limit=3{cursor}");
            pages.AddRange(Said(page));
            cursor = page.TryGetProperty("next", out var next) ? $"&cursor={next.GetString()}" : "";
        }
        while (cursor.Length > 0);
        Assert.That(pages, Is.EqualTo(Said(all)));
    }

    [Test]
    public async Task Comments_OfTheOtherBlindAuthor_AreNotShownBeforeBothHaveHandedIn()
    {
        await using var map = await MapServer.StartAsync("dual-blind");
        await map.ImportAsync(isWhole: true, "A");
        foreach (var (who, code) in new[] { ("ada", "T1"), ("ben", "T2") })
        {
            await map.StepAsync(who, "A", MapServer.Decide(code));
            await map.StepAsync(who, "A", $$"""{"verb":"comment","reason":"I take {{code}}."}""");
        }
        Assert.That(Said(await map.AskAsync("ada", "GET", "/lab/comments")), Is.EqualTo(new[] { "A ada comment I take T1." }));
        foreach (var who in new[] { "ada", "ben" }) await map.StepAsync(who, "A", """{"verb":"propose"}""");
        Assert.That(Said(await map.AskAsync("ada", "GET", "/lab/comments")), Has.Length.EqualTo(2));
    }

    private static string[] Said(JsonElement page) => page.TryGetProperty("comments", out var comments)
        ? [.. comments.EnumerateArray().Select(comment => $"{comment.GetProperty("row").GetString()} {comment.GetProperty("by").GetString()} {comment.GetProperty("verb").GetString()} {comment.GetProperty("text").GetString()}")] : [];
}

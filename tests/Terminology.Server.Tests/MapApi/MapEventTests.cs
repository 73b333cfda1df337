using System.Net.Http.Headers;

namespace Terminology.Server.MapApi;

public sealed class MapEventTests
{
    [Test]
    public async Task Events_AsTheyHappen_WithoutWhatWasSaid_AndOnBehindWhatWasSeen()
    {
        await using var map = await MapServer.StartAsync("dual-blind");
        await map.ImportAsync(isWhole: true, "A", "B");
        var before = (await map.AskAsync("sue", "GET", "/lab")).GetProperty("sequence").GetInt64();
        string all;
        using (var stream = await OpenAsync(map, "ben"))
        {
            await map.StepAsync("ada", "A", MapServer.Decide("G1"));
            await map.StepAsync("ada", "A", """{"verb":"propose"}""");
            all = await ReadAsync(stream, 2);
        }
        Assert.That(all, Is.EqualTo($$"""
            id: {{before + 1}}
            event: decide
            data: {"sequence":{{before + 1}},"verb":"decide","row":"A","version":2}
            id: {{before + 2}}
            event: propose
            data: {"sequence":{{before + 2}},"verb":"propose","row":"A","version":3}
            """.ReplaceLineEndings("\n")));
        Assert.That(all, Does.Not.Contain("G1").And.Not.Contain("ada"), "of two authors who work blindly neither learns of the other");

        // While nobody watched, something more happened.
        await map.StepAsync("ada", "B", MapServer.Decide("G2"));
        using var again = await OpenAsync(map, "ben", (before + 1).ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.That((await ReadAsync(again, 2)).Split('\n').Where(line => line.StartsWith("id", StringComparison.Ordinal)), Is.EqualTo(new[] { $"id: {before + 2}", $"id: {before + 3}" }));
    }

    [Test]
    public async Task Events_OfAQuestion_NameItAndTheRowItParks()
    {
        await using var map = await MapServer.StartAsync();
        await map.ImportAsync(isWhole: true, "A");
        await map.StepAsync("ada", "A", MapServer.Decide("G1"));
        using var stream = await OpenAsync(map, "ben");
        await map.AskAsync("ada", "POST", "/lab/questions", """{"rows":["A"],"text":"Serum?","to":{"person":"ria"},"park":true}""", 201);
        var all = await ReadAsync(stream, 2);
        Assert.That(all, Does.Contain("\"verb\":\"ask\",\"version\":1,\"question\":1}").And.Contain("\"verb\":\"park\",\"row\":\"A\"").And.Not.Contain("Serum"));
    }

    [Test]
    public async Task Events_WithoutTheRight_AreRefused()
    {
        await using var map = await MapServer.StartAsync();
        await map.AskAsync("vic", "GET", "/lab/events", null, 403);
        await map.AskAsync("eve", "GET", "/lab/events", null, 403);
        await map.AskAsync("sue", "GET", "/nosuch/events", null, 404);
    }

    private static async Task<StreamReader> OpenAsync(MapServer map, string who, string? seen = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "api/maps/lab/events");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", map.Token(who));
        if (seen is not null) request.Headers.Add("Last-Event-ID", seen);
        var response = await map.Server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo("text/event-stream"));
        var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        Assert.That(await reader.ReadLineAsync(), Is.EqualTo(": watching"));
        return reader;
    }

    private static async Task<string> ReadAsync(StreamReader stream, int events)
    {
        var lines = new List<string>();
        while (lines.Count < events * 3)
        {
            if (await stream.ReadLineAsync() is { Length: > 0 } line && line[0] != ':') lines.Add(line);
        }
        return string.Join('\n', lines);
    }
}

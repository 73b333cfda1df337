using System.Globalization;
using System.Text.Json;

namespace Terminology.Server.MapApi;

/// <summary>Questions over the API: asked, seen by who may, answered once, and told by why, comments, events and the log.</summary>
public sealed class MapQuestionTests
{
    private const string ToRia = """{"rows":["A"],"text":"Serum?","to":{"person":"ria"},"park":true}""";

    [Test]
    public async Task Question_AskedAndAnswered_ParksAndResumesItsRow_AndIsTold()
    {
        await using var map = await StartAsync();
        var asked = await map.AskAsync("ada", "POST", "/lab/questions", """{"rows":["A","B"],"text":"Serum?","to":{"person":"ria"},"due":"2099-01-31","park":true}""", 201);
        Assert.That(asked.GetProperty("notParked")[0].GetProperty("key").GetString(), Is.EqualTo("B"));
        Assert.That(await RowAsync(map), Is.EqualTo(("parked", "Answer of 'ria' to question 1")));
        await map.AskAsync("ria", "POST", "/lab/questions/1:answer", """{"text":"Yes."}""", 400);
        var answered = await map.AskAsync("ria", "POST", "/lab/questions/1:answer", """{"text":"Yes."}""", 200, Version(asked));
        Assert.That(answered.GetProperty("question").GetProperty("answer").GetProperty("by").GetString(), Is.EqualTo("ria"));
        Assert.That(await RowAsync(map), Is.EqualTo(("draft", (string?)null)));
        var late = await map.AskAsync("sue", "POST", "/lab/questions/1:answer", """{"text":"No."}""", 412, Version(asked));
        Assert.That(late.GetProperty("current").GetProperty("question").GetProperty("state").GetString(), Is.EqualTo("answered"));
        await map.AskAsync("sue", "POST", "/lab/questions/1:answer", """{"text":"No."}""", 409, Version(answered));
        var why = await map.AskAsync("sue", "GET", "/lab/rows/A/why");
        Assert.That(Verbs(why, "events"), Is.EqualTo(new[] { "resume system", "answer ria", "park ada", "ask ada", "decide ada", "enter ada" }));
        Assert.That(Verbs(await map.AskAsync("sue", "GET", "/lab/rows/B/why"), "events"), Is.EqualTo(new[] { "answer ria", "ask ada", "enter ada" }));
        var comments = (await map.AskAsync("sue", "GET", "/lab/comments")).GetProperty("comments").EnumerateArray().Select(comment => $"{comment.GetProperty("question")} {comment.GetProperty("by").GetString()} {comment.GetProperty("text").GetString()}");
        Assert.That(comments, Is.EqualTo(new[] { "1 ria Yes.", "1 ada Serum?" }));
        Assert.That((await map.AskAsync("aud", "GET", "/lab/verify")).GetProperty("valid").GetBoolean());
    }

    [Test]
    public async Task Question_Withdrawn_LetsTheRowGoOn()
    {
        await using var map = await StartAsync();
        var version = Version(await map.AskAsync("ada", "POST", "/lab/questions", ToRia, 201));
        await map.AskAsync("ria", "POST", "/lab/questions/1:withdraw", """{"reason":"r"}""", 403, version);
        Assert.That((await map.AskAsync("ada", "POST", "/lab/questions/1:withdraw", "{}", 400, version)).GetProperty("errors")[0].GetProperty("field").GetString(), Is.EqualTo("reason"));
        await map.AskAsync("ada", "POST", "/lab/questions/1:withdraw", """{"reason":"Found."}""", 200, version);
        Assert.That((await RowAsync(map)).State, Is.EqualTo("draft"));
    }

    [Test]
    public async Task Question_ParkTakenBack_IsStillOpen_AndItsAnswerResumesNothing()
    {
        await using var map = await StartAsync();
        var version = Version(await map.AskAsync("ada", "POST", "/lab/questions", ToRia, 201));
        await map.StepAsync("ada", "A", """{"verb":"undo"}""");
        await map.StepAsync("ada", "A", """{"verb":"park","parkedFor":"June"}""");
        await map.AskAsync("ria", "POST", "/lab/questions/1:answer", """{"text":"Yes."}""", 200, version);
        Assert.That(await RowAsync(map), Is.EqualTo(("parked", "June")));
    }

    [Test]
    public async Task Question_NotRight_IsRefusedWithItsPlace()
    {
        await using var map = await StartAsync();
        async Task<string?> FieldAsync(string body, int status = 400) => (await map.AskAsync("ada", "POST", "/lab/questions", body, status)).GetProperty("errors")[0].GetProperty("field").GetString();
        Assert.That(await FieldAsync("""{"to":{"person":"ria"}}"""), Is.EqualTo("text"));
        Assert.That(await FieldAsync("""{"text":"t"}"""), Is.EqualTo("to"));
        Assert.That(await FieldAsync("""{"text":"t","to":{"person":"zoe"}}"""), Is.EqualTo("to.person"));
        Assert.That(await FieldAsync("""{"text":"t","to":{"person":"vic"}}"""), Is.EqualTo("to.person"));
        Assert.That(await FieldAsync("""{"rows":["A","X"],"text":"t","to":{"person":"ria"}}""", 404), Is.EqualTo("rows[1]"));
        await map.AskAsync("key", "POST", "/lab/questions", ToRia, 403);
        await map.AskAsync("ada", "GET", "/lab/questions/1", null, 404);
        await map.AskAsync("ada", "GET", "/lab/questions?state=nosuch", null, 400);
    }

    [Test]
    public async Task Questions_Filtered_PageByPage()
    {
        await using var map = await StartAsync();
        foreach (var body in new[] { """{"rows":["A"],"text":"1","to":{"person":"ria"}}""", """{"rows":["A","B"],"text":"2","to":{"sender":"North"}}""", """{"text":"3","to":{"person":"ada"}}""" }) await map.AskAsync(body.Contains("ada", StringComparison.Ordinal) ? "ben" : "ada", "POST", "/lab/questions", body, 201);
        await map.AskAsync("otto", "POST", "/lab/questions/2:answer", """{"text":"Yes.","from":"Dr. Berg"}""", 200, Version(await map.AskAsync("otto", "GET", "/lab/questions/2")));
        async Task<string> NumbersAsync(string who, string query)
        {
            var (numbers, cursor) = (new List<string>(), "");
            do
            {
                var page = await map.AskAsync(who, "GET", $"/lab/questions?limit=1{query}{cursor}");
                if (page.TryGetProperty("questions", out var questions)) numbers.AddRange(questions.EnumerateArray().Select(view => view.GetProperty("question").GetProperty("number").ToString()));
                cursor = page.TryGetProperty("next", out var next) ? $"&cursor={next.GetString()}" : "";
            }
            while (cursor.Length > 0);
            return string.Join(' ', numbers);
        }
        foreach (var (who, query, numbers) in new[] { ("sue", "", "3 2 1"), ("sue", "&state=open", "3 1"), ("ada", "&to=me", "3"), ("ria", "&to=me&state=open", "1"), ("sue", "&to=North", "2"), ("ada", "&by=me&state=answered", "2"), ("sue", "&row=B", "2"), ("sue", "&row=A", "2 1"), ("sue", "&to=nobody", "") })
        {
            Assert.That(await NumbersAsync(who, query), Is.EqualTo(numbers), query);
        }
    }

    [Test]
    public async Task Questions_OfTheOtherBlindAuthor_AreNotShownBeforeBothHaveHandedIn()
    {
        await using var map = await StartAsync("dual-blind");
        await map.StepAsync("ben", "A", MapServer.Decide("G2"));
        await map.AskAsync("ada", "POST", "/lab/questions", """{"rows":["A"],"text":"G1?","to":{"person":"ben"}}""", 422);
        await map.AskAsync("ada", "POST", "/lab/questions", """{"rows":["A"],"text":"G1?","to":{"person":"otto"}}""", 201);
        foreach (var (who, seen) in new[] { ("ada", 1), ("otto", 1), ("ben", 0) })
        {
            Assert.That((await map.AskAsync(who, "GET", "/lab/questions")).GetProperty("total").GetInt32(), Is.EqualTo(seen), who);
            Assert.That((await map.SendAsync(who, "GET", "/lab/rows/A/why")).Answer.Contains("G1?", StringComparison.Ordinal), Is.EqualTo(seen == 1), who);
            Assert.That((await map.SendAsync(who, "GET", "/lab/comments")).Answer.Contains("G1?", StringComparison.Ordinal), Is.EqualTo(seen == 1), who);
        }
        await map.AskAsync("ben", "GET", "/lab/questions/1", null, 404);
        foreach (var who in new[] { "ada", "ben" }) await map.StepAsync(who, "A", """{"verb":"propose"}""");
        await map.AskAsync("ben", "GET", "/lab/questions/1");
    }

    /// <summary>Row A is a draft of ada, B says nothing.</summary>
    private static async Task<MapServer> StartAsync(string review = "single-and-review")
    {
        var map = await MapServer.StartAsync(review);
        await map.ImportAsync(isWhole: true, "A", "B");
        await map.StepAsync("ada", "A", MapServer.Decide("G1"));
        return map;
    }

    private static async Task<(string? State, string? ParkedFor)> RowAsync(MapServer map)
    {
        var row = (await map.AskAsync("sue", "GET", "/lab/rows/A")).GetProperty("row");
        return (row.GetProperty("state").GetString(), row.TryGetProperty("parkedFor", out var parked) ? parked.GetString() : null);
    }

    private static string Version(JsonElement view) => view.GetProperty("version").GetString()!;

    private static string[] Verbs(JsonElement answer, string name) => [.. answer.GetProperty(name).EnumerateArray().Select(happened => string.Create(CultureInfo.InvariantCulture, $"{happened.GetProperty("verb").GetString()} {happened.GetProperty("actor").GetString()}"))];
}

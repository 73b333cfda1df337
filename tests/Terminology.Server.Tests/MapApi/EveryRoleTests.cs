namespace Terminology.Server.MapApi;

/// <summary>Every endpoint of map work with every role: who is not in the row is refused.</summary>
public sealed class EveryRoleTests : IAsyncDisposable
{
    private const string Table = """
        GET    /lab                        contributor author reviewer adjudicator steward release-approver interface-owner auditor admin key
        GET    /lab/rows                   contributor author reviewer adjudicator steward release-approver interface-owner auditor admin key
        GET    /lab/rows/A                 contributor author reviewer adjudicator steward release-approver interface-owner auditor admin key
        GET    /lab/rows/A/why             contributor author reviewer adjudicator steward release-approver interface-owner auditor admin key
        GET    /lab/agreement              contributor author reviewer adjudicator steward release-approver interface-owner auditor admin key
        GET    /lab/comments               contributor author reviewer adjudicator steward release-approver interface-owner auditor admin key
        GET    /lab/findings               contributor author reviewer adjudicator steward release-approver interface-owner auditor admin key
        GET    /lab/rows/A/relationship    contributor author reviewer adjudicator steward release-approver interface-owner auditor admin key
        GET    /lab/waivers                contributor author reviewer adjudicator steward release-approver interface-owner auditor admin key
        POST   /lab/waivers                reviewer adjudicator steward
        DELETE /lab/waivers/0              reviewer adjudicator steward
        GET    /lab/verify                 steward auditor
        GET    /lab/releases               viewer contributor author reviewer adjudicator steward release-approver interface-owner auditor admin key
        GET    /lab/releases/1             viewer contributor author reviewer adjudicator steward release-approver interface-owner auditor admin key
        GET    /lab/releases/1/content     viewer contributor author reviewer adjudicator steward release-approver interface-owner auditor admin key
        GET    /lab/releases:diff?a=1&b=1  viewer contributor author reviewer adjudicator steward release-approver interface-owner auditor admin key
        POST   /lab/rows:import            author steward key
        POST   /lab/lists:preview          author steward key
        POST   /lab/lists:import           author steward key
        POST   /lab/files:import           author steward key
        GET    /lab/lists                  contributor author reviewer adjudicator steward release-approver interface-owner auditor admin key
        GET    /lab/releases/1/export?format=csv  viewer contributor author reviewer adjudicator steward release-approver interface-owner auditor admin key
        GET    /lab/tests                  contributor author reviewer adjudicator steward release-approver interface-owner auditor admin key
        PATCH  /lab title                  steward
        PATCH  /lab policy                 author steward
        POST   /lab/settings:approve       steward
        POST   /lab/settings:reject        author steward
        PUT    /lab/tests                  author steward interface-owner key
        GET    /lab/impact                 contributor author reviewer adjudicator steward release-approver interface-owner auditor admin key
        POST   /lab/impact:accept          author steward key
        POST   /lab/impact:recheck         steward
        POST   /lab/rows:assign            steward
        GET    /lab/samples                contributor author reviewer adjudicator steward release-approver interface-owner auditor admin key
        GET    /lab/samples/1              contributor author reviewer adjudicator steward release-approver interface-owner auditor admin key
        POST   /lab/samples                reviewer adjudicator steward
        POST   /lab/samples/1/verdicts     reviewer adjudicator steward
        POST   /lab/samples/1:approve      reviewer adjudicator steward
        POST   /lab/samples/1:withdraw     reviewer adjudicator steward
        GET    /lab/questions              contributor author reviewer adjudicator steward release-approver interface-owner auditor admin key
        GET    /lab/questions/1            contributor author reviewer adjudicator steward release-approver interface-owner auditor admin key
        POST   /lab/questions              contributor author reviewer adjudicator steward release-approver interface-owner
        POST   /lab/questions/1:answer     contributor author reviewer adjudicator steward release-approver interface-owner
        POST   /lab/questions/1:withdraw   contributor author reviewer adjudicator steward release-approver interface-owner
        PATCH  /lab/rows/B decide          author steward key
        PATCH  /lab/rows/B propose         author steward
        PATCH  /lab/rows/B approve         reviewer adjudicator steward
        PATCH  /dual/rows/D adjudicate     adjudicator
        PATCH  /lab/rows/B comment         viewer contributor author reviewer adjudicator steward release-approver interface-owner
        POST   /lab/releases:freeze        steward key
        POST   /lab/releases/N:check       steward key
        POST   /lab/releases/N:sign        release-approver
        POST   /lab/releases/N:activate    steward
        POST   /lab/releases/N:schedule    steward
        POST   /lab/releases/N:withdraw    steward
        POST   /lab/releases/N:review      release-approver
        """;

    private MapServer _map = null!;

    internal static IEnumerable<string> Rows() => Table.Split('\n').Select(line => line.TrimEnd());

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _map = await MapServer.StartAsync();
        await _map.ImportAsync(isWhole: true, "A", "B");
        await _map.ApproveAsync("A", "G1");
        await _map.ReleaseAsync();
        await _map.AskAsync("sue", "POST", "", $$$"""{"id":"dual","url":"{{{MapServer.Url}}}-dual","title":"Dual","sourceSystem":"{{{MapServer.Source}}}","targetSystems":["{{{MapServer.Target}}}"],"domain":"lab","steward":"sue","policy":{"review":"dual-blind"}}""", 201);
        await _map.AskAsync("ada", "POST", "/dual/rows:import", """{"rows":[{"code":"D","display":"D"}]}""");
    }

    public ValueTask DisposeAsync() => _map.DisposeAsync();

    /// <summary>Refused for want of a right is 403 alone; that a step leads nowhere from here (409, 412, 422) is told to who may take it.</summary>
    [TestCaseSource(nameof(Rows))]
    public async Task Endpoint_EveryRole_IsLetInOrNot(string row)
    {
        var words = row.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var (method, path) = (words[0], words[1]);
        var verb = method == "PATCH" ? words[2] : null;
        var allowed = words.Skip(verb is null ? 2 : 3).ToHashSet();
        foreach (var (who, role) in MapServer.Roles.Append(new("eve", "another domain")).Append(new("key", "key")).Append(new("noscope", "no scope")).Append(new("nobody", "nobody")))
        {
            if (verb is "propose" or "approve") await PrepareAsync(verb);
            if (verb == "adjudicate") await PrepareConflictAsync();
            var there = path.Contains("/N:", StringComparison.Ordinal) ? path.Replace("/N:", $"/{await PrepareReleaseAsync(path[(path.IndexOf(':', StringComparison.Ordinal) + 1)..])}:", StringComparison.Ordinal) : path;
            var (status, answer) = await _map.SendAsync(who, method, there, Body(path, verb), verb is null ? null : (await _map.AskAsync("sue", "GET", path)).GetProperty("version").ToString());
            if (role == "nobody") Assert.That(status, Is.EqualTo(401), $"{row} by {who}: {answer}");
            else if (allowed.Contains(role)) Assert.That(status, there != path || verb == "adjudicate" ? Is.EqualTo(200) : Is.Not.AnyOf(401, 403).And.LessThan(500), $"{row} by {who}: {answer}");
            else Assert.That(status, Is.EqualTo(403), $"{row} by {who}: {answer}");
        }
    }

    private static string? Body(string path, string? verb) => verb switch
    {
        "title" => """{"title":"T"}""",
        "policy" => """{"policy":{"signatures":1},"reason":"r"}""",
        "decide" => MapServer.Decide("G3"),
        { } => $$"""{"verb":"{{verb}}","reason":"r","taken":"ada"}""",
        null when path.EndsWith(":schedule", StringComparison.Ordinal) => """{"at":"2100-01-01T00:00:00Z"}""",
        null when path.EndsWith(":withdraw", StringComparison.Ordinal) => """{"reason":"r"}""",
        null when path.EndsWith("/rows:assign", StringComparison.Ordinal) => """{"keys":["B"],"due":"2100-01-01"}""",
        null when path.EndsWith("/samples", StringComparison.Ordinal) => "{}",
        null when path.EndsWith("/verdicts", StringComparison.Ordinal) => """{"verdicts":[{"key":"A","verdict":"right"}]}""",
        null when path.EndsWith("/questions", StringComparison.Ordinal) => """{"text":"t","to":{"sender":"s"}}""",
        null when path.EndsWith(":answer", StringComparison.Ordinal) => """{"text":"t","from":"f"}""",
        null when path.EndsWith("/tests", StringComparison.Ordinal) => """{"tests":[]}""",
        null when path.EndsWith("/impact:accept", StringComparison.Ordinal) => """{"kinds":["same-as"]}""",
        null when path.EndsWith("/impact:recheck", StringComparison.Ordinal) => "{}",
        null => path.EndsWith(":import", StringComparison.Ordinal) ? """{"rows":[]}""" : path.EndsWith("/waivers", StringComparison.Ordinal) ? """{"finding":"0","reason":"r","until":"2100-01-01"}""" : null,
    };

    /// <summary>Two authors who work blindly have said two things.</summary>
    private async Task PrepareConflictAsync()
    {
        if ((await _map.AskAsync("sue", "GET", "/dual/rows/D")).GetProperty("row").GetProperty("state").GetString() == "conflict") return;
        foreach (var (who, code) in new[] { ("ada", "G1"), ("ben", "G2") })
        {
            foreach (var step in new[] { MapServer.Decide(code), """{"verb":"propose"}""" }) await _map.AskAsync(who, "PATCH", "/dual/rows/D", step, 200, (await _map.AskAsync("sue", "GET", "/dual/rows/D")).GetProperty("version").ToString());
        }
    }

    /// <summary>A release that stands where the step begins.</summary>
    private async Task<int> PrepareReleaseAsync(string verb)
    {
        string[] open = ["frozen", "checked", "signed", "scheduled"];
        foreach (var release in (await _map.AskAsync("sue", "GET", "/lab/releases")).GetProperty("releases").EnumerateArray().Where(release => open.Contains(release.GetProperty("state").GetString())))
        {
            await _map.AskAsync("sue", "POST", $"/lab/releases/{release.GetProperty("number")}:withdraw");
        }
        var number = (await _map.AskAsync("sue", "POST", "/lab/releases:freeze", null, 201)).GetProperty("number").GetInt32();
        foreach (var (who, step) in new[] { ("sue", "check"), ("kim", "sign"), ("sue", "activate"), ("sue", "withdraw") })
        {
            // One that is only frozen may be withdrawn too; here it is the one that answers.
            if (step == verb || (step == "activate" && verb == "schedule")) break;
            await _map.AskAsync(who, "POST", $"/lab/releases/{number}:{step}", step == "withdraw" ? """{"reason":"r"}""" : null);
        }
        return number;
    }

    /// <summary>The row stands where the step begins, said by one who is none of those that are tried.</summary>
    private async Task PrepareAsync(string verb)
    {
        var state = (await _map.AskAsync("sue", "GET", "/lab/rows/B")).GetProperty("row").GetProperty("state").GetString();
        if (state == "proposed" && verb == "propose") await _map.StepAsync("ria", "B", """{"verb":"request-changes","reason":"r"}""");
        if (state is "unmapped" or "approved" || (state == "draft" && verb == "approve")) await _map.StepAsync("ben", "B", MapServer.Decide("G3"));
        if (verb == "approve" && state != "proposed") await _map.StepAsync("ben", "B", """{"verb":"propose"}""");
    }
}

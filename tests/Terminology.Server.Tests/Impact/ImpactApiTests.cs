using System.Text.Json;
using Terminology.Server.Limits;
using Terminology.Server.MapApi;

namespace Terminology.Server.Impact;

/// <summary>A new release of the target system through the API: report, drafts of repairs, rows to look at again; nothing by itself.</summary>
public sealed class ImpactApiTests
{
    private const string Question = $"/lab/impact?system={MapServer.Target}&version=2", Body = $"\"system\":\"{MapServer.Target}\",\"version\":\"2\"";

    /// <summary>Approved rows, and then a second version: G2 replaces G1 by a conversion table, G3 has another name, G4 is gone.</summary>
    private static async Task<MapServer> StartAsync(bool isReleased, params (string Row, string Target)[] rows)
    {
        var map = await MapServer.StartAsync();
        await StoreAsync(map, "CodeSystem/v1", """{"resourceType":"CodeSystem","id":"v1","url":"URL","version":"1","status":"active","content":"complete","concept":[{"code":"G1","display":"One"},{"code":"G2","display":"Two"},{"code":"G3","display":"Three"},{"code":"G4","display":"Four"},{"code":"G5","display":"Five"}]}""");
        await map.ImportAsync(isWhole: true, [.. rows.Select(row => row.Row)]);
        foreach (var (row, target) in rows) await map.ApproveAsync(row, target);
        if (isReleased) await map.ReleaseAsync();
        await StoreAsync(map, "CodeSystem/v2", """{"resourceType":"CodeSystem","id":"v2","url":"URL","version":"2","status":"active","content":"complete","property":[{"code":"inactive","type":"boolean","uri":"http://hl7.org/fhir/concept-properties#inactive"}],"concept":[{"code":"G1","display":"One","property":[{"code":"inactive","valueBoolean":true}]},{"code":"G2","display":"Two"},{"code":"G3","display":"Third"},{"code":"G5","display":"Five"}]}""");
        await StoreAsync(map, "ConceptMap/conversion", """{"resourceType":"ConceptMap","id":"conversion","url":"http://hospital.example/conversion","version":"1","title":"Conversion table","status":"active","group":[{"source":"URL","target":"URL","element":[{"code":"G1","target":[{"code":"G2","equivalence":"equivalent"}]}]}]}""");
        return map;
    }

    private static async Task StoreAsync(MapServer map, string path, string json)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"fhir/{path}") { Content = ServerOfItsOwn.Json(json.Replace("URL", MapServer.Target, StringComparison.Ordinal)) };
        request.Headers.Authorization = new("Bearer", map.Token("key"));
        using var response = await map.Server.Client.SendAsync(request);
        Assert.That(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    private static Task<MapServer> UsualAsync(bool isReleased = false) => StartAsync(isReleased, ("A", "G1"), ("B", "G3"), ("C", "G4"), ("D", "G5"));

    [Test]
    public async Task Report_SaysWhatIsTouchedAndWhy_AndChangesNothing()
    {
        await using var map = await UsualAsync(isReleased: true);
        var before = (await map.AskAsync("sue", "GET", "/lab")).GetProperty("sequence").GetInt64();
        var report = await map.AskAsync("otto", "GET", Question);
        Assert.That((report.GetProperty("concerned").GetInt32(), report.GetProperty("touched").GetInt32(), report.GetProperty("before")[0].GetString()), Is.EqualTo((4, 3, MapServer.Target + "|1")));
        Assert.That(report.GetProperty("classes").EnumerateObject().Select(entry => $"{entry.Name} {entry.Value}"), Is.EquivalentTo(new[] { "inactive 1", "replaced 1", "gone 1", "renamed 1" }));
        var first = report.GetProperty("list")[0].GetProperty("codes")[0];
        Assert.That((first.GetProperty("side").GetString(), first.GetProperty("isServed").GetBoolean()), Is.EqualTo(("target", true)));
        Assert.That(first.GetProperty("repairs")[0].GetProperty("evidence").GetString(), Is.EqualTo("http://hospital.example/conversion|1: G1 Conversion table G2 Two."));
        Assert.That((await map.AskAsync("sue", "GET", "/lab")).GetProperty("sequence").GetInt64(), Is.EqualTo(before));
    }

    [Test]
    public async Task Report_InPages_IsWhole()
    {
        await using var map = await UsualAsync();
        var first = await map.AskAsync("otto", "GET", Question + "&limit=2");
        var second = await map.AskAsync("otto", "GET", $"{Question}&limit=2&cursor={first.GetProperty("next")}");
        Assert.That(Keys(first).Concat(Keys(second)), Is.EqualTo(new[] { "A", "B", "C" }));
        Assert.That(second.TryGetProperty("next", out _), Is.False);
    }

    [Test]
    public async Task Accept_OfOneKind_IsADraftWithItsEvidence_AndWhatIsServedStays()
    {
        await using var map = await UsualAsync(isReleased: true);
        var tried = await map.AskAsync("ada", "POST", "/lab/impact:accept", $$"""{{{Body}},"kinds":["conversion-table"],"dryRun":true}""");
        Assert.That((tried.GetProperty("done").GetInt32(), await StateAsync(map, "A")), Is.EqualTo((1, "approved")));
        var accepted = await map.AskAsync("ada", "POST", "/lab/impact:accept", $$"""{{{Body}},"kinds":["conversion-table"]}""");
        Assert.That((accepted.GetProperty("done").GetInt32(), await StateAsync(map, "A"), await StateAsync(map, "B")), Is.EqualTo((1, "draft", "approved")));
        var target = (await map.AskAsync("ada", "GET", "/lab/rows/A")).GetProperty("row").GetProperty("content").GetProperty("targets")[0];
        Assert.That((target.GetProperty("code").GetString(), target.GetProperty("version").GetString(), target.GetProperty("display").GetString()), Is.EqualTo(("G2", "2", "Two")));
        var last = (await map.AskAsync("ada", "GET", "/lab/rows/A/why")).GetProperty("events")[0];
        Assert.That(last.GetProperty("reason").GetString(), Does.Contain("Conversion table"));
        Assert.That(last.GetProperty("evidence").EnumerateArray().Select(pair => pair.GetProperty("key").GetString()), Does.Contain("said by").And.Contain("impact"));
        Assert.That((await map.TranslateAsync("A"))!.Value.Code, Is.EqualTo("G1"), "nothing is served that nobody approved");
        var again = await map.AskAsync("ada", "POST", "/lab/impact:accept", $$"""{{{Body}},"kinds":["conversion-table"]}""");
        Assert.That(again.GetProperty("refused")[0].GetProperty("code").GetString(), Is.EqualTo("SAYS_ELSE"));
        Assert.That(Keys(await map.AskAsync("otto", "GET", Question)), Does.Contain("A"), "what is served is touched until the draft is released");
    }

    [Test]
    public async Task Accept_ByName_NamesWhatCannotBe()
    {
        await using var map = await UsualAsync();
        await map.StepAsync("ben", "B", MapServer.Decide("G3", "related-to"));
        await map.StepAsync("ben", "B", """{"verb":"propose"}""");
        var accepted = await map.AskAsync("ada", "POST", "/lab/impact:accept", $$"""{{{Body}},"choices":[{"key":"A","code":"G1","kind":"conversion-table","with":"G2"},{"key":"B","code":"G3","kind":"new-name"},{"key":"C","code":"G4","kind":"same-as"},{"key":"D","code":"G5","kind":"same-as"}]}""");
        Assert.That(accepted.GetProperty("done").GetInt32(), Is.EqualTo(1));
        Assert.That(accepted.GetProperty("refused").EnumerateArray().Select(refusal => $"{refusal.GetProperty("key").GetString()} {refusal.GetProperty("code").GetString()}"), Is.EquivalentTo(new[] { "B NO_MOVE", "C NO_SUCH_REPAIR", "D NOT_TOUCHED" }));
        await map.AskAsync("ada", "POST", "/lab/impact:accept", $$"""{{{Body}}}""", 400);
    }

    [Test]
    public async Task Recheck_BySteward_MarksApprovedRowsOnce_WithTheCause()
    {
        await using var map = await UsualAsync();
        await map.AskAsync("ada", "POST", "/lab/impact:recheck", $$"""{{{Body}}}""", 403);
        Assert.That((await map.AskAsync("sue", "POST", "/lab/impact:recheck", $$"""{{{Body}},"dryRun":true}""")).GetProperty("done").GetInt32(), Is.EqualTo(2));
        Assert.That(await StateAsync(map, "A"), Is.EqualTo("approved"));
        Assert.That((await map.AskAsync("sue", "POST", "/lab/impact:recheck", $$"""{{{Body}}}""")).GetProperty("done").GetInt32(), Is.EqualTo(2), "a new name asks for nothing");
        Assert.That((await StateAsync(map, "A"), await StateAsync(map, "B"), await StateAsync(map, "C"), await StateAsync(map, "D")), Is.EqualTo(("recheck", "approved", "recheck", "approved")));
        Assert.That((await map.AskAsync("sue", "GET", "/lab/rows/C")).GetProperty("row").GetProperty("causes")[0].GetString(), Does.Contain("|2: G4 is not in"));
        Assert.That((await map.AskAsync("sue", "POST", "/lab/impact:recheck", $$"""{{{Body}}}""")).GetProperty("done").GetInt32(), Is.Zero, "the same cause counts once");
        Assert.That((await map.AskAsync("sue", "POST", "/lab/impact:recheck", $$"""{{{Body}},"classes":["renamed"]}""")).GetProperty("done").GetInt32(), Is.EqualTo(1));
    }

    [Test]
    public async Task Report_OldTargetThatIsAnsweredBesides_IsToldWithItsLastDay_AndAsksForNothing()
    {
        await using var map = await StartAsync(isReleased: true, ("C", "G4"), ("D", "G5"));
        await map.ApproveAsync("C", "G5");
        await map.ReleaseAsync("""{"windows":{"all":{"kind":"until-date","until":"2099-12-31"}}}""");
        var report = await map.AskAsync("otto", "GET", Question);
        Assert.That(Keys(report), Is.EqualTo(new[] { "C" }));
        var code = report.GetProperty("list")[0].GetProperty("codes")[0];
        Assert.That((code.GetProperty("code").GetString(), code.GetProperty("isServed").GetBoolean(), code.GetProperty("superseded").GetProperty("until").GetString(), code.TryGetProperty("repairs", out _)), Is.EqualTo(("G4", true, "2099-12-31", false)));
        Assert.That((await map.AskAsync("sue", "POST", "/lab/impact:recheck", $$"""{{{Body}}}""")).GetProperty("done").GetInt32(), Is.Zero);
    }

    [Test]
    public async Task Accept_OfWhatIsCloser_IsADraftOfARowWithoutATarget()
    {
        await using var map = await StartAsync(isReleased: false, ("D", "G5"));
        await map.ImportAsync(isWhole: false, "E");
        await StoreAsync(map, "CodeSystem/v3", """{"resourceType":"CodeSystem","id":"v3","url":"URL","version":"3","status":"active","content":"complete","concept":[{"code":"G5","display":"Five"},{"code":"G6","display":"local e"}]}""");
        var report = await map.AskAsync("otto", "GET", $"/lab/impact?system={MapServer.Target}&version=3&from=1");
        Assert.That(report.GetProperty("classes").EnumerateObject().Select(entry => $"{entry.Name} {entry.Value}"), Is.EqualTo(new[] { "closer-target 1" }), report.ToString());
        var accepted = await map.AskAsync("ada", "POST", "/lab/impact:accept", $$"""{"system":"{{MapServer.Target}}","version":"3","from":"1","kinds":["closer"]}""");
        Assert.That((accepted.GetProperty("done").GetInt32(), await StateAsync(map, "E")), Is.EqualTo((1, "draft")), accepted.ToString());
        Assert.That((await map.AskAsync("ada", "GET", "/lab/rows/E")).GetProperty("row").GetProperty("content").GetProperty("targets")[0].GetProperty("code").GetString(), Is.EqualTo("G6"));
    }

    [Test]
    public async Task Report_WhereHeavyWorkHasNoPlace_WaitsForOne_AndQuickRequestsDoNot()
    {
        await using var map = await UsualAsync();
        var (heavy, end) = (map.Server.Get<HeavyWork>(), new TaskCompletionSource());
        Task[] busy = [.. Enumerable.Range(0, heavy.MaximumConcurrencyLevel).Select(_ => heavy.RunAsync(async () => { await end.Task; return 0; }, CancellationToken.None))];
        var report = map.AskAsync("otto", "GET", Question);
        Assert.That((await map.AskAsync("otto", "GET", "/lab")).GetProperty("map").GetProperty("id").GetString(), Is.EqualTo("lab"));
        Assert.That(report.IsCompleted, Is.False);
        end.SetResult();
        await Task.WhenAll(busy);
        Assert.That((await report).GetProperty("touched").GetInt32(), Is.EqualTo(3));
    }

    [Test]
    public async Task Report_TargetThatLeftTheScopeOfTheMap_IsTold()
    {
        await using var map = await StartAsync(isReleased: false);
        string Versioned(int version) => $$"""{"resourceType":"CodeSystem","id":"s{{version}}","url":"URL/s","version":"{{version}}","status":"active","content":"complete","property":[{"code":"kind","type":"string"}],"concept":[{"code":"K1","display":"One","property":[{"code":"kind","valueString":"{{(version == 1 ? "lab" : "drug")}}"}]},{"code":"K2","display":"Two","property":[{"code":"kind","valueString":"lab"}]}]}""";
        await StoreAsync(map, "CodeSystem/s1", Versioned(1));
        await StoreAsync(map, "CodeSystem/s2", Versioned(2));
        await StoreAsync(map, "ValueSet/scope", """{"resourceType":"ValueSet","id":"scope","url":"http://hospital.example/scope","version":"1","status":"active","compose":{"include":[{"system":"URL/s","filter":[{"property":"kind","op":"=","value":"lab"}]}]}}""");
        await map.AskAsync("sue", "POST", "", $$"""{"id":"scoped","url":"http://hospital.example/scoped","title":"Scoped","sourceSystem":"{{MapServer.Source}}","targetSystems":["{{MapServer.Target}}/s"],"targetScope":"http://hospital.example/scope","domain":"lab","steward":"sue"}""", 201);
        string Row(string code) => $$$"""{"code":"L{{{code}}}","content":{"targets":[{"system":"{{{MapServer.Target}}}/s","code":"{{{code}}}","relationship":"equivalent"}]}}""";
        await map.AskAsync("ada", "POST", "/scoped/rows:import", $$"""{"rows":[{{Row("K1")}},{{Row("K2")}}]}""");
        var report = await map.AskAsync("otto", "GET", $"/scoped/impact?system={MapServer.Target}/s&version=2");
        Assert.That(report.GetProperty("classes").EnumerateObject().Select(entry => $"{entry.Name} {entry.Value}"), Is.EqualTo(new[] { "out-of-scope 1" }), report.ToString());
        Assert.That(Keys(report), Is.EqualTo(new[] { "LK1" }));
    }

    [Test]
    public async Task Accept_OfAReplacedSource_WithdrawsItsRowAndDraftsThatOfTheNewCode()
    {
        await using var map = await StartAsync(isReleased: false);
        await map.AskAsync("sue", "POST", "", $$"""{"id":"back","url":"http://hospital.example/back","title":"Back","sourceSystem":"{{MapServer.Target}}","targetSystems":["{{MapServer.Source}}"],"domain":"lab","steward":"sue"}""", 201);
        await map.AskAsync("ada", "POST", "/back/rows:import", $$$"""{"rows":[{"code":"G1","display":"One","content":{"targets":[{"system":"{{{MapServer.Source}}}","code":"A","relationship":"equivalent"}]}},{"code":"G4","display":"Four"}]}""");
        var accepted = await map.AskAsync("ada", "POST", "/back/impact:accept", $$"""{{{Body}},"kinds":["conversion-table","withdraw"]}""");
        Assert.That((accepted.GetProperty("done").GetInt32(), accepted.GetProperty("refused")[0].GetProperty("code").GetString()), Is.EqualTo((1, "SEVERAL_REPAIRS")), "G1 could be carried over or withdrawn");
        accepted = await map.AskAsync("ada", "POST", "/back/impact:accept", $$"""{{{Body}},"kinds":["conversion-table"]}""");
        Assert.That(accepted.GetProperty("done").GetInt32(), Is.EqualTo(1), accepted.ToString());
        var (old, next) = ((await map.AskAsync("ada", "GET", "/back/rows/G1")).GetProperty("row"), (await map.AskAsync("ada", "GET", "/back/rows/G2")).GetProperty("row"));
        Assert.That((old.GetProperty("state").GetString(), next.GetProperty("state").GetString(), next.GetProperty("display").GetString()), Is.EqualTo(("retired", "draft", "Two")));
        Assert.That(next.GetProperty("content").GetProperty("targets")[0].GetProperty("code").GetString(), Is.EqualTo("A"));
        Assert.That((await map.AskAsync("ada", "GET", "/back/rows/G4")).GetProperty("row").GetProperty("state").GetString(), Is.EqualTo("retired"));
    }

    [TestCase("/lab/impact", 400, "which release")]
    [TestCase("/lab/impact?system=" + MapServer.Target, 400, "which release")]
    [TestCase("/lab/impact?system=" + MapServer.Target + "&version=9", 404, "not loaded")]
    [TestCase("/lab/impact?system=http://nosuch.example&version=1", 404, "import it first")]
    [TestCase("/nosuch/impact?system=" + MapServer.Target + "&version=2", 404, "no map")]
    public async Task Report_OfWhatIsNotThere_SaysHowToMend(string path, int status, string told)
    {
        await using var map = await StartAsync(isReleased: false);
        Assert.That((await map.AskAsync("otto", "GET", path, null, status)).GetProperty("detail").GetString(), Does.Contain(told));
    }

    [TestCase("accept", "{\"choices\":null}", 400)]
    [TestCase("accept", "{\"choices\":[null]}", 400)]
    [TestCase("accept", "{\"choices\":[{\"key\":\"A\"}]}", 400)]
    [TestCase("accept", "{\"kinds\":[null]}", 400)]
    [TestCase("accept", "{\"kinds\":[\"same-as\"]}", 400)]
    [TestCase("accept", "{\"nosuch\":1}", 400)]
    [TestCase("recheck", "{\"keys\":null}", 400)]
    [TestCase("recheck", "{\"classes\":[\"nosuch\"]}", 400)]
    [TestCase("recheck", "{}", 400)]
    public async Task Post_Rubbish_IsToldAsSuch(string verb, string body, int status)
    {
        await using var map = await MapServer.StartAsync();
        await map.AskAsync("sue", "POST", $"/lab/impact:{verb}", body, status);
    }

    private static string[] Keys(JsonElement report) => [.. report.GetProperty("list").EnumerateArray().Select(row => row.GetProperty("key").GetString()!)];

    private static async Task<string> StateAsync(MapServer map, string key) => (await map.AskAsync("sue", "GET", $"/lab/rows/{key}")).GetProperty("row").GetProperty("state").GetString()!;
}

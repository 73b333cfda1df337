using System.Text.Json;

namespace Terminology.Server.MapApi;

/// <summary>Findings over the API: they stand, stop steps and releases, are set aside by two people, and go when their cause goes.</summary>
public sealed class MapQualityTests
{
    private const string System = MapServer.Target;

    /// <summary>The standard code system, in which G9 is retired and G1 is a header.</summary>
    private static async Task<MapServer> StartAsync()
    {
        var map = await MapServer.StartAsync();
        await map.StoreAsync("""
            {"resourceType":"CodeSystem","url":"http://hospital.example/standard","version":"1","status":"active","content":"complete","property":[{"code":"status","type":"code","uri":"http://hl7.org/fhir/concept-properties#status"}],
             "concept":[{"code":"G1","display":"Standard G1"},{"code":"G2","display":"Standard G2"},{"code":"G9","display":"Standard G9","property":[{"code":"status","valueCode":"retired"}]}]}
            """);
        await map.ImportAsync(isWhole: true, "GLU", "NA");
        return map;
    }

    private static Task<JsonElement> FindAsync(MapServer map, string query = "") => map.AskAsync("otto", "GET", "/lab/findings" + query);

    [Test]
    public async Task Findings_InactiveTarget_StopsProposing_AndGoesWhenItIsMended()
    {
        await using var map = await StartAsync();
        await map.StepAsync("ada", "GLU", MapServer.Decide("G9"));
        var refused = await map.StepAsync("ada", "GLU", """{"verb":"propose"}""", 422);
        Assert.That((refused.GetProperty("code").GetString(), refused.GetProperty("detail").GetString()), Is.EqualTo(("OPEN_ERRORS", "Row 'GLU' has errors: MQ-102: 'Local GLU' maps to G9 'Standard G9', which is retired in the release; the release names nothing in its place.")));
        var found = await FindAsync(map, "?severity=error");
        Assert.That(found.GetProperty("rules")[0].GetProperty("rule").GetString(), Is.EqualTo("MQ-102"));
        Assert.That(found.GetProperty("findings")[0].GetProperty("finding").GetProperty("rowKeys")[0].GetString(), Is.EqualTo("GLU"));
        await map.StepAsync("ada", "GLU", MapServer.Decide("G2"));
        Assert.That((await FindAsync(map, "?rule=MQ-102")).GetProperty("total").GetInt32(), Is.Zero);
        await map.StepAsync("ada", "GLU", """{"verb":"propose"}""");
    }

    [Test]
    public async Task Findings_BulkStep_NamesTheRowsThatHaveErrors()
    {
        await using var map = await StartAsync();
        await map.StepAsync("ada", "GLU", MapServer.Decide("G9"));
        await map.StepAsync("ada", "NA", MapServer.Decide("G2"));
        var bulk = await map.AskAsync("ada", "POST", "/lab/rows:bulk", """{"command":{"verb":"propose"},"state":"draft"}""");
        Assert.That((bulk.GetProperty("done").GetInt32(), bulk.GetProperty("refused")[0].GetProperty("key").GetString()), Is.EqualTo((1, "GLU")));
    }

    [Test]
    public async Task Waiver_ErrorByTwoStewards_LetsTheStepThrough_AndWithdrawnStopsTheRelease()
    {
        await using var map = await StartAsync();
        await map.AddPersonAsync("sid", "steward");
        await map.StepAsync("ada", "GLU", MapServer.Decide("G9"));
        var id = (await FindAsync(map, "?rule=MQ-102")).GetProperty("findings")[0].GetProperty("id").GetString();
        var waiver = $$"""{"finding":"{{id}}","reason":"the analyser sends it until June","until":"{{TimeProvider.System.GetUtcNow().AddDays(30):yyyy-MM-dd}}"}""";
        await map.AskAsync("ada", "POST", "/lab/waivers", waiver, 403);
        await map.AskAsync("ria", "POST", "/lab/waivers", waiver, 403);
        await map.AskAsync("sue", "POST", "/lab/waivers", $$"""{"finding":"{{id}}","until":"2100-01-01"}""", 400);
        Assert.That((await map.AskAsync("sue", "POST", "/lab/waivers", waiver, 201)).TryGetProperty("confirmedBy", out _), Is.False);
        await map.StepAsync("ada", "GLU", """{"verb":"propose"}""", 422);
        await map.AskAsync("sue", "POST", "/lab/waivers", waiver, 409);
        Assert.That((await map.AskAsync("sid", "POST", "/lab/waivers", waiver, 201)).GetProperty("confirmedBy").GetString(), Is.EqualTo("sid"));
        Assert.That((await FindAsync(map, "?rule=MQ-102&state=waived")).GetProperty("total").GetInt32(), Is.EqualTo(1));
        Assert.That((await map.AskAsync("otto", "GET", "/lab/waivers")).EnumerateArray().Select(one => one.GetProperty("finding").GetString()), Is.EqualTo(new[] { id }));
        await map.StepAsync("ada", "GLU", """{"verb":"propose"}""");
        await map.StepAsync("ria", "GLU", """{"verb":"approve"}""");
        await map.AskAsync("sue", "POST", "/lab/releases:freeze", null, 201);
        await map.AskAsync("sue", "DELETE", $"/lab/waivers/{id}");
        Assert.That((await map.AskAsync("otto", "GET", "/lab/waivers")).GetArrayLength(), Is.Zero);
        var shut = await map.AskAsync("sue", "POST", "/lab/releases/1:check", null, 422);
        Assert.That(shut.GetProperty("detail").GetString(), Does.Contain("quality: 1 errors are open: MQ-102"));
        var verified = await map.AskAsync("aud", "GET", "/lab/verify");
        Assert.That(verified.GetProperty("valid").GetBoolean(), verified.ToString());
    }

    [Test]
    public async Task Release_QualityGate_IsAmongThoseThatPassed()
    {
        await using var map = await StartAsync();
        await map.ApproveAsync("GLU", "G1");
        await map.ReleaseAsync();
        var gates = (await map.AskAsync("vic", "GET", "/lab/releases/1")).GetProperty("gates").EnumerateArray().Select(gate => (gate.GetProperty("gate").GetString(), gate.GetProperty("passed").GetBoolean()));
        Assert.That(gates, Has.Member(("quality", true)));
    }

    [Test]
    public async Task Release_SourceRenamedAfterApproval_IsStoppedUntilItIsApprovedAgain()
    {
        await using var map = await StartAsync();
        await map.ApproveAsync("GLU", "G1");
        await map.AskAsync("ada", "POST", "/lab/rows:import", """{"rows":[{"code":"GLU","display":"Something else"}]}""");
        Assert.That((await FindAsync(map, "?rule=MQ-403&row=GLU")).GetProperty("total").GetInt32(), Is.EqualTo(1));
        await map.AskAsync("sue", "POST", "/lab/releases:freeze", null, 201);
        Assert.That((await map.AskAsync("sue", "POST", "/lab/releases/1:check", null, 422)).GetProperty("detail").GetString(), Does.Contain("MQ-403"));
    }

    [Test]
    public async Task Map_ProfileOfRules_IsCheckedAndUsed()
    {
        await using var map = await StartAsync();
        string Project(string quality) => $$$"""{"id":"other","url":"http://hospital.example/fhir/ConceptMap/other","title":"Other","sourceSystem":"http://hospital.example/other","targetSystems":["{{{System}}}"],"domain":"lab","steward":"sue","policy":{"quality":{{{quality}}}}}""";
        foreach (var wrong in new[] { """{"MQ-9":"off"}""", """{"MQ-401":"off"}""" }) Assert.That((await map.AskAsync("sue", "POST", "", Project(wrong), 400)).GetProperty("detail").GetString(), Does.Contain("no rule whose weight"));
        await map.AskAsync("sue", "POST", "", Project("""{"MQ-102":"warning"}"""), 201);
        await map.AskAsync("ada", "POST", "/other/rows:import", $$$"""{"rows":[{"code":"X","display":"X","content":{"targets":[{"system":"{{{System}}}","code":"G9","relationship":"equivalent"}]}}]}""");
        Assert.That((await map.AskAsync("ada", "GET", "/other/findings?rule=MQ-102")).GetProperty("rules")[0].GetProperty("severity").GetString(), Is.EqualTo("warning"));
    }

    [Test]
    public async Task Findings_OfOtherMapFromTheSameSystem_AreCompared()
    {
        await using var map = await StartAsync();
        await map.ApproveAsync("GLU", "G1");
        await map.AskAsync("sue", "POST", "", $$"""{"id":"second","url":"http://hospital.example/fhir/ConceptMap/second","title":"Second","sourceSystem":"{{MapServer.Source}}","targetSystems":["{{System}}"],"domain":"lab","steward":"sue"}""", 201);
        await map.AskAsync("ada", "POST", "/second/rows:import", $$$"""{"rows":[{"code":"GLU","display":"Local GLU","content":{"targets":[{"system":"{{{System}}}","code":"G2","relationship":"equivalent"}]}}]}""");
        Assert.That((await map.AskAsync("ada", "GET", "/second/findings?rule=MQ-313")).GetProperty("findings")[0].GetProperty("finding").GetProperty("text").GetString(), Does.Contain("Laboratory").And.Contain("G1").And.Contain("G2"));
    }

    [Test]
    public async Task Findings_OfTwoBlindAuthors_ShowNeitherTheOthersAnswer()
    {
        await using var map = await MapServer.StartAsync("dual-blind");
        await map.ImportAsync(isWhole: true, "GLU");
        await map.StepAsync("ada", "GLU", """{"verb":"decide","content":{"noMap":{"reason":"no-code-exists"}}}""");
        Assert.That((await map.AskAsync("ben", "GET", "/lab/findings")).ToString(), Does.Not.Contain("GLU"));
    }

    [Test]
    public async Task Relationship_OfARow_IsASentenceWithEvidence()
    {
        await using var map = await StartAsync();
        await map.StepAsync("ada", "GLU", MapServer.Decide("G1"));
        var answer = (await map.AskAsync("otto", "GET", $"/lab/rows/GLU/relationship?system={System}&code=G2")).GetProperty("proposals")[0];
        Assert.That((answer.GetProperty("code").GetString(), answer.GetProperty("proposal").GetProperty("certainty").GetString()), Is.EqualTo(("G2", "unknown")));
        Assert.That(answer.GetProperty("proposal").GetProperty("sentence").GetString(), Is.EqualTo("A Local GLU has to do with a Standard G2; neither is always the other."));
        Assert.That((await map.AskAsync("otto", "GET", "/lab/rows/GLU/relationship")).GetProperty("proposals")[0].GetProperty("code").GetString(), Is.EqualTo("G1"));
    }

    [Test]
    public async Task Findings_RedTestOfTheMap_StandsUntilItIsGreen()
    {
        await using var map = await StartAsync();
        await map.ApproveAsync("GLU", "G1");
        await map.AskAsync("sue", "PUT", "/lab/tests", """{"tests":[{"id":"glucose","code":"GLU","target":"G2"}]}""");
        Assert.That((await FindAsync(map, "?rule=MQ-602")).GetProperty("findings")[0].GetProperty("finding").GetProperty("text").GetString(), Does.Contain("glucose").And.Contain("G2"));
        await map.ApproveAsync("GLU", "G2");
        Assert.That((await FindAsync(map, "?rule=MQ-602")).GetProperty("total").GetInt32(), Is.Zero);
    }

    [Test]
    public async Task Findings_RubbishAsked_IsTold()
    {
        await using var map = await StartAsync();
        Assert.That((await map.AskAsync("otto", "GET", "/lab/findings?severity=grave", null, 400)).GetProperty("detail").GetString(), Does.Contain("error"));
        Assert.That((await map.AskAsync("otto", "GET", "/lab/findings?state=shut", null, 400)).GetProperty("detail").GetString(), Does.Contain("open, waived"));
        await map.AskAsync("sue", "POST", "/lab/waivers", """{"finding":"none","reason":"r","until":"2100-01-01"}""", 404);
        await map.AskAsync("sue", "DELETE", "/lab/waivers/none", null, 404);
    }
}

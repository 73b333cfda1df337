namespace Terminology.Server.MapApi;

/// <summary>Maps go out as files and come in as drafts.</summary>
public sealed class MapExchangeTests
{
    [TestCase("ndjson")]
    [TestCase("csv")]
    [TestCase("fhir-r4")]
    [TestCase("fhir-r5")]
    [TestCase("sssom")]
    public async Task Release_WrittenAndReadIntoAnotherMap_SaysTheSame_AndIsADraft(string format)
    {
        await using var map = await MapServer.StartAsync();
        await map.ImportAsync(isWhole: true, "GLU", "NA");
        await map.ApproveAsync("GLU", "G1");
        await map.ApproveAsync("NA", "N1");
        await map.ReleaseAsync();
        var (status, file) = await map.SendAsync("vic", "GET", $"/lab/releases/1/export?format={format}");
        Assert.That(status, Is.EqualTo(200), file);
        await using var other = await MapServer.StartAsync();
        var tried = await other.SendFileAsync("files:import", "map", file, [("format", format), ("dryRun", "true")]);
        Assert.That((tried.GetProperty("read").GetInt32(), tried.GetProperty("kept").GetInt32(), tried.TryGetProperty("rows", out _)), Is.EqualTo((2, 2, false)));
        var read = await other.SendFileAsync("files:import", "map", file, [("format", format)]);
        Assert.That((read.GetProperty("rows").GetProperty("entered").GetInt32(), read.GetProperty("rows").GetProperty("drafted").GetInt32()), Is.EqualTo((2, 2)), read.ToString());
        var row = (await other.AskAsync("ada", "GET", "/lab/rows/GLU")).GetProperty("row");
        Assert.That((row.GetProperty("state").GetString(), row.GetProperty("content").GetProperty("targets")[0].GetProperty("code").GetString()), Is.EqualTo(("draft", "G1")), "what was approved elsewhere is not approved here");
        Assert.That(row.TryGetProperty("approved", out _), Is.False);
    }

    [Test]
    public async Task Import_RowThatCannotTakeIt_IsNamedAndTheRestComesIn()
    {
        await using var map = await MapServer.StartAsync();
        await map.ImportAsync(isWhole: true, "GLU", "NA");
        await map.StepAsync("ada", "GLU", MapServer.Decide("G1"));
        await map.StepAsync("ada", "GLU", """{"verb":"propose"}""");
        string Row(string code, string target) => $$$"""{"code":"{{{code}}}","display":"Local {{{code}}}","content":{"targets":[{"system":"{{{MapServer.Target}}}","code":"{{{target}}}","relationship":"equivalent"}]}}""";
        var read = await map.AskAsync("ben", "POST", "/lab/rows:import", $$"""{"rows":[{{Row("GLU", "G2")}},{{Row("NA", "N1")}}]}""");
        Assert.That((read.GetProperty("drafted").GetInt32(), read.GetProperty("refused")[0].GetProperty("key").GetString()), Is.EqualTo((1, "GLU")));
    }

    [Test]
    public async Task Import_NoFormatOrRubbish_IsTold()
    {
        await using var map = await MapServer.StartAsync();
        Assert.That((await map.SendFileAsync("files:import", "x.bin", "rubbish", [], 400)).GetProperty("detail").GetString(), Does.Contain("sssom"));
        Assert.That((await map.SendFileAsync("files:import", "x", "rubbish", [("format", "ndjson")], 400)).GetProperty("detail").GetString(), Is.Not.Empty);
        Assert.That((await map.SendFileAsync("files:import", "x", "rubbish", [("format", "nosuch")], 422)).GetProperty("detail").GetString(), Does.Contain("usagi"));
    }
}

namespace Terminology.Server.MapApi;

/// <summary>Tests of a map through its API: they are kept, run, and keep a release from going on.</summary>
public sealed class MapTestTests
{
    private static string Tests(string target) => $$"""{"tests":[{"id":"glucose","code":"GLU","target":"{{target}}","relationship":"equivalent","owner":"lab feed"}]}""";

    [Test]
    public async Task Release_WithARedTest_IsNotChecked_AndIsWhenItIsGreen()
    {
        await using var map = await MapServer.StartAsync();
        await map.ImportAsync(isWhole: true, "GLU");
        await map.ApproveAsync("GLU", "G1");
        var red = await map.AskAsync("ina", "PUT", "/lab/tests", Tests("G2"));
        Assert.That((red.GetProperty("red").GetInt32(), red.GetProperty("results")[0].GetProperty("text").GetString()), Is.EqualTo((1, "'GLU' must map to G2 (equivalent); it maps to G1 (equivalent).")));
        await map.AskAsync("sue", "POST", "/lab/releases:freeze", null, 201);
        Assert.That((await map.AskAsync("sue", "POST", "/lab/releases/1:check", null, 422)).GetProperty("detail").GetString(), Does.Contain("MQ-602").And.Contain("glucose"));
        await map.AskAsync("sue", "POST", "/lab/releases/1:withdraw");
        await map.AskAsync("ina", "PUT", "/lab/tests", Tests("G1"), version: red.GetProperty("version").GetString());
        Assert.That(await map.ReleaseAsync(), Is.EqualTo(2));
        Assert.That((await map.AskAsync("otto", "GET", "/lab/tests?release=2")).GetProperty("red").GetInt32(), Is.Zero);
        Assert.That((await map.AskAsync("sue", "GET", "/lab/releases/2")).GetProperty("gates").EnumerateArray().Select(gate => gate.GetProperty("gate").GetString()), Does.Contain("tests"));
    }

    [Test]
    public async Task Put_TheSameAgain_IsNoEvent_AndWhatIsNoTestIsNamed()
    {
        await using var map = await MapServer.StartAsync();
        var first = await map.AskAsync("ada", "PUT", "/lab/tests", Tests("G1"));
        var before = (await map.AskAsync("sue", "GET", "/lab")).GetProperty("sequence").GetInt64();
        await map.AskAsync("ada", "PUT", "/lab/tests", Tests("G1"), version: first.GetProperty("version").GetString());
        Assert.That((await map.AskAsync("sue", "GET", "/lab")).GetProperty("sequence").GetInt64(), Is.EqualTo(before));
        Assert.That((await map.AskAsync("ada", "PUT", "/lab/tests", """{"tests":[{"id":"x","code":"GLU"}]}""", 400)).GetProperty("errors")[0].GetProperty("field").GetString(), Does.Contain("tests[0]"));
        Assert.That((await map.AskAsync("sue", "GET", "/lab/verify")).GetProperty("valid").GetBoolean(), Is.True);
    }

    [Test]
    public async Task Put_ToTestsThatOthersChanged_IsRefused_WithThemAsTheyAre()
    {
        await using var map = await MapServer.StartAsync();
        var none = (await map.AskAsync("ina", "GET", "/lab/tests")).GetProperty("version").GetString();
        var first = await map.AskAsync("ina", "PUT", "/lab/tests", Tests("G1"), version: none);
        Assert.That((await map.AskAsync("ada", "PUT", "/lab/tests", Tests("G2"), 400)).GetProperty("errors")[0].GetProperty("field").GetString(), Is.EqualTo("If-Match"));
        var late = await map.AskAsync("ada", "PUT", "/lab/tests", Tests("G2"), 412, none);
        Assert.That(late.GetProperty("current").GetProperty("tests")[0].GetProperty("target").GetString(), Is.EqualTo("G1"));
        Assert.That(late.GetProperty("current").GetProperty("version").GetString(), Is.EqualTo(first.GetProperty("version").GetString()));
        await map.AskAsync("ada", "PUT", "/lab/tests", Tests("G2"), 200, first.GetProperty("version").GetString());
    }

    [TestCase("{}", 200)]
    [TestCase("{\"tests\":null}", 400)]
    [TestCase("{\"tests\":[null]}", 400)]
    [TestCase("{\"tests\":[{\"id\":\"a\",\"code\":\"A\",\"target\":\"B\",\"context\":null}]}", 400)]
    [TestCase("{\"tests\":[{\"id\":\"a\",\"code\":\"A\",\"target\":\"B\",\"nosuch\":1}]}", 400)]
    public async Task Put_NothingAndRubbish_IsAnswered(string body, int status)
    {
        await using var map = await MapServer.StartAsync();
        await map.AskAsync("ada", "PUT", "/lab/tests", body, status);
    }
}

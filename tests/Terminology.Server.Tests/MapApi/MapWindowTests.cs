using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Terminology.Fhir;
using Terminology.Server.Hosting;

namespace Terminology.Server.MapApi;

/// <summary>Old targets are answered besides until their day; targets with days are answered on them.</summary>
public sealed class MapWindowTests
{
    private const string Ask = "fhir/ConceptMap/$translate?url=" + MapServer.Url + "&system=" + MapServer.Source + "&code=";
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>GLU goes from G1 to G2 on 10 January 2030.</summary>
    private static async Task<(MapServer Map, MovedClock Clock)> ChangedAsync(string freeze)
    {
        var clock = new MovedClock(Start);
        var map = await MapServer.StartAsync(clock: clock);
        await map.ImportAsync(isWhole: true, "GLU", "NA");
        await map.ApproveAsync("GLU", "G1");
        await map.ApproveAsync("NA", "N1");
        await map.ReleaseAsync();
        clock.Now = Start.AddDays(9);
        await map.ApproveAsync("GLU", "G2");
        await map.ReleaseAsync(freeze);
        return (map, clock);
    }

    private static Task<(MapServer Map, MovedClock Clock)> UntilTheEndOfJanuaryAsync() => ChangedAsync("""{"windows":{"all":{"kind":"until-date","until":"2030-01-31"}}}""");

    /// <summary>The targets in order, the superseded ones with their day.</summary>
    private static async Task<string> TargetsAsync(MapServer map, string path)
    {
        using var response = await map.Server.GetAsync(path);
        return Targets(JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement);
    }

    private static string Targets(JsonElement parameters) => string.Join(", ", parameters.GetProperty("parameter").EnumerateArray().Where(parameter => parameter.GetProperty("name").GetString() == "match").Select(match =>
    {
        var parts = match.GetProperty("part").EnumerateArray().ToArray();
        var code = parts.First(part => part.GetProperty("name").GetString() == "concept").GetProperty("valueCoding").GetProperty("code").GetString();
        var superseded = parts.Where(part => part.GetProperty("name").GetString() == "property").Select(part => part.GetProperty("part")).FirstOrDefault(part => part[0].GetProperty("valueCode").GetString() == "superseded");
        return superseded.ValueKind == JsonValueKind.Undefined ? code : superseded[1].TryGetProperty("valueDate", out var day) ? $"{code} until {day}" : $"{code} superseded {superseded[1].GetProperty("valueBoolean")}";
    }));

    [Test]
    public async Task Translate_InsideTheWindow_IsTheNewOneThenTheOldOne_AndAfterItsLastDayTheNewOneAlone_AlsoOfKeptAnswers()
    {
        var (map, clock) = await UntilTheEndOfJanuaryAsync();
        await using var _ = map;
        string? tag = null;
        foreach (var (now, expected) in new[] { (Start.AddDays(9), "G2, G1 until 2030-01-31"), (new(2030, 1, 31, 23, 59, 59, TimeSpan.Zero), "G2, G1 until 2030-01-31"), (new(2030, 2, 1, 0, 0, 0, TimeSpan.Zero), "G2") })
        {
            clock.Now = now;
            for (var again = 0; again < 3; again++)
            {
                Assert.That(await TargetsAsync(map, Ask + "GLU"), Is.EqualTo(expected), $"{now:O}, {again}");
                Assert.That(await TargetsAsync(map, Ask + "NA"), Is.EqualTo("N1"));
            }
            using var answer = await map.Server.GetAsync(Ask + "GLU", tag is null ? [] : [("If-None-Match", tag)]);
            Assert.That((int)answer.StatusCode, Is.EqualTo(now.Month == 1 && tag is not null ? 304 : 200), "the ETag goes with the day");
            tag = answer.Headers.ETag!.ToString();
        }
    }

    [Test]
    public async Task Translate_OldAndNewTogether_TheNewOneIsAsSafeAsItIsAlone()
    {
        var (map, clock) = await UntilTheEndOfJanuaryAsync();
        await using var _ = map;
        string[] Cautions(JsonElement of) => [.. of.EnumerateArray().Where(part => part.GetProperty("name").GetString() == "caution").Select(part => part.GetProperty("valueCode").GetString()!)];
        async Task<JsonElement> AnswerAsync()
        {
            using var response = await map.Server.GetAsync(Ask + "GLU");
            return JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("parameter");
        }
        var both = await AnswerAsync();
        var matches = both.EnumerateArray().Where(parameter => parameter.GetProperty("name").GetString() == "match").Select(match => Cautions(match.GetProperty("part"))).ToArray();
        clock.Now = Start.AddDays(60);
        Assert.That(Cautions(both), Is.EqualTo(Cautions(await AnswerAsync())));
        Assert.That(matches[0], Does.Not.Contain("several-targets").And.Not.Contain("superseded"));
        Assert.That(matches[1], Does.Contain("superseded").And.Not.Contain("several-targets"));
    }

    [Test]
    public async Task Translate_OfADate_AnswersByThatDay_PastAndFuture_WhateverTheClockSays()
    {
        var (map, clock) = await UntilTheEndOfJanuaryAsync();
        await using var _ = map;
        foreach (var now in new[] { Start.AddDays(10), Start.AddDays(60) })
        {
            clock.Now = now;
            Assert.That(await TargetsAsync(map, Ask + "GLU&date=2030-01-05"), Is.EqualTo("G1"));
            Assert.That(await TargetsAsync(map, Ask + "GLU&date=2030-01-20"), Is.EqualTo("G2, G1 until 2030-01-31"));
            Assert.That(await TargetsAsync(map, Ask + "GLU&date=2030-01-31T23:00:00Z"), Is.EqualTo("G2, G1 until 2030-01-31"));
            Assert.That(await TargetsAsync(map, Ask + "GLU&date=2030-02"), Is.EqualTo("G2"));
        }
    }

    [Test]
    public async Task Translate_OptIn_AnswersTheOldOneToWhoAsksForItOnly()
    {
        var (map, clock) = await ChangedAsync("""{"windows":{"rows":{"GLU":{"kind":"opt-in"}}}}""");
        await using var _ = map;
        clock.Now = Start.AddYears(3);
        Assert.That(await TargetsAsync(map, Ask + "GLU"), Is.EqualTo("G2"));
        Assert.That(await TargetsAsync(map, Ask + "GLU&includeSuperseded=true"), Is.EqualTo("G2, G1 superseded True"));
        Assert.That(await TargetsAsync(map, Ask.Replace("&system=", "&sourceSystem=", StringComparison.Ordinal).Replace("&code=", "&sourceCode=", StringComparison.Ordinal) + "GLU&includeSuperseded=true"), Is.EqualTo("G2, G1 superseded True"), "in R5 names");
    }

    [TestCase("""{"windows":{"all":{"kind":"until-date","until":"2030-01-31"}}}""", "")]
    [TestCase("""{"windows":{"all":{"kind":"opt-in"}}}""", "&includeSuperseded=true")]
    public async Task Translate_WithAnOldTarget_IsStrictR4(string freeze, string asking)
    {
        var (map, _) = await ChangedAsync(freeze);
        await using var server = map;
        using var json = await map.Server.GetAsync(Ask + "GLU" + asking);
        Assert.That(Strict.Faults(await json.Content.ReadAsByteArrayAsync()), Is.Empty);
        using var xml = await map.Server.GetAsync(Ask + "GLU" + asking, ("Accept", "application/fhir+xml"));
        Assert.That(Strict.XmlFaults(await xml.Content.ReadAsByteArrayAsync()), Is.Empty);
    }

    [Test]
    public async Task World_WithoutDays_NeverEnds_AndWithThemAtTheNextOne()
    {
        var (map, clock) = await UntilTheEndOfJanuaryAsync();
        await using var _ = map;
        var live = map.Server.Get<LiveService>();
        var (world, end) = (live.World, new DateTimeOffset(2030, 2, 1, 0, 0, 0, TimeSpan.Zero));
        clock.Now = end.AddTicks(-1);
        Assert.That((world.Until, live.World), Is.EqualTo((end, world)));
        clock.Now = end;
        var next = live.World;
        Assert.That(next, Is.Not.SameAs(world).And.SameAs(live.World));
        Assert.That(next.Until, Is.EqualTo(DateTimeOffset.MaxValue), "no change is to come");
        Assert.That(next.Service, Is.SameAs(world.Service), "nothing is loaded anew");
    }

    [Test]
    public async Task Translate_InABatch_AndBackwards_IsByTheSameDay()
    {
        var (map, clock) = await UntilTheEndOfJanuaryAsync();
        await using var _ = map;
        async Task<string> BatchAsync()
        {
            var path = (Ask + "GLU")["fhir/".Length..];
            using var body = ServerOfItsOwn.Json($$$"""{"resourceType":"Bundle","type":"batch","entry":[{"request":{"method":"GET","url":"{{{path}}}"}}]}""");
            using var request = new HttpRequestMessage(HttpMethod.Post, "fhir") { Content = body, Headers = { Authorization = new AuthenticationHeaderValue("Bearer", map.Token("key")) } };
            using var response = await map.Server.Client.SendAsync(request);
            return Targets(JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("entry")[0].GetProperty("resource"));
        }
        var back = $"fhir/ConceptMap/$translate?url={MapServer.Url}&system={MapServer.Target}&code=G1&reverse=true";
        Assert.That((await BatchAsync(), await TargetsAsync(map, back)), Is.EqualTo(("G2, G1 until 2030-01-31", "GLU until 2030-01-31")));
        clock.Now = Start.AddDays(60);
        Assert.That((await BatchAsync(), await TargetsAsync(map, back)), Is.EqualTo(("G2", "")));
    }

    [Test]
    public async Task Translate_WithdrawnRowWithAWindow_AnswersUntilItsDay_AndThenSaysWhy()
    {
        var clock = new MovedClock(Start);
        await using var map = await MapServer.StartAsync(clock: clock);
        await map.ImportAsync(isWhole: true, "GLU", "NA");
        await map.ApproveAsync("GLU", "G1");
        await map.ApproveAsync("NA", "N1");
        await map.ReleaseAsync();
        await map.ImportAsync(isWhole: true, "NA");
        Assert.That((await map.AskAsync("sue", "GET", "/lab/findings")).ToString(), Does.Contain("MQ-605"));
        await map.ReleaseAsync("""{"windows":{"rows":{"GLU":{"kind":"until-date","until":"2030-01-31"}}}}""");
        Assert.That((await map.AskAsync("sue", "GET", "/lab/findings")).ToString(), Does.Not.Contain("MQ-605"));
        Assert.That(await TargetsAsync(map, Ask + "GLU"), Is.EqualTo("G1 until 2030-01-31"));
        clock.Now = Start.AddDays(31);
        var gone = await map.TranslateAsync("GLU");
        Assert.That(gone, Is.Null);
        using var answer = await map.Server.GetAsync(Ask + "GLU");
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("'G1' is superseded and was answered until 2030-01-31").And.Not.Contain("does not list"));
    }

    [Test]
    public async Task Translate_TargetsWithDays_AreAnsweredOnThem_AndOutsideOfThemItSaysWhen()
    {
        var clock = new MovedClock(Start);
        await using var map = await MapServer.StartAsync(clock: clock);
        await map.ImportAsync(isWhole: true, "GLU", "NA");
        await map.StepAsync("ada", "GLU", $$$"""{"verb":"decide","content":{"targets":[{"system":"{{{MapServer.Target}}}","code":"G1","relationship":"equivalent","effectiveTo":"2030-06-30"},{"system":"{{{MapServer.Target}}}","code":"G2","relationship":"equivalent","effectiveFrom":"2030-07-01"}]}}""");
        await map.StepAsync("ada", "NA", $$$"""{"verb":"decide","content":{"targets":[{"system":"{{{MapServer.Target}}}","code":"N1","relationship":"equivalent","effectiveFrom":"2031-01-01"}]}}""");
        foreach (var key in new[] { "GLU", "NA" })
        {
            await map.StepAsync("ada", key, """{"verb":"propose"}""");
            await map.StepAsync("ria", key, """{"verb":"approve"}""");
        }
        await map.ReleaseAsync();
        Assert.That(await TargetsAsync(map, Ask + "GLU"), Is.EqualTo("G1"));
        using (var answer = await map.Server.GetAsync(Ask + "NA")) Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("\"result\",\"valueBoolean\":false").And.Contain("'N1' holds from 2031-01-01"));
        Assert.That(await TargetsAsync(map, Ask + "NA&date=2031-05-01"), Is.EqualTo("N1"));
        foreach (var (day, glu, na) in new[] { (new DateTimeOffset(2030, 7, 1, 0, 0, 0, TimeSpan.Zero), "G2", ""), (new(2031, 1, 1, 0, 0, 0, TimeSpan.Zero), "G2", "N1") })
        {
            clock.Now = day;
            Assert.That((await TargetsAsync(map, Ask + "GLU"), await TargetsAsync(map, Ask + "NA")), Is.EqualTo((glu, na)), $"{day:O}");
        }
    }

    [Test]
    public async Task Lists_InsideTheWindow_HaveALineForTheOldOne()
    {
        var (map, clock) = await UntilTheEndOfJanuaryAsync();
        await using var _ = map;
        const string Url = "api/translate?url=" + MapServer.Url + "&system=" + MapServer.Source;
        async Task<string[]> PostAsync(string type, string body)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, Url) { Content = new StringContent(body, Encoding.UTF8, type), Headers = { Authorization = new AuthenticationHeaderValue("Bearer", map.Token("key")) } };
            using var response = await map.Server.Client.SendAsync(request);
            return (await response.Content.ReadAsStringAsync()).TrimEnd().Split('\n');
        }
        var table = await PostAsync("text/csv", "code\nGLU\n");
        Assert.That(table, Has.Length.EqualTo(3));
        Assert.That(table[2], Does.Contain(",G1,").And.Contain("superseded,2030-01-31,"));
        Assert.That((await PostAsync("application/x-ndjson", """{"code":"GLU"}"""))[0], Does.Contain("\"superseded\":\"2030-01-31\""));
        clock.Now = Start.AddDays(60);
        Assert.That(await PostAsync("text/csv", "code\nGLU\n"), Has.Length.EqualTo(2));
    }

    [Test]
    public async Task Release_WithWindows_SaysSoInItsChangesContentAndExports_AndIsReadBackWithoutThem()
    {
        var (map, _) = await UntilTheEndOfJanuaryAsync();
        await using var server = map;
        var release = await map.AskAsync("vic", "GET", "/lab/releases/2");
        Assert.That(release.GetProperty("difference").GetProperty("superseded")[0].GetProperty("text").GetString(), Does.Contain("GLU was mapped to G1").And.Contain("until 2030-01-31"));
        Assert.That(release.GetProperty("windows").GetProperty("all").GetProperty("until").GetString(), Is.EqualTo("2030-01-31"));
        var (_, content) = await map.SendAsync("vic", "GET", "/lab/releases/2/content");
        Assert.That(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(content))), Is.EqualTo(release.GetProperty("sha256").GetString()));
        Assert.That(content.Split('\n')[^1], Does.StartWith("{\"superseded\":").And.Contain("\"G1\""));
        foreach (var format in new[] { "fhir-r4", "fhir-r5", "fsh" })
        {
            var (_, file) = await map.SendAsync("vic", "GET", $"/lab/releases/2/export?format={format}");
            Assert.That(file, Does.Contain("map-superseded").And.Contain("2030-01-31"));
            var read = await map.SendFileAsync("files:import", "map", file, [("format", format), ("dryRun", "true")]);
            Assert.That((read.GetProperty("kept").GetInt32(), read.GetProperty("rejected").GetInt32()), Is.EqualTo((2, 1)));
            Assert.That(read.GetProperty("losses").ToString(), Does.Contain("'G1' is superseded"));
        }
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/maps/lab/releases/2/export?format=csv") { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", map.Token("vic")) } };
        using var csv = await map.Server.Client.SendAsync(request);
        Assert.That(csv.Headers.GetValues("Terminology-Losses").Single(), Does.Contain("superseded"));
    }

    [TestCase("""{"windows":{"all":{"kind":"until-date"}}}""", "windows.all.until")]
    [TestCase("""{"windows":{"rows":{"GLU":{"kind":"until-date","until":"2029-12-31"}}}}""", "windows.rows['GLU'].until")]
    [TestCase("""{"windows":{"rows":{"NA":{"kind":"opt-in"}}}}""", "windows.rows['NA']")]
    public async Task Freeze_WindowThatCannotBe_IsRefusedWithItsPlace(string freeze, string place)
    {
        var (map, _) = await ChangedAsync("{}");
        await using var server = map;
        await map.ApproveAsync("GLU", "G3");
        var (status, refused) = await map.SendAsync("sue", "POST", "/lab/releases:freeze", freeze);
        Assert.That((status, JsonDocument.Parse(refused).RootElement.GetProperty("errors")[0].GetProperty("field").GetString()), Is.EqualTo((400, place)), refused);
    }
}

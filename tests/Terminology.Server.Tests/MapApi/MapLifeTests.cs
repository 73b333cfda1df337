using Terminology.Server.Maps;

namespace Terminology.Server.MapApi;

/// <summary>The life of a map through its API alone.</summary>
public sealed class MapLifeTests
{
    [Test]
    public async Task Map_ListToReleaseToRollBack_IsServedAsItWasSigned()
    {
        await using var map = await MapServer.StartAsync();
        var entered = await map.ImportAsync(isWhole: true, "GLU", "NA", "K");
        Assert.That((entered.GetProperty("read").GetInt32(), entered.GetProperty("entered").GetInt32()), Is.EqualTo((3, 3)));
        await map.ApproveAsync("GLU", "G1");
        await map.StepAsync("ada", "NA", """{"verb":"decide","content":{"noMap":{"reason":"no-code-exists"}}}""");
        await map.StepAsync("ada", "NA", """{"verb":"propose"}""");
        await map.StepAsync("ria", "NA", """{"verb":"approve"}""");
        Assert.That(await map.ReleaseAsync(), Is.EqualTo(1));
        var first = await map.TranslateAsync("GLU");
        Assert.That((first!.Value.Code, first.Value.Map), Is.EqualTo(("G1", MapServer.Url + "|1")));
        Assert.That(first.Value.Body, Does.Contain("approvedBy").And.Contain("ria"));

        // The list comes again: one is gone, one is new; what was approved is edited, and goes on answering until it is approved again.
        var again = await map.ImportAsync(isWhole: true, "GLU", "K", "CA");
        Assert.That((again.GetProperty("entered").GetInt32(), again.GetProperty("withdrawn").GetInt32(), again.GetProperty("unchanged").GetInt32()), Is.EqualTo((1, 1, 2)));
        await map.StepAsync("ada", "GLU", MapServer.Decide("G2"));
        Assert.That((await map.TranslateAsync("GLU"))!.Value.Code, Is.EqualTo("G1"));
        await map.StepAsync("ada", "GLU", """{"verb":"propose"}""");
        await map.StepAsync("ria", "GLU", """{"verb":"approve"}""");
        await map.ApproveAsync("CA", "C1");
        Assert.That((await map.TranslateAsync("GLU"))!.Value.Code, Is.EqualTo("G1"), "approved is not released");
        Assert.That(await map.ReleaseAsync(), Is.EqualTo(2));
        Assert.That((await map.TranslateAsync("GLU"))!.Value is var second ? (second.Code, second.Map) : default, Is.EqualTo(("G2", MapServer.Url + "|2")));
        var difference = await map.AskAsync("vic", "GET", "/lab/releases:diff?a=1&b=2");
        Assert.That(difference.GetProperty("changed")[0].GetProperty("text").GetString(), Does.Contain("maps to G2").And.Contain("before to G1"));

        // Rolling back is activating the former release; the next step forward is activating the later one.
        await map.AskAsync("sue", "POST", "/lab/releases/1:activate");
        Assert.That((await map.TranslateAsync("GLU"))!.Value.Code, Is.EqualTo("G1"));
        var releases = (await map.AskAsync("vic", "GET", "/lab/releases")).GetProperty("releases").EnumerateArray().Select(release => release.GetProperty("state").GetString());
        Assert.That(releases, Is.EqualTo(new[] { "active", "superseded" }));
        var verified = await map.AskAsync("aud", "GET", "/lab/verify");
        Assert.That(verified.GetProperty("valid").GetBoolean(), verified.ToString());
    }

    [Test]
    public async Task Release_Content_HasTheHashThatWasSigned_TwiceTheSameBytes()
    {
        await using var map = await MapServer.StartAsync();
        await map.ImportAsync(isWhole: true, "GLU");
        await map.ApproveAsync("GLU", "G1");
        await map.ReleaseAsync();
        var (_, content) = await map.SendAsync("vic", "GET", "/lab/releases/1/content");
        var release = await map.AskAsync("vic", "GET", "/lab/releases/1");
        Assert.That(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(content))), Is.EqualTo(release.GetProperty("sha256").GetString()));
        Assert.That(release.GetProperty("signatures")[0].GetProperty("sha256").GetString(), Is.EqualTo(release.GetProperty("sha256").GetString()));
        Assert.That(content, Does.Contain("\"copyright\":\"Notice.\""));
    }

    [Test]
    public async Task Release_WithdrawnWhileItAnswers_TheOneBeforeAnswers_AndAnotherLooksAtIt()
    {
        await using var map = await MapServer.StartAsync();
        await map.ImportAsync(isWhole: true, "GLU");
        await map.ApproveAsync("GLU", "G1");
        await map.ReleaseAsync();
        await map.ApproveAsync("GLU", "G2");
        await map.ReleaseAsync();
        await map.AskAsync("sue", "POST", "/lab/releases/2:withdraw", null, 400);
        var withdrawn = await map.AskAsync("sue", "POST", "/lab/releases/2:withdraw", """{"reason":"results of children were changed"}""");
        Assert.That(withdrawn.GetProperty("withdrawal").GetProperty("reason").GetString(), Is.EqualTo("results of children were changed"));
        Assert.That((await map.TranslateAsync("GLU"))!.Value is var former ? (former.Code, former.Map) : default, Is.EqualTo(("G1", MapServer.Url + "|1")));
        using (var pinned = await map.Server.GetAsync($"fhir/ConceptMap/$translate?url={MapServer.Url}|2&system={MapServer.Source}&code=GLU")) Assert.That(pinned.IsSuccessStatusCode, Is.False, "it never answers again, not even by its number");
        await map.AskAsync("sue", "POST", "/lab/releases/2:activate", null, 409);
        await map.AskAsync("sue", "POST", "/lab/releases/2:review", null, 403);
        Assert.That((await map.AskAsync("kim", "POST", "/lab/releases/2:review")).GetProperty("withdrawal").GetProperty("reviewedBy").GetString(), Is.EqualTo("kim"));
        await map.AskAsync("kim", "POST", "/lab/releases/2:review", null, 409);
        await map.AskAsync("sue", "POST", "/lab/releases/1:withdraw", """{"reason":"this one too"}""");
        Assert.That(await map.TranslateAsync("GLU"), Is.Null, "no release is left that answers");
    }

    [Test]
    public async Task Translate_OfADate_IsByTheReleaseThatAnsweredThen()
    {
        await using var map = await MapServer.StartAsync();
        await map.ImportAsync(isWhole: true, "GLU");
        await map.ApproveAsync("GLU", "G1");
        await map.ReleaseAsync();
        await Task.Delay(1100); // dates of FHIR have seconds
        var between = TimeProvider.System.GetUtcNow();
        await Task.Delay(1100);
        await map.ApproveAsync("GLU", "G2");
        await map.ReleaseAsync();
        Assert.That((await map.TranslateAsync("GLU"))!.Value.Code, Is.EqualTo("G2"));
        using var answer = await map.Server.GetAsync($"fhir/ConceptMap/$translate?url={MapServer.Url}&system={MapServer.Source}&code=GLU&date={Uri.EscapeDataString(between.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture))}");
        var body = await answer.Content.ReadAsStringAsync();
        Assert.That(body, Does.Contain("\"G1\"").And.Not.Contain("\"G2\"").And.Contain(MapServer.Url + "|1"));
    }

    [Test]
    public async Task Release_Scheduled_AnswersByItself()
    {
        await using var map = await MapServer.StartAsync();
        await map.ImportAsync(isWhole: true, "GLU");
        await map.ApproveAsync("GLU", "G1");
        await map.AskAsync("sue", "POST", "/lab/releases:freeze", null, 201);
        await map.AskAsync("sue", "POST", "/lab/releases/1:check");
        await map.AskAsync("kim", "POST", "/lab/releases/1:sign");
        await map.AskAsync("sue", "POST", "/lab/releases/1:schedule", """{"at":"2001-01-01T00:00:00Z"}""", 400);
        await map.AskAsync("sue", "POST", "/lab/releases/1:schedule", $$"""{"at":"{{TimeProvider.System.GetUtcNow().AddSeconds(2):O}}"}""");
        Assert.That(await map.TranslateAsync("GLU"), Is.Null, "its moment has not come");
        for (var i = 0; i < 300 && await map.TranslateAsync("GLU") is null; i++) await Task.Delay(100);
        Assert.That((await map.TranslateAsync("GLU"))!.Value.Code, Is.EqualTo("G1"));
        var why = await map.AskAsync("vic", "GET", "/lab/releases/1");
        Assert.That((why.GetProperty("state").GetString(), why.TryGetProperty("scheduledFor", out _)), Is.EqualTo(("active", false)));
    }

    [Test]
    public async Task Release_SignedWithAKey_CanBeCheckedWithoutTheServer_AndABadSignatureIsRefused()
    {
        await using var map = await MapServer.StartAsync();
        await map.ImportAsync(isWhole: true, "GLU");
        await map.ApproveAsync("GLU", "G1");
        await map.AskAsync("sue", "POST", "/lab/releases:freeze", null, 201);
        await map.AskAsync("sue", "POST", "/lab/releases/1:check");
        var content = System.Text.Encoding.UTF8.GetBytes((await map.SendAsync("kim", "GET", "/lab/releases/1/content")).Answer);
        using var key = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        var signature = ReleaseSignature.Sign(key.ExportPkcs8PrivateKeyPem(), content);
        string Body(Terminology.Mapping.Releases.KeySignature value) => System.Text.Json.JsonSerializer.Serialize(new { signature = new { publicKey = value.PublicKey, value = value.Value } });
        foreach (var bad in new[] { ReleaseSignature.Sign(key.ExportPkcs8PrivateKeyPem(), [.. content, 0]), signature with { Value = "?" }, signature with { PublicKey = "no key" } })
        {
            var refused = await map.AskAsync("kim", "POST", "/lab/releases/1:sign", Body(bad), 400);
            Assert.That(refused.GetProperty("detail").GetString(), Does.Contain("openssl dgst"));
        }
        var signed = await map.AskAsync("kim", "POST", "/lab/releases/1:sign", Body(signature));
        Assert.That(signed.GetProperty("state").GetString(), Is.EqualTo("signed"));
        var kept = signed.GetProperty("signatures")[0].GetProperty("key");
        Assert.That(ReleaseSignature.Fault(new(kept.GetProperty("publicKey").GetString()!, kept.GetProperty("value").GetString()!), content), Is.Null);
        Assert.That(ReleaseSignature.Fault(signature, [.. content[..^1], (byte)'x']), Is.Not.Null);
    }

    [Test]
    public async Task Verify_LogPutBackToAnEarlierState_IsFound()
    {
        await using var map = await MapServer.StartAsync();
        await map.ImportAsync(isWhole: true, "GLU");
        await map.ApproveAsync("GLU", "G1");
        await map.ReleaseAsync();
        var anchors = new MapAnchors(map.Server.Data);
        Assert.That(anchors.Of("lab"), Has.Count.EqualTo(4), "each step of the release is noted");
        Assert.That((await map.AskAsync("aud", "GET", "/lab/verify")).GetProperty("valid").GetBoolean());
        anchors.Add("lab", 1000, new('a', 64)); // as if there had been more
        var verified = await map.AskAsync("aud", "GET", "/lab/verify");
        Assert.That((verified.GetProperty("valid").GetBoolean(), verified.GetProperty("faults")[0].GetString()), Is.EqualTo((false, "Event 1000 is missing, which was noted when a release was made: the log was cut off, or put back to an earlier state.")));
    }

    [Test]
    public async Task Row_TwoAuthorsWhoDisagree_AreSettledByAThird_AndSeeNothingOfOneAnother()
    {
        await using var map = await MapServer.StartAsync("dual-blind");
        await map.ImportAsync(isWhole: true, "GLU");
        await map.StepAsync("ada", "GLU", MapServer.Decide("G1"));
        await map.StepAsync("ada", "GLU", """{"verb":"propose"}""");
        foreach (var path in new[] { "/lab/rows/GLU", "/lab/rows", "/lab/rows/GLU/why" })
        {
            var (_, seen) = await map.SendAsync("ben", "GET", path);
            Assert.That(seen, Does.Not.Contain("\"G1\""), path);
        }
        await map.StepAsync("ben", "GLU", MapServer.Decide("G2"));
        var conflict = await map.StepAsync("ben", "GLU", """{"verb":"propose"}""");
        Assert.That(conflict.GetProperty("row").GetProperty("state").GetString(), Is.EqualTo("conflict"));
        await map.StepAsync("ria", "GLU", """{"verb":"adjudicate","taken":"ben","reason":"r"}""", 403);
        var settled = await map.StepAsync("jo", "GLU", """{"verb":"adjudicate","taken":"ben","reason":"the method says so"}""");
        Assert.That(settled.GetProperty("row").GetProperty("approved").GetProperty("by").GetString(), Is.EqualTo("jo"));
    }

    [Test]
    public async Task Row_OldVersion_IsRefusedWithTheNewOne_AndUndoTakesBack()
    {
        await using var map = await MapServer.StartAsync();
        await map.ImportAsync(isWhole: true, "GLU");
        await map.AskAsync("ada", "PATCH", "/lab/rows/GLU", MapServer.Decide("G1"), 200, "1");
        var late = await map.AskAsync("ben", "PATCH", "/lab/rows/GLU", MapServer.Decide("G2"), 412, "1");
        Assert.That(late.GetProperty("current").GetProperty("row").GetProperty("content").ToString(), Does.Contain("G1"));
        await map.AskAsync("ben", "PATCH", "/lab/rows/GLU", """{"verb":"undo"}""", 422, "2");
        var undone = await map.AskAsync("ada", "PATCH", "/lab/rows/GLU", """{"verb":"undo"}""", 200, "2");
        Assert.That(undone.GetProperty("row").GetProperty("state").GetString(), Is.EqualTo("unmapped"));
        var why = await map.AskAsync("aud", "GET", "/lab/rows/GLU/why");
        Assert.That(why.GetProperty("events").EnumerateArray().Select(happened => $"{happened.GetProperty("actor").GetString()} {happened.GetProperty("verb").GetString()}"), Is.EqualTo(new[] { "ada undo", "ada decide", "ada enter" }));
    }

    [Test]
    public async Task Row_ManyAtOnce_NoneIsLost()
    {
        await using var map = await MapServer.StartAsync();
        await map.ImportAsync(isWhole: true, "GLU");
        var accepted = 0;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async writer =>
        {
            for (var saved = 0; saved < 10;)
            {
                var row = await map.AskAsync("ada", "GET", "/lab/rows/GLU");
                var (status, answer) = await map.SendAsync("ada", "PATCH", "/lab/rows/GLU", MapServer.Decide($"G{writer}-{saved}"), row.GetProperty("version").ToString());
                Assert.That(status, Is.AnyOf(200, 412), answer);
                if (status != 200) continue;
                saved++;
                Interlocked.Increment(ref accepted);
            }
        }));
        Assert.That((await map.AskAsync("ada", "GET", "/lab/rows/GLU")).GetProperty("version").GetInt32(), Is.EqualTo(1 + accepted));
        Assert.That((await map.AskAsync("aud", "GET", "/lab/verify")).GetProperty("valid").GetBoolean());
    }

    [Test]
    public async Task Bulk_EachRowByItself_DryRunFirst_FourEyesHold()
    {
        await using var map = await MapServer.StartAsync();
        await map.ImportAsync(isWhole: true, "A", "B", "C");
        foreach (var key in new[] { "A", "B" }) await map.StepAsync("ada", key, MapServer.Decide("X"));
        var tried = await map.AskAsync("ada", "POST", "/lab/rows:bulk", """{"command":{"verb":"propose"},"dryRun":true}""");
        Assert.That((tried.GetProperty("done").GetInt32(), tried.GetProperty("refused").GetArrayLength()), Is.EqualTo((2, 1)));
        Assert.That((await map.AskAsync("ada", "GET", "/lab/rows?state=draft")).GetProperty("total").GetInt32(), Is.EqualTo(2), "a dry run changes nothing");
        await map.AskAsync("ada", "POST", "/lab/rows:bulk", """{"command":{"verb":"propose"},"state":"draft"}""");
        Assert.That((await map.AskAsync("ada", "POST", "/lab/rows:bulk", """{"command":{"verb":"approve"},"state":"proposed"}""")).GetProperty("done").GetInt32(), Is.Zero);
        Assert.That((await map.AskAsync("key", "POST", "/lab/rows:bulk", """{"command":{"verb":"approve"},"state":"proposed"}""")).GetProperty("done").GetInt32(), Is.Zero);
        Assert.That((await map.AskAsync("ria", "POST", "/lab/rows:bulk", """{"command":{"verb":"approve"},"state":"proposed"}""")).GetProperty("done").GetInt32(), Is.EqualTo(2));
    }

    [Test]
    public async Task Door_WhateverWouldAnswerInThePlaceOfAMap_IsShut()
    {
        await using var map = await MapServer.StartAsync();
        var resource = $$"""{"resourceType":"ConceptMap","id":"x","url":"{{MapServer.Url}}","status":"active"}""";
        foreach (var (method, path, body) in new[]
        {
            ("PUT", "fhir/ConceptMap/x", resource), ("POST", "fhir/ConceptMap", resource),
            ("POST", "fhir", $$$"""{"resourceType":"Bundle","type":"transaction","entry":[{"resource":{{{resource}}},"request":{"method":"PUT","url":"ConceptMap/x"}}]}"""),
        })
        {
            using var request = new HttpRequestMessage(new(method), path) { Content = ServerOfItsOwn.Json(body) };
            request.Headers.Authorization = new("Bearer", (await map.Server.Get<Access.ApiKeys>().CreateAsync(new($"w{Guid.NewGuid():N}", ["write"], null), "test")).Key);
            using var response = await map.Server.Client.SendAsync(request);
            var text = await response.Content.ReadAsStringAsync();
            Assert.That((int)response.StatusCode, Is.EqualTo(409), $"{method} {path}: {text}");
            Assert.That(text, Does.Contain("/api/maps/lab"), $"{method} {path}");
        }
        var file = Path.Combine(map.Server.Data, "package.json");
        await File.WriteAllTextAsync(file, $$"""{"resourceType":"ConceptMap","url":"{{MapServer.Url}}","version":"9","status":"active","group":[]}""");
        using var program = new TerminologyProgram(map.Server.Data);
        var (code, said) = program.Run("import", file);
        Assert.That(code, Is.Not.Zero, said);
        Assert.That(said, Does.Contain("/api/maps/lab"));
        (code, said) = program.Run("activate", $"{MapServer.Url}|1");
        Assert.That(code, Is.Not.Zero, said);
        Assert.That(said, Does.Contain("/api/maps/lab"));
    }

    [Test]
    public async Task Map_ContentThatIsGone_KeepsNobodyElseFromBeingServed()
    {
        await using var map = await MapServer.StartAsync();
        await map.ImportAsync(isWhole: true, "A");
        await map.ApproveAsync("A", "G1");
        await map.ReleaseAsync();
        await map.ApproveAsync("A", "G2");
        await map.ReleaseAsync();
        var folder = Path.Combine(map.Server.Data, "maps");
        foreach (var file in Directory.EnumerateFiles(folder).Where(file => Path.GetExtension(file).Length == 0)) File.Delete(file);
        var store = map.Server.Get<Terminology.Store.Data.DataFolder>();
        store.Activate(new(MapServer.Url, "1"), "test"); // as if the decision had not reached the store
        store.Remove(new(MapServer.Url, "2"), "test");
        Assert.That(() => map.Server.Get<MapWork>().ServeAll(), Throws.Nothing);
        map.Server.Get<Hosting.LiveService>().Look();
        Assert.That((await map.TranslateAsync("A"))!.Value.Code, Is.EqualTo("G1"));
        await map.AskAsync("sue", "POST", "", $$$"""{"id":"lab2","url":"{{{MapServer.Url}}}","title":"x","sourceSystem":"http://x/s","targetSystems":["http://x/t"],"domain":"lab","steward":"sue"}""", 409);
        Assert.That(OwnedCanonicals.Read(map.Server.Data)[MapServer.Url], Is.EqualTo("lab"));
    }

    [Test]
    public async Task Map_AfterARestart_IsAsItWas()
    {
        await using var map = await MapServer.StartAsync();
        await map.ImportAsync(isWhole: true, "B", "A", "C");
        await map.ApproveAsync("A", "G1");
        await map.ReleaseAsync();
        var before = map.Server.Get<MapBook>().Find("lab");
        var after = new MapBook(map.Server.Get<Terminology.Journal.IJournal>(), new(map.Server.Data), new(map.Server.Data)).Find("lab");
        Assert.That((after.Sequence, after.Head, after.Active!.Number), Is.EqualTo((before.Sequence, before.Head, 1)));
        Assert.That(after.Rows.Select(entry => (entry.Row.Key, entry.Version, entry.Row.State)), Is.EqualTo(before.Rows.Select(entry => (entry.Row.Key, entry.Version, entry.Row.State))));
    }
}

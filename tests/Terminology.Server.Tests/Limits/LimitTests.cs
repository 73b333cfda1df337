using System.IO.Compression;
using System.Net;
using Terminology.Issues;

namespace Terminology.Server.Limits;

/// <summary>What a client may ask for, and how it is told when it asks for more; what makes answers cheaper.</summary>
public sealed class LimitTests
{
    private const string Lookup = "fhir/CodeSystem/$lookup?system=http://example.org/fhir/CodeSystem/s&code=a0";
    private const string Expand = "fhir/ValueSet/$expand?url=http://example.org/fhir/CodeSystem/s?fhir_vs";

    [Test]
    public async Task Get_StableAnswer_IsNotSentTwice()
    {
        await using var server = await ServerOfItsOwn.StartAsync();
        await server.StoreAsync("s", "a0");
        using var first = await server.GetAsync(Lookup);
        var tag = first.Headers.ETag!.ToString();
        using (var again = await server.GetAsync(Lookup, ("If-None-Match", tag)))
        {
            Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
            Assert.That(again.Headers.Vary, Does.Contain("Accept"));
        }
        using (var other = await server.GetAsync(Lookup, ("If-None-Match", tag), ("Accept-Language", "de"))) Assert.That(other.StatusCode, Is.EqualTo(HttpStatusCode.OK), "another language");
        using (var other = await server.GetAsync(Lookup, ("If-None-Match", tag), ("Accept", "application/fhir+xml"))) Assert.That(other.StatusCode, Is.EqualTo(HttpStatusCode.OK), "another format");
        await server.StoreAsync("s", "a0", "a1");
        using (var changed = await server.GetAsync(Lookup, ("If-None-Match", tag))) Assert.That(changed.StatusCode, Is.EqualTo(HttpStatusCode.OK), "something was stored");
        using var unknown = await server.GetAsync(Lookup + "nosuch");
        Assert.That(unknown.Headers.ETag, Is.Null);
    }

    [TestCase("br")]
    [TestCase("gzip")]
    [TestCase("gzip;q=0, br")]
    [TestCase(null)]
    [TestCase("identity, br;q=0")]
    public async Task Get_LargeAnswer_IsCompressedForWhoTakesIt(string? accepted)
    {
        await using var server = await ServerOfItsOwn.StartAsync();
        await server.StoreAsync("s", [.. Enumerable.Range(0, 500).Select(i => $"a{i}")]);
        using var response = accepted is null ? await server.GetAsync(Expand) : await server.GetAsync(Expand, ("Accept-Encoding", accepted));
        var encoding = response.Content.Headers.ContentEncoding.SingleOrDefault();
        Assert.That(encoding, Is.EqualTo(accepted switch { "br" or "gzip;q=0, br" => "br", "gzip" => "gzip", _ => null }));
        await using var body = await response.Content.ReadAsStreamAsync();
        await using Stream plain = encoding switch { "br" => new BrotliStream(body, CompressionMode.Decompress), "gzip" => new GZipStream(body, CompressionMode.Decompress), _ => body };
        using var text = new StreamReader(plain);
        Assert.That(await text.ReadToEndAsync(), Does.EndWith("}").And.Contain("Display of a499"));
        Assert.That(response.Headers.Vary, Is.SupersetOf(new[] { "Accept", "Accept-Encoding", "Accept-Language" }));
    }

    [TestCase("abc-1.2_X", true)]
    [TestCase("a b", false)]
    [TestCase("0123456789012345678901234567890123456789012345678901234567890123456789", false)]
    [TestCase("<x>", false)]
    public async Task RequestId_AsSent_OrOneOfOurs(string sent, bool isEchoed)
    {
        await using var server = await ServerOfItsOwn.StartAsync();
        using var response = await server.GetAsync("fhir/metadata", ("X-Request-Id", sent));
        var id = response.Headers.GetValues("X-Request-Id").Single();
        Assert.That(id, isEchoed ? Is.EqualTo(sent) : Does.Match("^[A-Za-z0-9:]+$"));
    }

    [Test]
    public async Task Rate_TooFast_Is429AndPassesLater()
    {
        await using var server = await ServerOfItsOwn.StartAsync(new() { Rate = 2 });
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 15; i++)
        {
            using var response = await server.GetAsync("fhir/metadata");
            statuses.Add(response.StatusCode);
            if (response.StatusCode == HttpStatusCode.TooManyRequests) Assert.That(response.Headers.RetryAfter, Is.Not.Null);
        }
        Assert.That(statuses.Take(10), Is.All.EqualTo(HttpStatusCode.OK));
        Assert.That(statuses, Does.Contain(HttpStatusCode.TooManyRequests));
    }

    [Test]
    public async Task Query_TooManyParameters_IsRefused()
    {
        await using var server = await ServerOfItsOwn.StartAsync();
        using var many = await server.GetAsync(Lookup + string.Concat(Enumerable.Range(0, 1100).Select(i => $"&p{i}=1")));
        Assert.That(many.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        using var length = await server.GetAsync(Lookup + "&x=" + new string('x', 20_000));
        Assert.That(length.StatusCode, Is.EqualTo(HttpStatusCode.RequestUriTooLong));
    }

    [Test]
    public async Task HeavyWork_Full_IsRefusedAndLetsInAgain()
    {
        using var work = new HeavyWork(atOnce: 1, waiting: 1, TimeSpan.FromSeconds(30));
        var (began, end) = (new TaskCompletionSource(), new TaskCompletionSource());
        async Task<int> HoldAsync(int answer)
        {
            began.TrySetResult();
            await end.Task;
            return answer;
        }
        var runs = work.RunAsync(() => HoldAsync(1), CancellationToken.None);
        await began.Task;
        var waits = work.RunAsync(() => HoldAsync(2), CancellationToken.None);
        var refused = await Assert.ThrowsAsync<TerminologyException>(() => work.RunAsync(() => HoldAsync(3), CancellationToken.None));
        Assert.That(refused!.Type, Is.EqualTo(IssueType.Transient));
        end.SetResult();
        Assert.That(await Task.WhenAll(runs, waits), Is.EqualTo(new[] { 1, 2 }));
        Assert.That(await work.RunAsync(() => HoldAsync(4), CancellationToken.None), Is.EqualTo(4));
    }

    private const int IdlePolicy = 5; // SCHED_IDLE

    [Test]
    public async Task HeavyWork_AndWhatItAwaits_GivesWay()
    {
        using var work = new HeavyWork(atOnce: 2, waiting: 1, TimeSpan.FromSeconds(30));
        var (before, after, nested) = await work.RunAsync(async () =>
        {
            var first = PolicyHere();
            await Task.Yield();
            return (first, PolicyHere(), await work.RunAsync(() => Task.FromResult(work.IsHere), CancellationToken.None));
        }, CancellationToken.None);
        Assert.That(nested && !work.IsHere);
        if (OperatingSystem.IsLinux()) Assert.That(new[] { before, after, PolicyHere() }, Is.EqualTo(new[] { IdlePolicy, IdlePolicy, 0 }));
    }

    [Test]
    public async Task HeavyWork_ThatFails_FailsForWhoAsked()
    {
        using var work = new HeavyWork(atOnce: 1, waiting: 1, TimeSpan.FromSeconds(30));
        for (var i = 0; i < 3; i++) await Assert.ThrowsAsync<InvalidDataException>(() => work.RunAsync<int>(() => throw new InvalidDataException(), CancellationToken.None));
    }

    [Test]
    public async Task Get_ManyAtOnceOfWhatIsQuick_NoneIsTurnedAway()
    {
        await using var server = await ServerOfItsOwn.StartAsync(new() { Costly = 1 });
        await server.StoreAsync("s", "a0");
        await server.GetAsync(Expand);
        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => server.GetAsync(i % 2 == 0 ? Expand : Lookup)));
        Assert.That(answers.Select(answer => answer.StatusCode), Is.All.EqualTo(HttpStatusCode.OK));
    }

    /// <summary>The scheduling policy of this thread, from the kernel's own account of it (proc_pid_stat(5), field 41).</summary>
    private static int PolicyHere()
        => OperatingSystem.IsLinux() ? int.Parse(File.ReadAllText("/proc/thread-self/stat").Split(") ")[1].Split(' ')[38], System.Globalization.CultureInfo.InvariantCulture) : 0;

    [Test]
    public async Task Cors_OnlyForThoseNamed()
    {
        await using (var closed = await ServerOfItsOwn.StartAsync())
        {
            using var response = await closed.GetAsync("fhir/metadata", ("Origin", "https://forms.example"));
            Assert.That(response.Headers.Contains("Access-Control-Allow-Origin"), Is.False);
        }
        await using var open = await ServerOfItsOwn.StartAsync(new() { Cors = ["https://forms.example"] });
        foreach (var (origin, isAllowed) in new[] { ("https://forms.example", true), ("https://evil.example", false) })
        {
            using var response = await open.GetAsync("fhir/metadata", ("Origin", origin));
            Assert.That(response.Headers.Contains("Access-Control-Allow-Origin"), Is.EqualTo(isAllowed), origin);
        }
    }

    [Test]
    public async Task Forwarded_FromANamedProxyAlone()
    {
        foreach (var (proxies, scheme) in new[] { ((string[])[], "http"), (["127.0.0.1"], "https") })
        {
            await using var server = await ServerOfItsOwn.StartAsync(new() { Proxies = proxies });
            await server.StoreAsync("s", "a0");
            using var response = await server.GetAsync("fhir/CodeSystem?_id=s", ("X-Forwarded-Proto", "https"), ("X-Forwarded-For", "192.0.2.1"));
            Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain($"\"{scheme}://127.0.0.1"));
        }
    }
}

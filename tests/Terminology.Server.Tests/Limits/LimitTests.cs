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
        using (var again = await server.GetAsync(Lookup, ("If-None-Match", tag))) Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
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
        Assert.That(response.Headers.Vary, Does.Contain("Accept-Encoding"));
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
    public async Task CostlyWork_Full_IsRefusedAndLetsInAgain()
    {
        using var work = new CostlyWork(atOnce: 1, waiting: 1, TimeSpan.FromSeconds(30));
        await work.EnterAsync(CancellationToken.None);
        var waits = work.EnterAsync(CancellationToken.None).AsTask();
        var refused = await Assert.ThrowsAsync<TerminologyException>(async () => await work.EnterAsync(CancellationToken.None));
        Assert.That(refused!.Type, Is.EqualTo(IssueType.Transient));
        work.Leave();
        await waits;
        work.Leave();
        await work.EnterAsync(CancellationToken.None);
    }

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

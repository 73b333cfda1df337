using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Terminology.Server.Proofs;

/// <summary>kill -9 of a server that many write to, at random moments: every write that was acknowledged is there after the next start, in its version.</summary>
public sealed class KilledWritesTests
{
    private const int Writers = 8;

    // For a machine on which much else runs: only a server that hangs takes as long.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private long _acknowledged;

    /// <summary>Three rounds in the test run; <c>./dev prove writes</c> does fifty.</summary>
    private static int Rounds => int.TryParse(Environment.GetEnvironmentVariable("TERMINOLOGY_PROOF_ROUNDS"), CultureInfo.InvariantCulture, out var rounds) ? rounds : 3;

    [Test]
    public async Task Serve_KilledUnderWrites_KeepsWhatItAcknowledged()
    {
        using var program = new TerminologyProgram();
        var (seed, rounds, acknowledged) = (Environment.TickCount, Rounds, new ConcurrentDictionary<string, int>());
        var random = new Random(seed);
        var (checkedVersions, watch) = (0, Stopwatch.StartNew());
        for (var round = 0; round < rounds; round++)
        {
            using var server = program.Start("serve", "--urls", "http://127.0.0.1:0");
            try
            {
                var address = await TerminologyProgram.AddressOf(server);
                using var client = new HttpClient { Timeout = Patience };
                foreach (var (id, version) in acknowledged) await CheckAsync(client, address, id, version);
                checkedVersions = acknowledged.Values.Sum();
                var before = Volatile.Read(ref _acknowledged);
                var writing = Enumerable.Range(0, Writers).Select(writer => Task.Run(() => WriteAsync(client, address, $"writer-{round % 5}-{writer}", acknowledged))).ToArray();
                await FirstAcknowledgedAsync(writing, before);
                await Task.Delay(random.Next(0, 1000));
                server.Kill();
                await Task.WhenAll(writing);
            }
            finally
            {
                server.Kill();
                await server.WaitForExitAsync();
            }
        }
        using (var last = program.Start("serve", "--urls", "http://127.0.0.1:0"))
        {
            var address = await TerminologyProgram.AddressOf(last);
            using var client = new HttpClient();
            foreach (var (id, version) in acknowledged) await CheckAsync(client, address, id, version);
            checkedVersions = acknowledged.Values.Sum();
            last.Kill();
            await last.WaitForExitAsync();
        }
        TestContext.Out.WriteLine($"seed {seed}: {rounds} kills, {checkedVersions} acknowledged writes of {acknowledged.Count} resources, none lost; {watch.Elapsed.TotalSeconds:N0} s");
        Assert.That(checkedVersions, Is.GreaterThanOrEqualTo(rounds));
    }

    /// <summary>No kill is worth anything before a write was acknowledged.</summary>
    private async Task FirstAcknowledgedAsync(Task[] writing, long before)
    {
        var waited = Stopwatch.StartNew();
        while (Volatile.Read(ref _acknowledged) == before)
        {
            if (Array.Find(writing, task => task.IsCompleted) is { } ended)
            {
                await ended;
                Assert.Fail("the server was gone before it acknowledged a write");
            }
            Assert.That(waited.Elapsed, Is.LessThan(Patience), "no write is acknowledged");
            await Task.Delay(5);
        }
    }

    /// <summary>Writes one version after another, each naming itself, until the server is gone.</summary>
    private async Task WriteAsync(HttpClient client, string address, string id, ConcurrentDictionary<string, int> acknowledged)
    {
        try
        {
            while (true)
            {
                // An unacknowledged write of the round before may have been kept or not: the server says which version this one became.
                using var content = new StringContent(
                    $$"""{"resourceType":"CodeSystem","id":"{{id}}","url":"http://example.org/fhir/CodeSystem/{{id}}","status":"active","content":"complete","concept":[{"code":"{{Guid.NewGuid()}}"}]}""",
                    Encoding.UTF8, "application/fhir+json");
                using var response = await client.PutAsync(new Uri($"{address}/CodeSystem/{id}"), content);
                Assert.That(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
                Interlocked.Increment(ref _acknowledged);
                acknowledged[id] = int.Parse(response.Headers.ETag!.Tag.Trim('"'), CultureInfo.InvariantCulture);
            }
        }
        catch (Exception problem) when (problem is HttpRequestException or IOException)
        {
        }
    }

    /// <summary>All versions up to the acknowledged one are there, without a gap; at most one more was written and not acknowledged.</summary>
    private static async Task CheckAsync(HttpClient client, string address, string id, int version)
    {
        using var history = JsonDocument.Parse(await client.GetStringAsync(new Uri($"{address}/CodeSystem/{id}/_history?_count=1000")));
        var versions = history.RootElement.GetProperty("entry").EnumerateArray()
            .Select(entry => int.Parse(entry.GetProperty("resource").GetProperty("meta").GetProperty("versionId").GetString()!, CultureInfo.InvariantCulture)).ToArray();
        Assert.That(versions[0], Is.InRange(version, version + 1), id);
        Assert.That(versions, Is.EqualTo(Enumerable.Range(1, versions[0]).Reverse().Take(versions.Length)), id);
        using var lookup = await client.GetAsync(new Uri($"{address}/CodeSystem/$lookup?system=http://example.org/fhir/CodeSystem/{id}&code={Code(history)}"));
        Assert.That(lookup.IsSuccessStatusCode, id);
    }

    private static string Code(JsonDocument history) => history.RootElement.GetProperty("entry")[0].GetProperty("resource").GetProperty("concept")[0].GetProperty("code").GetString()!;
}

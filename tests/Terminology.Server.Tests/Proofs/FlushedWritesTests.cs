using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Terminology.Server.Proofs;

/// <summary>What no kill shows and a power cut would: the journal is flushed to the disk before a write is acknowledged. The system calls of a serving process are counted.</summary>
public sealed class FlushedWritesTests
{
    private const int OneByOne = 100, AtOnce = 200;

    [Test]
    public async Task Serve_Acknowledges_AfterAFlushOfTheJournal()
    {
        using var program = new TerminologyProgram();
        var trace = Path.Combine(program.Folder, "trace");
        using var server = StartTraced(program, trace);
        try
        {
            var address = await TerminologyProgram.AddressOf(server);
            using var client = new HttpClient();
            var before = Flushes(trace);
            for (var i = 0; i < OneByOne; i++)
            {
                await WriteAsync(client, address, i);
                // One at a time, none can share a flush: as many are needed as were acknowledged.
                Assert.That(Flushes(trace) - before, Is.GreaterThan(i), "acknowledged before its flush");
            }
            var after = Flushes(trace);
            await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(i => Task.Run(() => WriteAsync(client, address, OneByOne + i))));
            var shared = Flushes(trace) - after;
            TestContext.Out.WriteLine($"{OneByOne} writes one by one: {after - before} flushes; {AtOnce} at once: {shared} flushes");
            Assert.That(shared, Is.InRange(1, AtOnce));
        }
        finally
        {
            server.Kill(entireProcessTree: true);
            await server.WaitForExitAsync();
        }
    }

    private static Process StartTraced(TerminologyProgram program, string trace)
    {
        try
        {
            using var probe = Process.Start(new ProcessStartInfo("strace", ["-o", "/dev/null", "true"]) { RedirectStandardError = true })!;
            probe.WaitForExit();
            if (probe.ExitCode != 0) Assert.Ignore("strace may not trace here");
        }
        catch (Win32Exception)
        {
            Assert.Ignore("needs strace, which is not installed (apt-get install strace)");
        }
        return program.StartUnder(["strace", "-f", "--seccomp-bpf", "-y", "-e", "trace=fsync,fdatasync", "-o", trace], "serve", "--urls", "http://127.0.0.1:0");
    }

    /// <summary>Flushes of the journal's log that have returned. Of a call that another one interrupts, the end is a line of its own.</summary>
    private static int Flushes(string trace)
    {
        using var stream = new FileStream(trace, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        var (count, open) = (0, new HashSet<string>(StringComparer.Ordinal));
        while (reader.ReadLine() is { } line)
        {
            var thread = line.Split(' ')[0];
            if (line.Contains("journal-log.db", StringComparison.Ordinal))
            {
                if (line.Contains("<unfinished", StringComparison.Ordinal)) open.Add(thread);
                else if (line.EndsWith("= 0", StringComparison.Ordinal)) count++;
            }
            else if (line.Contains("resumed>", StringComparison.Ordinal) && open.Remove(thread) && line.EndsWith("= 0", StringComparison.Ordinal))
            {
                count++;
            }
        }
        return count;
    }

    private static async Task WriteAsync(HttpClient client, string address, int i)
    {
        using var content = new StringContent(
            $$"""{"resourceType":"CodeSystem","id":"c{{i}}","url":"http://example.org/fhir/CodeSystem/c{{i}}","status":"active","content":"complete"}""", Encoding.UTF8, "application/fhir+json");
        using var response = await client.PutAsync(new Uri($"{address}/CodeSystem/c{i}"), content);
        Assert.That(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }
}

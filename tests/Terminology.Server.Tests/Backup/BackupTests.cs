using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;

namespace Terminology.Server.Backup;

/// <summary>Backups by verb: beside a server that is written to, and without one; restored elsewhere they are one moment of what was.</summary>
public sealed class BackupTests
{
    private const int Writers = 6;

    [Test]
    public async Task Backup_UnderWriteLoad_RestoresToOneMoment()
    {
        using var program = new TerminologyProgram();
        Assert.That(program.Run("import", program.CodeList("one", 50), "--as", "http://example.org/list|1").ExitCode, Is.Zero);
        Assert.That(program.Run("key", "create", "--name", "writer", "--scope", "write").ExitCode, Is.Zero);
        var backup = Path.Combine(program.Folder, "backup.zip");
        var (before, after) = (new ConcurrentDictionary<string, int>(), new Dictionary<string, int>());
        using (var server = program.Start("serve", "--urls", "http://127.0.0.1:0"))
        {
            try
            {
                var address = await TerminologyProgram.AddressOf(server);
                using var client = new HttpClient();
                client.DefaultRequestHeaders.Authorization = new("Bearer", program.Run("key", "create", "--name", "second", "--scope", "write").Output.Split('\n').Single(line => line.StartsWith("tk_", StringComparison.Ordinal)).Trim());
                var acknowledged = new ConcurrentDictionary<string, int>();
                using var enough = new CancellationTokenSource();
                var writing = Enumerable.Range(0, Writers).Select(writer => Task.Run(() => WriteAsync(client, address, writer, acknowledged, enough.Token))).ToArray();
                while (acknowledged.Count < Writers) await Task.Delay(20);
                before = new(acknowledged);
                var (exit, said) = program.Run("backup", backup);
                after = new(acknowledged);
                await enough.CancelAsync();
                await Task.WhenAll(writing);
                Assert.That(exit, Is.Zero, said);
            }
            finally
            {
                server.Kill();
                await server.WaitForExitAsync();
            }
        }
        using var restored = new TerminologyProgram(Path.Combine(program.Folder, "restored"));
        Directory.CreateDirectory(restored.Data);
        CopyReleases(program.Data, restored.Data);
        Assert.That(restored.Run("restore", backup).ExitCode, Is.Zero);
        using var again = restored.Start("serve", "--urls", "http://127.0.0.1:0");
        try
        {
            var address = await TerminologyProgram.AddressOf(again);
            using var client = new HttpClient();
            for (var writer = 0; writer < Writers; writer++)
            {
                // Both resources of a transaction are of one moment, and what was acknowledged before the backup is in it.
                var (left, right) = (await VersionAsync(client, address, $"left{writer}"), await VersionAsync(client, address, $"right{writer}"));
                Assert.That(left, Is.EqualTo(right));
                Assert.That(left, Is.InRange(before[$"{writer}"], after[$"{writer}"] + 1));
            }
            Assert.That(await TerminologyProgram.AskAsync(client, $"{address}/CodeSystem/$lookup?system=http://example.org/list&code=C7", "display"), Does.Contain("Thing number 7"));
        }
        finally
        {
            again.Kill();
            await again.WaitForExitAsync();
        }
        Assert.That(restored.Run("key", "list").Output, Does.Contain("writer").And.Contain("second"));
    }

    [Test]
    public void Restore_WithoutTheReleases_NamesThem()
    {
        using var program = new TerminologyProgram();
        Assert.That(program.Run("import", program.CodeList("one", 50), "--as", "http://example.org/list|1").ExitCode, Is.Zero);
        Assert.That(program.Run("backup", program.Folder).ExitCode, Is.Zero);
        var backup = Directory.EnumerateFiles(program.Folder, "terminology-*.zip").Single();
        using var restored = new TerminologyProgram();
        var (exit, said) = restored.Run("restore", backup);
        Assert.That(exit, Is.EqualTo(1));
        Assert.That(said, Does.Contain("http://example.org/list|1"));
        Assert.That(restored.Run("import", program.CodeList("one", 50), "--as", "http://example.org/list|1").ExitCode, Is.Zero);
        Assert.That(restored.Run("status").Output, Does.Contain("http://example.org/list"));
        Assert.That(restored.Run("restore", backup).ExitCode, Is.EqualTo(3), "the folder is in use");
        Assert.That(restored.Run("restore", program.CodeList("two", 5), "--data", Path.Combine(program.Folder, "x")).ExitCode, Is.Not.Zero, "no backup");
    }

    private static void CopyReleases(string from, string to)
    {
        Directory.CreateDirectory(Path.Combine(to, "releases"));
        foreach (var file in Directory.EnumerateFiles(Path.Combine(from, "releases"))) File.Copy(file, Path.Combine(to, "releases", Path.GetFileName(file)));
    }

    private static async Task WriteAsync(HttpClient client, string address, int writer, ConcurrentDictionary<string, int> acknowledged, CancellationToken enough)
    {
        for (var version = 1; !enough.IsCancellationRequested; version++)
        {
            var entries = new[] { $"left{writer}", $"right{writer}" }.Select(id =>
                $$$"""{"request":{"method":"PUT","url":"CodeSystem/{{{id}}}"},"resource":{"resourceType":"CodeSystem","id":"{{{id}}}","url":"http://example.org/{{{id}}}","status":"active","content":"complete","concept":[{"code":"v{{{version}}}"}]}}""");
            using var content = ServerOfItsOwn.Json($$"""{"resourceType":"Bundle","type":"transaction","entry":[{{string.Join(',', entries)}}]}""");
            using var response = await client.PostAsync(new Uri(address), content, CancellationToken.None);
            Assert.That(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(CancellationToken.None));
            acknowledged[writer.ToString(CultureInfo.InvariantCulture)] = version;
        }
    }

    private static async Task<int> VersionAsync(HttpClient client, string address, string id)
    {
        using var resource = JsonDocument.Parse(await client.GetStringAsync(new Uri($"{address}/CodeSystem/{id}")));
        var version = int.Parse(resource.RootElement.GetProperty("meta").GetProperty("versionId").GetString()!, CultureInfo.InvariantCulture);
        Assert.That(resource.RootElement.GetProperty("concept")[0].GetProperty("code").GetString(), Is.EqualTo($"v{version}"));
        return version;
    }
}

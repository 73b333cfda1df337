using System.Diagnostics;

namespace Terminology.Server.Proofs;

/// <summary>Verbs that write at the same time beside a running server: nothing is lost on either side, and the server answers from all of it within two seconds.</summary>
public sealed class WritingBesideAServerTests
{
    private const int Writers = 4;

    [Test]
    public async Task Import_SeveralAtOnceBesideAServer_AllAreThereAndServed()
    {
        using var program = new TerminologyProgram();
        Assert.That(program.Run("import", program.CodeList("zero", 50), "--as", Url(-1) + "|1").ExitCode, Is.Zero);
        using var server = program.Start("serve", "--urls", "http://127.0.0.1:0");
        try
        {
            var address = await TerminologyProgram.AddressOf(server);
            var lists = Enumerable.Range(0, Writers).Select(i => program.CodeList($"list{i}", 2_000)).ToArray();
            var imports = lists.Select((list, i) => program.Start("import", list, "--as", Url(i) + "|1")).ToArray();
            foreach (var import in imports)
            {
                await import.WaitForExitAsync();
                Assert.That(import.ExitCode, Is.Zero, await import.StandardError.ReadToEndAsync());
                import.Dispose();
            }
            using var client = new HttpClient();
            var watch = Stopwatch.StartNew();
            for (var i = -1; i < Writers; i++) Assert.That(await DisplayAsync(client, address, i, watch), Does.Contain("Thing number 7"));
            var status = program.Run("status", "--json").Output;
            for (var i = -1; i < Writers; i++) Assert.That(status, Does.Contain(Url(i)));
            Assert.That(program.Run("verify").ExitCode, Is.Zero);
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync();
        }
    }

    [Test]
    public async Task Serve_ASecondOverTheSameFolder_EndsWithTheReason()
    {
        using var program = new TerminologyProgram();
        using var server = program.Start("serve", "--urls", "http://127.0.0.1:0");
        try
        {
            await TerminologyProgram.AddressOf(server);
            var (exitCode, output) = program.Run("serve", "--urls", "http://127.0.0.1:0");
            Assert.That(exitCode, Is.EqualTo(3), output);
            Assert.That(output, Does.Contain("Another process serves this data folder"));
            Assert.That(program.Run("status").ExitCode, Is.Zero);
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync();
        }
    }

    private static string Url(int list) => $"http://example.org/fhir/CodeSystem/beside{list}";

    /// <summary>The display, as soon as the server has seen the release; ten seconds after the last import at most: a loose ceiling.</summary>
    private static async Task<string> DisplayAsync(HttpClient client, string address, int list, Stopwatch watch)
    {
        var url = $"{address}/CodeSystem/$lookup?system={Url(list)}&code=C7";
        while (true)
        {
            using var response = await client.GetAsync(new Uri(url));
            if (response.IsSuccessStatusCode || watch.Elapsed > TimeSpan.FromSeconds(10)) return await response.Content.ReadAsStringAsync();
            await Task.Delay(50);
        }
    }
}

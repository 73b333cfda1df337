using System.Diagnostics;
using System.Net;
using System.Text.Json;

namespace Terminology.Server.Proofs;

/// <summary>Activations under traffic: no error, and no answer whose parts come from two versions.</summary>
public sealed class SwapUnderTrafficTests
{
    private const string System = "http://example.org/fhir/CodeSystem/swapped";

    [Test]
    public async Task Activate_UnderTraffic_NoErrorAndNoMixedAnswer()
    {
        using var program = new TerminologyProgram();
        Assert.That(program.Run("import", program.CodeList("one", 50), "--as", $"{System}|one").ExitCode, Is.Zero);
        Assert.That(program.Run("import", program.CodeList("two", 70), "--as", $"{System}|two").ExitCode, Is.Zero);
        using var server = program.Start("serve", "--urls", "http://127.0.0.1:0");
        try
        {
            var address = await TerminologyProgram.AddressOf(server);
            using var client = new HttpClient();
            using var stop = new CancellationTokenSource();
            var counts = new Dictionary<string, int> { ["one"] = 0, ["two"] = 0 };
            var watch = Stopwatch.StartNew();
            var traffic = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    using var response = await client.GetAsync(new Uri($"{address}/CodeSystem/$lookup?system={System}&code=C7"));
                    Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
                    using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
                    var parameters = answer.RootElement.GetProperty("parameter").EnumerateArray().ToLookup(
                        parameter => parameter.GetProperty("name").GetString(), parameter => parameter.TryGetProperty("valueString", out var value) ? value.GetString() : null);
                    var version = parameters["version"].Single()!;
                    Assert.That(parameters["display"].Single(), Does.EndWith($"as of {version}"));
                    lock (counts) counts[version]++;
                }
            })).ToArray();
            foreach (var version in new[] { "two", "one", "two" })
            {
                await Task.Delay(700);
                Assert.That(program.Run("activate", $"{System}|{version}").ExitCode, Is.Zero);
            }
            await Task.Delay(1500);
            await stop.CancelAsync();
            await Task.WhenAll(traffic);
            TestContext.Out.WriteLine($"{counts["one"]} answers of one, {counts["two"]} of two, {counts.Values.Sum() / watch.Elapsed.TotalSeconds:N0} requests/s");
            Assert.That(counts.Values, Has.All.GreaterThan(0));
        }
        finally
        {
            server.Kill();
            server.WaitForExit();
        }
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Terminology.Server.Proofs;

/// <summary>
/// kill -9 of a server while eight authors save rows of one map and eight read pages of it: what was acknowledged is there, nobody's save was lost to another's, the chain holds.
/// </summary>
public sealed class KilledMapWorkTests
{
    private const int Writers = 8, Readers = 8, Chunk = 10_000;

    /// <summary>Two rounds over 400 rows in the test run; <c>./dev prove maps</c> does fifty over 100,000.</summary>
    private static int Rounds => Number("TERMINOLOGY_PROOF_ROUNDS", 2);

    private static int Rows => Number("TERMINOLOGY_PROOF_ROWS", 400);

    private static int Seconds => Number("TERMINOLOGY_PROOF_SECONDS", 1);

    private readonly ConcurrentDictionary<(int Row, int Version), string> _acknowledged = new();
    private readonly ConcurrentBag<double> _saves = [], _pages = [];
    private int _conflicts;

    [Test]
    public async Task Serve_KilledUnderMapWork_KeepsWhatItAcknowledged()
    {
        using var program = new TerminologyProgram();
        var tokens = People(program);
        var (random, firstPages) = (new Random(Environment.TickCount), new List<double>());
        await WhileServingAsync(program, tokens, FillAsync);
        for (var round = 0; round < Rounds; round++)
        {
            var started = Stopwatch.StartNew();
            await WhileServingAsync(program, tokens, async (client, server) =>
            {
                using (var page = await client.GetAsync(new Uri("api/maps/m/rows?limit=100", UriKind.Relative))) Assert.That(page.IsSuccessStatusCode);
                firstPages.Add(started.Elapsed.TotalMilliseconds);
                await CheckAsync(client, random, 200);
                var (end, before) = (DateTime.MaxValue, _acknowledged.Count);
                var work = Enumerable.Range(0, Writers).Select(i => Task.Run(() => SaveAsync(client, new(random.Next()), tokens["a" + (i % 2)]))).Concat(Enumerable.Range(0, Readers).Select(_ => Task.Run(() => ReadAsync(client, new(random.Next()))))).ToArray();
                while (_acknowledged.Count == before) await Task.Delay(5);
                await Task.Delay((Seconds * 1000) + random.Next(500));
                server.Kill();
                await Task.WhenAll(work);
            });
        }
        await WhileServingAsync(program, tokens, async (client, _) =>
        {
            await CheckAsync(client, random, int.MaxValue);
            var verified = JsonDocument.Parse(await client.GetStringAsync(new Uri("api/maps/m/verify", UriKind.Relative))).RootElement;
            Assert.That(verified.GetProperty("valid").GetBoolean(), verified.ToString());
        });
        Assert.That(program.Run("verify").ExitCode, Is.Zero);
        TestContext.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{Rounds} kills over {Rows:N0} rows: {_acknowledged.Count:N0} saves acknowledged, none lost, {_conflicts:N0} told that another was faster; a save p50 {At(_saves, 0.5):N1} p99 {At(_saves, 0.99):N1} ms, a page p50 {At(_pages, 0.5):N1} p99 {At(_pages, 0.99):N1} ms; start to first page p50 {At(firstPages, 0.5):N0} most {firstPages.Max():N0} ms"));
        Assert.That(_acknowledged, Is.Not.Empty);
    }

    private static int Number(string name, int usual) => int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var number) ? number : usual;

    private static double At(IEnumerable<double> values, double share) => values.Order().ToArray() is { Length: > 0 } sorted ? sorted[(int)(sorted.Length * share)] : 0;

    private static Dictionary<string, string> People(TerminologyProgram program)
    {
        var tokens = new Dictionary<string, string>();
        foreach (var (name, role) in new[] { ("a0", "author"), ("a1", "author"), ("sue", "steward") })
        {
            Assert.That(program.Run("user", "add", name, "--role", role, "--domain", "lab").ExitCode, Is.Zero);
            tokens[name] = program.Run("token", "create", "--user", name).Output.Split('\n')[0].Trim();
        }
        return tokens;
    }

    private static async Task WhileServingAsync(TerminologyProgram program, Dictionary<string, string> tokens, Func<HttpClient, Process, Task> work)
    {
        using var server = program.Start("serve", "--urls", "http://127.0.0.1:0");
        try
        {
            using var client = new HttpClient { BaseAddress = new(new Uri(await TerminologyProgram.AddressOf(server)), "/"), Timeout = TimeSpan.FromMinutes(3) };
            client.DefaultRequestHeaders.Authorization = new("Bearer", tokens["sue"]);
            await work(client, server);
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync();
        }
    }

    private static async Task FillAsync(HttpClient client, Process server)
    {
        await PostAsync(client, "api/maps", """{"id":"m","url":"http://hospital.example/m","title":"M","sourceSystem":"http://hospital.example/local","targetSystems":["http://hospital.example/standard"],"domain":"lab","steward":"sue"}""");
        for (var from = 0; from < Rows; from += Chunk)
        {
            var rows = string.Join(',', Enumerable.Range(from, Math.Min(Chunk, Rows - from)).Select(row => $$"""{"code":"L{{row}}","display":"Glucose in sample of kind {{row}}","context":[{"key":"unit","value":"mg/dL"},{"key":"specimen","value":"serum"}]}"""));
            await PostAsync(client, "api/maps/m/rows:import", $$"""{"rows":[{{rows}}]}""");
        }
    }

    private static async Task PostAsync(HttpClient client, string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await client.PostAsync(new Uri(path, UriKind.Relative), content);
        Assert.That(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Decides rows, each time saying something that nobody else says, until the server is gone.</summary>
    private async Task SaveAsync(HttpClient client, Random random, string token)
    {
        try
        {
            while (true)
            {
                var row = random.Next(Rows);
                var version = JsonDocument.Parse(await client.GetStringAsync(new Uri($"api/maps/m/rows/L{row}", UriKind.Relative))).RootElement.GetProperty("version").GetInt32();
                var said = Guid.NewGuid().ToString("N");
                using var request = new HttpRequestMessage(HttpMethod.Patch, $"api/maps/m/rows/L{row}") { Content = new StringContent($$$"""{"verb":"decide","content":{"targets":[{"system":"http://hospital.example/standard","code":"{{{said}}}","relationship":"equivalent"}]}}""", Encoding.UTF8, "application/json") };
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
                request.Headers.IfMatch.Add(new($"\"{version}\""));
                var began = Stopwatch.GetTimestamp();
                using var response = await client.SendAsync(request);
                _saves.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                if (response.StatusCode == HttpStatusCode.PreconditionFailed) Interlocked.Increment(ref _conflicts);
                else
                {
                    var text = await response.Content.ReadAsStringAsync();
                    Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), text);
                    Assert.That(_acknowledged.TryAdd((row, JsonDocument.Parse(text).RootElement.GetProperty("version").GetInt32()), said), "a version of a row was given twice");
                }
            }
        }
        catch (Exception problem) when (problem is HttpRequestException or IOException)
        {
        }
    }

    private async Task ReadAsync(HttpClient client, Random random)
    {
        try
        {
            while (true)
            {
                var began = Stopwatch.GetTimestamp();
                using var page = await client.GetAsync(new Uri($"api/maps/m/rows?limit=100&cursor={random.Next(Rows)}{(random.Next(4) == 0 ? "&state=draft" : "")}", UriKind.Relative));
                await page.Content.ReadAsByteArrayAsync();
                _pages.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                Assert.That(page.IsSuccessStatusCode);
            }
        }
        catch (Exception problem) when (problem is HttpRequestException or IOException)
        {
        }
    }

    /// <summary>Every acknowledged version of a row says what it said; so many rows of those that were saved.</summary>
    private async Task CheckAsync(HttpClient client, Random random, int most)
    {
        var saved = _acknowledged.GroupBy(save => save.Key.Row).OrderBy(_ => random.Next()).Take(most);
        foreach (var row in saved)
        {
            var events = JsonDocument.Parse(await client.GetStringAsync(new Uri($"api/maps/m/rows/L{row.Key}/why", UriKind.Relative))).RootElement.GetProperty("events").EnumerateArray()
                .Where(happened => happened.GetProperty("verb").GetString() == "decide").Select(happened => happened.GetProperty("row").GetProperty("content").GetProperty("targets")[0].GetProperty("code").GetString()).ToHashSet();
            foreach (var (_, said) in row) Assert.That(events, Does.Contain(said), $"row L{row.Key}");
        }
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;

namespace Terminology.Server.Proofs;

/// <summary>Ordinary requests beside hostile ones: how much slower the slowest of a hundred gets. <c>./dev prove hostile [SECONDS] [DATA]</c> measures longer, over any data folder.</summary>
public sealed class HostileLoadTests
{
    private const int Ordinary = 2, Hostile = 6, Windows = 3;

    private static TimeSpan Window => TimeSpan.FromSeconds(int.TryParse(Environment.GetEnvironmentVariable("TERMINOLOGY_PROOF_SECONDS"), CultureInfo.InvariantCulture, out var seconds) ? seconds : 2);

    [Test]
    public async Task Serve_BesideHostileRequests_AnswersOrdinaryOnes()
    {
        using var program = new TerminologyProgram(Environment.GetEnvironmentVariable("TERMINOLOGY_PROOF_DATA") is { Length: > 0 } data ? data : null);
        using var server = program.Start("serve", "--urls", "http://127.0.0.1:0", "--deadline", "5");
        try
        {
            var address = await TerminologyProgram.AddressOf(server);
            using var client = new HttpClient { Timeout = TimeSpan.FromMinutes(2) };
            await OrdinaryAsync(client, address); // warm
            var (quiet, beside, answers) = (new List<double>(), new List<double>(), new ConcurrentDictionary<HttpStatusCode, int>());
            for (var i = 0; i < Windows; i++)
            {
                quiet.Add(await OrdinaryAsync(client, address));
                using var stop = new CancellationTokenSource();
                var load = Enumerable.Range(0, Hostile).Select(worker => Task.Run(() => HostileAsync(client, address, worker, answers, stop.Token))).ToArray();
                beside.Add(await OrdinaryAsync(client, address));
                await stop.CancelAsync();
                await Task.WhenAll(load);
            }
            server.Refresh();
            TestContext.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"p99 of $lookup: {Middle(quiet):N1} ms alone, {Middle(beside):N1} ms beside {Hostile} hostile clients, ratio {Middle(beside) / Middle(quiet):N1}; hostile answers {string.Join(", ", answers.Select(pair => $"{(int)pair.Key}: {pair.Value}"))}; working set {server.WorkingSet64 >> 20} MB"));
            Assert.That(answers.Keys, Has.None.EqualTo(HttpStatusCode.InternalServerError));
            Assert.That(answers, Is.Not.Empty);
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync();
        }
    }

    private static double Middle(List<double> values) => values.Order().ElementAt(values.Count / 2);

    /// <returns>The 99th percentile in milliseconds.</returns>
    private static async Task<double> OrdinaryAsync(HttpClient client, string address)
    {
        var times = new ConcurrentBag<double>();
        await Task.WhenAll(Enumerable.Range(0, Ordinary).Select(_ => Task.Run(async () =>
        {
            var watch = Stopwatch.StartNew();
            while (watch.Elapsed < Window)
            {
                var began = Stopwatch.GetTimestamp();
                using var answer = await client.GetAsync(new Uri($"{address}/CodeSystem/$lookup?system=http://hl7.org/fhir/administrative-gender&code=male"));
                Assert.That(answer.IsSuccessStatusCode);
                times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
        })));
        var sorted = times.Order().ToArray();
        return sorted[(int)(sorted.Length * 0.99)];
    }

    private static async Task HostileAsync(HttpClient client, string address, int worker, ConcurrentDictionary<HttpStatusCode, int> answers, CancellationToken stop)
    {
        var (path, type, body) = Attacks[worker % Attacks.Length];
        while (!stop.IsCancellationRequested)
        {
            try
            {
                using var content = new StringContent(body, Encoding.UTF8, type);
                using var answer = await client.PostAsync(new Uri($"{address}/{path}"), content, stop);
                answers.AddOrUpdate(answer.StatusCode, 1, (_, count) => count + 1);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
            }
        }
    }

    private static readonly (string Path, string Type, string Body)[] Attacks =
    [
        ("ValueSet/$expand", "application/fhir+json", Patterns()),
        ("ValueSet/$expand", "application/fhir+json", Constraint("* : " + string.Join(" OR ", Enumerable.Repeat("* = <404684003", 2_000)))),
        ("ValueSet/$expand", "application/fhir+json", Constraint("* {{ term = wild:\\\"*a*e*i*o*u*\\\" }}")),
        ("CodeSystem/$lookup", "application/fhir+xml", $"""<Parameters xmlns="http://hl7.org/fhir">{string.Concat(Enumerable.Repeat("<parameter>", 100_000))}"""),
    ];

    /// <summary>Thousands of patterns over thousands of codes that come along.</summary>
    private static string Patterns()
    {
        var concepts = string.Join(',', Enumerable.Range(0, 50_000).Select(i => $$"""{"code":"c{{i}}"}"""));
        var includes = string.Join(',', Enumerable.Range(0, 1_000).Select(i => $$$"""{"system":"http://x/cs","filter":[{"property":"code","op":"regex","value":"(c|[0-9])*x{{{i}}}"}]}"""));
        return $$$$"""{"resourceType":"Parameters","parameter":[{"name":"tx-resource","resource":{"resourceType":"CodeSystem","url":"http://x/cs","status":"active","content":"complete","concept":[{{{{concepts}}}}]}},{"name":"valueSet","resource":{"resourceType":"ValueSet","status":"active","compose":{"include":[{{{{includes}}}}]}}}]}""";
    }

    private static string Constraint(string ecl)
        => $$$$"""{"resourceType":"Parameters","parameter":[{"name":"count","valueInteger":10},{"name":"valueSet","resource":{"resourceType":"ValueSet","status":"active","compose":{"include":[{"system":"http://snomed.info/sct","filter":[{"property":"constraint","op":"=","value":"{{{{ecl}}}}"}]}]}}}]}""";
}

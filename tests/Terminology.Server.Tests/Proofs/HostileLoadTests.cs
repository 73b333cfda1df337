using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Terminology.Server.Proofs;

/// <summary>
/// Ordinary requests beside hostile ones: how much slower the slowest of a hundred gets, for each kind of them. Hostile clients give way to all else, as if they were on
/// another machine. <c>./dev prove hostile [SECONDS] [DATA]</c> measures longer, over any data folder; <c>TERMINOLOGY_PROOF_ONLY</c> names one kind.
/// </summary>
public sealed class HostileLoadTests
{
    private const int Ordinary = 2, Hostile = 3, Windows = 3;

    private static TimeSpan Window => TimeSpan.FromSeconds(double.TryParse(Environment.GetEnvironmentVariable("TERMINOLOGY_PROOF_SECONDS"), CultureInfo.InvariantCulture, out var seconds) ? seconds : 0.5);

    [Test]
    public async Task Serve_BesideHostileRequests_AnswersOrdinaryOnes()
    {
        using var program = new TerminologyProgram(Environment.GetEnvironmentVariable("TERMINOLOGY_PROOF_DATA") is { Length: > 0 } data ? data : null);
        using var sink = new ByteSink();
        using var server = program.Start("serve", "--urls", "http://127.0.0.1:0", "--deadline", "5", "--kept-answers", "0");
        try
        {
            var address = new Uri(await TerminologyProgram.AddressOf(server));
            for (var i = 0; i < Windows; i++) Measure(address); // warm
            foreach (var (name, path, type, body) in Attacks().Where(attack => !(Environment.GetEnvironmentVariable("TERMINOLOGY_PROOF_ONLY") is { } only) || attack.Name.Contains(only)))
            {
                var (quiet, same, beside, answers) = (new List<double>(), new List<double>(), new List<double>(), new ConcurrentDictionary<int, int>());
                var request = RawClient.Request("POST", address.AbsolutePath + path, type, body);
                for (var i = 0; i < Windows; i++)
                {
                    quiet.Add(Measure(address));
                    beside.Add(Beside(address, address, request, TimeSpan.Zero, answers));
                    same.Add(Beside(address, sink.Address, request, Window * (i + 1) * Hostile / Math.Max(1, answers.Values.Sum()), []));
                }
                server.Refresh();
                await TestContext.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                    $"{name,-36} p99 of $lookup {Middle(quiet),6:N2} ms alone, {Middle(same),6:N2} ms while the same bytes go to nobody, {Middle(beside),6:N2} ms beside {Hostile}; answers {string.Join(", ", answers.Select(pair => $"{pair.Key}: {pair.Value}"))}; working set {server.WorkingSet64 >> 20} MB"));
                Assert.That(answers.Keys, Has.None.EqualTo(500), name);
            }
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync();
        }
    }

    private static double Middle(List<double> values) => values.Order().ElementAt(values.Count / 2);

    /// <param name="address">Who is asked for single codes.</param>
    /// <param name="hostile">Where the hostile clients send their requests.</param>
    /// <param name="request">What they send.</param>
    /// <param name="pace">How long a client takes for a request, at least.</param>
    /// <param name="answers">How many answers of each status they got.</param>
    private static double Beside(Uri address, Uri hostile, byte[] request, TimeSpan pace, ConcurrentDictionary<int, int> answers)
    {
        var isOver = false;
        var clients = Enumerable.Range(0, Hostile).Select(_ => new Thread(() =>
        {
            RawClient.GiveWay();
            using var client = new RawClient(hostile);
            while (!Volatile.Read(ref isOver))
            {
                var began = Stopwatch.GetTimestamp();
                answers.AddOrUpdate(client.Send(request), 1, (_, count) => count + 1);
                if (pace - Stopwatch.GetElapsedTime(began) is { Ticks: > 0 } rest) Thread.Sleep(rest);
            }
        })).ToArray();
        foreach (var client in clients) client.Start();
        var measured = Measure(address);
        Volatile.Write(ref isOver, true);
        foreach (var client in clients) client.Join();
        return measured;
    }

    /// <returns>The 99th percentile in milliseconds of as many requests as a window has room for.</returns>
    private static double Measure(Uri address)
    {
        var request = RawClient.Request("GET", address.AbsolutePath + "/CodeSystem/$lookup?system=http://hl7.org/fhir/administrative-gender&code=male");
        var (times, refused) = (Enumerable.Range(0, Ordinary).Select(_ => new List<double>(1 << 16)).ToArray(), new ConcurrentBag<int>());
        var clients = times.Select(own => new Thread(() =>
        {
            using var client = new RawClient(address);
            for (var watch = Stopwatch.StartNew(); watch.Elapsed < Window;)
            {
                var began = Stopwatch.GetTimestamp();
                var status = client.Send(request);
                own.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                if (status != 200) refused.Add(status);
            }
        })).ToArray();
        foreach (var client in clients) client.Start();
        foreach (var client in clients) client.Join();
        Assert.That(refused, Is.Empty, "Ordinary requests are answered, whoever else asks.");
        var sorted = times.SelectMany(own => own).Order().ToArray();
        return sorted[(int)(sorted.Length * 0.99)];
    }

    private static IEnumerable<(string Name, string Path, string Type, string Body)> Attacks()
    {
        const string Json = "application/fhir+json";
        yield return ("not hostile: as many who ask the same", "/CodeSystem/$lookup", Json, """{"resourceType":"Parameters","parameter":[{"name":"system","valueUri":"http://hl7.org/fhir/administrative-gender"},{"name":"code","valueCode":"male"}]}""");
        yield return ("1,000 patterns over 50,000 codes", "/ValueSet/$expand", Json, Patterns());
        yield return ("2,000 refinements", "/ValueSet/$expand", Json, Constraint("* : " + string.Join(" OR ", Enumerable.Repeat("* = <404684003", 2_000))));
        yield return ("wild cards", "/ValueSet/$expand", Json, Constraint("* {{ term = wild:\\\"*a*e*i*o*u*\\\" }}"));
        yield return ("XML that never ends", "/CodeSystem/$lookup", "application/fhir+xml", $"""<Parameters xmlns="http://hl7.org/fhir">{string.Concat(Enumerable.Repeat("<parameter>", 100_000))}""");
        yield return ("JSON, 100,000 deep", "/CodeSystem/$lookup", Json, """{"resourceType":"Parameters","parameter":""" + new string('[', 100_000));
        yield return ("a parameter of 10 MB", "/CodeSystem/$lookup", Json, $$"""{"resourceType":"Parameters","parameter":[{"name":"x","valueString":"{{new string('a', 10_000_000)}}"}]}""");
        yield return ("all of SNOMED CT", "/ValueSet/$expand", Json, """{"resourceType":"Parameters","parameter":[{"name":"count","valueInteger":100000},{"name":"url","valueUri":"http://snomed.info/sct?fhir_vs"}]}""");
        yield return ("200,000 concepts sent along", "/ValueSet/$expand", Json, Concepts(200_000));
        yield return ("a map of 200,000 rows sent along", "/ConceptMap/$translate", Json, Map(200_000));
        yield return ("a batch of 5,000", "", Json, $$"""{"resourceType":"Bundle","type":"batch","entry":[{{string.Join(',', Enumerable.Repeat("""{"request":{"method":"GET","url":"ValueSet/$expand?url=http://snomed.info/sct?fhir_vs&count=100"}}""", 5_000))}}]}""");
    }

    /// <summary>Thousands of patterns over thousands of codes that come along.</summary>
    private static string Patterns()
    {
        var concepts = string.Join(',', Enumerable.Range(0, 50_000).Select(i => $$"""{"code":"c{{i}}"}"""));
        var includes = string.Join(',', Enumerable.Range(0, 1_000).Select(i => $$$"""{"system":"http://x/cs","filter":[{"property":"code","op":"regex","value":"(c|[0-9])*x{{{i}}}"}]}"""));
        return $$$$"""{"resourceType":"Parameters","parameter":[{"name":"tx-resource","resource":{"resourceType":"CodeSystem","url":"http://x/cs","status":"active","content":"complete","concept":[{{{{concepts}}}}]}},{"name":"valueSet","resource":{"resourceType":"ValueSet","status":"active","compose":{"include":[{{{{includes}}}}]}}}]}""";
    }

    private static string Concepts(int count)
    {
        var concepts = string.Join(',', Enumerable.Range(0, count).Select(i => $$"""{"code":"c{{i}}","display":"Display of the concept number {{i}}","designation":[{"language":"de","value":"Anzeige {{i}}"}]}"""));
        return $$$$"""{"resourceType":"Parameters","parameter":[{"name":"tx-resource","resource":{"resourceType":"CodeSystem","url":"http://x/cs","status":"active","content":"complete","concept":[{{{{concepts}}}}]}},{"name":"valueSet","resource":{"resourceType":"ValueSet","status":"active","compose":{"include":[{"system":"http://x/cs"}]}}},{"name":"count","valueInteger":10}]}""";
    }

    private static string Map(int count)
    {
        var rows = string.Join(',', Enumerable.Range(0, count).Select(i => $$"""{"code":"c{{i}}","target":[{"code":"t{{i}}","equivalence":"equivalent"}]}"""));
        return $$$$"""{"resourceType":"Parameters","parameter":[{"name":"conceptMap","resource":{"resourceType":"ConceptMap","url":"http://x/huge","status":"active","group":[{"source":"http://x/a","target":"http://x/b","element":[{{{{rows}}}}]}]}},{"name":"system","valueUri":"http://x/a"},{"name":"code","valueCode":"c1"}]}""";
    }

    private static string Constraint(string ecl)
        => $$$$"""{"resourceType":"Parameters","parameter":[{"name":"count","valueInteger":10},{"name":"valueSet","resource":{"resourceType":"ValueSet","status":"active","compose":{"include":[{"system":"http://snomed.info/sct","filter":[{"property":"constraint","op":"=","value":"{{{{ecl}}}}"}]}]}}}]}""";
}

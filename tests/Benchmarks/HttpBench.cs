using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Terminology.Server.Access;
using Terminology.Server.Hosting;
using Terminology.Server.Verbs;
using Terminology.Store.Data;

namespace Terminology.Benchmarks;

/// <summary>
/// Requests per second of the FHIR operations over HTTP beside a fixed answer of 1 KB from the same Kestrel in the same run, with wrk at 50 connections.
/// Bar: $lookup and $validate-code reach 60 % of the fixed answer.
/// </summary>
internal static partial class HttpBench
{
    private const int Codes = 4096, Seconds = 6, Rounds = 3;

    public static async Task RunAsync(string data)
    {
        await using var app = Build(data, "http://127.0.0.1:0");
        await app.StartAsync();
        var service = ((LiveService)app.Services.GetService(typeof(LiveService))!).Current;
        var paths = new List<(string Name, string[] Paths)> { ("constant", ["/constant"]) };
        foreach (var uri in new[] { "http://snomed.info/sct", "http://loinc.org" })
        {
            if (service.Releases.FirstOrDefault(release => release.Live && release.Content.Info.Id.Url == uri)?.Content.CodeSystem is not { } system) continue;
            var random = new Random(20260101);
            var codes = Enumerable.Range(0, Codes).Select(_ => Encoding.UTF8.GetString(system.Code(new(random.Next(system.Count))))).ToArray();
            paths.Add(($"$lookup {uri}", [.. codes.Select(code => $"/fhir/CodeSystem/$lookup?system={uri}&code={code}")]));
            paths.Add(($"$validate-code {uri}", [.. codes.Select(code => $"/fhir/CodeSystem/$validate-code?url={uri}&code={code}")]));
        }
        foreach (var map in service.ConceptMaps.Where(entry => entry.Live && entry.Release?.CodeSystem is null && entry.Resource is null).Take(1))
        {
            var system = map.Map.Value.Info.Groups[0].Source!.Url;
            var codes = map.Map.Value.Elements(0).Select(element => element.Code).Distinct().Take(Codes).ToArray();
            paths.Add(($"$translate {system}", [.. codes.Select(code => $"/fhir/ConceptMap/$translate?system={system}&code={code}")]));
            paths.Add(("$translate by url", [.. codes.Select(code => $"/fhir/ConceptMap/$translate?url={Uri.EscapeDataString(map.Url!)}&system={system}&code={code}")]));
        }
        var address = app.Urls.First();
        foreach (var (_, some) in paths) Load(address, some, 3);
        Console.WriteLine("requests/s, best of " + Rounds);
        var best = paths.Select(path => Enumerable.Range(0, Rounds).Select(_ => 0.0).ToArray()).ToArray();
        for (var round = 0; round < Rounds; round++)
        {
            for (var i = 0; i < paths.Count; i++) best[i][round] = Load(address, paths[i].Paths, Seconds);
        }
        for (var i = 0; i < paths.Count; i++) Console.WriteLine($"{paths[i].Name,-45} {best[i].Max(),10:N0}   {best[i].Max() / best[0].Max(),5:P0} of the constant");
        await app.StopAsync();
    }

    /// <summary>Serves with the fixed answer beside, at <c>/constant</c> and <c>/fhir/constant</c>, until it is stopped: for load programs of others.</summary>
    public static async Task ServeAsync(string data, string url, long? keptMegabytes)
    {
        await using var app = Build(data, url, keptMegabytes);
        await app.RunAsync();
    }

    private static WebApplication Build(string data, string url, long? keptMegabytes = null)
    {
        var app = ServeVerb.Build(DataFolder.Open(data, TimeProvider.System), new ServeOptions { Urls = url, KeptAnswers = keptMegabytes is { } megabytes ? megabytes << 20 : new ServeOptions().KeptAnswers });
        var constant = Encoding.UTF8.GetBytes($$"""{"resourceType":"Parameters","parameter":[{"name":"text","valueString":"{{new string('x', 1024 - 78)}}"}]}""");
        RequestDelegate answer = async context =>
        {
            context.Response.ContentType = "application/fhir+json; charset=utf-8";
            context.Response.ContentLength = constant.Length;
            await context.Response.BodyWriter.WriteAsync(constant);
        };
        foreach (var path in (string[])["/constant", "/fhir/constant"]) app.MapGet(path, answer).WithMetadata(new Needs(Scope.Read));
        return app;
    }

    private static double Load(string address, string[] paths, int seconds)
    {
        var script = Path.GetTempFileName();
        File.WriteAllText(script, $$"""
            local paths = { {{string.Join(", ", paths.Select(path => $"\"{path}\""))}} }
            local at = 0
            request = function() at = at % #paths + 1; return wrk.format("GET", paths[at]) end
            """);
        using var wrk = Process.Start(new ProcessStartInfo("wrk", ["-t1", "-c50", $"-d{seconds}s", "-s", script, address]) { RedirectStandardOutput = true })
            ?? throw new InvalidOperationException("wrk does not start; is it installed?");
        var output = wrk.StandardOutput.ReadToEnd();
        wrk.WaitForExit();
        File.Delete(script);
        if (output.Contains("Non-2xx", StringComparison.Ordinal)) throw new InvalidOperationException($"Some answers were errors:\n{output}");
        return double.Parse(PerSecond().Match(output).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex PerSecond();
}

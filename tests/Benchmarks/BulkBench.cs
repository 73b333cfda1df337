using System.Diagnostics;
using System.Globalization;
using System.Text;
using CsvHelper;
using Terminology.Bulk;
using Terminology.Server.Hosting;
using Terminology.Store.Data;
using Verbs = Terminology.Server.Verbs.CommandLine;

namespace Terminology.Benchmarks;

/// <summary>Lists through a map of 100,000 rows: in the process beside a bare dictionary, and as a CSV of ten million rows beside a copy of it through CsvHelper.</summary>
internal static class BulkBench
{
    private const int MapRows = 100_000, Rounds = 5;
    private const string Few = "relationship,targetCode,safe";
    private const string Map = "http://example.org/fhir/ConceptMap/bulk", Local = "http://example.org/fhir/CodeSystem/local";

    public static async Task RunAsync(int rows)
    {
        var folder = Directory.CreateTempSubdirectory("terminology-bulk-").FullName;
        try
        {
            var data = Path.Combine(folder, "data");
            await File.WriteAllTextAsync(Path.Combine(folder, "map.json"), MapJson());
            if (await Verbs.RunAsync(["import", "--data", data, Path.Combine(folder, "map.json")]) != 0) throw new InvalidOperationException("The map could not be loaded.");
            InProcess(LiveService.Open(DataFolder.Open(data, TimeProvider.System)));
            await TableAsync(folder, data, rows);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void InProcess(TerminologyService service)
    {
        var bulk = new BulkTranslation(service, Local, new(new([])) { Url = VersionedUrl.Parse(Map) }, RequestScope.Default);
        var random = new Random(7);
        var codes = Enumerable.Range(0, 2_000_000).Select(_ => Code(random.Next(MapRows))).ToArray();
        var bare = Enumerable.Range(0, MapRows).ToDictionary(Code, i => $"S{i}", StringComparer.Ordinal);
        var first = Stopwatch.GetTimestamp();
        foreach (var code in codes) bulk.Translate(code);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"bulk in the process, first pass (each code worked out once) {codes.Length / Stopwatch.GetElapsedTime(first).TotalSeconds / 1e6,8:N2} M codes/s"));
        var (best, dictionary, found) = (0.0, 0.0, 0);
        for (var i = 0; i < Rounds; i++)
        {
            var began = Stopwatch.GetTimestamp();
            foreach (var code in codes) found += bulk.Translate(code).Matches.Count;
            best = Math.Max(best, codes.Length / Stopwatch.GetElapsedTime(began).TotalSeconds);
            began = Stopwatch.GetTimestamp();
            foreach (var code in codes) found += bare[code].Length > 0 ? 1 : 0;
            dictionary = Math.Max(dictionary, codes.Length / Stopwatch.GetElapsedTime(began).TotalSeconds);
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"bulk in the process, one core {best / 1e6,8:N2} M codes/s; bare dictionary {dictionary / 1e6:N2} M/s; {best / dictionary:P0} of it ({found:N0} found)"));
    }

    private static async Task TableAsync(string folder, string data, int rows)
    {
        var (list, answers, copy) = (Path.Combine(folder, "list.csv"), Path.Combine(folder, "answers.csv"), Path.Combine(folder, "copy.csv"));
        WriteList(list, rows);
        foreach (var columns in new[] { Few, Few, "", "" })
        {
            var (copied, copying) = await TookAsync(() =>
            {
                Copy(list, copy);
                return Task.CompletedTask;
            });
            var (translated, translating) = await TookAsync(() => Verbs.RunAsync(["translate", "--data", data, "--in", list, "--system", Local, "--map", Map, "--out", answers, "--columns", columns]));
            using var process = Process.GetCurrentProcess();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{rows:N0} rows ({new FileInfo(list).Length >> 20} MB in, {new FileInfo(answers).Length >> 20} MB out, {(columns.Length == 0 ? "all columns" : columns)}): translated in {translated.TotalSeconds:N1} s ({translating.TotalSeconds:N1} s of processors), copied through CsvHelper in {copied.TotalSeconds:N1} s ({copying.TotalSeconds:N1} s); {copied / translated:P0} of its speed; peak memory {process.PeakWorkingSet64 >> 20} MB"));
        }
    }

    /// <summary>By the clock, and of processors: on a machine that others use too the second says more.</summary>
    private static async Task<(TimeSpan Clock, TimeSpan Processors)> TookAsync(Func<Task> action)
    {
        var (began, used) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        await action();
        return (Stopwatch.GetElapsedTime(began), Environment.CpuUsage.TotalTime - used);
    }

    /// <summary>As its documentation shows it: field by field.</summary>
    private static void Copy(string from, string to)
    {
        using var input = File.OpenRead(from);
        using var output = File.Create(to);
        using var reader = CsvReader.Create(input, new CsvReaderOptions { HasHeader = false }, false);
        using var writer = CsvWriter.Create(output, new CsvWriterOptions(), true);
        while (reader.Read())
        {
            for (var i = 0; i < reader.FieldCount; i++) writer.WriteField(reader.GetString(i));
            writer.EndRecord();
        }
    }

    private static void WriteList(string path, int rows)
    {
        var random = new Random(5);
        using var writer = new StreamWriter(path);
        writer.Write("id,code,unit\n");
        for (var i = 0; i < rows; i++) writer.Write(string.Create(CultureInfo.InvariantCulture, $"{i},{(i % 50 == 0 ? $"X{i % 977}" : Code(random.Next(MapRows)))},mg/dL\n"));
    }

    private static string Code(int i) => string.Create(CultureInfo.InvariantCulture, $"L{i:D6}");

    private static string MapJson()
    {
        var json = new StringBuilder($$"""{"resourceType":"ConceptMap","url":"{{Map}}","version":"1","status":"active","group":[{"source":"{{Local}}","target":"http://example.org/fhir/CodeSystem/standard","element":[""");
        for (var i = 0; i < MapRows; i++) json.Append(CultureInfo.InvariantCulture, $$$"""{{{(i > 0 ? "," : "")}}}{"code":"{{{Code(i)}}}","display":"Local test {{{i}}}","target":[{"code":"S{{{i}}}","display":"Standard, test {{{i}}}","equivalence":"equivalent"}]}""");
        return json.Append("]}]}").ToString();
    }
}

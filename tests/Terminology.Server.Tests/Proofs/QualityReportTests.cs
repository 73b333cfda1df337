using System.Globalization;
using Terminology.CodeSystems;
using Terminology.Fhir.Resources;
using Terminology.Loaders.BuiltIn;
using Terminology.Loaders.Lists;
using Terminology.Mapping.Lists;
using Terminology.Mapping.Maps;
using Terminology.Mapping.Quality;
using Terminology.Mapping.Rows;
using Terminology.Maps;
using Terminology.Server.Maps;

namespace Terminology.Server.Proofs;

/// <summary>
/// All rules over maps that experts made and approved: a table of findings by rule, and the findings themselves in a file for people to judge
/// (<c>./dev prove quality FOLDER</c>). What licensed data it needs is looked for beside the checkout.
/// </summary>
public sealed class QualityReportTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly Lazy<TargetFacts> Targets = new(() => new(TerminologyService.Create([], new FhirResourceReader(), BuiltInSystems.Content).With(new([Loinc(), Snomed()], [], []))));

    [TestCase("mimic-labs-loinc.dev.csv", "http://loinc.org", "lab", "ctx1=specimen;ctx2=department;ctx3=unit")]
    [TestCase("amsterdam-loinc.dev.csv", "http://loinc.org", "lab", "ctx1=department;ctx2=category")]
    [TestCase("amsterdam-snomedgps.dev.csv", "http://snomed.info/sct", "icu", "ctx1=department;ctx2=category")]
    [TestCase("amsterdam-ucum.dev.csv", "http://unitsofmeasure.org", "unit", "ctx1=department;ctx2=category")]
    [TestCase("finngen-labs-loinc.dev.csv.gz", "http://loinc.org", "lab", "ctx1=synonym;ctx2=unit;ctx3=quantity;ctx4=samples")]
    public void Rules_OverAMapOfExperts_AreCounted(string file, string system, string domain, string columns)
    {
        var rows = Rows(file, system, columns.Split(';').Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1])).ToArray();
        var map = new MapProject
        {
            Id = "report", Url = "http://example.org/fhir/ConceptMap/report", Title = file, SourceSystem = "http://example.org/list", TargetSystems = [system], Domain = domain, Steward = "steward", Copyright = "LOINC, SNOMED CT and UCUM under their licences.",
        };
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var book = new QualityBook(new(map, Targets.Value, Units()));
        book.Put(rows);
        book.LookFurther(int.MaxValue);
        var found = book.All(new() { Now = Noon });
        var (cold, evaluations) = (clock.ElapsedMilliseconds, book.Evaluations);
        clock.Restart();
        book.Look(book.Scene);
        book.LookFurther(int.MaxValue);
        TestContext.Out.WriteLine($"{file}: {rows.Length} rows, {evaluations} evaluations, {cold} ms, once more {clock.ElapsedMilliseconds} ms");
        foreach (var rule in found.GroupBy(one => (one.Finding.RuleId, one.Finding.Severity)).OrderBy(group => group.Key.RuleId, StringComparer.Ordinal))
        {
            TestContext.Out.WriteLine($"{rule.Key.RuleId} {rule.Key.Severity,-11} {rule.Count(),5} findings {rule.SelectMany(one => one.Finding.RowKeys).Distinct().Count(),5} rows  {QualityRules.Find(rule.Key.RuleId)!.Title}");
        }
        if (Environment.GetEnvironmentVariable("TERMINOLOGY_PROOF_DATA") is { Length: > 0 } folder) Write(Path.Combine(folder, Path.GetFileNameWithoutExtension(file) + ".findings.tsv"), found, rows.ToDictionary(row => row.Key));
        // What one row changes is found and cleared over real data as well.
        var first = rows.First(row => row.Content.Targets.Count > 0);
        book.Put(first with { Content = new() { Targets = [first.Content.Targets[0] with { Code = "no-such-code" }] } });
        Assert.That(book.Of(first.Key).Select(one => one.Finding.RuleId), Has.Member("MQ-101"));
        book.Put(first);
        Assert.That(book.All(new() { Now = Noon }).Select(one => one.Id), Is.EqualTo(found.Select(one => one.Id)));
    }

    /// <summary>A map of many rows: what a step asks for does not grow with it. <c>TERMINOLOGY_PROOF_ROWS</c> says how many.</summary>
    [Test]
    public void Rules_OverManyRows_StepLooksAtItsRowAlone()
    {
        var seed = Rows("mimic-labs-loinc.dev.csv", "http://loinc.org", new() { ["ctx1"] = "specimen", ["ctx2"] = "department", ["ctx3"] = "unit" }).ToArray();
        var times = (int.TryParse(Environment.GetEnvironmentVariable("TERMINOLOGY_PROOF_ROWS"), CultureInfo.InvariantCulture, out var wanted) ? wanted : 5000) / seed.Length + 1;
        var rows = Enumerable.Range(0, times).SelectMany(i => seed.Select((row, j) => row with { Key = $"{row.Key}-{i}", Code = $"{row.Key}-{i}", Number = i * seed.Length + j + 1, Display = i % 3 == 0 ? row.Display : $"{row.Display} {i}" })).ToArray();
        var book = new QualityBook(new(new() { Id = "many", Url = "http://example.org/many", Title = "Many", SourceSystem = "http://example.org/list", TargetSystems = ["http://loinc.org"], Domain = "lab", Steward = "steward" }, Targets.Value, Units()));
        var clock = System.Diagnostics.Stopwatch.StartNew();
        void Told(string what)
        {
            TestContext.Out.WriteLine($"{what}: {clock.Elapsed.TotalMilliseconds:F1} ms");
            clock.Restart();
        }
        book.Put(rows);
        Told($"{rows.Length} rows taken in");
        for (var i = 0; i < 100; i++) book.Try(rows[i * 37] with { Content = rows[i].Content }, isForErrors: true);
        var evaluations = book.Evaluations;
        Told("what 100 steps ask for");
        book.LookFurther(int.MaxValue);
        Told("all looked at");
        Told($"{book.All(new() { Now = Noon }).Count} findings read");
        Assert.That(evaluations, Is.LessThanOrEqualTo(100 * QualityRules.All.Count), "of rows and codes, once each");
    }

    private static void Write(string path, IReadOnlyList<StandingFinding> found, Dictionary<string, MapRow> rows)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllLines(path, found.Select(one => string.Join('\t', one.Finding.RuleId, one.Finding.Severity, one.Finding.Text, string.Join(" ;; ", one.Finding.RowKeys.Take(6).Select(key => Line(rows[key]))), one.Finding.FixIt?.NewValue)));
    }

    private static string Line(MapRow row) => $"{row.Key} | {row.Display} | {string.Join(' ', row.Context.Select(pair => $"{pair.Key}={pair.Value}"))} -> {string.Join(' ', row.Content.Targets.Select(target => $"{target.Code} {target.Display} {Targets.Value.Find(target.System, target.Code)?.Axes}"))}";

    private static UnitReader Units() => new(ComposedSystems.UnitsOf(TerminologyService.Create([], new FhirResourceReader(), BuiltInSystems.Content).FindCodeSystem(CodeSystemUri.Ucum.Value)!)!);

    private static IEnumerable<MapRow> Rows(string file, string system, Dictionary<string, string> columns)
    {
        var number = 0;
        foreach (var code in Read($"data/matching/gold-dev/{file}").GroupBy(line => line["local_code"], StringComparer.Ordinal))
        {
            var line = code.First();
            RowTarget[] targets = [.. code.Where(one => one["target_code"].Length > 0).DistinctBy(one => one["target_code"]).Select(one => new RowTarget { System = system, Code = one["target_code"], Display = one["target_name"], Relationship = MapRelationship.Equivalent, OriginalRelationship = one["relationship"] is "equal" ? "equal" : null })];
            var content = new RowContent { Targets = targets, NoMap = targets.Length == 0 ? new() : null };
            KeyValuePair<string, string>[] context = [.. columns.Where(column => line[column.Key].Length > 0).Select(column => KeyValuePair.Create(column.Value, line[column.Key])), .. line["frequency"].Length > 0 ? [KeyValuePair.Create("frequency", line["frequency"])] : Array.Empty<KeyValuePair<string, string>>()];
            var row = new MapRow { Key = code.Key, Code = code.Key, Number = ++number, Display = line["local_name"], Context = context, State = MapRowState.Approved, Content = content, ContentBy = ["author"] };
            yield return row with { Approved = new(content, ["author"], "reviewer", Noon.AddMinutes(number)) { Meaning = MeaningFingerprint.Of(row).Hash } };
        }
    }

    private static InMemoryCodeSystem Loinc()
    {
        var builder = new InMemoryCodeSystemBuilder(new() { Url = CodeSystemUri.Loinc, Version = "of the list", Language = "en" });
        var handles = new Dictionary<string, int>(StringComparer.Ordinal);
        var terms = Read("data/matching/targets/loinc.terms.csv.gz").ToLookup(line => line["code"], line => (line["name"], line["kind"]), StringComparer.Ordinal);
        foreach (var line in Read("data/matching/targets/loinc-axes.csv.gz").Where(line => LoincNumber.HasRightCheckDigit(line["LOINC_NUM"])))
        {
            var code = line["LOINC_NUM"];
            var name = line["LONG_COMMON_NAME"] is { Length: > 0 } known ? known : terms[code].FirstOrDefault(term => term.Item2 == "long").Item1 ?? terms[code].FirstOrDefault().Item1 ?? code;
            (handles[code], _) = builder.Add(code, name);
            string[] axes = [line["COMPONENT"], line["PROPERTY"], line["TIME_ASPCT"], line["SYSTEM"], line["SCALE_TYP"], line["METHOD_TYP"]];
            if (axes[0].Length > 0) builder.AddDesignation(handles[code], new("en", new(CodeSystemUri.Loinc.Value, "FullySpecifiedName"), string.Join(':', axes).TrimEnd(':')));
        }
        foreach (var code in terms.Where(code => LoincNumber.HasRightCheckDigit(code.Key)))
        {
            if (!handles.TryGetValue(code.Key, out var handle)) (handle, _) = builder.Add(code.Key, code.First().Item1);
            foreach (var (name, _) in code) builder.AddDesignation(handle, new("en", DesignationUses.Synonym, name));
        }
        return builder.Build();
    }

    private static InMemoryCodeSystem Snomed()
    {
        var builder = new InMemoryCodeSystemBuilder(new() { Url = CodeSystemUri.Snomed, Version = "http://snomed.info/sct/900000000000207008/version/20260101", Language = "en" });
        foreach (var concept in Read("data/matching/targets/snomed-gps.terms.csv.gz").GroupBy(line => line["code"], StringComparer.Ordinal))
        {
            var (full, other) = (concept.FirstOrDefault(line => line["kind"] == "fsn")?["name"], concept.FirstOrDefault(line => line["kind"] != "fsn")?["name"]);
            var (handle, _) = builder.Add(concept.Key, other ?? full![..full!.LastIndexOf(" (", StringComparison.Ordinal)]);
            foreach (var line in concept) builder.AddDesignation(handle, new("en", line["kind"] == "fsn" ? DesignationUses.FullySpecifiedName : DesignationUses.Synonym, line["name"]));
        }
        return builder.Build();
    }

    /// <summary>The lines of a CSV file of the shared data, by column; the test is skipped where it is not.</summary>
    private static IEnumerable<Dictionary<string, string>> Read(string path)
    {
        var table = ListReader.Read(Repository.Shared(path)).Table;
        foreach (var line in table.Lines) yield return table.Columns.Select((column, i) => (column, Value: line.Fields[i])).ToDictionary(pair => pair.column, pair => pair.Value, StringComparer.Ordinal);
    }
}

using System.IO.Compression;
using System.Text;
using Terminology.Mapping.Exchange;

namespace Terminology.Loaders.Maps;

/// <summary>Published maps, read whole: as many lines as are in the file, and nothing lost that is not explained. Needs ../shared/data/maps.</summary>
public sealed class RealMapTests
{
    private static string Maps(string file) => Repository.Shared($"data/maps/{file}");

    private static Dictionary<string, byte[]> Zip(string file)
    {
        using var archive = ZipFile.OpenRead(Maps(file));
        return archive.Entries.Where(entry => entry.Length > 0).ToDictionary(entry => entry.Name, entry =>
        {
            using var stream = entry.Open();
            return MapText.Bytes(stream);
        });
    }

    private static byte[] Gzip(string file)
    {
        using var stream = new GZipStream(File.OpenRead(Maps(file)), CompressionMode.Decompress);
        return MapText.Bytes(stream);
    }

    private static ReadMap Read(string format, string file, byte[] bytes, MapFormatOptions? options = null)
    {
        Assert.That(MapFormats.Sniff(file, bytes.AsMemory(0, Math.Min(bytes.Length, 8192)))?.Name, Is.EqualTo(format));
        return MapFormats.Find(format).Read(bytes, (options ?? new()) with { File = file });
    }

    [Test]
    public void Usagi_FinnishUnits_AllRows()
    {
        var bytes = File.ReadAllBytes(Maps("usagi-finngen-units.csv"));
        var read = Read("usagi", "usagi.csv", bytes);
        Assert.That((read.Read, read.Kept, read.Map.Lines.Count), Is.EqualTo((196, 196, 196)));
        Assert.That(read.Losses, Is.Empty);
        Assert.That(read.Map.Lines.Count(line => line.Content.Targets.Count == 1), Is.EqualTo(192));
        var (written, _) = MapFormats.Find("usagi").Write(read.Map);
        Assert.That(SampleMap.Text(MapFormats.Find("usagi").Read(written).Map), Is.EqualTo(SampleMap.Text(read.Map)), "written and read again");
    }

    [TestCase("STCM_JNJ_OPTUM_EHR_VAX.txt", 148, 148, 0)]
    [TestCase("STCM_JNJ_OPTUM_EHR_ROUTE.txt", 40, 21, 7)]
    [TestCase("STCM_JNJ_CPRD_TEST_ENT.txt", 349, 324, 0)]
    [TestCase("STCM_JNJ_OPTUM_EHR_LABRES.txt", 155, 150, 0)]
    [TestCase("STCM_JNJ_JMDC_OBSERVATION.txt", 24, 24, 0)]
    public void SourceToConceptMap_Ohdsi_AllRows(string file, int rows, int codes, int ended)
    {
        var read = Read("omop", file, Zip("ohdsi-source-to-concept-map.zip")[file]);
        Assert.That((read.Read, read.Kept, read.Map.Lines.Count), Is.EqualTo((rows, rows, codes)));
        Assert.That(read.Losses.Where(loss => loss.What == "noMap").Sum(loss => loss.Count), Is.EqualTo(ended));
        Assert.That(read.Losses.Select(loss => loss.What), Is.SubsetOf(new[] { "noMap", "history" }));
    }

    [TestCase("procedureevents_to_snomed.csv", 169, 0, "justification")]
    [TestCase("chartevents_to_loinc.csv", 55, 13, "")]
    [TestCase("outputevents_to_loinc.csv", 76, 0, "relationship", Description = "923 more lines hold nothing but separators")]
    [TestCase("proc_itemid.csv", 113, 0, "relationship")]
    [TestCase("meas_chartevents_main.csv", 169, 0, "relationship")]
    public void Sssom_FaultyFilesOfMimic_AllRowsOrNamed(string file, int rows, int rejected, string loss)
    {
        var read = Read("sssom", file, Zip("mimic-iv-concept-maps.zip")[file]);
        TestContext.Out.WriteLine(string.Join('\n', read.Losses));
        Assert.That((read.Read, read.Rejected), Is.EqualTo((rows, rejected)));
        Assert.That(read.Losses.Where(one => !one.What.StartsWith("line ", StringComparison.Ordinal)).Select(one => one.What), Is.EqualTo(loss.Length == 0 ? [] : new[] { loss }));
    }

    [Test]
    public void Csv_EmaToRxNorm_AllRowsOrNamed()
    {
        var read = MapFormats.Find("tsv").Read(Gzip("ema-to-rxnorm.tsv.gz"), new()
        {
            Columns = new Dictionary<string, string> { ["sourceCode"] = "ma_number", ["targetCode"] = "rxcui", ["targetDisplay"] = "concept_name", ["relationship"] = "mapping_type", ["comment"] = "suggestion_or_comment" },
            TargetSystem = CodeSystemUri.RxNorm.Value,
        });
        TestContext.Out.WriteLine(string.Join('\n', read.Losses.TakeLast(9)));
        // Seven rows are marked INCORRECT, which is no relationship.
        Assert.That((read.Read, read.Rejected), Is.EqualTo((16789, 7)));
        Assert.That(read.Losses.Where(one => one.What.StartsWith("line ", StringComparison.Ordinal)), Has.All.Property("Why").Contains("'INCORRECT' is no relationship"));
        Assert.That(read.Losses.Where(one => one.What == "relationship").Sum(one => one.Count), Is.EqualTo(242), "rows with a target and no relationship");
        Assert.That(read.Losses.Select(one => one.What).Where(what => !what.StartsWith("line ", StringComparison.Ordinal)).Distinct(), Is.SubsetOf(new[] { "relationship", "encoding" }));
        Assert.That(DirectionCheck.Samples(read.Map), Has.Count.EqualTo(5));
    }

    [Test]
    public void V2ToFhir_AllSheets_AllRows()
    {
        var sheets = Zip("v2-to-fhir-codesystems.dev.zip").Where(file => file.Key.EndsWith(".csv", StringComparison.Ordinal)).ToArray();
        var (read, rejected) = (0, 0);
        foreach (var (name, bytes) in sheets)
        {
            var map = Read("v2-to-fhir", name, bytes);
            (read, rejected) = (read + map.Read, rejected + map.Rejected);
            if (map.Rejected > 0) TestContext.Out.WriteLine($"{name}: {string.Join("; ", map.Losses.Take(3))}");
            // Rows that hold nothing are no rows.
            var filled = CsvText.Read(Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF'), ',', name).Count() - 2;
            Assert.That(map.Read, Is.EqualTo(filled), name);
        }
        Assert.That(sheets, Has.Length.EqualTo(40));
        TestContext.Out.WriteLine($"{read} rows, {rejected} rejected");
        Assert.That(read, Is.InRange(1900, 1960));
    }

    [Test]
    public void Livd_SarsCov2_AllRows()
    {
        var read = Read("livd", "livd.csv", Gzip("livd-sars-cov-2.csv.gz"));
        // The last rows are devices of the CDC's own tests, without analyte.
        Assert.That((read.Read, read.Kept), Is.EqualTo((1144, 1137)));
        Assert.That(read.Losses, Has.Count.EqualTo(7).And.All.Property("Why").Contains("neither code nor name"));
        Assert.That(read.Map.Lines.Sum(line => line.Content.Targets.Count), Is.EqualTo(1137));
        Assert.That(read.Map.Lines[0].Context.Single(pair => pair.Key == "Vendor Specimen Description").Value.Split('\n'), Has.Length.EqualTo(7), "line breaks inside a cell");
    }

    [TestCase("gem_pcsi9.txt", 101025)]
    [TestCase("gem_i9pcs.txt", 73593)]
    public void Gem_Procedures_AllRows(string file, int rows)
    {
        var read = Read("gem", file, Zip("gem-2018-pcs.zip")[file]);
        Assert.That((read.Read, read.Kept), Is.EqualTo((rows, rows)));
        Assert.That(read.Losses, Is.Empty);
        Assert.That(read.Map.Lines.Sum(line => line.Content.Targets.Count + (line.Content.NoMap is null ? 0 : 1)), Is.LessThanOrEqualTo(rows).And.GreaterThan(rows - 1000));
    }

    [Test]
    public void FhirR4_CcdaMaps_AllElements()
    {
        var files = Zip("ccda-on-fhir-CF.zip");
        Assert.That(files, Has.Count.EqualTo(22));
        foreach (var (name, bytes) in files)
        {
            var text = Encoding.UTF8.GetString(bytes);
            var codes = text.Split(name.EndsWith(".xml", StringComparison.Ordinal) ? "<element>" : "\"equivalence\"").Length - 1;
            var read = MapFormats.Find("fhir-r4").Read(bytes, new() { File = name });
            // One map recommends a target for a source that it does not name.
            Assert.That(read.Rejected, Is.EqualTo(name == "ConceptMap-CF-TelecomType.xml" ? 1 : 0), name);
            Assert.That(read.Losses.Where(loss => loss.What != "unmapped" && !loss.Why.StartsWith("It has no code", StringComparison.Ordinal)), Is.Empty, name);
            Assert.That(read.Read, Is.GreaterThanOrEqualTo(codes), name);
            foreach (var format in new[] { "fhir-r4", "fhir-r5", "ndjson" })
            {
                Assert.That(SampleMap.Text(MapFormats.Find(format).Read(MapFormats.Find(format).Write(read.Map).Bytes).Map), Is.EqualTo(SampleMap.Text(read.Map)), $"{name} as {format}");
            }
        }
    }

    [Test]
    public void Maps_OfAllKinds_AreTheSameAfterOurOwnRows()
    {
        foreach (var read in new[] { Read("livd", "livd.csv", Gzip("livd-sars-cov-2.csv.gz")), Read("sssom", "p.csv", Zip("mimic-iv-concept-maps.zip")["procedureevents_to_snomed.csv"]) })
        {
            foreach (var format in new[] { "ndjson", "fhir-r5", "fhir-r4" })
            {
                var (bytes, losses) = MapFormats.Find(format).Write(read.Map);
                Assert.That(losses.Select(loss => loss.What), Is.All.EqualTo("order"), format);
                Assert.That(Rows(MapFormats.Find(format).Read(bytes).Map), Is.EqualTo(Rows(read.Map)), format);
            }
        }

        static string[] Rows(MapTable map) => [.. SampleMap.Text(map).Split('\n').Skip(1).Order(StringComparer.Ordinal)];
    }
}

using System.IO.Compression;
using Terminology.Issues;
using Terminology.Loaders.Input;

namespace Terminology.Loaders;

/// <summary>Files as they are published: every row is kept, or refused by name; the counts are those of the catalogue of the data.</summary>
public sealed class RealReleaseTests
{
    private static readonly ImportOptions AsLoinc = new() { As = new("http://loinc.org", "2.34") };

    [TestCase("loinc-tx-ecosystem.zip", "http://loinc.org|2.79", 5_534)]
    [TestCase("snomed-tx-ecosystem-rf2.zip", "http://snomed.info/sct|http://snomed.info/sct/31000003106/version/20250909", 35_869)]
    [TestCase("ndc-tx-ecosystem.zip", "http://hl7.org/fhir/sid/ndc|2025-07-11", 172)]
    public void Import_EveryRow_IsKept(string file, string id, int rows)
    {
        using var loaded = Load(file);
        Assert.That((loaded.Info.Id.ToString(), loaded.Report.Read, loaded.Report.Kept), Is.EqualTo((id, rows, rows)));
        Assert.That(loaded.Problems, Is.Empty);
    }

    [TestCase("snomed-tx-ecosystem-rf2.zip", "sct2_Concept_Snapshot_INT_20250909.txt", 2_258)]
    [TestCase("snomed-tx-ecosystem-rf2.zip", "sct2_Description_Snapshot-en_INT_20250909.txt", 7_882)]
    [TestCase("snomed-tx-ecosystem-rf2.zip", "sct2_Relationship_Snapshot_INT_20250909.txt", 6_945)]
    [TestCase("snomed-tx-ecosystem-rf2.zip", "sct2_RelationshipConcreteValues_Snapshot_INT_20250909.txt", 8)]
    [TestCase("snomed-tx-ecosystem-rf2.zip", "sct2_TextDefinition_Snapshot-en_INT_20250909.txt", 363)]
    [TestCase("snomed-tx-ecosystem-rf2.zip", "sct2_sRefset_OWLExpressionSnapshot_INT_20250909.txt", 2_312)]
    [TestCase("loinc-tx-ecosystem.zip", "LoincTable/Loinc.csv", 322)]
    [TestCase("ndc-tx-ecosystem.zip", "product.txt", 72)]
    [TestCase("ndc-tx-ecosystem.zip", "package.txt", 100)]
    public void Import_EachFile_HasTheRowsOfTheCatalogue(string file, string member, int rows)
    {
        using var loaded = Load(file);
        Assert.That(loaded.Report.Files.Single(item => item.File.EndsWith("/" + member, StringComparison.Ordinal)).Read, Is.EqualTo(rows));
    }

    [Test]
    public void Loinc_OfTheExchange_AnswersWithPartsAnswersAndLanguages()
    {
        using var loaded = Load("loinc-tx-ecosystem.zip");
        Assert.That(loaded.Values("100007-4", "COMPONENT"), Is.EqualTo(new[] { "LP430726-2" }));
        Assert.That(loaded.Values("LL360-9", "answer"), Does.Contain("LA6576-8"));
        Assert.That(loaded.Designations("14394-1"), Has.Some.EqualTo("de-DE LONG_COMMON_NAME: Harnstoff-Stickstoff [Masse/Volumen] in Pleuraflüssigkeit"));
    }

    [Test]
    public void Snomed_OfTheExchange_Subsumes()
    {
        using var loaded = Load("snomed-tx-ecosystem-rf2.zip");
        Assert.That(loaded.System.Roots.Contains(loaded.Find("138875005")), Is.True);
        Assert.That(loaded.System.DescendantsOrSelf(loaded.Find("138875005")).Count, Is.EqualTo(2_251), "three active concepts of the extract have no parent in it");
    }

    /// <summary>Most codes stand twice in it; it is Windows-1252, its columns stand among foreign ones.</summary>
    [Test]
    public void Loinc_FullColumns_EachRepetitionIsListed()
    {
        using var loaded = Load("loinc-full-columns-1480.csv.gz");
        Assert.That((loaded.Report.Read, loaded.Report.Kept, loaded.Report.Rejected, loaded.System.Count), Is.EqualTo((1_480, 747, 733, 747)));
        Assert.That(loaded.Report.Problems.Count(problem => problem.Rejects && problem.Reason.Contains("already", StringComparison.Ordinal)), Is.EqualTo(733));
        Assert.That(loaded.Report.Problems.Single(problem => !problem.Rejects).Reason, Does.Contain("windows-1252"));
    }

    /// <summary>A spreadsheet turned twelve codes into dates; all twelve are proven by their check digit, and stand in the table unharmed as well.</summary>
    [Test]
    public void Loinc_Axes_TheTwelveDatesAreNamedAndProven()
    {
        using var loaded = ImportedRelease.Load(Repository.Shared("data/matching/targets/loinc-axes.csv.gz"), AsLoinc);
        Assert.That((loaded.Report.Read, loaded.Report.Kept, loaded.Report.Rejected, loaded.System.Count), Is.EqualTo((59_457, 59_445, 12, 59_445)));
        string[] dates = ["1-Sep=9-1", "2-Apr=4-2", "3-Aug=8-3", "4-Mar=3-4", "5-Dec=12-5", "5-Jul=7-5", "6-Feb=2-6", "7-Jun=6-7", "7-Nov=11-7", "8-Jan=1-8", "9-May=5-9", "9-Oct=10-9"];
        var rejected = loaded.Report.Problems.Where(problem => problem.Rejects).Select(problem => problem.Reason).ToArray();
        Assert.That(rejected, Has.Length.EqualTo(12));
        foreach (var pair in dates.Select(date => date.Split('=')))
        {
            Assert.That(rejected, Has.Some.Contains($"'{pair[0]}'").And.Some.Contains($"proves {pair[1]},"));
            Assert.That(loaded.Has(pair[1]), Is.True, pair[1]);
        }
        Assert.That(loaded.Report.Problems.Where(problem => !problem.Rejects).Select(problem => problem.Reason), Has.All.Contains("check digit").And.All.Contains("kept as released"));
    }

    /// <summary>Without the sound rows the proven codes are what is loaded.</summary>
    [Test]
    public void Loinc_Axes_WithTheDamagedRowsAlone_ArePutRight()
    {
        using var folder = new TemporaryFiles();
        using (var table = new StreamReader(new GZipStream(File.OpenRead(Repository.Shared("data/matching/targets/loinc-axes.csv.gz")), CompressionMode.Decompress)))
        {
            var lines = table.ReadToEnd().Split('\n').Take(30).Where((line, index) => index == 0 || (line.IndexOf(',') is > 0 and var end && line[..end].Any(char.IsAsciiLetter)));
            folder.Write("Loinc.csv", System.Text.Encoding.UTF8.GetBytes(string.Join('\n', lines)));
        }
        using var loaded = ImportedRelease.Load(folder.Path, AsLoinc);
        Assert.That((loaded.System.Count, loaded.Report.Rejected, loaded.Report.Warnings), Is.EqualTo((12, 0, 12)));
        Assert.That(loaded.Display("9-1"), Does.Contain("Amdinocillin"));
    }

    /// <summary>Comment lines, blank rows, an impossible date and many wrong identifiers: each is listed with its line.</summary>
    [Test]
    public void Snomed_Mini_EachRejectedRowIsListed()
    {
        using var loaded = Load("snomed-mini-rf2-snowstorm-lite.zip");
        Assert.That((loaded.Report.Read, loaded.Report.Kept, loaded.Report.Rejected), Is.EqualTo((207, 77, 130)));
        var rejected = loaded.Report.Problems.Where(problem => problem.Rejects).ToArray();
        Assert.That(rejected, Has.Length.EqualTo(130));
        Assert.That(rejected.Select(problem => problem.Line), Has.All.Positive);
        Assert.That(loaded.Info.Id.Version, Does.StartWith("http://snomed.info/sct/45991000052106/version/"));
        foreach (var file in loaded.Report.Files) Assert.That(file.Read, Is.EqualTo(file.Kept + file.Rejected));
    }

    [Test]
    public void Gps_IsOneValueSet()
    {
        var kept = new RecordingSink();
        using var folder = new TemporaryFiles();
        using var files = ReleaseFiles.Open(Repository.Shared("data/loaders/snomed-gps.valueset.json.gz"), folder.Scratch);
        var release = ReleaseLoaders.Recognise(files, new()).Single();
        release.Load(release.Info, null, kept, new(), CancellationToken.None);
        Assert.That(kept.Resources.Single().Url, Is.EqualTo("http://terminology.hl7.org/ValueSet/snomed-intl-gps"));
    }

    [Test]
    public void RxNorm_Partial_IsRefusedNamingWhatIsMissing()
        => Assert.That(() => Load("rxnorm-tx-ecosystem-partial-rrf.zip"), Throws.TypeOf<ReleaseFormat>().With.Message.Contains("RXNCONSO"));

    [TestCase("loinc-top2000-si.csv", 2_029)]
    [TestCase("rxnorm-cumulus-csv.zip", 157)]
    public void Version_Nowhere_IsAskedFor_AndThenItLoads(string file, int rows)
    {
        using var folder = new TemporaryFiles();
        using var files = ReleaseFiles.Open(Repository.Shared($"data/loaders/{file}"), folder.Scratch);
        var id = ReleaseLoaders.Recognise(files, new()).Single().Info.Id;
        Assert.That(id.Version, Is.Null);
        using var loaded = ImportedRelease.Load(Repository.Shared($"data/loaders/{file}"), new() { As = new(id.Url, "1") });
        Assert.That((loaded.Report.Read, loaded.Report.Kept), Is.EqualTo((rows, rows)));
    }

    private static ImportedRelease Load(string file) => ImportedRelease.Load(Repository.Shared($"data/loaders/{file}"));
}

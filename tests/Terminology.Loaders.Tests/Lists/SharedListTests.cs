using System.IO.Compression;
using Terminology.Loaders.Ucum;
using Terminology.Mapping.Lists;
using Terminology.Mapping.Lists.Damage;

namespace Terminology.Loaders.Lists;

/// <summary>Lists of real laboratories and wards, where they are at hand.</summary>
public sealed class SharedListTests
{
    private const string Folder = "data/matching/gold-dev";

    [TestCase("mimic-labs-loinc.dev.csv", 823, "ctx3", "ctx1")]
    [TestCase("finngen-labs-loinc.dev.csv.gz", 2327, "ctx2", null)]
    [TestCase("amsterdam-loinc.dev.csv", 325, null, null)]
    [TestCase("amsterdam-snomedgps.dev.csv", 1357, null, null)]
    [TestCase("amsterdam-ucum.dev.csv", 95, null, null)]
    [TestCase("jnj-units-ucum.dev.csv", 2626, null, null)]
    [TestCase("nhanes-drugs-rxnorm.dev.csv", 925, null, null)]
    [TestCase("jmdc-drugs-rxnorm.dev.csv.gz", 7040, null, null)]
    [TestCase("icd9cm-icd10cm.dev.csv.gz", 13237, null, null)]
    public void Read_RealLists_HaveTheirColumnsAndRows(string file, int rows, string? unit, string? specimen)
    {
        Repository.Shared(Folder);
        var read = ListReader.Read(Repository.Shared($"{Folder}/{file}"));
        var guesses = ColumnGuess.Of(read.Table, new(UcumWorld.Units));
        foreach (var guess in guesses) TestContext.Out.WriteLine(guess);
        Assert.Multiple(() =>
        {
            Assert.That((read.Table.Account.Kept, read.Table.Account.Rejected), Is.EqualTo((rows, 0)));
            Assert.That(Column(guesses, ColumnRole.Code), Is.EqualTo("local_code"));
            Assert.That(Column(guesses, ColumnRole.Display), Is.EqualTo("local_name"));
            Assert.That(Column(guesses, ColumnRole.Unit), Is.EqualTo(unit));
            Assert.That(Column(guesses, ColumnRole.Specimen), Is.EqualTo(specimen));
            Assert.That(Column(guesses, ColumnRole.TargetCode), Is.EqualTo("target_code"));
            Assert.That(Column(guesses, ColumnRole.TargetSystem), Is.EqualTo("target_system"));
            Assert.That(Column(guesses, ColumnRole.Frequency), Is.EqualTo("frequency"));
        });
        var recipe = read.Recipe.With(guesses);
        var list = SourceList.From(read.Table, recipe);
        Assert.That(list.Input, Is.EqualTo(rows));
        foreach (var rule in DamageScan.Of(read.Table, recipe, list).GroupBy(finding => finding.RuleId)) TestContext.Out.WriteLine($"{rule.Key}: {rule.Count()}, {rule.First().Text}");
    }

    [Test]
    public void Read_TwoHeaderLines_OfPublishedMaps()
    {
        using var archive = ZipFile.OpenRead(Repository.Shared("data/maps/v2-to-fhir-codesystems.dev.zip"));
        foreach (var entry in archive.Entries.Where(entry => entry.Name.EndsWith(".csv", StringComparison.Ordinal)))
        {
            Assert.That(ListReader.Read(entry.Open, entry.Name).Recipe.HeaderLines, Is.EqualTo(2), entry.Name);
        }
    }

    private static string? Column(IReadOnlyList<ColumnGuess> guesses, ColumnRole role) => guesses.FirstOrDefault(guess => guess.Role == role)?.Name;
}

using Terminology.Loaders.Input;

namespace Terminology.Loaders.Icd10;

/// <summary>Real releases of the CDC and CMS, as they come.</summary>
public sealed class RealIcdTests
{
    [TestCase("icd10cm-2018.zip", "http://hl7.org/fhir/sid/icd-10-cm|2018", 94_127)]
    [TestCase("icd10cm-2019.zip", "http://hl7.org/fhir/sid/icd-10-cm|2019", 94_444)]
    [TestCase("icd10cm_tabular_2021.xml.gz", "http://hl7.org/fhir/sid/icd-10-cm|2021", 45_017)]
    [TestCase("icd10pcs-2019.zip", "http://www.cms.gov/Medicare/Coding/ICD10|2019", 79_758)]
    public void Import_EveryRowIsKept(string file, string id, int rows)
    {
        var release = Load(file).Single();
        Assert.That((release.Info!.Id.ToString(), release.Report.Read, release.Report.Kept), Is.EqualTo((id, rows, rows)));
    }

    [Test]
    public void Import_Icd9_DiagnosesAndProceduresWithBothTitles()
    {
        var releases = Load("icd9cm-v32.zip");
        Assert.That(releases.Select(release => (release.Info!.Id.Version, release.Report.Read, release.Report.Rejected, release.Codes.Count)),
            Is.EqualTo(new (string?, long, long, int)[] { ("32", 2 * 14_567, 0, 14_567), ("32", 2 * 3_882, 0, 3_882) }));
        Assert.That(releases[0]["200.00"].Display, Is.EqualTo("Reticulosarcoma, unspecified site, extranodal and solid organ sites"));
        Assert.That(releases[0].Codes.SelectMany(code => releases[0][code].Designations).Select(designation => designation.Text), Has.Some.Contains("Friedländer"), "Windows-1252");
    }

    /// <summary>The difference between two versions is what the addenda of the later one say: applied to the former they make the later, code by code, title by title.</summary>
    [TestCase("icd10cm-2018.zip", "icd10cm-2019.zip")]
    public void Addenda_OnTheFormerVersion_MakeTheLater(string former, string later)
    {
        var (before, expected) = (Load(former).Single(), Load(later).Single());
        using var files = Open(later);
        var addenda = files.Files.Single(file => file.Name.StartsWith("icd10cm_order_addenda", StringComparison.Ordinal));
        using var alone = ReleaseFiles.Open(addenda.FullPath, Scratch());
        var recognised = ReleaseLoaders.Recognise(alone, new()).Single();
        Assert.That(recognised.Base, Is.EqualTo(before.Info!.Id));
        var made = KeptRelease.Load(recognised, before);
        Assert.That((made.Info!.Id, made.Report.Rejected), Is.EqualTo((expected.Info!.Id, 0L)));
        Assert.That(made.Codes, Is.EquivalentTo(expected.Codes));
        Assert.That(expected.Codes.Where(code => !Same(made[code], expected[code])), Is.Empty);
        Assert.That(expected.Codes.Except(before.Codes).Count() + expected.Codes.Intersect(before.Codes).Count(code => !Same(before[code], expected[code])), Is.GreaterThan(500), "there is a difference to make");
    }

    /// <summary>What the tabular list alone says to be valid is what the order file of a neighbouring year says, wherever both have the category alike.</summary>
    [Test]
    public void Tabular_Alone_MakesTheCodesOfTheOrderFile()
    {
        var (tabular, order) = (Load("icd10cm_tabular_2021.xml.gz").Single(), Load("icd10cm-2019.zip").Single());
        var made = tabular.Codes.Where(code => code.Length == 8 && tabular[code].Parents.Any(parent => order.Has(parent) && order[parent].Values("billable").Contains("false"))).ToArray();
        Assert.That(made.Where(code => !order.Has(code)), Is.Empty, "seventh characters that a note forbids are not made");
        Assert.That(made, Has.Length.GreaterThan(49_000));
        // 2020 and 2021 split T40.4X and few others.
        Assert.That(order.Codes.Count(code => code.Length == 8 && !tabular.Has(code)), Is.LessThan(30));
    }

    private static bool Same(KeptConcept one, KeptConcept other)
        => one.Flags == other.Flags && one.Designations.ToHashSet().SetEquals(other.Designations) && one.Parents.ToHashSet().SetEquals(other.Parents) && one.Properties.ToHashSet().SetEquals(other.Properties);

    private static KeptRelease[] Load(string file)
    {
        using var files = Open(file);
        return [.. ReleaseLoaders.Recognise(files, new()).Select(release => KeptRelease.Load(release))];
    }

    private static ReleaseFiles Open(string file) => ReleaseFiles.Open(Repository.Shared("data/loaders/" + file), Scratch());

    private static string Scratch() => Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
}

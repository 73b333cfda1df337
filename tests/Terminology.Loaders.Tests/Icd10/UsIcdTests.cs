using Terminology.CodeSystems;
using Terminology.Issues;
using Terminology.Loaders.Input;

namespace Terminology.Loaders.Icd10;

public sealed class UsIcdTests
{
    private static readonly (string, bool, string, string)[] Skull =
    [
        ("S06", false, "Intracranial injury", "Intracranial injury"), ("S060", false, "Concussion", "Concussion"), ("S060X", false, "Concussion", "Concussion"),
        ("S060X1", false, "Concussion, short", "Concussion, short, in the long words"), ("S060X1A", true, "Concussion, short, init", "Concussion, short, initial encounter"),
        ("S09", true, "Oth injuries of head", "Other injuries of head"),
    ];

    [Test]
    public void Tabular_Alone_ExpandsSeventhCharacters_SaveWhereANoteForbidsThem()
    {
        var release = KeptRelease.Load(new(), (TinyIcd.TabularName, TinyIcd.Tabular));
        Assert.That(release.Codes.Where(code => code.Length == 8), Is.EquivalentTo(new[] { "S06.0X1A", "S06.0X1D", "S06.0X1S", "S06.0X7A", "S06.9XXA", "S06.9XXD", "S06.9XXS" }));
        Assert.That(release["S06.9XXD"].Display, Is.EqualTo("Unspecified, subsequent encounter"));
        Assert.That(release["S06.9XXD"].Parents, Is.EqualTo(["S06.9"]));
        Assert.That(release.Report.Problems, Is.Empty);
    }

    [Test]
    public void Tabular_Alone_SaysWhatIsBillable()
    {
        var release = KeptRelease.Load(new(), (TinyIcd.TabularName, TinyIcd.Tabular));
        Assert.That(new[] { "S06", "S06.9", "S06.9XXA", "S08" }.Select(code => release[code].Values("billable").Single()), Is.EqualTo(["false", "false", "true", "true"]));
        Assert.That(release["S06.9"].Flags, Is.EqualTo(ConceptFlags.Abstract));
        Assert.That(release["S08"].Flags, Is.EqualTo(ConceptFlags.None));
    }

    [Test]
    public void Tabular_ARestrictionInOtherWords_IsWarnedOf()
    {
        var release = KeptRelease.Load(new(), (TinyIcd.TabularName, TinyIcd.Tabular.Replace("do not apply to codes in category S06", "are not applicable below", StringComparison.Ordinal)));
        Assert.That(release.Report.Problems.Single().ToString(), Does.Contain(TinyIcd.TabularName + ":9:").And.Contain("import the order file too"));
    }

    [Test]
    public void OrderAndTabular_TheOrderFileSaysWhatIsValidAndWhatItIsCalled()
    {
        var release = KeptRelease.Load(new(), (TinyIcd.TabularName, TinyIcd.Tabular), (TinyIcd.OrderName, TinyIcd.Order(Skull)));
        Assert.That(release.Codes.Where(code => code.Length == 8), Is.EqualTo(["S06.0X1A"]), "nothing is generated beside an order file");
        Assert.That(release["S06.0X1"].Display, Is.EqualTo("Concussion, short, in the long words"));
        Assert.That(release["S06.0X1"].Designations.Select(designation => designation.Text), Does.Contain("Concussion, short"));
        Assert.That(release["S06.0X1A"].Parents, Is.EqualTo(["S06.0X1"]));
        Assert.That(release["S06.0"].Parents, Is.EqualTo(["S06"]));
        Assert.That(release["S06"].Parents, Is.EqualTo(["S00-S09"]));
        Assert.That(release["S09"].Parents, Is.EqualTo(["S09-S09"]), "a block of one category is told from the category");
        Assert.That(release["S06"].Values("excludes1"), Is.EqualTo(["head injury NOS (S09.90)"]));
        Assert.That(release["S06.0"].Designations.Select(designation => designation.Text), Does.Contain("Commotio cerebri"));
        Assert.That(release["S06.0X1A"].Values("billable").Single(), Is.EqualTo("true"));
        Assert.That(release.Report.Problems.Select(problem => problem.Reason), Has.All.Contains("is not in the order file"), "S06.0X7, S06.9 and S08 stand in the tabular list alone");
        Assert.That(release.Report.Warnings, Is.EqualTo(3));
    }

    [TestCase("00001 001     0 Central Nervous System, Bypass                               Central Nervous System\r\n00002 0016070 1 x\r\n", "http://www.cms.gov/Medicare/Coding/ICD10")]
    [TestCase("00001 B00     0 Imaging                                                      Imaging\r\n00002 B00B0ZZ 1 x\r\n", "http://www.cms.gov/Medicare/Coding/ICD10")]
    [TestCase("00001 A00     0 Cholera                                                      Cholera\r\n00002 A000    1 x\r\n", "http://hl7.org/fhir/sid/icd-10-cm")]
    public void OrderFile_ProceduresAndDiagnoses_AreToldApartByAllTheirCodes(string rows, string system)
    {
        using var folder = new TemporaryFiles(("order_2030.txt", rows));
        using var files = ReleaseFiles.Open(folder.Path, folder.Scratch);
        Assert.That(ReleaseLoaders.Recognise(files, new()).Single().Info.Id.Url, Is.EqualTo(system));
    }

    [Test]
    public void Addenda_AreAppliedToTheVersionBefore()
    {
        var before = KeptRelease.Load(new(), (TinyIcd.TabularName, TinyIcd.Tabular), (TinyIcd.OrderName, TinyIcd.Order(Skull)));
        var release = Apply(before, "Codes\r\n  2 codes in icd10cm_order_2030.txt\r\n  3 codes in icd10cm_order_2031.txt\r\n    2 additions\r\n");
        Assert.That(release.Info!.Id.Version, Is.EqualTo("2031"));
        Assert.That(release["S06.0X1A"].Display, Is.EqualTo("Concussion, brief"));
        Assert.That(release["S06.0X1A"].Designations.Select(designation => designation.Text), Does.Not.Contain("Concussion, short, initial encounter"));
        Assert.That(release["S09"].Values("billable"), Is.EqualTo(["false"]));
        Assert.That(release["S09"].Parents, Is.EqualTo(["S09-S09"]));
        Assert.That(release["S09.1"].Parents, Is.EqualTo(["S09"]));
        Assert.That(release["S06"].Values("excludes1"), Is.EqualTo(["head injury NOS (S09.90)"]), "what is not revised stays, notes too");
        Assert.That(release.Report.Read, Is.EqualTo(6), "headings and totals are no rows");
        Assert.That(release.Report.Rejected, Is.Zero);
    }

    [Test]
    public void Addenda_OfAnotherVersion_AreRefused()
    {
        var before = KeptRelease.Load(new(), (TinyIcd.OrderName, TinyIcd.Order(Skull)));
        Assert.That(() => Apply(before, "  9 codes in icd10cm_order_2030.txt\r\n  10 codes in icd10cm_order_2031.txt\r\n"),
            Throws.TypeOf<ReleaseFormat>().With.Message.Contains("made for another version").And.Message.Contains("--base"));
    }

    [Test]
    public void Addenda_ACodeThatIsNotThere_IsRejectedAndNamed()
    {
        var before = KeptRelease.Load(new(), (TinyIcd.OrderName, TinyIcd.Order(("S09", true, "Oth", "Other"))));
        var report = Apply(before, "").Report;
        Assert.That(report.Problems.Select(problem => problem.ToString()), Has.Some.Contains("icd10cm_order_addenda_2031.txt:1: the version before has no code S06.0X1A"));
    }

    [Test]
    public void Addenda_BesideTheirOrderFile_AreInItAlready()
    {
        using var folder = new TemporaryFiles(("icd10cm_order_2031.txt", TinyIcd.Order(Skull)), ("icd10cm_order_addenda_2031.txt", AddendaText("")));
        using var files = ReleaseFiles.Open(folder.Path, folder.Scratch);
        Assert.That(ReleaseLoaders.Recognise(files, new()).Select(release => release.Info.Title), Is.EqualTo(["ICD-10-CM 2031"]));
    }

    [Test]
    public void Addenda_NameTheVersionTheyStartFrom()
    {
        using var folder = new TemporaryFiles(("icd10cm_order_addenda_2031.txt", AddendaText("  2 codes in icd10cm_order_2030.txt\r\n  3 codes in icd10cm_order_2031.txt\r\n")));
        using var files = ReleaseFiles.Open(folder.Path, folder.Scratch);
        Assert.That(ReleaseLoaders.Recognise(files, new()).Single().Base, Is.EqualTo(new VersionedUrl("http://hl7.org/fhir/sid/icd-10-cm", "2030")));
    }

    private static string AddendaText(string end) => TinyIcd.Addenda(
        end, ("Revise from", "S060X1A", true, "Concussion, short, init"), ("Revise to", "S060X1A", true, "Concussion, brief"), ("Delete", "S09", true, "Other"), ("Add", "S09", false, "Other"),
        ("Add", "S091", true, "Ear"), ("Add", "S098", true, "Nose"));

    private static KeptRelease Apply(KeptRelease before, string end)
    {
        using var folder = new TemporaryFiles(("icd10cm_order_addenda_2031.txt", AddendaText(end)));
        using var files = ReleaseFiles.Open(folder.Path, folder.Scratch);
        return KeptRelease.Load(ReleaseLoaders.Recognise(files, new()).Single(), before);
    }
}

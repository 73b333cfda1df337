using Terminology.Mapping.Maps;

namespace Terminology.Mapping.Quality.Target;

/// <summary>MQ-1xx: each rule finds what is wrong, is cleared when it is mended, and says nothing of what is right.</summary>
public sealed class TargetRulesTests
{
    private static TinyTargets Loinc => new TinyTargets().Loinc("1-8", "Glucose:MCnc:Pt:Ser/Plas:Qn:").Loinc("2-6", "Glucose:SCnc:Pt:Ser/Plas:Qn:", TargetStatus.Inactive);

    [Test]
    public void UnknownTarget_CodeOfNoRelease_IsFoundAndCleared()
        => Probe.Clears("MQ-101", Loinc, Probe.Row("A", "Glucose", "9-1"), Probe.Row("A", "Glucose", "1-8"), "'Glucose'", "9-1", "2.80");

    [Test]
    public void UnknownTarget_BlankAroundTheCode_IsMendedByIt()
        => Assert.That(Probe.Clears("MQ-101", Loinc, Probe.Row("A", "Glucose", "1-8 "), Probe.Row("A", "Glucose", "1-8")).FixIt, Is.EqualTo(new FixIt("content.targets[0].code", "1-8 ", "1-8")));

    [Test]
    public void UnknownTarget_NoReleaseLoaded_IsSaidOnceForTheMap()
    {
        var book = Probe.Book(Loinc, Probe.Row("A", "Glucose", "G1", system: "http://example.org/std"), Probe.Row("B", "Sodium", "N1", system: "http://example.org/std"));
        var found = book.By("MQ-101").Single().Finding;
        Assert.That((found.Severity, found.RowKeys.Count, found.Text), Is.EqualTo((FindingSeverity.Warning, 0, "2 rows map to http://example.org/std, of which no release is loaded: their targets cannot be looked at. Load one.")));
        book.Put(Probe.Row("A", "Glucose", "1-8"));
        book.Put(Probe.Row("B", "Sodium", "1-8"));
        Assert.That(book.By("MQ-101"), Is.Empty);
    }

    [Test]
    public void InactiveTarget_OneCertainReplacement_IsTheFixIt()
    {
        var targets = Loinc.Replace(Folk.Loinc, "2-6", new Replacement("REPLACED BY", "1-8", "Term 1-8", IsCertain: true), new Replacement("ALTERNATIVE", "9-9", null, IsCertain: false));
        var found = Probe.Clears("MQ-102", targets, Probe.Row("A", "Glucose", "2-6"), Probe.Row("A", "Glucose", "1-8"), "REPLACED BY 1-8", "ALTERNATIVE 9-9");
        Assert.That((found.Severity, found.FixIt), Is.EqualTo((FindingSeverity.Error, new FixIt("content.targets[0].code", "2-6", "1-8"))));
    }

    [Test]
    public void InactiveTarget_SeveralToChooseFrom_HasNoFixIt()
    {
        var targets = Loinc.Replace(Folk.Loinc, "2-6", new Replacement("SAME AS", "1-8", null, true), new Replacement("SAME AS", "3-4", null, true));
        Assert.That(Probe.Clears("MQ-102", targets, Probe.Row("A", "Glucose", "2-6"), Probe.Row("A", "Glucose", "1-8")).FixIt, Is.Null);
    }

    [TestCase(TargetStatus.Discouraged, "DISCOURAGED")]
    [TestCase(TargetStatus.Header, "header")]
    public void DiscouragedTarget_StatusOrHeader_IsFoundAndCleared(TargetStatus status, string fact)
        => Probe.Clears("MQ-103", Loinc.Add(new(Folk.Loinc, "5-5", "Old one") { Status = status, StatusWord = "DISCOURAGED" }), Probe.Row("A", "Glucose", "5-5"), Probe.Row("A", "Glucose", "1-8"), fact);

    [Test]
    public void OutOfScope_TargetNotInTheValueSet_IsFoundAndCleared()
    {
        var targets = Loinc.Loinc("3-4", "Sodium:SCnc:Pt:Ser/Plas:Qn:");
        targets.Members.Add(("http://example.org/vs", "1-8"));
        Probe.Clears("MQ-104", new(Folk.Map with { TargetScope = "http://example.org/vs" }, targets, Probe.Reader), [Probe.Row("A", "Glucose", "3-4")], [Probe.Row("A", "Glucose", "1-8")], "http://example.org/vs", "3-4");
    }

    [Test]
    public void OtherDisplay_StoredTextIsNoName_IsFoundAndCleared()
    {
        var wrong = Probe.Row("A", "Glucose", null).With(Probe.To("1-8") with { Display = "Sodium in Serum" });
        Probe.Clears("MQ-105", Loinc, wrong, wrong.With(Probe.To("1-8") with { Display = "term 1-8" }), "Sodium in Serum", "Term 1-8");
    }

    [Test]
    public void NoticeMissing_NoticeOfOthers_IsFoundAndClearedByTheCopyrightOfTheMap()
    {
        var targets = Loinc.Add(new(Folk.Loinc, "7-7", "Questionnaire") { Notice = "Copyright of a third party, all rights reserved." });
        var row = Probe.Row("A", "Score", "7-7");
        var of = Probe.Book(new QualityScene(Folk.Map with { Copyright = "LOINC notice." }, targets, null), row).By("MQ-106");
        Assert.That(of.Single().Finding.Text, Does.Contain("third party"));
        Assert.That(Probe.Book(new QualityScene(Folk.Map with { Copyright = "LOINC. Copyright of a third party, all rights reserved." }, targets, null), row).By("MQ-106"), Is.Empty);
    }

    [Test]
    public void NoticeMissing_LicensedSystemAndNoCopyright_IsSaidOnce()
    {
        MapProject silent = Folk.Map with { Copyright = null }, said = Folk.Map with { Copyright = "This material contains content from LOINC." };
        Assert.That(Probe.Book(new QualityScene(silent, Loinc, null), Probe.Row("A", "Glucose", "1-8"), Probe.Row("B", "Glucose", "1-8")).By("MQ-106").Single().Finding.Text, Does.Contain("Regenstrief"));
        Assert.That(Probe.Book(new QualityScene(said, Loinc, null), Probe.Row("A", "Glucose", "1-8")).By("MQ-106"), Is.Empty);
    }

    [Test]
    public void WrongSystem_CodeOfASiblingClassification_IsFoundAndCleared()
    {
        var targets = new TinyTargets().Add(new(Probe.Icd, "F32.8", "Other depressive episodes")).Add(new(Probe.IcdCm, "F32.A", "Depression, unspecified"));
        var found = Probe.Clears("MQ-107", targets, Probe.Row("A", "Depression", "F32.A", system: Probe.Icd), Probe.Row("A", "Depression", "F32.A", system: Probe.IcdCm), Probe.IcdCm);
        Assert.That(found.FixIt!.NewValue, Is.EqualTo(Probe.IcdCm));
        Assert.That(Probe.Book(targets, Probe.Row("A", "Depression", "F32.A", system: Probe.Icd)).By("MQ-101"), Is.Empty, "one cause, one finding");
    }

    [Test]
    public void WrongSystem_OtherEditionOfSnomed_IsFoundAndCleared()
    {
        var targets = new TinyTargets().Snomed("73211009", "Diabetes mellitus", "disorder");
        var row = Probe.Row("A", "Diabetes", null);
        Probe.Clears("MQ-107", targets, row.With(Probe.To("73211009", system: Probe.Snomed) with { Version = "http://snomed.info/sct/731000124108/version/20250901" }), row.With(Probe.To("73211009", system: Probe.Snomed) with { Version = "http://snomed.info/sct/900000000000207008/version/20250101" }), "731000124108");
    }
}

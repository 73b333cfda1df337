using Terminology.CodeSystems;
using Terminology.Issues;
using Terminology.Loaders.Input;

namespace Terminology.Loaders.RxNorm;

public sealed class RxNormLoaderTests
{
    private const string Remap = "http://www.nlm.nih.gov/research/umls/rxnorm?fhir_cm=remap", Packages = "http://www.nlm.nih.gov/research/umls/rxnorm?fhir_cm=ndc";
    private const int Aspirin = 1191, Tablet = 317541, Aspirin325 = 212033, Bayer = 215256, OldDrug = 9990001;

    [Test]
    public void Atoms_OfRxNorm_AreTheCodeSystem()
    {
        using var loaded = Tiny().Load();
        Assert.That(loaded.Problems, Is.Empty);
        Assert.That(loaded.Info.Id.Version, Is.EqualTo("01052026"));
        Assert.That(loaded.Info.Date, Is.EqualTo("2026-01-05"));
        Assert.That(loaded.Display("212033"), Is.EqualTo("aspirin 325 MG Oral Tablet"));
        Assert.That(loaded.Values("212033", "TTY"), Is.EqualTo(new[] { "SCD" }));
        Assert.That(loaded.Values("1191", "STY"), Is.EqualTo(new[] { "Pharmacologic Substance" }));
        Assert.That(loaded.Designations("212033"), Has.Some.EqualTo("en PSN: Aspirin 325 MG Oral Tablet").And.None.Contains("ASA 325"));
        Assert.That(loaded.System.Count, Is.EqualTo(4));
    }

    [Test]
    public void Version_WithoutFolder_IsThatOfRxnsab()
    {
        using var loaded = new TinyRxNorm("somewhere/").Atom(Aspirin, "aspirin", "IN").Source("RXNORM", "0", "03022026").Load();
        Assert.That(loaded.Info.Id.Version, Is.EqualTo("03022026"));
    }

    [Test]
    public void Relations_AreProperties_BothWays()
    {
        using var loaded = Tiny().Load();
        Assert.That(loaded.Values("212033", "has_ingredient"), Is.EqualTo(new[] { "1191" }));
        Assert.That(loaded.Values("1191", "ingredient_of"), Is.EqualTo(new[] { "212033" }));
        Assert.That(loaded.Values("212033", "has_dose_form"), Is.EqualTo(new[] { "317541" }));
    }

    [TestCase("has_ingredient", "=", "CUI:1191", new[] { "212033" })]
    [TestCase("has_ingredient", "=", "1191", new[] { "212033" })]
    [TestCase("ingredient_of", "in", "212033", new[] { "1191" })]
    [TestCase("RO", "=", "CUI:212033", new[] { "1191", "317541" })]
    [TestCase("TTY", "in", "SCD,IN", new[] { "1191", "212033" })]
    [TestCase("SAB", "=", "MMSL", new[] { "212033" })]
    [TestCase("STY", "=", "Pharmacologic Substance", new[] { "1191" })]
    public void Filters_OfTheSpecification_FindConcepts(string property, string op, string value, string[] expected)
    {
        using var loaded = Tiny().Atom(Aspirin325, "ASA 325", "SY", source: "MMSL", code: "77").Load();
        Assert.That(loaded.Where(property, op, value), Is.EquivalentTo(expected));
    }

    [Test]
    public void Filter_ByAtom_SaysWhatToNameInstead()
    {
        using var loaded = Tiny().Load();
        Assert.That(() => loaded.Where("has_ingredient", "=", "AUI:1001"), Throws.InstanceOf<TerminologyException>().With.Message.Contains("CUI:"));
    }

    [TestCase("N", ConceptFlags.None, null)]
    [TestCase("O", ConceptFlags.Inactive, "obsolete")]
    [TestCase("Y", ConceptFlags.Inactive, "suppressed")]
    [TestCase("E", ConceptFlags.Inactive, "suppressed")]
    public void Suppress_OfTheOnlyName_MarksTheConcept(string suppress, ConceptFlags flags, string? status)
    {
        using var loaded = Tiny().Atom(500, "some drug", "SCD", suppress).Load();
        Assert.That(loaded.Flags("500"), Is.EqualTo(flags));
        Assert.That(loaded.Values("500", "status"), Is.EqualTo(status is null ? Array.Empty<string>() : [status]));
        Assert.That(loaded.Values("500", "TTY"), Is.EqualTo(new[] { "SCD" }));
    }

    [Test]
    public void Suppress_OfASynonym_LeavesTheConceptInForce()
    {
        using var loaded = Tiny().Atom(500, "some drug, old word", "SY", "Y").Atom(500, "some drug", "IN").Atom(500, "some drug, older name", "IN", "O").Load();
        Assert.That(loaded.Flags("500"), Is.EqualTo(ConceptFlags.None));
        Assert.That(loaded.Values("500", "status"), Is.Empty);
        Assert.That(loaded.Display("500"), Is.EqualTo("some drug"));
    }

    [Test]
    public void Prescribable_IsMarkedByCvf()
    {
        using var loaded = Tiny().Atom(500, "some drug", "SCD", cvf: "4096").Load();
        Assert.That(loaded.Values("500", "prescribable"), Is.EqualTo(new[] { "true" }));
        Assert.That(loaded.Values("1191", "prescribable"), Is.Empty);
    }

    [Test]
    public void FullRelease_WithPrescribableFolderInside_IsReadOnce()
    {
        using var files = new TemporaryFiles();
        Tiny().Write(files.Path);
        new TinyRxNorm("RxNorm_full_01052026/prescribe/rrf/").Atom(Aspirin, "aspirin", "IN", cvf: "4096").Write(files.Path);
        using var loaded = ImportedRelease.Load(files.Path);
        Assert.That(loaded.System.Count, Is.EqualTo(4));
        Assert.That(loaded.Report.Files.Select(file => file.File), Has.None.Contains("prescribe"));
    }

    [Test]
    public void PrescribableRelease_Alone_IsARelease()
    {
        using var loaded = new TinyRxNorm("RxNorm_full_prescribe_01052026/rrf/").Atom(Aspirin, "aspirin", "IN", cvf: "4096").Load();
        Assert.That(loaded.Info.Id.Version, Is.EqualTo("01052026"));
        Assert.That(loaded.Display("1191"), Is.EqualTo("aspirin"));
    }

    [Test]
    public void Source_FreeOfRestrictions_IsAMap_OthersAreNot()
    {
        using var loaded = Tiny().Source("ATC", "0").Source("MMSL", "1").Source("VANDF", "0")
            .Atom(Aspirin, "acetylsalicylic acid", "IN", source: "ATC", code: "N02BA01").Atom(Aspirin, "aspirin", "IN", source: "MMSL", code: "d00170")
            .Atom(Aspirin, "ASPIRIN", "CD", source: "VANDF", code: "4017536").Atom(Bayer, "BAYER", "CD", source: "VANDF", code: "4017536")
            .Atom(Aspirin, "OLD", "CD", "O", "VANDF", "4000001").Atom(777, "unknown to RxNorm", "CD", source: "VANDF", code: "4000002").Load();
        Assert.That(loaded.Release.Maps.Select(map => map.Info.Url), Is.EquivalentTo(new[] { Packages, "http://www.nlm.nih.gov/research/umls/rxnorm?fhir_cm=atc", "http://www.nlm.nih.gov/research/umls/rxnorm?fhir_cm=vandf" }));
        Assert.That(loaded.Targets("http://www.nlm.nih.gov/research/umls/rxnorm?fhir_cm=atc", "N02BA01"), Is.EqualTo(new[] { "1191 Equivalent" }));
        Assert.That(loaded.Targets("http://www.nlm.nih.gov/research/umls/rxnorm?fhir_cm=vandf", "4017536"), Is.EqualTo(new[] { "1191 RelatedTo", "215256 RelatedTo" }));
        Assert.That(loaded.Map("http://www.nlm.nih.gov/research/umls/rxnorm?fhir_cm=atc").Info.Groups[0].Source!.Url, Is.EqualTo("http://www.whocc.no/atc"));
        Assert.That(loaded.Map("http://www.nlm.nih.gov/research/umls/rxnorm?fhir_cm=vandf").Count, Is.EqualTo(1));
    }

    [Test]
    public void Remapped_SingleSplitAndChain_AreFollowedToTheConceptsOfToday()
    {
        using var loaded = Tiny()
            .Archived(OldDrug, "aspirin 325 mg tablet", Aspirin325).Replaced(OldDrug, Aspirin325)
            .Archived(9990002, "aspirin or Bayer", Aspirin).Archived(9990002, "aspirin or Bayer", Bayer)
            .Archived(9990003, "older still", OldDrug)
            .Archived(9990004, "gone", 9990004)
            .Replaced(9990005, 9990006).Replaced(9990006, 9990005)
            .Archived(Bayer, "moved atom of a concept that lives", Aspirin).Load();
        Assert.That(loaded.Targets(Remap, "9990001"), Is.EqualTo(new[] { "212033 Equivalent" }));
        Assert.That(loaded.Targets(Remap, "9990002"), Is.EquivalentTo(new[] { "1191 RelatedTo", "215256 RelatedTo" }));
        Assert.That(loaded.Targets(Remap, "9990003"), Is.EqualTo(new[] { "212033 Equivalent" }));
        Assert.That(loaded.Targets(Remap, "9990004"), Is.Empty);
        Assert.That(loaded.Targets(Remap, "9990005"), Is.Empty);
        Assert.That(loaded.Targets(Remap, "215256"), Is.Empty);
        Assert.That((loaded.Flags("9990003"), loaded.Display("9990003")), Is.EqualTo((ConceptFlags.Inactive, "older still")));
        Assert.That((loaded.Values("9990003", "status"), loaded.Values("9990004", "status")), Is.EqualTo((new[] { "remapped" }, new[] { "retired" })));
        Assert.That(loaded.Flags("215256"), Is.EqualTo(ConceptFlags.None));
    }

    [Test]
    public void Ndc_IsAMapToConcepts_ObsoleteOnesMarked()
    {
        using var loaded = Tiny().Attribute(Bayer, "NDC", "00904198261").Attribute(Aspirin325, "NDC", "00280000001", suppress: "O").Attribute(Aspirin325, "NDC", "99999999999", source: "MTHSPL").Load();
        Assert.That(loaded.Targets(Packages, "00904198261"), Is.EqualTo(new[] { "212033 SourceIsNarrowerThanTarget", "215256 SourceIsNarrowerThanTarget" }));
        Assert.That(loaded.Map(Packages).Find(0, "00280000001").Single().Targets.Single().Comment, Does.Contain("obsolete"));
        Assert.That(loaded.Targets(Packages, "99999999999"), Is.Empty);
        Assert.That(loaded.Values("212033", "NDC"), Is.EqualTo(new[] { "00904198261", "00280000001" }));
        Assert.That(loaded.Map(Packages).FindByTarget(0, "215256").Select(element => element.Code), Is.EqualTo(new[] { "00904198261" }));
    }

    [TestCase("0904-1982-61", "00904198261")]
    [TestCase("00904-1982-61", "00904198261")]
    [TestCase("50580-450-01", "50580045001")]
    [TestCase("50580-0450-1", "50580045001")]
    [TestCase("00904198261", "00904198261")]
    [TestCase("000904198261", "00904198261")]
    [TestCase("000904-1982-61", "00904198261")]
    [TestCase("00603-5336-*1", "00603533601")]
    [TestCase("0904198261", "00904198261,09041098261,09041982601")]
    [TestCase("1234-567-8", "")]
    [TestCase("123456789", "")]
    [TestCase("123456-1234-12", "")]
    [TestCase("0904-1982-6A", "")]
    [TestCase("", "")]
    public void Ndc_EachForm_HasItsReadings(string written, string readings) => Assert.That(Terminology.Ndc.Readings(written), Is.EqualTo(readings.Split(',', StringSplitOptions.RemoveEmptyEntries)));

    [Test]
    public void Ndc_TenDigits_EveryReadingThatExists_IsAnsweredAndMarked()
    {
        // 0904198261 is 0904-1982-61 or 09041-982-61 or 09041-9826-1: two of these are packages here.
        using var loaded = Tiny().Attribute(Bayer, "NDC", "09041098261").Load();
        var answer = loaded.Service.Translate(new(new([new("http://hl7.org/fhir/sid/ndc", "0904198261")])) { Url = new(Packages) }, RequestScope.Default);
        Assert.That(answer.Matches.Select(match => match.Target!.Code), Is.EquivalentTo(new[] { "212033", "215256" }));
        Assert.That(answer.Matches.All(match => match.NeedsPerson), Is.True);
    }

    [TestCase("x|ENG||||||1||1||RXNORM|IN|1|aspirin||N||\n", "'x' is no RXCUI")]
    [TestCase("7|ENG||||||1||1||RXNORM|IN|1|||N||\n", "STR")]
    [TestCase("7|ENG|\n", "18 are expected")]
    public void Row_Wrong_IsRejectedByLine(string row, string reason)
    {
        using var loaded = ImportedRelease.Load(new(), ("RxNorm_full_01052026/rrf/RXNCONSO.RRF", "1191|ENG||||||9||1||RXNORM|IN|1|aspirin||N||\n" + row));
        Assert.That(loaded.Problems.Single(), Does.Contain("RXNCONSO.RRF:2").And.Contain(reason));
    }

    [Test]
    public void CsvExport_WithFewColumns_IsRead()
    {
        using var loaded = ImportedRelease.Load(new() { As = new("http://www.nlm.nih.gov/research/umls/rxnorm", "1") }, ("rxnconso.csv", "\"rxcui\",\"str\",\"tty\",\"sab\",\"code\"\n\"1818\",\"Subutex\",\"BN\",\"MMSL\",\"45125\"\n\"1818\",\"Subutex\",\"BN\",\"RXNORM\",\"1818\"\n"));
        Assert.That((loaded.System.Count, loaded.Display("1818")), Is.EqualTo((1, "Subutex")));
    }

    [Test]
    public void Version_Nowhere_IsAskedFor()
    {
        using var files = new TemporaryFiles();
        new TinyRxNorm("somewhere/").Atom(Aspirin, "aspirin", "IN").Write(files.Path);
        using var opened = ReleaseFiles.Open(files.Path, files.Scratch);
        Assert.That(ReleaseLoaders.Recognise(opened, new()).Single().Info.Id.Version, Is.Null);
    }

    [Test]
    public void Conso_Missing_IsNamed()
    {
        using var files = new TemporaryFiles(("RXNCUI.RRF", "1|A|B|1|2|\n"));
        using var opened = ReleaseFiles.Open(files.Path, files.Scratch);
        Assert.That(() => ReleaseLoaders.Recognise(opened, new()), Throws.TypeOf<ReleaseFormat>().With.Message.Contains("RXNCONSO.RRF"));
    }

    private static TinyRxNorm Tiny() => new TinyRxNorm()
        .Atom(Aspirin, "aspirin", "IN").Atom(Tablet, "Oral Tablet", "DF").Atom(Aspirin325, "aspirin 325 MG Oral Tablet", "SCD").Atom(Aspirin325, "Aspirin 325 MG Oral Tablet", "PSN").Atom(Bayer, "Bayer Aspirin", "BN")
        .Atom(Aspirin325, "ASA 325 (restricted)", "CD", source: "GS", code: "1")
        .SemanticType(Aspirin, "Pharmacologic Substance").Source("RXNORM", "0").Source("GS", "3")
        .Relation(Aspirin325, "has_ingredient", Aspirin, "ingredient_of").Relation(Aspirin325, "has_dose_form", Tablet, "dose_form_of")
        .Attribute(Aspirin325, "NDC", "00904198261");
}

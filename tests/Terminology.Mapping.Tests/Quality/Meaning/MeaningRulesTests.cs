using Terminology.Mapping.Rows;
using Terminology.Maps;

namespace Terminology.Mapping.Quality.Meaning;

/// <summary>MQ-2xx: each rule finds what is wrong, is cleared when it is mended, and says nothing of what is right.</summary>
public sealed class MeaningRulesTests
{
    private static TinyTargets Loinc => new TinyTargets().Loinc("1-8", "Glucose:MCnc:Pt:Ser/Plas:Qn:").Loinc("2-6", "Glucose:SCnc:Pt:Ser/Plas:Qn:").Loinc("3-4", "Glucose:MCnc:Pt:CSF:Qn:").Loinc("4-2", "Glucose:MCnc:Pt:XXX:Qn:").Loinc("5-9", "Glucose:ACnc:Pt:Ser/Plas:Ord:")
        .Loinc("6-7", "Glucose:MRat:24H:Urine:Qn:").Loinc("7-5", "Glucose:MCnc:Pt:Urine:Qn:").Loinc("8-3", "Basic metabolic panel:-:Pt:Ser/Plas:-:").Loinc("9-1", "Glucose:ACnc:Pt:Urine:Ord:Test strip").Loinc("10-9", "Glucose^peak:MCnc:Pt:Ser/Plas:Qn:").Loinc("11-7", "Glucose:MCnc:Pt:Ser/Plas:Qn:EIA");

    private static TinyTargets Snomed => new TinyTargets().Snomed("22298006", "Myocardial infarction", "disorder").Snomed("57054005", "Acute myocardial infarction", "disorder").Snomed("175905003", "Total nephrectomy", "procedure").Snomed("91302008", "Sepsis", "disorder").Snomed("1", "Other sepsis", "disorder");

    private static Finding Clears(string rule, ITargetFacts targets, string name, (string Name, string Value)[] wrongContext, string wrong, (string Name, string Value)[] rightContext, string right, params string[] facts)
        => Probe.Clears(rule, targets, Probe.Row("A", name, wrong, context: wrongContext), Probe.Row("A", name, right, context: rightContext), facts);

    [Test]
    public void TagAgainstTemplate_DiagnosisThatIsAProcedure_IsFoundAndCleared()
        => Probe.Clears("MQ-201", Snomed, Probe.Row("A", "Sepsis", "175905003", system: Probe.Snomed, context: ("category", "Condition")), Probe.Row("A", "Sepsis", "91302008", system: Probe.Snomed, context: ("category", "Condition")), "procedure", "a diagnosis");

    [Test]
    public void UnitAgainstProperty_MassForSubstance_IsAnErrorWithTheRightTerm()
    {
        var found = Clears("MQ-202", Loinc, "Glucose", [("unit", "mmol/L")], "1-8", [("unit", "mmol/L")], "2-6", "mmol/L", "MCnc", "2-6");
        Assert.That((found.Severity, found.FixIt), Is.EqualTo((FindingSeverity.Error, new FixIt("content.targets[0].code", "1-8", "2-6"))));
    }

    [Test]
    public void UnitAgainstProperty_FractionForConcentration_IsAWarning()
        => Assert.That(Clears("MQ-202", Loinc, "Glucose", [("unit", "%")], "1-8", [("unit", "mg/dL")], "1-8", "a fraction").Severity, Is.EqualTo(FindingSeverity.Warning));

    [Test]
    public void UnknownUnit_NoUnitAtAll_IsFoundAndCleared() => Clears("MQ-203", Loinc, "Glucose", [("unit", "blorps")], "1-8", [("unit", "mg/dL")], "1-8", "blorps");

    [TestCase("N/A")]
    [TestCase("units")]
    [TestCase("")]
    public void UnknownUnit_WordForNone_IsNoFinding(string unit) => Assert.That(Probe.Book(Loinc, Probe.Row("A", "Glucose", "1-8", context: ("unit", unit))).By("MQ-203"), Is.Empty);

    [Test]
    public void SpecimenAgainstSystem_OtherFluid_IsFoundAndCleared()
        => Assert.That(Clears("MQ-204", Loinc, "Glucose", [("specimen", "Cerebrospinal Fluid")], "1-8", [("specimen", "Cerebrospinal Fluid")], "3-4", "Ser/Plas").FixIt!.NewValue, Is.EqualTo("3-4"));

    [Test]
    public void SpecimenAgainstSystem_VagueSystem_IsClearedByTheNarrowerRelationship()
    {
        var row = Probe.Row("A", "Glucose", "4-2", context: ("specimen", "CSF"));
        Probe.Clears("MQ-204", Loinc, row, row.With(Probe.To("4-2", MapRelationship.SourceIsNarrowerThanTarget)), "XXX", "narrower");
    }

    [Test]
    public void SpecimenAgainstSystem_BloodThatIsMeasuredInSerum_IsNoFinding() => Assert.That(Probe.Book(Loinc, Probe.Row("A", "Glucose", "1-8", context: ("specimen", "Blood"))).By("MQ-204"), Is.Empty);

    [Test]
    public void SpecimenAgainstSystem_SpecimenInTheName_IsRead() => Assert.That(Probe.Book(Loinc, Probe.Row("A", "Glucose (liquor)", "1-8")).By("MQ-204").Single().Finding.Text, Does.Contain("liquor"));

    [Test]
    public void ScaleAgainstResults_NumbersForWords_IsFoundAndCleared() => Assert.That(Clears("MQ-205", Loinc, "Glucose", [("samples", "[ 1, 2, 3, 4 ]")], "5-9", [("samples", "[ 1, 2, 3, 4 ]")], "1-8", "Ord").Severity, Is.EqualTo(FindingSeverity.Error));

    [Test]
    public void ScaleAgainstResults_WordsForNumbers_IsFoundAndCleared() => Clears("MQ-205", Loinc, "Glucose", [("samples", "negative; trace; positive")], "1-8", [("samples", "negative; trace; positive")], "5-9", "Qn", "trace");

    [Test]
    public void ScaleAgainstResults_UnitAlone_IsAWarning() => Assert.That(Clears("MQ-205", Loinc, "Glucose", [("unit", "mg/dL")], "5-9", [("unit", "mg/dL")], "1-8").Severity, Is.EqualTo(FindingSeverity.Warning));

    [Test]
    public void PanelAgainstObservation_ResultForAPanel_IsFoundAndCleared() => Clears("MQ-206", Loinc, "Glucose", [("unit", "mg/dL")], "8-3", [("unit", "mg/dL")], "1-8", "panel");

    [Test]
    public void PanelAgainstObservation_PanelForAResult_IsFoundAndCleared() => Clears("MQ-206", Loinc, "Metabolic panel", [], "1-8", [], "8-3", "single observation");

    [Test]
    public void TimeAgainstAxis_DayForAPoint_IsFoundAndCleared() => Clears("MQ-207", Loinc, "Glucose 24h urine", [], "7-5", [], "6-7", "24 hours", "Pt");

    [Test]
    public void TimeAgainstAxis_PointForADay_IsFoundAndCleared() => Clears("MQ-207", Loinc, "Glucose urine", [], "6-7", [], "7-5", "24H");

    [Test]
    public void TimeAgainstAxis_ChallengeIgnored_IsFoundAndCleared() => Clears("MQ-207", Loinc, "Glucose peak", [], "1-8", [], "10-9", "peak");

    [Test]
    public void MethodAgainstAxis_OtherMethod_IsFoundAndCleared() => Clears("MQ-208", Loinc, "Glucose strip", [], "11-7", [], "9-1", "strip", "EIA");

    [Test]
    public void MethodAgainstAxis_MethodIgnored_IsFoundAndCleared() => Clears("MQ-208", Loinc, "Glucose ELISA", [], "1-8", [], "11-7", "elisa");

    [Test]
    public void SamplesAgainstOthers_ResultsFarFromOthers_AreFoundAndCleared()
    {
        var usual = Probe.Row("A", "Glucose", "1-8", context: [("unit", "mg/dL"), ("samples", "[ 70, 80, 90, 100, 110 ]")]);
        MapRow Other(string samples) => Probe.Row("B", "Blood sugar", "1-8", context: [("unit", "mg/dL"), ("samples", samples)]);
        Probe.Clears("MQ-209", new(Folk.Map, Loinc, Probe.Reader), [usual, Other("[ 3.5, 4, 4.5, 5, 5.5 ]")], [usual, Other("[ 75, 85, 95, 105, 115 ]")], "4.5", "90");
    }

    [Test]
    public void QualifierOnOneSide_AcuteInTheTargetAlone_IsFoundAndCleared()
        => Probe.Clears("MQ-210", Snomed, Probe.Row("A", "Myocardial infarction", "57054005", system: Probe.Snomed), Probe.Row("A", "Myocardial infarction", "22298006", system: Probe.Snomed), "acute");

    [Test]
    public void QualifierOnOneSide_SameInAnotherLanguage_IsNoFinding() => Assert.That(Probe.Book(Snomed, Probe.Row("A", "Acuut myocardinfarct", "57054005", system: Probe.Snomed)).By("MQ-210"), Is.Empty);

    [Test]
    public void DrugAgainstParts_OtherStrength_IsAnError()
    {
        var targets = new TinyTargets().Add(Drug("198440", "acetaminophen 500 MG Oral Tablet", "acetaminophen")).Add(Drug("313782", "acetaminophen 325 MG Oral Tablet", "acetaminophen"));
        var found = Probe.Clears("MQ-211", targets, Probe.Row("A", "Acetaminophen 0.5 g tab", "313782", system: Probe.RxNorm), Probe.Row("A", "Acetaminophen 0.5 g tab", "198440", system: Probe.RxNorm), "500 mg", "325 mg");
        Assert.That(found.Severity, Is.EqualTo(FindingSeverity.Error));
    }

    [Test]
    public void DrugAgainstParts_IngredientNobodyNames_IsFoundAndCleared()
    {
        var targets = new TinyTargets().Add(Drug("1", "ibuprofen", "ibuprofen")).Add(Drug("2", "naproxen", "naproxen"));
        Probe.Clears("MQ-211", targets, Probe.Row("A", "Ibuprofène", "2", system: Probe.RxNorm), Probe.Row("A", "Ibuprofène", "1", system: Probe.RxNorm), "naproxen");
    }

    private static TargetConcept Drug(string code, string display, string ingredient) => new(Probe.RxNorm, code, display) { Drug = new("SCD", [ingredient], null) };

    [Test]
    public void AmbiguousAbbreviation_NothingBesideIt_IsFoundAndClearedByContext()
        => Probe.Clears("MQ-212", Snomed, Probe.Row("A", "MI", "22298006", system: Probe.Snomed), Probe.Row("A", "MI", "22298006", system: Probe.Snomed, context: ("department", "Cardiology")), "mitral insufficiency");

    [Test]
    public void OpenOnOneSide_OtherInTheSourceAlone_IsFoundAndCleared()
        => Probe.Clears("MQ-213", Snomed, Probe.Row("A", "Sepsis, other", "91302008", system: Probe.Snomed), Probe.Row("A", "Sepsis, other", "1", system: Probe.Snomed), "other");

    [Test]
    public void OpenOnOneSide_SaidToBeBroader_IsNoFinding()
        => Assert.That(Probe.Book(Snomed, Probe.Row("A", "Sepsis, other", "91302008", MapRelationship.SourceIsBroaderThanTarget, Probe.Snomed)).By("MQ-213"), Is.Empty);

    [Test]
    public void ClassificationNotes_Excludes1_IsFoundAndCleared()
    {
        var targets = Icd;
        var row = Probe.Row("A", "Diabetes", null);
        Probe.Clears("MQ-214", targets, row.With(Probe.To("E11.9", system: Probe.IcdCm), Probe.To("E10.9", system: Probe.IcdCm)), row.With(Probe.To("E11.9", system: Probe.IcdCm)), "E10.-");
    }

    [Test]
    public void ClassificationNotes_ManifestationAlone_IsFoundAndCleared()
    {
        var row = Probe.Row("A", "Dementia in Parkinson disease", null);
        Probe.Clears("MQ-214", Icd, row.With(Probe.To("F02.80", system: Probe.IcdCm)), row.With(Probe.To("G20", system: Probe.IcdCm), Probe.To("F02.80", system: Probe.IcdCm)), "manifestation");
    }

    [TestCase("E10.-", "E10.9", true)]
    [TestCase("E08-E13", "E11.9", true)]
    [TestCase("E08-E13", "E13.9", true)]
    [TestCase("E08-E13", "E14.9", false)]
    [TestCase("E10", "E10.9", true)]
    [TestCase("E10.1", "E10.10", true)]
    [TestCase("E10.1", "E10.2", false)]
    public void Covers_NoteAndCode_AsTheClassificationMeansIt(string note, string code, bool covers) => Assert.That(ClassificationNotes.Covers(note, code), Is.EqualTo(covers));

    private static TinyTargets Icd => new TinyTargets().Add(Classified("E11.9", "Type 2 diabetes mellitus without complications", ["E10.-"], false)).Add(Classified("E10.9", "Type 1 diabetes mellitus without complications", [], false))
        .Add(Classified("F02.80", "Dementia in other diseases classified elsewhere", [], true)).Add(Classified("G20", "Parkinson's disease", [], false));

    private static TargetConcept Classified(string code, string display, string[] excludes, bool isManifestation) => new(Probe.IcdCm, code, display) { Icd = new(excludes, isManifestation, []) };
}

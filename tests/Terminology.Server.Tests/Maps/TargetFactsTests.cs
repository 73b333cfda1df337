using Terminology.Mapping.Quality;
using Terminology.Server.Hosting;
using Terminology.Store.Data;

namespace Terminology.Server.Maps;

/// <summary>What rules ask of targets, over the demonstration releases as loaders and store have them.</summary>
public sealed class TargetFactsTests
{
    private const string Loinc = "http://loinc.org", Snomed = "http://snomed.info/sct", RxNorm = "http://www.nlm.nih.gov/research/umls/rxnorm", IcdCm = "http://hl7.org/fhir/sid/icd-10-cm", Ucum = "http://unitsofmeasure.org";

    private static readonly Lazy<TargetFacts> Facts = new(() => new(LiveService.Open(DataFolder.Open(DemoServer.Data, TimeProvider.System))));

    private static TargetConcept Find(string system, string code) => Facts.Value.Find(system, code) ?? throw new AssertionException($"{system}|{code} is not found");

    [Test]
    public void Find_LoincTerm_HasItsAxes()
    {
        Assert.That(Find(Loinc, "2345-7").Axes, Is.EqualTo(new LoincAxes("Glucose", "MCnc", "Pt", "Ser/Plas", "Qn", "")));
        Assert.That(Find(Loinc, "6690-2").Axes, Is.EqualTo(new LoincAxes("Leukocytes", "NCnc", "Pt", "Bld", "Qn", "Automated count")));
        Assert.That(Find(Loinc, "44249-1").Axes!.IsPanel);
        Assert.That(Facts.Value.VersionOf(Loinc), Is.Not.Null.And.Not.Empty);
    }

    [Test]
    public void WithAxes_OtherProperty_IsTheNeighbour()
    {
        var axes = Find(Loinc, "2345-7").Axes!;
        Assert.That(Facts.Value.WithAxes(axes with { Property = "SCnc" })?.Code, Is.EqualTo("14749-6"));
        Assert.That(Facts.Value.WithAxes(axes with { Property = "Nothing" }), Is.Null);
    }

    [TestCase(Loinc, "1009-0", TargetStatus.Inactive)]
    [TestCase(Loinc, "22760-3", TargetStatus.Discouraged)]
    [TestCase(Loinc, "62580-6", TargetStatus.Discouraged)]
    [TestCase(Loinc, "2345-7", TargetStatus.Active)]
    [TestCase(IcdCm, "E10.1", TargetStatus.Header)]
    [TestCase(IcdCm, "E10.10", TargetStatus.Active)]
    [TestCase(Snomed, "2881999999105", TargetStatus.Inactive)]
    [TestCase(RxNorm, "9990002", TargetStatus.Inactive)]
    public void Find_StatusOfEachTerminology_IsUnderstood(string system, string code, TargetStatus status) => Assert.That(Find(system, code).Status, Is.EqualTo(status));

    [Test]
    public void Replacements_OfEachTerminology_SayHowAndHowSurely()
    {
        Assert.That(Facts.Value.Replacements(Snomed, "2881999999105"), Is.EqualTo(new[] { new Replacement("SAME AS", "1431999999104", "Inflammation of liver, demonstration", IsCertain: true) }));
        Assert.That(Facts.Value.Replacements(Snomed, "2901999999107").Select(one => (one.How, one.IsCertain)), Is.All.EqualTo(("POSSIBLY EQUIVALENT TO", false)).And.Exactly(2).Items);
        Assert.That(Facts.Value.Replacements(Loinc, "1009-0").Single().Code, Is.EqualTo("1007-4"));
        Assert.That(Facts.Value.Replacements(RxNorm, "9990002").Single().Code, Is.EqualTo("313782"));
        Assert.That(Facts.Value.Replacements(Loinc, "2345-7"), Is.Empty);
    }

    [Test]
    public void Find_SnomedConcept_HasItsTagAndPlace()
    {
        var concept = Find(Snomed, "22298006");
        Assert.That((concept.SemanticTag, concept.Display), Is.EqualTo(("disorder", "Myocardial infarction")));
        Assert.That(concept.Depth, Is.Positive);
        Assert.That(Facts.Value.Relation(Snomed, "138875005", "22298006"), Is.EqualTo(Subsumption.Subsumes));
        Assert.That(Facts.Value.Relation(Snomed, "22298006", "138875005"), Is.EqualTo(Subsumption.SubsumedBy));
        Assert.That(Facts.Value.Relation(Snomed, "22298006", "0"), Is.Null);
        Assert.That(Facts.Value.IsIn("http://snomed.info/sct?fhir_vs=isa/22298006", Snomed, "22298006"), Is.True);
        Assert.That(Facts.Value.IsIn("http://snomed.info/sct?fhir_vs=isa/22298006", Snomed, "138875005"), Is.False);
        Assert.That(Facts.Value.IsIn("http://example.org/no-such-value-set", Snomed, "22298006"), Is.Null);
    }

    [Test]
    public void Find_Drug_HasIngredientsAndBrand()
    {
        var (clinical, branded) = (Find(RxNorm, "198440").Drug!, Find(RxNorm, "209459").Drug!);
        Assert.That((clinical.TermType, string.Join('+', clinical.Ingredients), clinical.Brand), Is.EqualTo(("SCD", "acetaminophen", (string?)null)));
        Assert.That((branded.TermType, string.Join('+', branded.Ingredients), branded.Brand), Is.EqualTo(("SBD", "acetaminophen", "Tylenol")));
    }

    [Test]
    public void Find_ClassifiedCode_HasItsNotesAndThoseAboveIt()
    {
        var facts = Find(IcdCm, "E10.10").Icd!;
        Assert.That(facts.Excludes1, Does.Contain("E11.-").And.Contain("P70-P74").And.Contain("O24.4-"));
        Assert.That(facts.IsManifestation, Is.False);
    }

    [TestCase("mg/dL")]
    [TestCase("10*9/L")]
    [TestCase("{cells}/uL")]
    public void Find_Unit_IsACodeOfTheGrammar(string unit) => Assert.That(Find(Ucum, unit).Status, Is.EqualTo(TargetStatus.Active));

    [Test]
    public void Find_WhatIsNotThere_IsNull()
    {
        Assert.That(Facts.Value.Find(Ucum, "blorps"), Is.Null);
        Assert.That(Facts.Value.Find(Loinc, "9999999-9"), Is.Null);
        Assert.That((Facts.Value.Find("http://example.org/none", "1"), Facts.Value.VersionOf("http://example.org/none")), Is.EqualTo(((TargetConcept?)null, (string?)null)));
    }

    [Test]
    public void Translate_BetweenSystems_IsWhatLoadedMapsSay()
        => Assert.That(Facts.Value.Translate("http://example.org/fhir/CodeSystem/local-lab", "GLU-S", Loinc), Is.Not.Empty);
}

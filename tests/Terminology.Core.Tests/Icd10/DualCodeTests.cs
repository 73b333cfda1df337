using Terminology.Issues;
using Terminology.Maps;
using Terminology.Operations;
using Terminology.ValueSets;

namespace Terminology.Icd10;

/// <summary>Two codes of ICD-10 in one, and the marks that say which is which.</summary>
public sealed class DualCodeTests
{
    private const string Icd = "http://hl7.org/fhir/sid/icd-10", Cm = "http://hl7.org/fhir/sid/icd-10-cm", Gm = "http://fhir.de/CodeSystem/bfarm/icd-10-gm";

    private static readonly string[] Codes =
    [
        "A15-A19~:Tuberculosis", "A17<A15-A19:Of nerves;usage=dagger", "A17.0<A17:Tuberculous meningitis;usage=dagger;aster=G01;@de=Meningitis durch Tuberkulose",
        "A17.8<A17:Other;usage=dagger;aster=G07", "G01:Meningitis;usage=aster;@de=Meningitis anderswo", "G07:Abscess;usage=aster;dagger=A17.8", "G07.1<G07:Abscess, small",
        "J21.8:Bronchiolitis", "B95.6:Staphylococcus aureus", "E10:Diabetes", "E10.0<E10:with coma", "E10.4<E10:with nerve damage;usage=dagger", "B99!:Old",
    ];

    private static readonly TerminologyService Service = Worlds.Service(
        [Worlds.CodeSystem(Icd, "2019", Codes), Worlds.CodeSystem(Cm, "2026", "A17.0:Meningitis", "G01:Meningitis"), Worlds.CodeSystem(Gm, "2026", [.. Codes, "U80.0:Resistance;usage=optional"])],
        Worlds.ValueSet("nerves", new ConceptSetRule(Icd, null, [], [new("concept", "is-a", "A17")], [])),
        Worlds.ValueSet("pairs", new ConceptSetRule(Icd, null, [new("G01* A17.0+", null), new("J21.8 B95.6", "Both")], [], [])),
        Worlds.ValueSet("many", new ConceptSetRule(Icd, null, [new("G01* A17.0+", null), .. Codes.Select(code => new ConceptReference(code.Split('<', ':', '~', '!')[0], null))], [], [])),
        Worlds.ValueSet("aster", new ConceptSetRule(Icd, null, [], [new("usage", "=", "aster")], [])),
        Worlds.ValueSet("with-g01", new ConceptSetRule(Icd, null, [], [new("aster", "=", "G01")], [])));

    [TestCase("J21.8 B95.6", "J21.8 B95.6", Description = "the example of HL7: neither has a mark")]
    [TestCase("B95.6 J21.8", "B95.6 J21.8", Description = "nothing tells which goes first")]
    [TestCase("A17.0 G01", "A17.0 G01")]
    [TestCase("A17.0+ G01*", "A17.0 G01")]
    [TestCase("A17.0† G01*", "A17.0 G01")]
    [TestCase("G01* A17.0+", "A17.0 G01")]
    [TestCase("G01 A17.0", "A17.0 G01")]
    [TestCase("  A17.0+   G01* ", "A17.0 G01")]
    [TestCase("a170+ g01*", "A17.0 G01")]
    [TestCase("J21.8+ B95.6", "J21.8 B95.6", Description = "the dagger may go with any code but an asterisk code")]
    [TestCase("B95.6 J21.8+", "B95.6 J21.8")]
    [TestCase("A17.0 E10.4", "A17.0 E10.4", Description = "two daggers without marks contradict nothing")]
    [TestCase("G07.1 A17.8", "A17.8 G07.1", Description = "what is said of G07 holds below it")]
    public void ValidateCode_Pair_IsAnsweredWithoutMarks_UnderlyingDiseaseFirst(string sent, string answered)
    {
        var result = Validate(sent);
        Assert.That(result.Result, result.Message);
        Assert.That(result.NormalizedCode ?? result.Code, Is.EqualTo(answered));
        Assert.That(result.Version, Is.EqualTo("2019"));
        Assert.That(result.Issues.Select(issue => issue.Severity), Has.None.EqualTo(IssueSeverity.Error));
        Assert.That(result.Issues.Any(issue => issue.Severity == IssueSeverity.Warning), Is.EqualTo(sent.Contains("a170", StringComparison.Ordinal)), "marks and order are no fault, a code without its dot is");
    }

    [Test]
    public void ValidateCode_Pair_DisplayIsBoth_AndNobodyPublishesOne()
    {
        Assert.That(Validate("A17.0 G01").Display, Is.EqualTo("Tuberculous meningitis + Meningitis"));
        Assert.That(Validate("A17.0 G01", scope: RequestScope.Default with { DisplayLanguage = "de", Languages = ["de"] }).Display, Is.EqualTo("Meningitis durch Tuberkulose + Meningitis anderswo"));
        Assert.That(Validate("A17.0 G01", display: "tuberculous meningitis + meningitis").Issues, Is.Empty);
        var other = Validate("A17.0 G01", display: "Tuberculous meningitis");
        Assert.That(other.Result);
        Assert.That(other.Issues.Single().Severity, Is.EqualTo(IssueSeverity.Warning));
        Assert.That(other.Issues.Single().TxIssueType, Is.EqualTo("invalid-display"));
    }

    [TestCase("A17.0* G01", "A17.0", "dagger code", "'A17.0+'")]
    [TestCase("A17.0*", "A17.0", "dagger code", "'A17.0+'")]
    [TestCase("A17.0 G01+", "G01", "asterisk code", "'G01*'")]
    [TestCase("J21.8 B95.6*", "B95.6", "no asterisk code", "without it")]
    [TestCase("G01 G07", "both asterisk codes", "A17.8", "underlying disease")]
    [TestCase("A17.0+ E10.4+", "both carry the mark +", "Send 'A17.0 E10.4'", "manifestation")]
    [TestCase("A17.0 A17.0+", "twice", "'A17.0' alone", "different")]
    [TestCase("A17.0 G01 B95.6", "3 codes", "coding of its own", "two")]
    [TestCase("A17.0 G99", "'G99'", "no code of", "2019")]
    [TestCase("A17.0 E10.7", "'E10.7'", "Below 'E10' there are E10.0, E10.4", "two")]
    public void ValidateCode_NoPair_SaysWhyAndHowToMend(string sent, params string[] said)
    {
        var result = Validate(sent);
        Assert.That(result.Result, Is.False);
        var texts = string.Join("; ", result.Issues.Select(issue => issue.Text));
        foreach (var text in said) Assert.That(texts, Does.Contain(text));
        Assert.That(() => Service.Lookup(new(new(Icd, sent), []), RequestScope.Default), Throws.TypeOf<TerminologyException>().With.Message.Contains(said[0]));
    }

    [Test]
    public void ValidateCode_ReleaseWithoutUsages_BelievesTheMarks()
    {
        var plain = Worlds.Service(Worlds.CodeSystem(Icd, "2010", "A17.0:Tuberculous meningitis", "G01:Meningitis"));
        foreach (var (sent, answered) in new[] { ("G01* A17.0+", "A17.0 G01"), ("G01* A17.0", "A17.0 G01"), ("G01 A17.0+", "G01 A17.0"), ("G01 A17.0", "G01 A17.0") })
        {
            var result = plain.ValidateCode(new(new([new(Icd, sent)], null), CodeForm.Coding), RequestScope.Default);
            Assert.That(result.Result);
            Assert.That(result.NormalizedCode ?? result.Code, Is.EqualTo(answered));
        }
    }

    [Test]
    public void ValidateCode_PairThatTheReleaseDoesNotName_IsValidAndToldAsInformation()
    {
        Assert.That(Validate("A17.0 G01").Issues, Is.Empty);
        Assert.That(Validate("A17.8 G07.1").Issues, Is.Empty);
        var other = Validate("A17.0 G07");
        Assert.That(other.Result);
        Assert.That(other.Issues.Single().Severity, Is.EqualTo(IssueSeverity.Information));
        Assert.That(other.Issues.Single().Text, Does.Contain("G01").And.Contain("A17.8"));
        Assert.That(Validate("J21.8 B95.6").Issues, Is.Empty, "of pairs without asterisk code the release says nothing");
    }

    [Test]
    public void ValidateCode_OneCodeWithItsMark_IsUnderstood_AndAnAsteriskCodeIsToldToStandBesideAnother()
    {
        var dagger = Validate("A17.0+");
        Assert.That(dagger.Result);
        Assert.That(dagger.NormalizedCode, Is.EqualTo("A17.0"));
        Assert.That(dagger.Issues.Select(issue => issue.Severity), Is.EqualTo(new[] { IssueSeverity.Warning }));
        var aster = Validate("G07*");
        Assert.That(aster.Result);
        Assert.That(aster.Issues.Single(issue => issue.Severity == IssueSeverity.Information).Text, Does.Contain("A17.8"));
    }

    [Test]
    public void ValidateCode_Pair_HasTheFlagsOfBoth()
    {
        Assert.That(Validate("J21.8 B99").Inactive, Is.True);
        Assert.That(Service.ValidateCode(new(new([new(Icd, "A15-A19 G01")], null), CodeForm.Coding) { Abstract = false }, RequestScope.Default).Result, Is.False, "a block is none for data");
    }

    [TestCase(Cm, "A17.0 G01", false, Description = "the United States write combinations as codes of their own")]
    [TestCase(Gm, "A17.0+ G01*", true)]
    [TestCase(Gm, "U80.0! J21.8", true, Description = "what says more about a code goes behind it")]
    [TestCase(Gm, "J21.8!", false)]
    [TestCase("http://terminology.hl7.org/CodeSystem/ICD-10DualCoding", "J21.8 B95.6", true)]
    [TestCase("urn:oid:2.16.840.1.113883.6.260", "J21.8 B95.6", true, Description = "the identifier that HL7 had for dual codes")]
    public void ValidateCode_OtherSystems(string system, string code, bool valid)
    {
        var result = Service.ValidateCode(new(new([new(system, code)], null), CodeForm.Coding), RequestScope.Default);
        Assert.That(result.Result, Is.EqualTo(valid), result.Message);
        if (code.StartsWith("U80", StringComparison.Ordinal)) Assert.That(result.NormalizedCode, Is.EqualTo("J21.8 U80.0"));
    }

    [Test]
    public void DeadCodes_PairsAreNone_ButThoseThatCannotBe()
    {
        var valueSet = Worlds.ValueSet("dead", new ConceptSetRule(Icd, null, [new("A17.0+ G01*", null), new("J21.8 B95.6", null), new("A17.0", null), new("G01 G07", null), new("A17.0 X99", null)], [], []));
        Assert.That(Validation.DeadCodes.Of(valueSet, Service).Select(issue => issue.Expression), Is.EqualTo(new[] { "ValueSet.compose.include[0].concept[3].code", "ValueSet.compose.include[0].concept[4].code" }));
    }

    [Test]
    public void Closure_Pair_StandsBelowItsCodes()
    {
        var started = Service.Closure(new("pairs", [], null), null, RequestScope.Default);
        var entered = Service.Closure(new("pairs", [new(Icd, "A17"), new(Icd, "A17.0 G01"), new(Icd, "G01")], null), started.Table, RequestScope.Default);
        Assert.That(entered.Table.Concepts.Select(concept => concept.Code), Does.Contain("A17.0 G01"));
        Assert.That(entered.Relations, Has.Count.EqualTo(2));
    }

    [TestCase("nerves", "A17.0 G01", true, Description = "below what either is below")]
    [TestCase("nerves", "G01* A17.0+", true)]
    [TestCase("nerves", "J21.8 B95.6", false)]
    [TestCase("pairs", "A17.0 G01", true)]
    [TestCase("pairs", "A17.0† G01*", true)]
    [TestCase("pairs", "J21.8 B95.6", true)]
    [TestCase("pairs", "A17.0 G07", false)]
    [TestCase("pairs", "A17.0", false)]
    [TestCase("many", "A17.0 G01", true)]
    [TestCase("many", "A17.0", true)]
    [TestCase("many", "A17.0 G07", false, Description = "that both are listed does not list the pair")]
    [TestCase("aster", "A17.0 G01", true)]
    [TestCase("aster", "G01", true)]
    [TestCase("aster", "A17.0", false)]
    [TestCase("with-g01", "A17.0", true)]
    [TestCase("with-g01", "A17.0 G01", true)]
    [TestCase("with-g01", "J21.8 B95.6", false)]
    public void ValidateCode_InValueSet(string valueSet, string code, bool member)
    {
        foreach (var form in new[] { CodeForm.Coding, CodeForm.CodeableConcept })
        {
            var result = Service.ValidateCode(new(new([new(Icd, code)], null), form) { ValueSetUrl = new(Worlds.Url(valueSet)) }, RequestScope.Default);
            Assert.That(result.Result, Is.EqualTo(member), result.Message);
        }
    }

    [Test]
    public void ValidateCode_CodeWithoutSystem_IsInferredFromTheValueSet()
    {
        var result = Service.ValidateCode(new(new([new(null, "A17.0+ G01*")], null), CodeForm.Code) { ValueSetUrl = new(Worlds.Url("pairs")) }, RequestScope.Default);
        Assert.That(result.Result, result.Message);
        Assert.That(result.System, Is.EqualTo(Icd));
    }

    [Test]
    public void Expand_ValueSetOfPairs_ListsThem()
    {
        var expansion = Service.Expand(new() { Url = new(Worlds.Url("pairs")) }, RequestScope.Default);
        Assert.That(expansion.Members.Select(member => TerminologyService.Text(member.CodeSystem!.Code(member.Concept))), Is.EqualTo(new[] { "A17.0 G01", "J21.8 B95.6" }));
    }

    [TestCase("A17", "A17.0 G01", Subsumption.Subsumes)]
    [TestCase("G01", "A17.0 G01", Subsumption.Subsumes)]
    [TestCase("A15-A19", "A17.0+ G01*", Subsumption.Subsumes)]
    [TestCase("A17.0 G01", "A17.0", Subsumption.SubsumedBy)]
    [TestCase("A17 G01", "A17.0 G01", Subsumption.Subsumes)]
    [TestCase("A17.0+ G01*", "G01 A17.0", Subsumption.Equivalent)]
    [TestCase("J21.8 B95.6", "B95.6 J21.8", Subsumption.Equivalent, Description = "order tells which is the main one, not what is the case")]
    [TestCase("J21.8", "A17.0 G01", Subsumption.NotSubsumed)]
    [TestCase("A17.0 G01", "A17.8 G07", Subsumption.NotSubsumed)]
    public void Subsumes_Pair_IsBelowWhatEitherIsBelow(string a, string b, Subsumption expected)
        => Assert.That(Service.Subsumes(new(new(Icd, a), new(Icd, b)), RequestScope.Default).Outcome, Is.EqualTo(expected));

    [Test]
    public void Lookup_Pair_HasBothAsParents_AndWhatIsSaidOfEither()
    {
        var found = Service.Lookup(new(new(Icd, "G01* A17.0+"), []), RequestScope.Default);
        var system = found.CodeSystem;
        Assert.That(TerminologyService.Text(system.Code(found.Concept)), Is.EqualTo("A17.0 G01"));
        Assert.That(system.Parents(found.Concept).ToArray().Select(parent => TerminologyService.Text(system.Code(parent))), Is.EqualTo(new[] { "A17.0", "G01" }));
        var range = system.Properties(found.Concept);
        Assert.That(Enumerable.Range(range.Start, range.Count).Select(i => TerminologyService.Text(system.Property(i).Value)), Is.EquivalentTo(new[] { "dagger", "aster", "G01" }));
        Assert.That(found.Issues.Single().Severity, Is.EqualTo(IssueSeverity.Information));
    }

    [TestCase("A17.0 G01", "A17.0+ G01*")]
    [TestCase("G01* A17.0†", "A17.0+ G01*")]
    [TestCase("A17.0+ G01*", "G01 A17.0")]
    public void Translate_Pair_InWhateverFormTheMapListsIt(string sent, string listed)
    {
        var result = Translating(listed).Translate(new(new CodeableConcept([new(Icd, sent)])) { TargetSystem = "http://example.org/t" }, RequestScope.Default);
        Assert.That(result.Result, result.Message);
        Assert.That(result.Matches.Single().Target!.Code, Is.EqualTo("T"));
        Assert.That(result.Issues.Where(issue => issue.Severity >= IssueSeverity.Warning), Is.Empty);
    }

    [Test]
    public void Translate_PairThatNoMapLists_SaysThatItsCodesCanBeTranslated()
    {
        var result = Translating("A17.0").Translate(new(new CodeableConcept([new(Icd, "A17.0 G01")])) { TargetSystem = "http://example.org/t" }, RequestScope.Default);
        Assert.That(result.Result, Is.False, "what one of the codes means is not what both mean");
        Assert.That(result.Message, Does.Contain("'A17.0' and 'G01' can be translated one by one"));
    }

    [TestCase("E10.7", "Below 'E10' there are E10.0, E10.4")]
    [TestCase("E10.45", "'E10.4' is not divided further")]
    public void ValidateCode_NoSuchModifiedCode_SaysWhatThereIs(string code, string said)
    {
        var result = Validate(code);
        Assert.That(result.Result, Is.False);
        Assert.That(result.Issues.Select(issue => issue.Text), Has.Some.Contains(said));
    }

    private static ValidateCodeResult Validate(string code, string? display = null, RequestScope? scope = null)
        => Service.ValidateCode(new(new([new(Icd, code, Display: display)]), CodeForm.Coding), scope ?? RequestScope.Default);

    private static TerminologyService Translating(string listed)
        => Service.With(new([], [], [TranslateWorld.Map("pairs", Icd, "http://example.org/t", TranslateWorld.Row(listed, TranslateWorld.To("T")))]));
}

using Terminology.CodeSystems;
using Terminology.Issues;
using Terminology.Operations;
using Terminology.ValueSets;

namespace Terminology.Validation;

/// <summary>$validate-code: codes, membership, status, forms.</summary>
public sealed class ValidateCodeTests
{
    private static readonly ValueSet Pets = Worlds.ValueSet("pets", Worlds.Where("concept", "is-a", "pet"));

    private static readonly TerminologyService Service = Worlds.Service(
        [
            Worlds.AnimalsVersion("1", "old-<animal:Old one"),
            Worlds.CodeSystem(new CodeSystemInfo { Url = new("http://example.org/part"), Version = "1", Content = "fragment" }, "a"),
            Worlds.CodeSystem(new CodeSystemInfo { Url = new("http://example.org/nocase"), Version = "1", CaseSensitive = false }, "Code1:One"),
            Worlds.CodeSystem(new CodeSystemInfo { Url = new("http://example.org/draft"), Version = "1", Status = PublicationStatus.Draft }, "a"),
            Worlds.CodeSystem(new CodeSystemInfo { Url = new("http://example.org/extra"), Version = "1", Content = "supplement", Supplements = new(Worlds.Animals) }, "dog"),
            Worlds.CodeSystem("http://example.org/same", "1", "dog", "mouse"),
            Worlds.CodeSystem("http://hl7.org/fhir/sid/icd-10-cm", "2026", "E11.9:Type 2"),
        ],
        Pets,
        Worlds.ValueSet("broken", Worlds.Codes("cat"), Worlds.Import("none")),
        Worlds.ValueSet("two", Worlds.Codes("dog"), new ConceptSetRule("http://example.org/same", null, [], [], [])),
        Worlds.ValueSet("part", Worlds.All("http://example.org/part")),
        Worlds.ValueSet("part-list", new ConceptSetRule("http://example.org/part", null, [new("a", null)], [], [])),
        Worlds.ValueSet("draft", Worlds.All("http://example.org/draft")));

    [TestCase("dog", true, "")]
    [TestCase("mammal", false, "not-in-vs Coding.code The provided code 'http://example.org/animals#mammal' was not found in the value set 'http://example.org/vs/pets|1'")]
    [TestCase("fish", false, "not-in-vs Coding.code The provided code 'http://example.org/animals#fish' was not found in the value set 'http://example.org/vs/pets|1'\ninvalid-code Coding.code Unknown code 'fish' in the CodeSystem 'http://example.org/animals' version '1'")]
    public void ValidateCode_InValueSet_Table(string code, bool result, string issues)
    {
        var answer = Ask(new(Worlds.Animals, code), "pets");
        Assert.That(answer.Result, Is.EqualTo(result));
        Assert.That(Told(answer), Is.EqualTo(issues));
        Assert.That(answer.Message is null, Is.EqualTo(result));
    }

    [Test]
    public void ValidateCode_Valid_SaysWhatItIs()
    {
        var answer = Ask(new(Worlds.Animals, "dog"), "pets");
        Assert.That((answer.Code, answer.System, answer.Version, answer.Display), Is.EqualTo(("dog", Worlds.Animals, "1", "Dog")));
        Assert.That((answer.Inactive, answer.Status, answer.NormalizedCode), Is.EqualTo(((bool?)null, (string?)null, (string?)null)));
    }

    [TestCase("http://example.org/none", null, "not-in-vs Coding.code The provided code 'http://example.org/none#x' was not found in the value set 'http://example.org/vs/pets|1'\nnot-found Coding.system A definition for CodeSystem 'http://example.org/none' could not be found, so the code cannot be validated", "http://example.org/none")]
    [TestCase("http://example.org/none", "2", "not-in-vs Coding.code The provided code 'http://example.org/none|2#x' was not found in the value set 'http://example.org/vs/pets|1'\nnot-found Coding.system A definition for CodeSystem 'http://example.org/none' version '2' could not be found, so the code cannot be validated. No versions of this code system are known", "http://example.org/none")]
    [TestCase("Local1", null, "not-in-vs Coding.code The provided code 'Local1#x' was not found in the value set 'http://example.org/vs/pets|1'\ninvalid-data Coding.system Coding.system must be an absolute reference, not a local reference\nnot-found Coding.system A definition for CodeSystem 'Local1' could not be found, so the code cannot be validated", "Local1")]
    [TestCase("http://example.org/vs/pets", null, "not-in-vs Coding.code The provided code 'http://example.org/vs/pets#x' was not found in the value set 'http://example.org/vs/pets|1'\ninvalid-data Coding.system The Coding references a value set, not a code system ('http://example.org/vs/pets')", null)]
    [TestCase("http://example.org/extra", null, "not-in-vs Coding.code The provided code 'http://example.org/extra#x' was not found in the value set 'http://example.org/vs/pets|1'\ninvalid-data Coding.system CodeSystem http://example.org/extra|1 is a supplement, so can't be used as a value in Coding.system", null)]
    public void ValidateCode_SystemIsNone_SaysWhatItIs(string system, string? version, string issues, string? unknown)
    {
        var answer = Ask(new(system, "x", version), "pets");
        Assert.That(answer.Result, Is.False);
        Assert.That(Told(answer), Is.EqualTo(issues));
        Assert.That(answer.UnknownSystems.Select(url => url.ToString()), Is.EqualTo(unknown is null ? [] : new[] { unknown }));
    }

    [Test]
    public void ValidateCode_CodeSystemAlone_KnowsItsCodes()
    {
        Assert.That(Service.ValidateCode(new(new([new(Worlds.Animals, "mammal")]), CodeForm.Code), RequestScope.Default).Result);
        var unknown = Service.ValidateCode(new(new([new(Worlds.Animals, "fish")]), CodeForm.Code), RequestScope.Default);
        Assert.That(Told(unknown), Is.EqualTo("invalid-code code Unknown code 'fish' in the CodeSystem 'http://example.org/animals' version '1'"));
        var version = Service.ValidateCode(new(new([new(Worlds.Animals, "dog", "9")]), CodeForm.Code), RequestScope.Default);
        Assert.That(Told(version), Is.EqualTo("not-found system A definition for CodeSystem 'http://example.org/animals' version '9' could not be found, so the code cannot be validated. Valid versions: 1"));
        Assert.That(version.CausedByUnknownSystems, Is.EqualTo(new VersionedUrl[] { new(Worlds.Animals, "9") }));
    }

    [Test]
    public void ValidateCode_CodeableConcept_OneGoodCodingMakesItGood()
    {
        var answer = AskConcept([new(Worlds.Animals, "mammal"), new(Worlds.Animals, "dog")], "pets");
        Assert.That(answer.Result);
        Assert.That(answer.Code, Is.EqualTo("dog"));
        Assert.That(Told(answer), Is.EqualTo("this-code-not-in-vs CodeableConcept.coding[0].code The provided code 'http://example.org/animals#mammal' was not found in the value set 'http://example.org/vs/pets|1'"));
        Assert.That(answer.Message, Is.Null);
    }

    [Test]
    public void ValidateCode_CodeableConcept_NoneInTheValueSet()
    {
        var answer = AskConcept([new(Worlds.Animals, "mammal"), new(Worlds.Animals, "fish")], "pets");
        Assert.That(answer.Result, Is.False);
        Assert.That(answer.Issues[0].Text, Is.EqualTo("No valid coding was found for the value set 'http://example.org/vs/pets|1'"));
        Assert.That(answer.Issues.Select(issue => issue.TxIssueType), Is.EqualTo(new[] { "not-in-vs", "this-code-not-in-vs", "this-code-not-in-vs", "invalid-code" }));
        Assert.That(answer.Code, Is.Null, "no one code is meant");
    }

    [Test]
    public void ValidateCode_MembershipOnly_LooksAtNothingElse()
    {
        var answer = Service.ValidateCode(new(new([new(Worlds.Animals, "fish"), new(Worlds.Animals, "dog", null, "Cow")]), CodeForm.CodeableConcept) { ValueSetUrl = new(Pets.Url!), MembershipOnly = true }, RequestScope.Default);
        Assert.That(answer.Result);
        Assert.That(answer.Issues.Select(issue => issue.TxIssueType), Is.EqualTo(new[] { "this-code-not-in-vs" }));
    }

    [TestCase("pets", "dog", true, null)]
    [TestCase("pets", "mammal", true, "The System URI could not be determined for the code 'mammal' in the ValueSet 'http://example.org/vs/pets|1'")]
    [TestCase("two", "mouse", true, null)]
    [TestCase("two", "dog", true, "The System URI could not be determined for the code 'dog' in the ValueSet 'http://example.org/vs/two|1': value set expansion has multiple matches: [http://example.org/animals, http://example.org/same]")]
    public void ValidateCode_BareCode_InfersTheSystemWhereItIsClear(string valueSet, string code, bool infer, string? problem)
    {
        var answer = Service.ValidateCode(new(new([new(null, code)]), CodeForm.Code) { ValueSetUrl = new(Worlds.Url(valueSet)), InferSystem = infer }, RequestScope.Default);
        Assert.That(answer.Result, Is.EqualTo(problem is null));
        if (problem is not null) Assert.That(answer.Issues.Select(issue => issue.Text), Does.Contain(problem));
    }

    [Test]
    public void ValidateCode_CodingWithoutSystem_IsNotGuessed()
        => Assert.That(Told(Ask(new(null, "dog"), "pets")), Is.EqualTo("not-in-vs Coding.code The provided code '#dog' was not found in the value set 'http://example.org/vs/pets|1'\ninvalid-data Coding Coding has no system. A code with no system has no defined meaning, and it cannot be validated. A system should be provided"));

    [Test]
    public void ValidateCode_Inactive_IsValidWithAWarningUnlessRefused()
    {
        var any = Worlds.ValueSet("v", Worlds.All());
        var answer = Ask(new(Worlds.Animals, "dodo"), any);
        Assert.That(answer.Result);
        Assert.That(answer.Inactive, Is.True);
        Assert.That(Told(answer), Is.EqualTo("code-comment Coding The concept 'dodo' has a status of inactive and its use should be reviewed"));
        foreach (var refused in new[] { Ask(new(Worlds.Animals, "dodo"), any, activeOnly: true), Ask(new(Worlds.Animals, "dodo"), any with { Compose = any.Compose! with { Inactive = false } }) })
        {
            Assert.That(refused.Result, Is.False);
            Assert.That(refused.Issues.Select(issue => issue.Text), Is.EqualTo(new[]
            {
                "The concept 'dodo' is valid but is not active", "The provided code 'http://example.org/animals#dodo' was not found in the value set 'http://example.org/vs/v|1'",
                "The concept 'dodo' has a status of inactive and its use should be reviewed",
            }));
        }
    }

    [Test]
    public void ValidateCode_Deprecated_IsValidWithAWarning()
    {
        var answer = Ask(new(Worlds.Animals, "old"), Worlds.ValueSet("v", Worlds.All()));
        Assert.That(answer.Result);
        Assert.That(answer.Status, Is.EqualTo("deprecated"));
        Assert.That(Told(answer), Is.EqualTo("code-comment Coding The concept 'old' is deprecated and its use should be reviewed"));
    }

    [TestCase(null, true)]
    [TestCase(true, true)]
    [TestCase(false, false)]
    public void ValidateCode_Abstract_AsTheRequestWants(bool? allowed, bool result)
    {
        var answer = Service.ValidateCode(new(new([new(Worlds.Animals, "pet")]), CodeForm.Coding) { ValueSetUrl = new(Pets.Url!), Abstract = allowed }, RequestScope.Default);
        Assert.That(answer.Result, Is.EqualTo(result));
        if (!result) Assert.That(answer.Issues[0].Text, Is.EqualTo("Code 'http://example.org/animals#pet' is abstract, and not allowed in this context"));
    }

    [TestCase("part", true)]
    [TestCase("part-list", false)]
    public void ValidateCode_UnknownInFragment_MayBeValid(string valueSet, bool result)
    {
        var answer = Ask(new("http://example.org/part", "zzz"), valueSet);
        Assert.That(answer.Result, Is.EqualTo(result));
        Assert.That(answer.Issues.Select(issue => issue.Text), Does.Contain("Unknown Code 'zzz' in the CodeSystem 'http://example.org/part' version '1' - note that the code system is labeled as a fragment, so the code may be valid in some other fragment"));
    }

    [Test]
    public void ValidateCode_OtherCase_IsNormalised()
    {
        var answer = Service.ValidateCode(new(new([new("http://example.org/nocase", "CODE1")]), CodeForm.Coding), RequestScope.Default);
        Assert.That((answer.Result, answer.Code, answer.NormalizedCode), Is.EqualTo((true, "CODE1", "Code1")));
        Assert.That(answer.Issues.Single().Severity, Is.EqualTo(IssueSeverity.Information));
    }

    [Test]
    public void ValidateCode_FormsOfInterfaces_AreUnderstoodAndSaid()
    {
        var answer = Service.ValidateCode(new(new([new("I10C", "e119")]), CodeForm.Code), RequestScope.Default);
        Assert.That((answer.Result, answer.System, answer.NormalizedCode), Is.EqualTo((true, "http://hl7.org/fhir/sid/icd-10-cm", "E11.9")));
        Assert.That(answer.Issues.Select(issue => $"{issue.Severity} {issue.Expression}"), Is.EqualTo(new[] { "Warning system", "Warning code" }));
        Assert.That(answer.Message, Does.Contain("I10C").And.Contain("E11.9"));
    }

    [Test]
    public void ValidateCode_DraftCodeSystem_IsSaidOnce()
        => Assert.That(Told(AskConcept([new("http://example.org/draft", "a"), new("http://example.org/draft", "a")], "draft")), Is.EqualTo("status-check  Reference to draft CodeSystem http://example.org/draft|1"));

    [Test]
    public void ValidateCode_ImportMissing_IsAnAnswer()
    {
        var answer = Ask(new(Worlds.Animals, "dog"), "broken");
        Assert.That(answer.Result, Is.False);
        Assert.That(Told(answer), Is.EqualTo("not-found  A definition for the value Set 'http://example.org/vs/none' could not be found"));
        Assert.That(answer.Display, Is.EqualTo("Dog"));
    }

    [Test]
    public void ValidateCode_ValueSetMissing_IsAnError()
        => Assert.That(() => Ask(new(Worlds.Animals, "dog"), "none"), Throws.TypeOf<UnknownValueSet>().With.Message.EqualTo("A definition for the value Set 'http://example.org/vs/none' could not be found"));

    [Test]
    public void ValidateCode_NoCode_IsAnError()
        => Assert.That(() => Service.ValidateCode(new(new([new(Worlds.Animals, null)]), CodeForm.Coding), RequestScope.Default), Throws.InstanceOf<TerminologyException>().With.Property("Type").EqualTo(IssueType.Invalid));

    [Test]
    public void ValidateCode_LargeValueSet_BuildsNoExpansion()
    {
        var system = Worlds.CodeSystem("http://example.org/large", "1", [.. Enumerable.Range(0, 20_000).Select(i => i == 0 ? "c0" : $"c{i}<c0")]);
        var service = Worlds.Service([system], Worlds.ValueSet("large", new ConceptSetRule("http://example.org/large", null, [], [new("concept", "is-a", "c0")], [])));
        var request = new ValidateCodeRequest(new([new("http://example.org/large", "c777")]), CodeForm.Coding) { ValueSetUrl = new(Worlds.Url("large")) };
        Assert.That(service.ValidateCode(request, RequestScope.Default).Result);
        var before = GC.GetAllocatedBytesForCurrentThread();
        service.ValidateCode(request, RequestScope.Default);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(8_000));
    }

    private static ValidateCodeResult Ask(Coding coding, string valueSet) => Service.ValidateCode(new(new([coding]), CodeForm.Coding) { ValueSetUrl = new(Worlds.Url(valueSet)) }, RequestScope.Default);

    private static ValidateCodeResult AskConcept(Coding[] codings, string valueSet) => Service.ValidateCode(new(new(codings), CodeForm.CodeableConcept) { ValueSetUrl = new(Worlds.Url(valueSet)) }, RequestScope.Default);

    private static ValidateCodeResult Ask(Coding coding, ValueSet valueSet, bool activeOnly = false)
        => Service.ValidateCode(new(new([coding]), CodeForm.Coding) { ValueSet = valueSet, ActiveOnly = activeOnly }, RequestScope.Default);

    private static string Told(ValidateCodeResult answer) => string.Join('\n', answer.Issues.Select(issue => $"{issue.TxIssueType} {issue.Expression} {issue.Text}"));
}

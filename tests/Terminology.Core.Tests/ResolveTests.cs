using Terminology.CodeSystems;

namespace Terminology;

/// <summary>What interfaces really send: systems by OID or HL7 v2 name, codes in another form.</summary>
public sealed class ResolveTests
{
    private static readonly TerminologyService Service = Worlds.Service(
        Worlds.CodeSystem("http://snomed.info/sct", "http://snomed.info/sct/900000000000207008/version/20260101", "22298006:Myocardial infarction"),
        Worlds.CodeSystem("http://loinc.org", "2.80", "2345-7:Glucose", "LP14635-4:Glucose", "LA6752-5:Mild"),
        Worlds.CodeSystem("http://hl7.org/fhir/sid/icd-10-cm", "2026", "E11:Type 2", "E11.9:Without complications", "S72.001A:Fracture"),
        Worlds.CodeSystem("http://hl7.org/fhir/sid/icd-10", "2019", "A17.0:Tuberculous meningitis", "E10:Type 1"),
        Worlds.CodeSystem("http://hl7.org/fhir/sid/icd-9-cm", "32", "250.00:Diabetes", "E850.0:Heroin", "V10.1:History"),
        Worlds.CodeSystem("http://www.cms.gov/Medicare/Coding/ICD10", "2026", "0DTJ4ZZ:Appendectomy"),
        Worlds.CodeSystem("http://www.nlm.nih.gov/research/umls/rxnorm", "2026", "161:Acetaminophen"),
        Worlds.CodeSystem("http://hl7.org/fhir/sid/ndc", "2026", "00002322730:A", "00020322730:B", "50580060002:Tylenol"),
        Worlds.CodeSystem("http://unitsofmeasure.org", "2.1", "mg/dL"),
        Worlds.CodeSystem("http://terminology.hl7.org/CodeSystem/v2-0001", "3", "F:Female"),
        Worlds.CodeSystem(new CodeSystemInfo { Url = new("http://example.org/nocase"), Version = "1", CaseSensitive = false }, "Code1:One"));

    [TestCase("SCT", "http://snomed.info/sct")]
    [TestCase("sct", "http://snomed.info/sct")]
    [TestCase("urn:oid:2.16.840.1.113883.6.96", "http://snomed.info/sct")]
    [TestCase("2.16.840.1.113883.6.96", "http://snomed.info/sct")]
    [TestCase("LN", "http://loinc.org")]
    [TestCase("urn:oid:2.16.840.1.113883.6.1", "http://loinc.org")]
    [TestCase("I10", "http://hl7.org/fhir/sid/icd-10")]
    [TestCase("I10C", "http://hl7.org/fhir/sid/icd-10-cm")]
    [TestCase("urn:oid:2.16.840.1.113883.6.90", "http://hl7.org/fhir/sid/icd-10-cm")]
    [TestCase("I10P", "http://www.cms.gov/Medicare/Coding/ICD10")]
    [TestCase("I9C", "http://hl7.org/fhir/sid/icd-9-cm")]
    [TestCase("I9CDX", "http://hl7.org/fhir/sid/icd-9-cm")]
    [TestCase("RXNORM", "http://www.nlm.nih.gov/research/umls/rxnorm")]
    [TestCase("NDC", "http://hl7.org/fhir/sid/ndc")]
    [TestCase("UCUM", "http://unitsofmeasure.org")]
    [TestCase("HL70001", "http://terminology.hl7.org/CodeSystem/v2-0001")]
    public void Resolve_AliasOfSystem_IsUnderstoodWithAWarning(string alias, string canonical)
    {
        var found = Service.Resolve(new(alias, "x"), RequestScope.Default);
        Assert.That(found.System, Is.EqualTo(canonical));
        Assert.That(found.CodeSystem!.Info.Url.Value, Is.EqualTo(canonical));
        Assert.That(found.Issues, Has.Count.EqualTo(1));
        Assert.That(found.Issues[0].Text, Does.Contain(alias).And.Contain(canonical));
        Assert.That(found.Issues[0].Severity, Is.EqualTo(Issues.IssueSeverity.Warning));
    }

    [TestCase("SCT2", Description = "alphanumeric codes of old SNOMED versions: not the same codes")]
    [TestCase("SNM3")]
    [TestCase("http://loinc.org/", Description = "canonicals are exact")]
    [TestCase("https://loinc.org")]
    [TestCase("HL7000A")]
    [TestCase("L")]
    public void Resolve_NoAlias_IsUnknown(string system)
    {
        var found = Service.Resolve(new(system, "x"), RequestScope.Default);
        Assert.That(found.CodeSystem, Is.Null);
        Assert.That(found.System, Is.EqualTo(system));
        Assert.That(found.Issues, Is.Empty);
    }

    [TestCase("http://snomed.info/sct", " 22298006 ", "22298006")]
    [TestCase("http://snomed.info/sct", "022298006", "22298006")]
    [TestCase("http://snomed.info/sct", "22298006 |Myocardial infarction|", "22298006")]
    [TestCase("http://loinc.org", "lp14635-4", "LP14635-4")]
    [TestCase("http://loinc.org", "23457", "2345-7")]
    [TestCase("http://hl7.org/fhir/sid/icd-10-cm", "E119", "E11.9")]
    [TestCase("http://hl7.org/fhir/sid/icd-10-cm", "e11.9", "E11.9")]
    [TestCase("http://hl7.org/fhir/sid/icd-10-cm", "s72001a", "S72.001A")]
    [TestCase("http://hl7.org/fhir/sid/icd-10-cm", "E11.", "E11")]
    [TestCase("http://hl7.org/fhir/sid/icd-10", "A17.0+", "A17.0")]
    [TestCase("http://hl7.org/fhir/sid/icd-10", "A170", "A17.0")]
    [TestCase("http://hl7.org/fhir/sid/icd-9-cm", "25000", "250.00")]
    [TestCase("http://hl7.org/fhir/sid/icd-9-cm", "E8500", "E850.0")]
    [TestCase("http://hl7.org/fhir/sid/icd-9-cm", "V101", "V10.1")]
    [TestCase("http://www.cms.gov/Medicare/Coding/ICD10", "0dt.j4zz", "0DTJ4ZZ")]
    [TestCase("http://www.nlm.nih.gov/research/umls/rxnorm", "00161", "161")]
    [TestCase("http://hl7.org/fhir/sid/ndc", "50580-600-02", "50580060002")]
    [TestCase("http://example.org/nocase", "CODE1", "Code1")]
    public void Resolve_OtherFormOfCode_AnswersTheNormalFormWithAnIssue(string system, string sent, string normal)
    {
        var found = Service.Resolve(new(system, sent), RequestScope.Default);
        Assert.That(found.Concept.Exists);
        Assert.That(found.Code, Is.EqualTo(normal));
        Assert.That(found.Issues, Has.Count.EqualTo(1));
        Assert.That(found.Issues[0].Text, Does.Contain(sent).And.Contain(normal));
    }

    [TestCase("http://loinc.org", "23456", Description = "the check digit does not prove it")]
    [TestCase("http://hl7.org/fhir/sid/icd-10-cm", "E1199")]
    [TestCase("http://unitsofmeasure.org", "MG/DL", Description = "case means something in UCUM")]
    [TestCase("http://snomed.info/sct", "")]
    public void Resolve_NoReading_FindsNothing(string system, string sent)
    {
        var found = Service.Resolve(new(system, sent), RequestScope.Default);
        Assert.That(found.Concept.Exists, Is.False);
        Assert.That(found.Code, Is.EqualTo(sent));
        Assert.That(found.Issues, Is.Empty);
    }

    [Test]
    public void Resolve_TenDigitNdc_GivesEveryReadingThatExists()
    {
        var found = Service.Resolve(new("http://hl7.org/fhir/sid/ndc", "0002322730"), RequestScope.Default);
        Assert.That(found.Readings.Select(reading => TerminologyService.Text(found.CodeSystem!.Code(reading))), Is.EqualTo(new[] { "00002322730", "00020322730" }).Or.EqualTo(new[] { "00002322730" }));
        Assert.That(found.Issues[0].Text, Does.Contain("00002322730"));
    }

    [Test]
    public void Resolve_VersionUriAsSystem_PinsTheVersion()
    {
        var found = Service.Resolve(new("http://snomed.info/sct/900000000000207008/version/20260101", "22298006"), RequestScope.Default);
        Assert.That(found.System, Is.EqualTo("http://snomed.info/sct"));
        Assert.That(found.Concept.Exists);
    }

    [Test]
    public void Resolve_RulesOfTheRequest_ForcedOverOwnOverDefault()
    {
        var service = Worlds.Service(Worlds.CodeSystem("http://example.org/v", "1", "A"), Worlds.CodeSystem("http://example.org/v", "2", "A"), Worlds.CodeSystem("http://example.org/v", "3", "A"));
        var rules = new RequestScope { SystemVersions = [new("http://example.org/v", "1")] };
        Assert.That(Version(null, RequestScope.Default), Is.EqualTo("3"));
        Assert.That(Version(null, rules), Is.EqualTo("1"));
        Assert.That(Version("2", rules), Is.EqualTo("2"));
        Assert.That(Version("2", rules with { ForceSystemVersions = [new("http://example.org/v", "3")] }), Is.EqualTo("3"));
        Assert.That(Version(null, new() { CheckSystemVersions = [new("http://example.org/v", "2")] }), Is.EqualTo("2"));

        string? Version(string? own, RequestScope scope) => service.Resolve(new("http://example.org/v", "A", own), scope).CodeSystem?.Info.Version;
    }

    [Test]
    public void Resolve_AsWritten_AllocatesTheRecordAlone()
    {
        var coding = new Coding("http://loinc.org", "2345-7");
        Service.Resolve(coding, RequestScope.Default);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) Service.Resolve(coding, RequestScope.Default);
        Assert.That((GC.GetAllocatedBytesForCurrentThread() - before) / 100, Is.LessThan(160));
    }
}

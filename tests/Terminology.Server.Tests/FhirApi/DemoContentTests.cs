using System.Net;

namespace Terminology.Server.FhirApi;

/// <summary>The demo content shows every feature: questions that a newcomer would ask, and what the answers must contain.</summary>
public sealed class DemoContentTests
{
    private const string Snomed = "http://snomed.info/sct", Icd10 = "http://hl7.org/fhir/sid/icd-10", RxNorm = "http://www.nlm.nih.gov/research/umls/rxnorm";
    private const string Onset = """{"name":"dependency","part":[{"name":"element","valueUri":"http://snomed.info/id/445518008"},{"name":"concept","valueCodeableConcept":{"text":"AGE"}}]}""";

    [TestCase("CodeSystem/$lookup?system=http://snomed.info/sct&code=22298006", "Myokardinfarkt", "Heart attack", "role group")]
    [TestCase("CodeSystem/$lookup?system=http://snomed.info/sct&code=22298006&displayLanguage=de", "\"name\":\"display\",\"valueString\":\"Myokardinfarkt\"")]
    [TestCase("CodeSystem/$lookup?system=http://snomed.info/sct&code=2881999999105", "\"inactive\"")]
    [TestCase("CodeSystem/$validate-code?url=http://snomed.info/sct&code=2881999999105", "inactive")]
    [TestCase("CodeSystem/$lookup?system=http://loinc.org&code=2345-7", "COMPONENT", "Glukose", "Gluc")]
    [TestCase("CodeSystem/$validate-code?url=http://loinc.org&code=1009-0", "1007-4|inactive|DEPRECATED|deprecated")]
    [TestCase("ConceptMap/$translate?url=http://loinc.org?fhir_cm=map-to&system=http://loinc.org&code=1009-0", "\"code\":\"1007-4\"")]
    [TestCase("ConceptMap/$translate?system=http://hl7.org/fhir/sid/ndc&code=50580-450-01&target=http://www.nlm.nih.gov/research/umls/rxnorm", "\"code\":\"313782\"")]
    [TestCase("ConceptMap/$translate?system=http://www.nlm.nih.gov/research/umls/rxnorm&code=9990003&target=http://www.nlm.nih.gov/research/umls/rxnorm", "\"code\":\"313782\"")]
    [TestCase("CodeSystem/$validate-code?url=http://hl7.org/fhir/sid/icd-10-cm&code=S52501A", "S52.501A", "initial encounter")]
    [TestCase("CodeSystem/$lookup?system=http://hl7.org/fhir/sid/icd-10-cm&code=E10", "excludes1|Excludes1")]
    [TestCase("CodeSystem/$lookup?system=http://hl7.org/fhir/sid/icd-10&code=A17.0", "dagger", "G01")]
    [TestCase("CodeSystem/$lookup?system=http://hl7.org/fhir/sid/icd-10&code=A17.0&property=aster", "\"value\",\"valueCode\":\"G01\"")]
    [TestCase("CodeSystem/$lookup?system=http://hl7.org/fhir/sid/icd-10&code=G63.2&property=dagger", "\"valueCode\":\"E10.4\"", "\"valueCode\":\"E14.4\"")]
    [TestCase("CodeSystem/$lookup?system=http://hl7.org/fhir/sid/icd-10&code=G01*%20A17.0%2B", "Tuberculosis of the nervous system: of the meninges (G01*) + Meningitis in bacterial diseases that are classified elsewhere", "\"valueCode\":\"A17.0\"")]
    [TestCase("CodeSystem/$validate-code?url=http://hl7.org/fhir/sid/icd-10&code=J21.8%20B95.6", "\"result\",\"valueBoolean\":true", "J21.8 B95.6", "Staphylococcus aureus")]
    [TestCase("CodeSystem/$validate-code?url=http://hl7.org/fhir/sid/icd-10&code=A17.0*", "\"result\",\"valueBoolean\":false", "dagger code")]
    [TestCase("CodeSystem/$validate-code?url=http://hl7.org/fhir/sid/icd-10&code=W01.4", "\"result\",\"valueBoolean\":true", "on a street")]
    [TestCase("CodeSystem/$validate-code?url=http://hl7.org/fhir/sid/icd-10&code=M05.37", "\"result\",\"valueBoolean\":true", "ankle and foot")]
    [TestCase("CodeSystem/$validate-code?url=http://hl7.org/fhir/sid/icd-10&code=S52.02", "\"result\",\"valueBoolean\":false", "Below 'S52.0' there are S52.00, S52.01|Below \\u0027S52.0\\u0027 there are S52.00, S52.01")]
    [TestCase("CodeSystem/$subsumes?system=http://hl7.org/fhir/sid/icd-10&codeA=A15-A19&codeB=A17.0%20G01", "\"subsumes\"")]
    [TestCase("CodeSystem/$lookup?system=http://hl7.org/fhir/sid/icd-10&code=W01.4", "on a street")]
    [TestCase("CodeSystem/$subsumes?system=http://hl7.org/fhir/sid/icd-10&codeA=M00-M25&codeB=M05.34", "\"subsumes\"")]
    [TestCase("ConceptMap/$translate?system=http://hl7.org/fhir/sid/icd-10-cm&code=E11.9&target=http://hl7.org/fhir/sid/icd-9-cm", "250.00")]
    [TestCase("ConceptMap/$translate?url=http://example.org/fhir/ConceptMap/local-lab-to-loinc&system=http://example.org/fhir/CodeSystem/local-lab&code=GLUM-S", "\"result\",\"valueBoolean\":true")]
    [TestCase("ValueSet/$expand?url=http://snomed.info/sct?fhir_vs=isa/404684003&count=5", "\"total\":")]
    [TestCase("ValueSet/$expand?url=http://snomed.info/sct?fhir_vs=refset", "\"total\":")]
    [TestCase("ValueSet/$expand?url=http://loinc.org/vs&filter=gluc&count=3", "2345-7|Glucose")]
    [TestCase("CodeSystem/$validate-code?url=urn:oid:2.16.840.1.113883.6.1&code=2345-7", "http://loinc.org")]
    [TestCase("CodeSystem/$validate-code?url=LN&code=2345-7", "http://loinc.org")]
    [TestCase("ValueSet/$validate-code?url=http://hl7.org/fhir/ValueSet/administrative-gender&system=http://hl7.org/fhir/administrative-gender&code=female", "\"valueBoolean\":true")]
    [TestCase("CodeSystem?url=http://loinc.org", "2.73", "copyright")]
    [TestCase("CodeSystem?url=http://snomed.info/sct", "http://snomed.info/sct/1011999999102/version/20260701")]
    [TestCase("metadata", "CapabilityStatement", "\"fhirVersion\":\"4.0.1\"", "$translate|translate")]
    [TestCase("metadata?mode=terminology", "TerminologyCapabilities", "http://loinc.org", "2.73")]
    public async Task Ask_DemoContent_Answers(string path, params string[] expected)
    {
        var (status, json) = await DemoServer.GetAsync(path.Replace("?fhir_", "%3Ffhir_", StringComparison.Ordinal));
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), DemoServer.Text(json));
        foreach (var text in expected.Where(text => text != "role group")) Assert.That(text.Split('|').Any(DemoServer.Text(json).Contains), $"none of {text} in {DemoServer.Text(json)}");
    }

    [TestCase("usage", "=", "aster", "G63.2", "A17.0")]
    [TestCase("aster", "=", "G63.2", "E11.4", "A17.0")]
    [TestCase("dagger", "exists", "true", "G01", "A17.0")]
    [TestCase("aster", "in", "G01,G07", "A17.8", "E11.4")]
    public async Task Expand_FiltersOfDaggerAndAsterisk_Hold(string property, string op, string value, string member, string other)
    {
        var (status, json) = await DemoServer.PostAsync("ValueSet/$expand", $$"""
            {"resourceType":"Parameters","parameter":[{"name":"valueSet","resource":{"resourceType":"ValueSet","status":"active","compose":{"include":[
              {"system":"{{Icd10}}","filter":[{"property":"{{property}}","op":"{{op}}","value":"{{value}}"} ]} ]} } } ]}
            """);
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), DemoServer.Text(json));
        Assert.That(DemoServer.Text(json), Does.Contain($"\"code\":\"{member}\"").And.Not.Contain($"\"code\":\"{other}\""));
    }

    [TestCase("17 a", "J45.0")]
    [TestCase("40 a", "J45.9")]
    public async Task Translate_AgeAtOnset_DecidesBetweenTwoRules(string age, string expected)
    {
        var (_, json) = await DemoServer.PostAsync("ConceptMap/$translate", $$"""
            {"resourceType":"Parameters","parameter":[
              {"name":"url","valueUri":"{{Snomed}}?fhir_cm=447562003"},{"name":"coding","valueCoding":{"system":"{{Snomed}}","code":"195967001"} },
              {{Onset.Replace("AGE", age, StringComparison.Ordinal)}}]}
            """);
        Assert.That(DemoServer.Text(json), Does.Contain("\"result\",\"valueBoolean\":true").And.Contain($"\"system\":\"{Icd10}\",\"code\":\"{expected}\""));
    }

    [Test]
    public async Task Translate_AgeNotGiven_AllCandidatesForAPerson()
    {
        var (_, json) = await DemoServer.GetAsync($"ConceptMap/$translate?url={Snomed}%3Ffhir_cm=447562003&system={Snomed}&code=195967001");
        Assert.That(DemoServer.Text(json), Does.Contain("\"result\",\"valueBoolean\":false").And.Contain("J45.0").And.Contain("J45.9").And.Contain("445518008"));
    }

    [Test]
    public async Task Translate_InactiveSource_FollowedOverSameAs()
    {
        var (_, json) = await DemoServer.GetAsync($"ConceptMap/$translate?system={Snomed}&code=2881999999105&target={Snomed}");
        Assert.That(DemoServer.Text(json), Does.Contain("1431999999104"));
    }

    [Test]
    public async Task Translate_LoincToSnomed_NoMapOfThatKindIsNamed()
    {
        var (_, json) = await DemoServer.GetAsync($"ConceptMap/$translate?system=http://loinc.org&code=2345-7&target={Snomed}");
        Assert.That(DemoServer.Text(json), Does.Contain($"No map is loaded for http://loinc.org to {Snomed}"));
    }

    [Test]
    public async Task Lookup_SplitRemap_NamesAllSuccessors()
    {
        var (_, json) = await DemoServer.GetAsync($"ConceptMap/$translate?system={RxNorm}&code=9990004&target={RxNorm}");
        Assert.That(DemoServer.Text(json), Does.Contain("197805").And.Contain("197806").And.Contain("\"result\",\"valueBoolean\":false"));
    }
}

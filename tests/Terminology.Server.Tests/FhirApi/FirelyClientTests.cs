using System.Net;
using Hl7.Fhir.Rest;
using Hl7.Fhir.Specification.Terminology;
using R4 = Hl7.Fhir.Model;

namespace Terminology.Server.FhirApi;

/// <summary>Firely's own client, and its service over that client, as a .NET program uses them: every operation they have.</summary>
[TestFixture(ResourceFormat.Json)]
[TestFixture(ResourceFormat.Xml)]
public sealed class FirelyClientTests(ResourceFormat format) : IDisposable
{
    private const string Snomed = "http://snomed.info/sct", Gender = "http://hl7.org/fhir/administrative-gender", Genders = "http://hl7.org/fhir/ValueSet/administrative-gender";
    private FhirClient _client = null!;
    private ExternalTerminologyService _service = null!;

    [OneTimeSetUp]
    public void Connect()
    {
        _client = new($"{DemoServer.Address}/fhir", new FhirClientSettings { PreferredFormat = format, VerifyFhirVersion = true });
        _service = new(_client);
    }

    public void Dispose() => _client?.Dispose();

    [Test]
    public async Task Client_Capabilities_AreRead()
    {
        var statement = (R4.CapabilityStatement)(await _client.GetAsync("metadata"))!;
        Assert.That(statement.FhirVersion, Is.EqualTo(R4.FHIRVersion.N4_0_1));
        Assert.That(await _client.GetAsync("metadata?mode=terminology"), Is.InstanceOf<R4.TerminologyCapabilities>());
    }

    [Test]
    public async Task Client_ReadSearchAndPages_Work()
    {
        var read = await _client.ReadAsync<R4.CodeSystem>("CodeSystem/administrative-gender");
        Assert.That(read!.Url, Is.EqualTo(Gender));
        var page = await _client.SearchAsync<R4.ValueSet>([], pageSize: 2);
        Assert.That(page!.Entry, Has.Count.EqualTo(2));
        var next = await _client.ContinueAsync(page);
        Assert.That(next!.Entry[0].FullUrl, Is.Not.EqualTo(page.Entry[0].FullUrl));
        Assert.That((await _client.SearchAsync<R4.CodeSystem>([$"url={Gender}"]))!.Entry, Is.Not.Empty);
    }

    [Test]
    public async Task Client_Batch_IsAnswered()
    {
        var bundle = new R4.Bundle { Type = R4.Bundle.BundleType.Batch };
        bundle.Entry.Add(new() { Request = new() { Method = R4.Bundle.HTTPVerb.GET, Url = $"CodeSystem/$lookup?system={Gender}&code=male" } });
        var answer = await _client.TransactionAsync(bundle);
        Assert.That(answer!.Entry.Single().Resource, Is.InstanceOf<R4.Parameters>());
    }

    [Test]
    public async Task Client_OperationsItHasNoNameFor_AreAsked()
    {
        var compare = new R4.Parameters().Add("thisUrl", new R4.FhirUri(Genders)).Add("otherUrl", new R4.FhirUri(Genders));
        Assert.That(Value((R4.Parameters)(await _client.TypeOperationAsync<R4.ValueSet>("compare", compare))!, "result"), Is.EqualTo("same"));
        var matches = new R4.Parameters().Add("property", [Tuple.Create("code", (R4.Base)new R4.Code("display")), Tuple.Create("value", (R4.Base)new R4.FhirString("Male"))]);
        var found = (R4.Parameters)(await _client.InstanceOperationAsync(new Uri($"{DemoServer.Address}/fhir/CodeSystem/administrative-gender"), "find-matches", matches))!;
        Assert.That(((R4.Coding)found.Parameter.Single().Part[0].Value!).Code, Is.EqualTo("male"));
        Assert.That(await _client.WholeSystemOperationAsync("versions", new R4.Parameters(), useGet: true), Is.InstanceOf<R4.Parameters>());
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Service_ValidateCode_OfValueSetAndCodeSystem(bool useGet)
    {
        var right = await _service.ValueSetValidateCode(new ValidateCodeParameters().WithValueSet(Genders).WithCode("male", Gender), useGet: useGet);
        Assert.That(Value(right, "result"), Is.EqualTo("true"));
        var wrong = await _service.ValueSetValidateCode(new ValidateCodeParameters().WithValueSet(Genders).WithCode("mail", Gender), useGet: useGet);
        Assert.That((Value(wrong, "result"), Value(wrong, "message")), Is.EqualTo(("false", Value(wrong, "message"))).And.Not.Null);
        Assert.That(Value(await _service.ValueSetValidateCode(new ValidateCodeParameters().WithCode("male", Gender), "administrative-gender", useGet), "result"), Is.EqualTo("true"));
        Assert.That(Value(await _service.CodeSystemValidateCode(new CodeSystemValidateCodeParameters().WithCodeSystem(Gender).WithCode("male"), useGet: useGet), "result"), Is.EqualTo("true"));
        Assert.That(Value(await _service.CodeSystemValidateCode(new CodeSystemValidateCodeParameters().WithCode("male"), "administrative-gender", useGet), "result"), Is.EqualTo("true"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Service_ExpandLookupSubsumesTranslate_Answer(bool useGet)
    {
        var expanded = (R4.ValueSet)(await _service.Expand(new ExpandParameters().WithValueSet(Genders).WithPaging(0, 2), useGet: useGet))!;
        Assert.That(expanded.Expansion!.Contains, Has.Count.EqualTo(2));
        Assert.That(((R4.ValueSet)(await _service.Expand(new ExpandParameters(), "administrative-gender", useGet))!).Expansion!.Contains, Has.Count.EqualTo(4));
        var loinc = (R4.ValueSet)(await _service.Expand(new ExpandParameters().WithValueSet("http://loinc.org/vs").WithPaging(0, 3), useGet: useGet))!;
        Assert.That(loinc.Expansion!.Contains, Has.Count.EqualTo(3));
        Assert.That(Value(await _service.Lookup(new LookupParameters().WithCode("22298006", Snomed), useGet), "display"), Is.EqualTo("Myocardial infarction"));
        Assert.That(Value(await _service.Subsumes(new SubsumesParameters().WithCode("404684003", "22298006", Snomed), useGet: useGet), "outcome"), Is.EqualTo("subsumes"));
        var translated = await _service.Translate(new TranslateParameters().WithCode("22298006", Snomed).WithTarget(null, "http://hl7.org/fhir/sid/icd-10"), useGet: useGet);
        Assert.That(Value(translated, "result"), Is.EqualTo("true"));
    }

    [Test]
    public async Task Service_Closure_GrowsATable()
    {
        var name = $"firely-{format}";
        await _service.Closure(new ClosureParameters(name));
        var map = (R4.ConceptMap)await _service.Closure(new ClosureParameters(name).WithConcepts([new(Snomed, "22298006"), new(Snomed, "404684003")]));
        Assert.That(map.Group.Single().Element.Single().Target.Single().Equivalence, Is.EqualTo(R4.ConceptMapEquivalence.Subsumes));
        Assert.That(((R4.ConceptMap)await _service.Closure(new ClosureParameters(name).WithVersion("0"))).Group, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Service_Wrong_ThrowsWithTheOutcome()
    {
        var problem = await Thrown(_service.Lookup(new LookupParameters().WithCode("nothing", Snomed)));
        Assert.That((problem?.Status, problem?.Outcome?.Issue.Count), Is.EqualTo((HttpStatusCode.NotFound, 1)));
    }

    private static async Task<FhirOperationException?> Thrown(Task task)
    {
        try
        {
            await task;
            return null;
        }
        catch (FhirOperationException problem)
        {
            return problem;
        }
    }

    private static string? Value(R4.Parameters parameters, string name) => parameters.Parameter.Find(parameter => parameter.Name == name)?.Value?.ToString();
}

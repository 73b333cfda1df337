using System.Diagnostics.CodeAnalysis;
using System.Net;
using Hl7.Fhir.Rest;
using Hl7.Fhir.Serialization;
using Hl7.Fhir.Specification.Terminology;
using Terminology.Fhir.Library;
using Terminology.Fhir.Resources;
using Terminology.Loaders.BuiltIn;
using Terminology.Store.Data;
using R4 = Hl7.Fhir.Model;

namespace Terminology.Server.Library;

/// <summary>In the process and over HTTP: the same answers to the same questions, for every operation of Firely's interface.</summary>
[SuppressMessage("Performance", "CA1859", Justification = "Both are asked through the interface.")]
public sealed class FhirTerminologyServiceTests : IDisposable
{
    private const string Snomed = "http://snomed.info/sct", Gender = "http://hl7.org/fhir/administrative-gender", Genders = "http://hl7.org/fhir/ValueSet/administrative-gender";
    private FhirClient _client = null!;
    private ITerminologyService _here = null!, _there = null!;

    [OneTimeSetUp]
    public void Open()
    {
        _client = new($"{DemoServer.Address}/fhir");
        _there = new ExternalTerminologyService(_client);
        _here = new FhirTerminologyService(TerminologyService.Create(DataFolder.Open(DemoServer.Data, TimeProvider.System).OpenReleases(), new FhirResourceReader(), BuiltInSystems.Content));
    }

    public void Dispose() => _client?.Dispose();

    private static TestCaseData[] Questions =>
    [
        Case("code of a value set", service => service.ValueSetValidateCode(new ValidateCodeParameters().WithValueSet(Genders).WithCode("male", Gender))),
        Case("wrong code of a value set", service => service.ValueSetValidateCode(new ValidateCodeParameters().WithValueSet(Genders).WithCoding(new(Gender, "mail", "Mail")))),
        Case("code of a value set by id", service => service.ValueSetValidateCode(new ValidateCodeParameters().WithCode("male", Gender), "administrative-gender")),
        Case("code of a code system", service => service.CodeSystemValidateCode(new CodeSystemValidateCodeParameters().WithCodeSystem(Snomed).WithCode("22298006", null, "Wrong"))),
        Case("code of a code system by id", service => service.CodeSystemValidateCode(new CodeSystemValidateCodeParameters().WithCode("male"), "administrative-gender")),
        Case("unit", service => service.CodeSystemValidateCode(new CodeSystemValidateCodeParameters().WithCodeSystem("http://unitsofmeasure.org").WithCode("mg/dL"))),
        Case("lookup", service => service.Lookup(new LookupParameters().WithCode("22298006", Snomed))),
        Case("subsumes", service => service.Subsumes(new SubsumesParameters().WithCode("404684003", "22298006", Snomed))),
        Case("translate", service => service.Translate(new TranslateParameters().WithCode("22298006", Snomed).WithTarget(null, "http://hl7.org/fhir/sid/icd-10"))),
    ];

    [TestCaseSource(nameof(Questions))]
    public async Task Answer_HereAndThere_IsTheSame(Func<ITerminologyService, Task<R4.Parameters>> ask)
    {
        var (here, there) = (await ask(_here), await ask(_there));
        Assert.That(Json(here), Is.EqualTo(Json(there)));
        Assert.That(here.Parameter, Is.Not.Empty);
    }

    [Test]
    public async Task Expand_HereAndThere_IsTheSame()
    {
        var question = new ExpandParameters().WithValueSet("http://snomed.info/sct?fhir_vs=isa/404684003").WithPaging(1, 5);
        var (here, there) = ((R4.ValueSet)(await _here.Expand(question))!, (R4.ValueSet)(await _there.Expand(question))!);
        Assert.That(here.Expansion!.Contains.Select(member => (member.Code, member.Display)), Is.EqualTo(there.Expansion!.Contains.Select(member => (member.Code, member.Display))));
        Assert.That((here.Expansion.Total, here.Expansion.Contains.Count), Is.EqualTo((there.Expansion.Total, 5)));
    }

    [Test]
    public async Task Closure_Here_GrowsATable()
    {
        await _here.Closure(new ClosureParameters("library"));
        var map = (R4.ConceptMap)(await _here.Closure(new ClosureParameters("library").WithConcepts([new(Snomed, "22298006"), new(Snomed, "404684003")])))!;
        Assert.That((map.Version, map.Group.Single().Element.Single().Code), Is.EqualTo(("1", "22298006")));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Wrong_HereAndThere_ThrowsWithTheOutcome(bool here)
    {
        var problem = await ThrownAsync((here ? _here : _there).Lookup(new LookupParameters().WithCode("nothing", Snomed)));
        Assert.That((problem?.Status, problem?.Outcome?.Issue.Single().Code), Is.EqualTo((HttpStatusCode.NotFound, R4.OperationOutcome.IssueType.NotFound)));
        problem = await ThrownAsync((here ? _here : _there).Closure(new ClosureParameters("never").WithVersion("1")));
        Assert.That(problem?.Status, Is.EqualTo(HttpStatusCode.NotFound));
    }

    private static async Task<FhirOperationException?> ThrownAsync(Task task)
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

    private static string Json(R4.Resource resource) => new BaseFhirJsonSerializer(R4.ModelInfo.ModelInspector).SerializeToString(resource);

    private static TestCaseData Case(string name, Func<ITerminologyService, Task<R4.Parameters>> ask) => new TestCaseData(ask).SetArgDisplayNames(name);
}

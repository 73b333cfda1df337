using System.Text;
using Terminology.Issues;
using Terminology.Operations;

namespace Terminology.Fhir.Operations;

public sealed class OperationInputTests
{
    [Test]
    public void ValidateCode_EveryForm_IsRead()
    {
        var code = ValidateCodeOperation.Read(Wire.Parameters("""{"name":"url","valueUri":"vs|1"},{"name":"code","valueCode":"c"},{"name":"system","valueUri":"s"},{"name":"systemVersion","valueString":"2"},{"name":"display","valueString":"D"}"""), onValueSet: true);
        Assert.That((code.ValueSetUrl, code.Concept.Codings[0], code.Form), Is.EqualTo((new VersionedUrl("vs", "1"), new Coding("s", "c", "2", "D"), CodeForm.Code)));
        var onSystem = ValidateCodeOperation.Read(Wire.Parameters("""{"name":"url","valueUri":"s"},{"name":"code","valueCode":"c"},{"name":"version","valueString":"2"}"""), onValueSet: false);
        Assert.That((onSystem.ValueSetUrl, onSystem.Concept.Codings[0]), Is.EqualTo(((VersionedUrl?)null, new Coding("s", "c", "2"))));
        var coding = ValidateCodeOperation.Read(Wire.Parameters("""{"name":"coding","valueCoding":{"system":"s","code":"c"}},{"name":"lenient-display-validation","valueBoolean":true}"""), onValueSet: true);
        Assert.That((coding.Form, coding.LenientDisplay), Is.EqualTo((CodeForm.Coding, true)));
    }

    [Test]
    public void Expand_Request_IsRead()
    {
        var request = ExpandOperation.Read(OperationInput.FromQuery([new("url", "vs"), new("count", "10"), new("offset", "20"), new("filter", "hea att"), new("property", "a"), new("property", "b"), new("activeOnly", "true")]));
        Assert.That((request.Url, request.Count, request.Offset, request.Filter, request.ActiveOnly), Is.EqualTo((new VersionedUrl("vs"), 10, 20, "hea att", true)));
        Assert.That(request.Properties, Is.EqualTo(new[] { "a", "b" }));
    }

    [TestCase("count", "-1")]
    [TestCase("count", "many")]
    [TestCase("offset", "1.5")]
    [TestCase("activeOnly", "yes")]
    public void Expand_WrongValue_NamesTheParameter(string name, string value)
        => Assert.That(() => ExpandOperation.Read(OperationInput.FromQuery([new(name, value)])), Throws.InstanceOf<TerminologyException>().With.Message.StartsWith($"Parameter '{name}': '{value}'").And.Property("Type").EqualTo(IssueType.Value));

    [Test]
    public void FromJson_ResourceAlone_StandsForItsParameter()
    {
        var input = OperationInput.FromJson(Encoding.UTF8.GetBytes("""{"resourceType":"ValueSet","url":"http://example.org/vs","status":"active"}"""));
        Assert.That(ExpandOperation.Read(input).ValueSet!.Url, Is.EqualTo("http://example.org/vs"));
    }

    [TestCase("{", "not JSON at line 1")]
    [TestCase("[]", "must be an object")]
    [TestCase("""{"resourceType":"Patient"}""", "Parameters")]
    [TestCase("""{"resourceType":"Parameters","parameter":[{"valueCode":"x"}]}""", "Parameters.parameter[0].name is missing")]
    [TestCase("""{"resourceType":"Parameters","parameter":{"name":"x"}}""", "Parameters.parameter is an object and must be an array")]
    public void FromJson_Faulty_SaysWhere(string json, string expected)
        => Assert.That(() => OperationInput.FromJson(Encoding.UTF8.GetBytes(json)), Throws.InstanceOf<TerminologyException>().With.Message.Contains(expected));

    [Test]
    public void Scope_LanguagesAndVersions_AreRead()
    {
        var input = Wire.Parameters("""{"name":"system-version","valueCanonical":"s|1"},{"name":"force-system-version","valueUri":"t|2"}""");
        var scope = RequestScopeReader.Read(input, "de;q=0.5, fr-CH, *;q=0.1, en;q=0");
        Assert.That(scope.Languages, Is.EqualTo(new[] { "fr-CH", "de" }));
        Assert.That((scope.SystemVersions[0], scope.ForceSystemVersions[0]), Is.EqualTo((new VersionedUrl("s", "1"), new VersionedUrl("t", "2"))));
        Assert.That(RequestScopeReader.Read(Wire.Parameters("""{"name":"displayLanguage","valueCode":"nl"}"""), "de").Languages, Is.EqualTo(new[] { "nl" }));
        Assert.That(RequestScopeReader.Read(OperationInput.Empty, null), Is.SameAs(RequestScope.Default));
        Assert.That(() => RequestScopeReader.Read(Wire.Parameters("""{"name":"system-version","valueUri":"s"}"""), null), Throws.InstanceOf<TerminologyException>().With.Message.Contains("system|version"));
    }

    [Test]
    public void Overlay_Resources_AreRead()
    {
        var overlay = OverlayReader.Read(Wire.Parameters("""
            {"name":"tx-resource","resource":{"resourceType":"CodeSystem","url":"http://example.org/cs","content":"complete","concept":[{"code":"a"}]}},
            {"name":"tx-resource","resource":{"resourceType":"ValueSet","url":"http://example.org/vs"}},
            {"name":"tx-resource","resource":{"resourceType":"ConceptMap","url":"http://example.org/map"}}
            """));
        Assert.That((overlay!.CodeSystems.Count, overlay.ValueSets.Count, overlay.ConceptMaps.Count), Is.EqualTo((1, 1, 1)));
        Assert.That(OverlayReader.Read(OperationInput.Empty), Is.Null);
    }

    [Test]
    public void Batch_Requests_AreRead()
    {
        var requests = BatchReader.Read(Encoding.UTF8.GetBytes("""
            {"resourceType":"Bundle","type":"batch","entry":[
              {"request":{"method":"GET","url":"CodeSystem/$lookup?system=http%3A%2F%2Floinc.org&code=1-8+x"}},
              {"resource":{"resourceType":"Parameters","parameter":[{"name":"code","valueCode":"c"}]},"request":{"method":"POST","url":"ConceptMap/$translate"}}]}
            """), 10, out var isTransaction);
        Assert.That(isTransaction, Is.False);
        Assert.That((requests[0].Method, requests[0].Path, requests[0].Input().Text("system"), requests[0].Input().Text("code")), Is.EqualTo(("GET", "CodeSystem/$lookup", "http://loinc.org", "1-8 x")));
        Assert.That((requests[1].Method, requests[1].Input().Text("code")), Is.EqualTo(("POST", "c")));
    }

    [TestCase("""{"resourceType":"Bundle","type":"searchset"}""", "Bundle.type is 'searchset' and must be batch")]
    [TestCase("""{"resourceType":"Bundle","type":"batch","entry":[{}]}""", "Bundle.entry[0].request is missing")]
    [TestCase("""{"resourceType":"Bundle","type":"batch","entry":[{"request":{"method":"GET","url":"a"}},{"request":{"method":"GET","url":"b"}}]}""", "more than 1")]
    public void Batch_Faulty_SaysWhere(string json, string expected)
        => Assert.That(() => BatchReader.Read(Encoding.UTF8.GetBytes(json), 1, out _), Throws.InstanceOf<TerminologyException>().With.Message.Contains(expected));

    [Test]
    public void Bundles_OfOurs_AreValid()
    {
        Wire.Checked(writer => BatchWriter.Write(writer, isTransaction: false, [
            new(200, w => SubsumesOperation.Write(w, new(Subsumption.Equivalent, []))),
            new(201, null) { Location = "http://example.org/fhir/ValueSet/x/_history/1", Version = 1, Modified = DateTimeOffset.UnixEpoch },
            new(404, w => OutcomeWriter.Write(w, [new(IssueSeverity.Error, IssueType.NotFound, "No.")]))]));
        Wire.Checked(writer => HistoryBundleWriter.Write(writer, 2, [("self", "http://example.org/fhir/ValueSet/x/_history")], "http://example.org/fhir", [
            new("ValueSet", "x", 2, DateTimeOffset.UnixEpoch, "me", true, default, 2),
            new("ValueSet", "x", 1, DateTimeOffset.UnixEpoch, "me", false, Encoding.UTF8.GetBytes("""{"resourceType":"ValueSet","id":"x","status":"draft"}"""), 1)]));
        Wire.Checked(writer => SearchBundleWriter.Write(writer, 1, [("next", "http://example.org/next")], [
            new("http://example.org/CodeSystem/x", w => Resources.ResourceWriter.Write(w, new CodeSystems.CodeSystemInfo { Url = new("http://example.org/cs"), Name = "N", Identifiers = ["urn:oid:1.2"], Properties = [new("p", CodeSystems.PropertyType.DateTime)] }, "x"))], [new(IssueSeverity.Warning, IssueType.NotSupported, "No.")]));
    }

    [Test]
    public void EmptyAnswers_HaveNoEmptyArrays()
    {
        Wire.Checked(writer => BatchWriter.Write(writer, isTransaction: true, []));
        Wire.Checked(writer => SearchBundleWriter.Write(writer, 0, [], [], []));
        Wire.Checked(writer => ExpandOperation.Write(writer, new(new() { Url = null }, new(), [], 0), DateTimeOffset.UnixEpoch));
    }

    [Test]
    public void Capabilities_AreValid()
    {
        var service = TerminologyService.Create([], new Resources.FhirResourceReader());
        Wire.Checked(writer => CapabilityWriter.WriteCapabilityStatement(writer, service, "http://example.org/fhir", DateTimeOffset.UnixEpoch));
        Wire.Checked(writer => CapabilityWriter.WriteTerminologyCapabilities(writer, service, "http://example.org/fhir", DateTimeOffset.UnixEpoch));
    }
}

using System.Net;

namespace Terminology.Server.FhirApi;

/// <summary>Expression constraints over HTTP: implicit value sets and filters, over the demo content.</summary>
public sealed class EclTests
{
    private const string Implicit = "http://snomed.info/sct%3Ffhir_vs%3Decl/";

    [TestCase("<< 22298006 |Myocardial infarction|", "22298006", true)]
    [TestCase("* : [0..0] 363698007 |Finding site| = *", "1231999999103", false)]
    [TestCase("< 22298006", "22298006", false)]
    [TestCase("* : 363698007 |Finding site| = *", "1231999999103", true)]
    [TestCase("<< 404684003 MINUS << 22298006", "22298006", false)]
    [TestCase("<< 404684003 {{ D term = \"heart att\", language = en }}", "22298006", true)]
    [TestCase("<< 404684003 {{ D term = wild:\"myokard*\", language = de }}", "22298006", true)]
    [TestCase("<< 404684003 {{ +HISTORY-MIN }}", "2881999999105", true)]
    [TestCase("<< 404684003", "2881999999105", false)]
    public async Task ValidateCode_ImplicitValueSet_Decides(string ecl, string code, bool expected)
    {
        var (status, json) = await DemoServer.GetAsync($"ValueSet/$validate-code?url={Implicit}{Uri.EscapeDataString(Uri.EscapeDataString(ecl))}&system=http://snomed.info/sct&code={code}");
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), DemoServer.Text(json));
        Assert.That(DemoServer.Text(json), Does.Contain($"\"name\":\"result\",\"valueBoolean\":{(expected ? "true" : "false")}"));
    }

    [TestCase("constraint")]
    [TestCase("expression")]
    public async Task Expand_Filter_IsTheImplicitValueSet(string property)
    {
        const string ecl = "<< 64572001 : 363698007 = *, 116676008 = *";
        var (status, filtered) = await DemoServer.PostAsync("ValueSet/$expand", $$$"""
            {"resourceType":"Parameters","parameter":[{"name":"valueSet","resource":{"resourceType":"ValueSet","url":"http://example.org/ecl","status":"active","compose":{"include":[
              {"system":"http://snomed.info/sct","filter":[{"property":"{{{property}}}","op":"=","value":"{{{ecl}}}" } ] } ] } } } ] }
            """);
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), DemoServer.Text(filtered));
        var (_, implied) = await DemoServer.GetAsync($"ValueSet/$expand?url={Implicit}{Uri.EscapeDataString(Uri.EscapeDataString(ecl))}");
        Assert.That(filtered.GetProperty("expansion").GetProperty("total").GetInt32(), Is.GreaterThan(10));
        Assert.That(filtered.GetProperty("expansion").GetProperty("contains").ToString(), Is.EqualTo(implied.GetProperty("expansion").GetProperty("contains").ToString()));
    }

    [TestCase("<< abc", "character 4")]
    [TestCase("<< 99999999", "'99999999'")]
    public async Task Expand_InvalidEcl_IsToldWithItsPlace(string ecl, string told)
    {
        var (status, json) = await DemoServer.GetAsync($"ValueSet/$expand?url={Implicit}{Uri.EscapeDataString(Uri.EscapeDataString(ecl))}");
        Assert.That((int)status, Is.InRange(400, 422));
        Assert.That(DemoServer.Text(json), Does.Contain(told).And.Contain("INVALID_ECL").And.Contain("vs-invalid"));
    }

    [Test]
    public async Task Expand_TenThousandBrackets_IsRefused()
    {
        var ecl = new string('(', 10_000) + "*" + new string(')', 10_000);
        var (status, json) = await DemoServer.PostAsync("ValueSet/$expand", $$$"""
            {"resourceType":"Parameters","parameter":[{"name":"valueSet","resource":{"resourceType":"ValueSet","status":"active","compose":{"include":[
              {"system":"http://snomed.info/sct","filter":[{"property":"constraint","op":"=","value":"{{{ecl}}}" } ] } ] } } } ] }
            """);
        Assert.That((int)status, Is.InRange(400, 422), DemoServer.Text(json));
    }
}

using System.Net;

namespace Terminology.Server.FhirApi;

/// <summary>Post-coordinated expressions over HTTP, over the demo content and its concept model.</summary>
public sealed class ExpressionTests
{
    private const string Kidney = "1041999999103", KidneyDisorder = "1241999999106", Inflammation = "1151999999102";

    [TestCase($"64572001:363698007={Kidney}")]
    [TestCase($"64572001:{{363698007={Kidney},116676008={Inflammation}}}")]
    [TestCase("2401999999101:{2391999999103=#7.5}")]
    public async Task ValidateCode_WithinTheModel_IsValid(string code)
    {
        var json = await GetAsync($"CodeSystem/$validate-code?url=http://snomed.info/sct&code={Uri.EscapeDataString(code)}");
        Assert.That(json, Does.Contain("\"name\":\"result\",\"valueBoolean\":true"));
    }

    [TestCase($"64572001:363698007={Inflammation}#", "(character 33)")]
    [TestCase("64572001:363698007=64572001", "is no value of attribute 363698007|Finding site|: its range in the concept model (MRCM) is << 123037004 |Body structure (body structure)|")]
    [TestCase($"373873005:363698007={Kidney}", "does not go with 373873005|Pharmaceutical / biologic product|: its domain in the concept model (MRCM) is << 404684003 |Clinical finding (finding)|")]
    [TestCase("2401999999101:{2391999999103=#0}", "#0 is no value of attribute 2391999999103|Has demonstration strength|: its range in the concept model (MRCM) is dec(>#0..)")]
    public async Task ValidateCode_NoExpression_SaysWhy(string code, string why)
    {
        var json = await GetAsync($"CodeSystem/$validate-code?url=http://snomed.info/sct&code={Uri.EscapeDataString(code)}");
        Assert.That(json, Does.Contain("\"name\":\"result\",\"valueBoolean\":false").And.Contain("Not a valid expression: "));
        Assert.That(Unescaped(json), Does.Contain(why));
        var (status, refused) = await DemoServer.GetAsync($"CodeSystem/$lookup?system=http://snomed.info/sct&code={Uri.EscapeDataString(code)}");
        Assert.That(status, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(Unescaped(DemoServer.Text(refused)), Does.Contain(why));
    }

    [TestCase("normalForm", $"===64572001|Disease|:{{363698007|Finding site|={Kidney}|Kidney structure, demonstration|}}")]
    [TestCase("normalFormTerse", $"===64572001:{{363698007={Kidney}}}")]
    public async Task Lookup_NormalForm_IsToldWhenAskedFor(string property, string normal)
    {
        var code = Uri.EscapeDataString($"64572001 : 363698007 = {Kidney}");
        var json = await GetAsync($"CodeSystem/$lookup?system=http://snomed.info/sct&code={code}&property={property}");
        Assert.That(Unescaped(json), Does.Contain($"{{\"name\":\"property\",\"part\":[{{\"name\":\"code\",\"valueCode\":\"{property}\"}},{{\"name\":\"value\",\"valueString\":\"{normal}\"}}]}}"));
        Assert.That(await GetAsync($"CodeSystem/$lookup?system=http://snomed.info/sct&code={code}"), Does.Not.Contain("normalForm"));
    }

    [Test]
    public async Task Lookup_Parents_AreThoseOfTheFocusUntilTheyAreAskedFor()
    {
        var code = Uri.EscapeDataString($"64572001:363698007={Kidney}");
        Assert.That(await GetAsync($"CodeSystem/$lookup?system=http://snomed.info/sct&code={code}"), Does.Contain("\"valueCode\":\"parent\"},{\"name\":\"value\",\"valueCode\":\"404684003\""));
        var asked = await GetAsync($"CodeSystem/$lookup?system=http://snomed.info/sct&code={code}&property=parent&property=child");
        Assert.That(asked, Does.Contain("\"valueCode\":\"parent\"},{\"name\":\"value\",\"valueCode\":\"64572001\"").And.Contain($"\"valueCode\":\"child\"}},{{\"name\":\"value\",\"valueCode\":\"{KidneyDisorder}\""));
    }

    [TestCase($"64572001:363698007={Kidney}", $"64572001:{{363698007={Kidney}}}", "equivalent")]
    [TestCase("64572001:363698007=123037004", $"64572001:{{363698007={Kidney},116676008={Inflammation}}}", "subsumes")]
    [TestCase($"64572001:363698007={Kidney}", KidneyDisorder, "subsumes")]
    [TestCase("2401999999101:{2391999999103=#10.0}", "2401999999101:{2391999999103=#10}", "equivalent")]
    public async Task Subsumes_TwoExpressions_StandAsTheyAreDefined(string a, string b, string outcome)
        => Assert.That(await GetAsync($"CodeSystem/$subsumes?system=http://snomed.info/sct&codeA={Uri.EscapeDataString(a)}&codeB={Uri.EscapeDataString(b)}"), Does.Contain($"\"valueCode\":\"{outcome}\""));

    private static async Task<string> GetAsync(string query)
    {
        var (status, json) = await DemoServer.GetAsync(query);
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), DemoServer.Text(json));
        return DemoServer.Text(json);
    }

    private static string Unescaped(string json) => json.Replace("\\u003C", "<", StringComparison.Ordinal).Replace("\\u003E", ">", StringComparison.Ordinal);
}

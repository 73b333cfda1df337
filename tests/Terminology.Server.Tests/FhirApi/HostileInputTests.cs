using System.Diagnostics;
using System.Net;
using System.Text.Json;

namespace Terminology.Server.FhirApi;

/// <summary>What is sent to hurt is refused, or answered, in a short time; the server lives on.</summary>
public sealed class HostileInputTests
{
    private const string Snomed = "http://snomed.info/sct";
    private const string Xml = "application/fhir+xml";
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(20); // a tenth of it on a machine at rest

    [Test]
    public async Task Xml_Deep_IsRefused()
        => await RefusedAsync("CodeSystem/$lookup", $"""<Parameters xmlns="http://hl7.org/fhir"><parameter>{Repeat("<part>", 20_000)}{Repeat("</part>", 20_000)}</parameter></Parameters>""", "deeper", type: Xml);

    [TestCase("""<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>""", "&c;")]
    [TestCase("""<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>""", "&x;")]
    public async Task Xml_WithEntities_IsRefused(string type, string value)
        => await RefusedAsync("CodeSystem/$lookup", $"""{type}<Parameters xmlns="http://hl7.org/fhir"><parameter><name value="code"/><valueCode value="{value}"/></parameter></Parameters>""", "DTD", type: Xml);

    [TestCase("[", "]")]
    [TestCase("{\"parameter\":", "}")]
    public async Task Json_Deep_IsRefused(string open, string close)
        => await RefusedAsync("CodeSystem/$lookup", $$"""{"resourceType":"Parameters","parameter":{{Repeat(open, 10_000)}}1{{Repeat(close, 10_000)}}}""", "depth");

    [TestCase("\\ud800")]
    [TestCase("x\\udfff x")]
    [TestCase("\\\\\\ud800\\u0041")]
    public async Task Json_HalfACharacter_IsRefused(string code)
        => await RefusedAsync("CodeSystem/$lookup", Parameters(Text("system", "Uri", Snomed), Text("code", "Code", code)), "surrogate");

    [TestCase("\\ud83d\\ude00")]
    [TestCase("\\\\ud800")]
    [TestCase("\\u0000")]
    public async Task Json_StrangeCharacters_AreNoCode(string code)
        => await RefusedAsync("CodeSystem/$lookup", Parameters(Text("system", "Uri", Snomed), Text("code", "Code", code)), "Unknown code", HttpStatusCode.NotFound);

    [TestCase("NaN")]
    [TestCase("1e999")]
    [TestCase("99999999999999999999")]
    public async Task Json_NoNumber_IsRefused(string count)
        => await RefusedAsync("ValueSet/$expand", Parameters(Text("url", "Uri", Snomed + "?fhir_vs"), $$"""{"name":"count","valueInteger":{{count}}}"""), "");

    [Test]
    public async Task Json_DuplicateMembers_AreNoFault()
        => await RefusedAsync("CodeSystem/$lookup", """{"resourceType":"Parameters","parameter":[{"name":"system","name":"code","valueCode":"1","valueUri":"http://snomed.info/sct"}]}""", "");

    [Test]
    public async Task Form_ManyFields_IsRefused()
        => await RefusedAsync("CodeSystem/$lookup", string.Join('&', Enumerable.Range(0, 20_000).Select(i => $"a{i}=1")), "form", HttpStatusCode.RequestEntityTooLarge, "application/x-www-form-urlencoded");

    [Test]
    public async Task ValidateCode_ThousandsOfCodings_IsRefused()
        => await RefusedAsync("ValueSet/$validate-code", Parameters(Text("url", "Uri", Snomed + "?fhir_vs"), $$$"""{"name":"codeableConcept","valueCodeableConcept":{"coding":[{{{Codings(10_000)}}}]}}"""), "codings", HttpStatusCode.UnprocessableEntity);

    [Test]
    public async Task Regex_Long_IsRefused() => await RefusedAsync("ValueSet/$expand", Filtered("code", "regex", string.Join('|', Enumerable.Range(0, 50_000))), "regular expression");

    [TestCase("(a+)+b")]
    [TestCase("((a{1000}){1000})")]
    [TestCase(".*a.{900}b.*")]
    [TestCase("(.*.*.*.*.*.*.*.*)*x")]
    public async Task Regex_ThatExplodes_IsBounded(string pattern) => await BoundedAsync("ValueSet/$expand", Filtered("code", "regex", pattern));

    [TestCase("(", "404684003", ")", 20_000)]
    [TestCase("(* MINUS ", "*", ")", 60)]
    [TestCase("* : * = (", "*", ")", 60)]
    [TestCase("<<404684003 OR ", "*", "", 5_000)]
    [TestCase("* . * . ", "*", "", 500)]
    public async Task Ecl_Bomb_IsBounded(string open, string middle, string close, int times) => await BoundedAsync("ValueSet/$expand", Filtered("constraint", "=", Repeat(open, times) + middle + Repeat(close, times)));

    [Test]
    public async Task Imports_Deep_IsTooCostly()
        => await RefusedAsync("ValueSet/$expand", Parameters([Text("url", "Uri", "http://x/0"), .. Chain(3_000, 1)]), "import", HttpStatusCode.UnprocessableEntity);

    [TestCase("ValueSet/$expand")]
    [TestCase("ValueSet/$validate-code")]
    public async Task Imports_OverManyWays_AreWorkedOutOnce(string operation)
    {
        var (status, json) = await BoundedAsync(operation, Parameters([Text("url", "Uri", "http://x/0"), """{"name":"coding","valueCoding":{"system":"http://snomed.info/sct","code":"22298006"}}""", .. Chain(40, 2)]));
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), json.GetRawText());
    }

    [TestCase("ValueSet/$expand")]
    [TestCase("ValueSet/$validate-code")]
    public async Task Imports_InACircle_AreRefused(string operation)
        => await RefusedAsync(operation, Parameters(
            Text("url", "Uri", "http://x/0"), """{"name":"coding","valueCoding":{"system":"http://snomed.info/sct","code":"22298006"}}""",
            Set(0, Import(1)), Set(1, Import(2)), Set(2, Import(0))), "yclic", HttpStatusCode.UnprocessableEntity);

    [TestCase("offset=2147483647&count=10")]
    [TestCase("count=2147483647")]
    [TestCase("offset=1000000&count=2147483647")]
    public async Task Expand_StrangePages_AreAnswered(string page)
    {
        var (status, json) = await DemoServer.GetAsync($"ValueSet/$expand?url={Snomed}?fhir_vs&{page}");
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), json.GetRawText());
    }

    [TestCase("a", 100_000)]
    [TestCase("heart ", 1_000)]
    [TestCase("* ", 1_000)]
    [TestCase("a b c d e f ", 200)]
    public async Task Expand_LongFilter_IsBounded(string part, int times)
        => await BoundedAsync("ValueSet/$expand", Parameters(Text("url", "Uri", Snomed + "?fhir_vs"), Text("filter", "String", Repeat(part, times)), """{"name":"count","valueInteger":10}"""));

    [TestCase("ValueSet/$expand")]
    [TestCase("ValueSet/$validate-code")]
    public async Task Includes_Thousands_AreBounded(string operation)
        => await BoundedAsync(operation, Parameters(
            Inline(string.Join(',', Enumerable.Range(0, 5_000).Select(i => $$"""{"system":"{{Snomed}}","filter":[{"property":"concept","op":"is-a","value":"404684003"},{"property":"code","op":"regex","value":".*{{i}}"}]}"""))),
            """{"name":"coding","valueCoding":{"system":"http://snomed.info/sct","code":"22298006"}}""", """{"name":"count","valueInteger":10}"""));

    [Test]
    public async Task Translate_HugeMapSentAlong_IsAnswered()
    {
        await using var server = await ServerOfItsOwn.StartAsync();
        var rows = string.Join(',', Enumerable.Range(0, 200_000).Select(i => $$"""{"code":"c{{i}}","target":[{"code":"t{{i}}","equivalence":"equivalent"}]}"""));
        using var body = ServerOfItsOwn.Json(Parameters(
            """{"name":"conceptMap","resource":{"resourceType":"ConceptMap","url":"http://x/huge","status":"active","group":[{"source":"http://x/a","target":"http://x/b","element":[""" + rows + "]}]}}",
            Text("system", "Uri", "http://x/a"), Text("code", "Code", "c199999")));
        var watch = Stopwatch.StartNew();
        using var answer = await server.Client.PostAsync(new Uri("fhir/ConceptMap/$translate", UriKind.Relative), body);
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("t199999"));
        Assert.That(watch.Elapsed, Is.LessThan(Bound));
    }

    [TestCase("relatedto", 3_000)]
    [TestCase("equivalent", 3_000)]
    public async Task Translate_ManyTargetsOfOneCode_AreBounded(string equivalence, int count)
        => await BoundedAsync("ConceptMap/$translate", Parameters(
            $$$"""{"name":"conceptMap","resource":{"resourceType":"ConceptMap","url":"http://x/fan","status":"active","group":[{"source":"http://x/a","target":"http://x/b","element":[{"code":"c","target":[{{{string.Join(',', Enumerable.Range(0, count).Select(i => $$"""{"code":"t{{i}}","equivalence":"{{equivalence}}"}"""))}}}]}]}]}}""",
            Text("system", "Uri", "http://x/a"), Text("code", "Code", "c")));

    [Test]
    public async Task Closure_ThousandsOfCodes_AreBounded()
    {
        await BoundedAsync("$closure", Parameters(Text("name", "String", "hostile")));
        await BoundedAsync("$closure", Parameters([Text("name", "String", "hostile"), .. Enumerable.Range(0, 5_000).Select(i => $$$"""{"name":"concept","valueCoding":{"system":"http://snomed.info/sct","code":"{{{(i % 2 == 0 ? "22298006" : "404684003")}}}","display":"{{{i}}}"}}""")]));
    }

    [Test]
    public async Task FindMatches_ThousandsOfProperties_AreBounded()
        => await BoundedAsync("CodeSystem/$find-matches", Parameters([Text("system", "Uri", Snomed), """{"name":"exact","valueBoolean":false}""", .. Enumerable.Range(0, 5_000).Select(_ =>
            """{"name":"property","part":[{"name":"code","valueCode":"363698007"},{"name":"value","valueCode":"80891009"}]}""")]));

    [Test]
    public async Task Compare_SetsThatImportOverManyWays_IsBounded()
        => await BoundedAsync("ValueSet/$compare", Parameters(["""{"name":"thisUrl","valueUri":"http://x/0"}""", """{"name":"otherUrl","valueUri":"http://x/1"}""", .. Chain(40, 2)]));

    [Test]
    public async Task Batch_OfBombs_EndsAtTheDeadlineOfOneRequest()
    {
        await using var server = await ServerOfItsOwn.StartAsync(new() { Deadline = TimeSpan.FromSeconds(1) });
        var concepts = string.Join(',', Enumerable.Range(0, 20_000).Select(i => $$"""{"code":"c{{i}}"}"""));
        var includes = string.Join(',', Enumerable.Range(0, 1_000).Select(i => $$$"""{"system":"http://x/cs","filter":[{"property":"code","op":"regex","value":"(c|[0-9])*x{{{i}}}"}]}"""));
        var bomb = Parameters($$$"""{"name":"tx-resource","resource":{"resourceType":"CodeSystem","url":"http://x/cs","status":"active","content":"complete","concept":[{{{concepts}}}]}}""",
            Inline(includes));
        var entries = string.Join(',', Enumerable.Repeat($$$"""{"request":{"method":"POST","url":"ValueSet/$expand"},"resource":{{{bomb}}}}""", 20));
        var watch = Stopwatch.StartNew();
        using var answer = await server.Client.PostAsync(new Uri("fhir", UriKind.Relative), ServerOfItsOwn.Json($$"""{"resourceType":"Bundle","type":"batch","entry":[{{entries}}]}"""));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.That(text.Split("too-costly"), Has.Length.EqualTo(21), text);
        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(15)), "not one second for each");
    }

    private static async Task RefusedAsync(string path, string body, string text, HttpStatusCode status = HttpStatusCode.BadRequest, string type = "application/fhir+json")
    {
        var (answered, json) = await BoundedAsync(path, body, type);
        Assert.That(answered, Is.EqualTo(status), json.GetRawText());
        Assert.That(json.GetRawText(), Does.Contain(text).And.Not.Contain("root:"));
    }

    private static async Task<(HttpStatusCode Status, JsonElement Json)> BoundedAsync(string path, string body, string type = "application/fhir+json")
    {
        var watch = Stopwatch.StartNew();
        var answer = await DemoServer.PostAsync(path, body, type);
        Assert.That(watch.Elapsed, Is.LessThan(Bound));
        Assert.That((int)answer.Status, Is.LessThan(500), answer.Json.GetRawText());
        Assert.That(answer.Json.GetRawText(), Does.Not.Contain("The body is larger"), "then nothing of it was read");
        return answer;
    }

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));

    private static string Parameters(params string[] parameters) => $$"""{"resourceType":"Parameters","parameter":[{{string.Join(',', parameters)}}]}""";

    private static string Text(string name, string type, string value) => $$"""{"name":"{{name}}","value{{type}}":"{{value}}"}""";

    private static string Codings(int count) => string.Join(',', Enumerable.Range(0, count).Select(i => $$"""{"system":"http://x/{{i}}","code":"{{i}}"}"""));

    private static string Filtered(string property, string op, string value)
        => Parameters($$$$"""{"name":"valueSet","resource":{"resourceType":"ValueSet","status":"active","compose":{"include":[{"system":"{{{{Snomed}}}}","filter":[{"property":"{{{{property}}}}","op":"{{{{op}}}}","value":"{{{{value}}}}"}]}]}}}""", """{"name":"count","valueInteger":10}""");

    /// <summary>Value sets of which each imports the next, several times.</summary>
    private static IEnumerable<string> Chain(int length, int times)
        => Enumerable.Range(0, length).Select(i => Set(i, string.Join(',', Enumerable.Repeat(Import(i + 1), times)))).Append(Set(length, $$"""{"system":"{{Snomed}}","concept":[{"code":"22298006"}]}"""));

    private static string Inline(string includes) => """{"name":"valueSet","resource":{"resourceType":"ValueSet","status":"active","compose":{"include":[""" + includes + "]}}}";

    private static string Import(int number) => $$"""{"valueSet":["http://x/{{number}}"]}""";

    private static string Set(int number, string includes)
        => $$$$"""{"name":"tx-resource","resource":{"resourceType":"ValueSet","url":"http://x/{{{{number}}}}","status":"active","compose":{"include":[{{{{includes}}}}]}}}""";
}

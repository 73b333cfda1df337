using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Terminology.Server.Bulk;

public sealed class BulkEndpointTests
{
    private const string Url = "api/translate?url=http://example.org/fhir/ConceptMap/m&system=http://example.org/fhir/CodeSystem/local";

    private const string Map = """
        {"resourceType":"ConceptMap","id":"m","url":"http://example.org/fhir/ConceptMap/m","version":"1","status":"active","group":[{"source":"http://example.org/fhir/CodeSystem/local","target":"http://example.org/fhir/CodeSystem/standard","element":[
          {"code":"GLU","target":[{"code":"G1","display":"Glucose, serum","equivalence":"equivalent"}]},
          {"code":"two","target":[{"code":"A","equivalence":"wider"},{"code":"B, \"quoted\"","equivalence":"wider"}]},
          {"code":"none","target":[{"equivalence":"unmatched"}]},
          {"code":"unit","target":[{"code":"mass","equivalence":"equivalent","dependsOn":[{"property":"unit","value":"mg/dL"}]},{"code":"moles","equivalence":"equivalent","dependsOn":[{"property":"unit","value":"mmol/L"}]}]}]}]}
        """;

    private ServerOfItsOwn _server = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _server = await ServerOfItsOwn.StartAsync();
        using var content = ServerOfItsOwn.Json(Map);
        using var stored = await _server.Client.PutAsync(new Uri("fhir/ConceptMap/m", UriKind.Relative), content);
        Assert.That(stored.IsSuccessStatusCode, await stored.Content.ReadAsStringAsync());
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [Test]
    public async Task Post_Csv_KeepsRowsAndOrderAndAppendsAnswers()
    {
        var text = await PostAsync(Url + "&summary=true", "text/csv", "id,code,note\n1,GLU,\"a, b\"\n2,none,\n3,two,x\n4,unknown\n5,GLU,\n");

        string[] lines =
        [
            "id,code,note,result,relationship,targetSystem,targetCode,targetDisplay,map,safe,caution,superseded,governance,message",
            "1,GLU,\"a, b\",true,equivalent,http://example.org/fhir/CodeSystem/standard,G1,\"Glucose, serum\",http://example.org/fhir/ConceptMap/m|1,false,target-not-checked,,none,",
            "2,none,,false,,,,,,,,,,The map http://example.org/fhir/ConceptMap/m|1 says that 'none' has no target.",
            "3,two,x,true,source-is-narrower-than-target,http://example.org/fhir/CodeSystem/standard,A,,http://example.org/fhir/ConceptMap/m|1,false,not-equivalent target-not-checked several-targets,,none,",
            "3,two,x,true,source-is-narrower-than-target,http://example.org/fhir/CodeSystem/standard,\"B, \"\"quoted\"\"\",,http://example.org/fhir/ConceptMap/m|1,false,not-equivalent target-not-checked several-targets,,none,",
            "4,unknown,,false,,,,,,,,,,The map http://example.org/fhir/ConceptMap/m|1 does not list 'unknown'.",
            "5,GLU,,true,equivalent,http://example.org/fhir/CodeSystem/standard,G1,\"Glucose, serum\",http://example.org/fhir/ConceptMap/m|1,false,target-not-checked,,none,",
        ];
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\r\n")))));
        Assert.That(text.Split("\r\n"), Is.EqualTo([.. lines, $"# 5 rows, 2 not found, sha256 {hash}", ""]));
    }

    [Test]
    public async Task Post_CsvWithChosenColumns_AppendsThoseInTheirOrder()
    {
        var text = await PostAsync(Url + "&columns=safe,targetCode,%20relationship", "text/csv", "id,code\n1,GLU\n2,none\n3,two\n");

        string[] lines =
        [
            "id,code,safe,targetCode,relationship",
            "1,GLU,false,G1,equivalent",
            "2,none,,,",
            "3,two,false,A,source-is-narrower-than-target",
            "3,two,false,\"B, \"\"quoted\"\"\",source-is-narrower-than-target",
            "",
        ];
        Assert.That(text.Split("\r\n"), Is.EqualTo(lines));
    }

    [Test]
    public async Task Post_Lines_AnswersEachAndSumsUp()
    {
        var text = await PostAsync(Url + "&context=unit", "application/x-ndjson", """
            {"id":"a","code":"GLU"}
            {"id":7,"code":"unit","context":{"unit":"mmol/L"}}
            {"code":"unit","context":{"unit":"mg/dL"},"patient":"is not looked at"}
            {"id":"b","code":"GLU"
            {"id":"c"}
            {"id":"d","code":"unit","context":{"specimen":"x"}}

            {"id":"e","code":"none"}
            """);

        var lines = text.TrimEnd('\n').Split('\n');
        Assert.That(lines, Has.Length.EqualTo(8));
        Assert.That(lines[0], Is.EqualTo("""{"id":"a","code":"GLU","result":true,"safe":false,"match":[{"relationship":"equivalent","system":"http://example.org/fhir/CodeSystem/standard","code":"G1","display":"Glucose, serum","map":"http://example.org/fhir/ConceptMap/m|1","governance":"none","caution":["target-not-checked"]}]}"""));
        Assert.That(lines[1], Does.StartWith("""{"id":7,"code":"unit","result":true""").And.Contains("\"code\":\"moles\""));
        Assert.That(lines[2], Does.StartWith("""{"code":"unit","result":true""").And.Contains("\"code\":\"mass\""));
        Assert.That(lines[3], Does.StartWith("""{"line":4,"error":"The line is no JSON"""));
        Assert.That(lines[4], Is.EqualTo("""{"line":5,"error":"The line has no 'code'."}"""));
        Assert.That(lines[5], Is.EqualTo("""{"line":6,"error":"The context 'specimen' was not announced; name it in the address: context=specimen."}"""));
        Assert.That(lines[6], Does.StartWith("""{"id":"e","code":"none","result":false""").And.Contains("\"noMap\":true"));
        var summary = JsonDocument.Parse(lines[7]).RootElement.GetProperty("summary");
        Assert.That((summary.GetProperty("rows").GetInt32(), summary.GetProperty("notFound").GetInt32()), Is.EqualTo((8, 4)));
        var before = string.Concat(lines[..7].Select(line => line + "\n"));
        Assert.That(summary.GetProperty("sha256").GetString(), Is.EqualTo(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(before)))));
    }

    [Test]
    public async Task Post_Csv_EveryRowIsWhatTranslateSays()
    {
        var random = new Random(3);
        string[] codes = ["GLU", "two", "none", "unit", "unknown", "glu", " GLU", "GLU ", "G\u001FLU", "Ä\"", ""];
        string[] units = ["mg/dL", "mmol/L", "", "g"];
        var rows = Enumerable.Range(0, 500).Select(_ => (Code: codes[random.Next(codes.Length)], Unit: units[random.Next(units.Length)])).ToArray();
        var csv = "unit,code\n" + string.Concat(rows.Select(row => $"{Quoted(row.Unit)},{Quoted(row.Code)}\n"));

        var text = await PostAsync(Url + "&context=unit", "text/csv", csv);

        var lines = text.Split("\r\n")[1..^1];
        var at = 0;
        foreach (var (code, unit) in rows)
        {
            var expected = await SingleAsync(code, unit);
            foreach (var target in expected) Assert.That(lines[at++], Does.StartWith($"{Quoted(unit)},{Quoted(code)},").And.Contains($",{target},"), $"{code} {unit}");
        }
        Assert.That(at, Is.EqualTo(lines.Length));
    }

    [Test]
    public async Task Post_LongTable_IsAnsweredWhileItComesIn()
    {
        // The client reads the first answers before it has sent the last rows: nothing waits for the end.
        using var more = new SlowTable(200_000);
        using var request = new HttpRequestMessage(HttpMethod.Post, Url) { Content = more, Version = HttpVersion.Version11 };
        request.Headers.ExpectContinue = false;
        more.Headers.ContentType = new("text/csv");
        using var answer = await _server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var rows = 0;
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
        while (await reader.ReadLineAsync() is not null) rows++;
        Assert.That(rows, Is.EqualTo(200_001));
    }

    [Test]
    public async Task Post_LongTableThatBreaks_SaysWhereAndHasNoProperEnd()
    {
        var rows = string.Concat(Enumerable.Repeat("1,GLU\n", 50_000)) + "2,GLU,too,many\n";
        using var content = new StringContent("id,code\n" + rows, Encoding.UTF8, "text/csv");
        using var request = new HttpRequestMessage(HttpMethod.Post, Url) { Content = content };
        using var answer = await _server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var (text, broke) = (new StringBuilder(), false);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
        try
        {
            while (await reader.ReadLineAsync() is { } line) text.Append(line).Append('\n');
        }
        catch (Exception problem) when (problem is IOException or HttpRequestException)
        {
            broke = true;
        }
        Assert.That(broke, "an answer that is not whole has no proper end");
        Assert.That(text.ToString(), Does.Contain("1,GLU,true"));
    }

    [TestCase("text/csv", "a,b\n1,2\n", "there is no column 'code'")]
    [TestCase("text/csv", "", "the file is empty")]
    [TestCase("application/json", "{}", "send text/csv or application/x-ndjson")]
    public async Task Post_Rubbish_SaysHowToMendIt(string type, string body, string expected)
    {
        using var content = new StringContent(body, Encoding.UTF8, type);
        using var answer = await _server.Client.PostAsync(new Uri(Url, UriKind.Relative), content);
        Assert.That(((int)answer.StatusCode, await answer.Content.ReadAsStringAsync()), Is.EqualTo(((int)HttpStatusCode.BadRequest, "")).Or.Matches<(int Status, string Text)>(told => told.Status is >= 400 and < 500 && told.Text.Contains(expected, StringComparison.Ordinal)));
    }

    [TestCase("api/translate?map=x", "There is no parameter 'map'")]
    [TestCase("api/translate?url=http://example.org/fhir/ConceptMap/m&system=http://example.org/fhir/CodeSystem/local&columns=safe,target", "No column 'target' can be appended; there are result, relationship, targetSystem, targetCode,")]
    [TestCase("api/translate?url=http://example.org/fhir/ConceptMap/m", "Say which code system the codes are of")]
    public async Task Post_WrongAddress_SaysHowToMendIt(string address, string expected)
    {
        using var content = new StringContent("code\nGLU\n", Encoding.UTF8, "text/csv");
        using var answer = await _server.Client.PostAsync(new Uri(address, UriKind.Relative), content);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain(expected));
    }

    private static string Quoted(string field) => field.AsSpan().IndexOfAny('"', ',') < 0 ? field : $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>The codes of the targets that a single question is answered with, as fields of a table; one empty when there is none.</summary>
    private async Task<string[]> SingleAsync(string code, string unit)
    {
        var parameters = new List<object> { new { name = "url", valueUri = "http://example.org/fhir/ConceptMap/m" }, new { name = "system", valueUri = "http://example.org/fhir/CodeSystem/local" }, new { name = "code", valueCode = code } };
        if (unit.Length > 0) parameters.Add(new { name = "dependency", part = new object[] { new { name = "element", valueUri = "unit" }, new { name = "concept", valueCodeableConcept = new { text = unit } } } });
        using var content = ServerOfItsOwn.Json(JsonSerializer.Serialize(new { resourceType = "Parameters", parameter = parameters }));
        using var answer = await _server.Client.PostAsync(new Uri("fhir/ConceptMap/$translate", UriKind.Relative), content);
        if (!answer.IsSuccessStatusCode) return [""];
        var found = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("parameter").EnumerateArray()
            .Where(parameter => parameter.GetProperty("name").GetString() == "match").SelectMany(match => match.GetProperty("part").EnumerateArray())
            .Where(part => part.GetProperty("name").GetString() == "concept").Select(part => Quoted(part.GetProperty("valueCoding").GetProperty("code").GetString()!)).ToArray();
        return found.Length > 0 ? found : [""];
    }

    private async Task<string> PostAsync(string address, string type, string body)
    {
        using var content = new StringContent(body.ReplaceLineEndings("\n"), Encoding.UTF8, type);
        using var answer = await _server.Client.PostAsync(new Uri(address, UriKind.Relative), content);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), text);
        return text;
    }

    /// <summary>A table that is made while it is sent.</summary>
    private sealed class SlowTable(int rows) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync("id,code\n"u8.ToArray());
            for (var i = 0; i < rows; i += 1000) await stream.WriteAsync(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(i, 1000).Select(row => string.Create(CultureInfo.InvariantCulture, $"{row},GLU\n")))));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}

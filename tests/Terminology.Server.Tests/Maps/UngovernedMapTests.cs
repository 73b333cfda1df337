using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Terminology.Server.MapApi;

namespace Terminology.Server.Maps;

/// <summary>Answers of a map for which nobody here answers say so, by whichever door it came in.</summary>
public sealed class UngovernedMapTests
{
    private const string Url = "http://example.org/fhir/ConceptMap/loose", Source = "http://example.org/fhir/CodeSystem/local";

    private static readonly string Map = $$"""{"resourceType":"ConceptMap","id":"loose","url":"{{Url}}","version":"1","status":"active","group":[{"source":"{{Source}}","target":"http://loinc.org","element":[{"code":"GLU","target":[{"code":"2345-7","equivalence":"equivalent"}]}]}]}""";

    [Test]
    public async Task Put_Resource_SaysSo()
    {
        await using var server = await ServerOfItsOwn.StartAsync();
        using var stored = await server.Client.PutAsync(new Uri("fhir/ConceptMap/loose", UriKind.Relative), ServerOfItsOwn.Json(Map));
        Assert.That((int)stored.StatusCode, Is.EqualTo(201));
        await SaysSoAsync(server);
    }

    [Test]
    public async Task Post_Resource_SaysSo()
    {
        await using var server = await ServerOfItsOwn.StartAsync();
        using var stored = await server.Client.PostAsync(new Uri("fhir/ConceptMap", UriKind.Relative), ServerOfItsOwn.Json(Map));
        Assert.That((int)stored.StatusCode, Is.EqualTo(201));
        await SaysSoAsync(server);
    }

    [Test]
    public async Task Transaction_WithAResource_SaysSo()
    {
        await using var server = await ServerOfItsOwn.StartAsync();
        using var stored = await server.Client.PostAsync(new Uri("fhir", UriKind.Relative), ServerOfItsOwn.Json($$$"""{"resourceType":"Bundle","type":"transaction","entry":[{"resource":{{{Map}}},"request":{"method":"PUT","url":"ConceptMap/loose"}}]}"""));
        Assert.That(stored.IsSuccessStatusCode, await stored.Content.ReadAsStringAsync());
        await SaysSoAsync(server);
    }

    [Test]
    public async Task Import_File_SaysSo()
    {
        await using var server = await ServerOfItsOwn.StartAsync();
        var file = Path.Combine(server.Data, "loose.json");
        await File.WriteAllTextAsync(file, Map);
        Import(server, file);
        await SaysSoAsync(server);
    }

    [Test]
    public async Task Import_Package_SaysSo()
    {
        await using var server = await ServerOfItsOwn.StartAsync();
        var file = Path.Combine(server.Data, "loose.tgz");
        await using (var zipped = new GZipStream(File.Create(file), CompressionLevel.Fastest))
        await using (var package = new System.Formats.Tar.TarWriter(zipped))
        {
            foreach (var (name, text) in new[] { ("package.json", """{"name":"example.loose","version":"1.0.0","fhirVersions":["4.0.1"]}"""), ("ConceptMap-loose.json", Map) })
            {
                await package.WriteEntryAsync(new System.Formats.Tar.PaxTarEntry(System.Formats.Tar.TarEntryType.RegularFile, "package/" + name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) });
            }
        }
        Import(server, file);
        await SaysSoAsync(server);
    }

    [Test]
    public async Task Release_OfAMap_SaysWhoApprovedIt_AndNothingElse()
    {
        await using var map = await MapServer.StartAsync();
        await map.ImportAsync(isWhole: true, "GLU");
        await map.ApproveAsync("GLU", "G1");
        await map.ReleaseAsync();
        Assert.That((await map.TranslateAsync("GLU"))!.Value.Body, Does.Contain("approvedBy").And.Not.Contain("governance"));
        using var page = await map.Server.GetAsync($"fhir/ConceptMap?url={MapServer.Url}", ("Accept", "text/html"));
        Assert.That(await page.Content.ReadAsStringAsync(), Does.Contain("Laboratory").And.Not.Contain("Nobody here answers"));
    }

    private static void Import(ServerOfItsOwn server, string file)
    {
        using var program = new TerminologyProgram(server.Data);
        var (code, said) = program.Run("import", file);
        Assert.That(code, Is.Zero, said);
        server.Get<Hosting.LiveService>().Look();
    }

    /// <summary>In R4 answers, in R5 names on request and not without, in lists and on the page of the map.</summary>
    private static async Task SaysSoAsync(ServerOfItsOwn server)
    {
        Assert.That(await GovernanceAsync(server, $"system={Source}&code=GLU"), Is.EqualTo("none"));
        Assert.That(await GovernanceAsync(server, $"sourceSystem={Source}&sourceCode=GLU&safety=true"), Is.EqualTo("none"));
        Assert.That(await GovernanceAsync(server, $"sourceSystem={Source}&sourceCode=GLU"), Is.Null, "a client of R5 gets what R5 declares");
        using var table = await server.Client.PostAsync(new Uri($"api/translate?url={Url}&system={Source}", UriKind.Relative), new StringContent("code\nGLU\n", Encoding.UTF8, "text/csv"));
        var lines = (await table.Content.ReadAsStringAsync()).Split("\r\n");
        Assert.That(lines[1].Split(',')[Array.IndexOf(lines[0].Split(','), "governance")], Is.EqualTo("none"));
        using var page = await server.GetAsync($"fhir/ConceptMap?url={Url}", ("Accept", "text/html"));
        Assert.That(await page.Content.ReadAsStringAsync(), Does.Contain("Nobody here answers for this map"));
    }

    private static async Task<string?> GovernanceAsync(ServerOfItsOwn server, string question)
    {
        using var response = await server.GetAsync($"fhir/ConceptMap/$translate?url={Url}&{question}");
        var match = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("parameter").EnumerateArray().Single(parameter => parameter.GetProperty("name").GetString() == "match");
        return match.GetProperty("part").EnumerateArray().Where(part => part.GetProperty("name").GetString() == "property").Select(part => part.GetProperty("part"))
            .FirstOrDefault(part => part[0].GetProperty("valueCode").GetString() == "governance") is { ValueKind: JsonValueKind.Array } found ? found[1].GetProperty("valueString").GetString() : null;
    }
}

using System.Globalization;
using System.Text;
using System.Text.Json;
using Terminology.Loaders.Tables;

namespace Terminology.Server.MapApi;

/// <summary>
/// The life of a real map through the API alone: the laboratory list of MIMIC-IV comes in, two authors map a part of it blindly, a third person settles, the rest is decided, approved
/// by another, released, signed and served; the list comes again changed, a second release follows, and is rolled back.
/// </summary>
public sealed class MimicLifeTests
{
    private const string Source = "http://mimic.example/d-labitems", Loinc = "http://loinc.org", Url = "http://mimic.example/fhir/ConceptMap/labs";
    private const int Dual = 40, Disagreed = 8;

    [Test]
    public async Task Map_OfMimic_ListToReleaseToRollBack()
    {
        var rows = await ReadAsync(Repository.Shared("data/matching/gold-dev/mimic-labs-loinc.dev.csv"));
        var (mapped, unmapped) = (rows.Where(row => row.Target.Length > 0).ToArray(), rows.Where(row => row.Target.Length == 0).ToArray());
        await using var map = await MapServer.StartAsync();
        await CreateAsync(map, "blind", Url + "-blind", "dual-blind");
        await CreateAsync(map, "mimic", Url, "single-and-review");

        // A part of the list, two authors who do not see one another; where they differ a third decides.
        await ListAsync(map, "blind", mapped.Take(Dual));
        foreach (var (row, place) in mapped.Take(Dual).Select((row, place) => (row, place)))
        {
            await DecideAsync(map, "blind", "ada", row.Code, row.Target);
            await StepAsync(map, "blind", "ben", row.Code, Content(place < Disagreed ? mapped[place + 1].Target : row.Target));
            foreach (var who in new[] { "ada", "ben" }) await StepAsync(map, "blind", who, row.Code, """{"verb":"propose"}""");
        }
        var agreement = await map.AskAsync("sue", "GET", "/blind/agreement");
        Assert.That((await CountAsync(map, "blind", "conflict"), await CountAsync(map, "blind", "proposed")), Is.EqualTo((Disagreed, Dual - Disagreed)), agreement.ToString());
        foreach (var row in mapped.Take(Disagreed)) await StepAsync(map, "blind", "jo", row.Code, """{"verb":"adjudicate","taken":"ada","reason":"the fluid says so"}""");
        foreach (var row in mapped.Skip(Disagreed).Take(Dual - Disagreed)) await StepAsync(map, "blind", "ria", row.Code, """{"verb":"approve"}""");
        Assert.That(await CountAsync(map, "blind", "approved"), Is.EqualTo(Dual));

        // The whole list: decided by one, approved by another; nobody approves his own.
        var version = await ListAsync(map, "mimic", rows);
        Assert.That((version.GetProperty("input").GetInt32(), version.GetProperty("classes").GetProperty("added").GetInt32()), Is.EqualTo((rows.Length, rows.Length)));
        foreach (var row in mapped) await DecideAsync(map, "mimic", "ada", row.Code, row.Target);
        foreach (var row in unmapped) await StepAsync(map, "mimic", "ben", row.Code, """{"verb":"decide","content":{"noMap":{"reason":"no-code-exists","text":"the curators found none"}}}""");
        await map.AskAsync("ada", "POST", "/mimic/rows:bulk", """{"command":{"verb":"propose"},"state":"draft"}""");
        var open = await CountAsync(map, "mimic", "draft");
        Assert.That(open, Is.Zero, (await map.SendAsync("sue", "GET", "/mimic/findings?severity=error")).Answer);
        await StepAsync(map, "mimic", "ada", mapped[0].Code, """{"verb":"approve"}""", 403);
        foreach (var row in rows) await StepAsync(map, "mimic", "ria", row.Code, """{"verb":"approve"}""");
        await ReleaseAsync(map, 1);
        await ServedAsync(map, mapped.ToDictionary(row => row.Code, row => row.Target), 1);

        // The list comes again: three are gone, one is new, one means something else, one is only spelt otherwise.
        var (gone, other, spelt) = (mapped[^3..], mapped[10], mapped[11]);
        LabItem[] again = [.. rows.Except(gone).Select(row => row == other ? row with { Fluid = "Urine", Unit = "mmol/L" } : row == spelt ? row with { Name = row.Name.ToUpperInvariant() } : row), new("99999", "Novel analyte", "Blood", "Chemistry", "mg/dL", "4711-7")];
        var classes = (await ListAsync(map, "mimic", again)).GetProperty("classes").EnumerateObject().ToDictionary(member => member.Name, member => member.Value.GetInt32());
        Assert.That((classes["withdrawn"], classes["added"], classes["meaning-changed"], classes["wording-only"], classes.Values.Sum()), Is.EqualTo((3, 1, 1, 1, again.Length + gone.Length)));
        Assert.That((await map.AskAsync("sue", "GET", $"/mimic/rows/{other.Code}")).GetProperty("row").GetProperty("state").GetString(), Is.EqualTo("recheck"));
        await DecideAsync(map, "mimic", "ben", other.Code, mapped[12].Target);
        await DecideAsync(map, "mimic", "ben", "99999", mapped[13].Target);
        foreach (var code in new[] { other.Code, "99999" })
        {
            await StepAsync(map, "mimic", "ben", code, """{"verb":"propose"}""");
            await StepAsync(map, "mimic", "ria", code, """{"verb":"approve"}""");
        }
        await ServedAsync(map, new() { [other.Code] = other.Target }, 1);
        await ReleaseAsync(map, 2);
        await ServedAsync(map, new() { [other.Code] = mapped[12].Target, ["99999"] = mapped[13].Target }, 2);
        var difference = await map.AskAsync("vic", "GET", "/mimic/releases:diff?a=1&b=2");
        Assert.That((difference.GetProperty("added").GetArrayLength(), difference.GetProperty("changed")[0].GetProperty("key").GetString()), Is.EqualTo((1, other.Code)));

        await map.AskAsync("sue", "POST", "/mimic/releases/1:activate");
        await ServedAsync(map, mapped.ToDictionary(row => row.Code, row => row.Target), 1);
        foreach (var id in new[] { "mimic", "blind" }) Assert.That((await map.AskAsync("aud", "GET", $"/{id}/verify")).GetProperty("valid").GetBoolean());
        TestContext.Out.WriteLine($"{rows.Length} rows ({mapped.Length} mapped), {(await map.AskAsync("aud", "GET", "/mimic/verify")).GetProperty("events")} events; agreement of two on {Dual}: {agreement}");
    }

    private sealed record LabItem(string Code, string Name, string Fluid, string Category, string Unit, string Target);

    private static async Task<LabItem[]> ReadAsync(string file)
    {
        using var table = CodeTable.Open(file);
        var rows = new List<LabItem>();
        var block = new TableBlock(table);
        while (await table.ReadAsync(block, CancellationToken.None))
        {
            while (block.Read()) rows.Add(new(block[0], block[1], block[2], block[3], block[4], block[table.Column("target_code")]));
        }
        return [.. rows];
    }

    private static Task<JsonElement> CreateAsync(MapServer map, string id, string url, string review)
        => map.AskAsync("sue", "POST", "", $$$"""{"id":"{{{id}}}","url":"{{{url}}}","title":"MIMIC-IV laboratory","sourceSystem":"{{{Source}}}","targetSystems":["{{{Loinc}}}"],"domain":"lab","steward":"sue","policy":{"review":"{{{review}}}"}}""", 201);

    private static async Task<JsonElement> ListAsync(MapServer map, string id, IEnumerable<LabItem> rows)
    {
        var csv = new StringBuilder("itemid,label,fluid,category,valueuom\n");
        foreach (var row in rows) csv.AppendJoin(',', new[] { row.Code, row.Name, row.Fluid, row.Category, row.Unit }.Select(field => $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")).Append('\n');
        (string, string)[] recipe = [("recipe", """{"columns":[{"name":"itemid","role":"code"},{"name":"label","role":"display"},{"name":"fluid","role":"specimen"},{"name":"category","role":"department"},{"name":"valueuom","role":"unit"}]}""")];
        return (await map.SendFileAsync("lists:import", "d_labitems.csv", csv.ToString(), recipe, 200, id)).GetProperty("version");
    }

    private static string Content(string code) => $$$"""{"verb":"decide","content":{"targets":[{"system":"{{{Loinc}}}","code":"{{{code}}}","relationship":"equivalent"}]}}""";

    private static Task DecideAsync(MapServer map, string id, string who, string key, string code) => StepAsync(map, id, who, key, Content(code));

    private static async Task StepAsync(MapServer map, string id, string who, string key, string command, int status = 200)
    {
        var version = (await map.AskAsync("sue", "GET", $"/{id}/rows/{key}")).GetProperty("version").GetInt32();
        await map.AskAsync(who, "PATCH", $"/{id}/rows/{key}", command, status, version.ToString(CultureInfo.InvariantCulture));
    }

    private static async Task<int> CountAsync(MapServer map, string id, string state) => (await map.AskAsync("sue", "GET", $"/{id}/rows?limit=1&state={state}")).GetProperty("total").GetInt32();

    private static async Task ReleaseAsync(MapServer map, int expected)
    {
        Assert.That((await map.AskAsync("sue", "POST", "/mimic/releases:freeze", null, 201)).GetProperty("number").GetInt32(), Is.EqualTo(expected));
        await map.AskAsync("sue", "POST", $"/mimic/releases/{expected}:check");
        await map.AskAsync("kim", "POST", $"/mimic/releases/{expected}:sign");
        await map.AskAsync("sue", "POST", $"/mimic/releases/{expected}:activate");
    }

    /// <summary>What <c>$translate</c> answers for each code, all of them in one list.</summary>
    private static async Task ServedAsync(MapServer map, Dictionary<string, string> expected, int release)
    {
        using var content = new StringContent("code\n" + string.Concat(expected.Keys.Select(code => code + "\n")), Encoding.UTF8, "text/csv");
        using var answer = await map.Server.Client.PostAsync(new Uri($"api/translate?url={Url}&system={Source}", UriKind.Relative), content);
        var lines = (await answer.Content.ReadAsStringAsync()).Split("\r\n")[1..^1];
        Assert.That(lines.Select(line => line.Split(',') is var fields ? (fields[0], fields[4], fields[6]) : default), Is.EqualTo(expected.Select(pair => (pair.Key, pair.Value, $"{Url}|{release}"))));
    }
}

using System.Text.Json;

namespace Terminology.Server.MapApi;

/// <summary>A list of a laboratory comes in as a file, is looked at, brought in, and comes again changed.</summary>
public sealed class MapListTests
{
    private const string First = "Code;Bezeichnung;Einheit;Material;Anzahl\nGLU;Glukose;mg/dl;Serum;1200\nNA;Natrium;mmol/l;Serum;900\nK;Kalium;mmol/l;Serum;880\n;ohne Code;;;\nNA;Natrium;mmol/l;Serum;900\n";
    private const string Second = "Code;Bezeichnung;Einheit;Material;Anzahl\nGLU;Glukose;mmol/l;Urin;1300\nNA;NATRIUM;mmol/l;Serum;910\nCA;Calcium;mmol/l;Serum;400\n";

    [Test]
    public async Task Preview_ForeignList_ProposesRolesAndChangesNothing()
    {
        await using var map = await MapServer.StartAsync();
        var preview = await map.SendListAsync("preview", "labor.csv", First);
        var roles = preview.GetProperty("columns").EnumerateArray().ToDictionary(column => column.GetProperty("name").GetString()!, column => column.GetProperty("role").GetString());
        Assert.That((roles["Code"], roles["Bezeichnung"], roles["Einheit"], roles["Material"], roles["Anzahl"]), Is.EqualTo(("code", "display", "unit", "specimen", "frequency")));
        Assert.That(preview.GetProperty("columns")[2].GetProperty("reason").GetString(), Is.Not.Empty);
        Assert.That(preview.GetProperty("findingsByRule").TryGetProperty("MQ-002", out _), preview.ToString());
        Assert.That((await map.AskAsync("ada", "GET", "/lab/rows")).GetProperty("total").GetInt32(), Is.Zero);
    }

    [Test]
    public async Task Import_Twice_EveryRowIsAccountedFor_AndWhatMeansSomethingElseIsLookedAtAgain()
    {
        await using var map = await MapServer.StartAsync();
        var recipe = (await map.SendListAsync("preview", "labor.csv", First)).GetProperty("recipe").ToString();
        var first = (await map.SendListAsync("import", "labor.csv", First, recipe)).GetProperty("version");
        Assert.That((first.GetProperty("input").GetInt32(), Classes(first)["added"], first.GetProperty("duplicates").GetInt32(), first.GetProperty("rejected").GetInt32()), Is.EqualTo((5, 3, 1, 1)));
        await map.ApproveAsync("GLU", "G1");
        await map.ApproveAsync("NA", "N1");

        // The recipe of the first version reads the second.
        var second = (await map.SendListAsync("import", "labor2.csv", Second)).GetProperty("version");
        Assert.That(Classes(second), Is.EquivalentTo(new Dictionary<string, int> { ["meaning-changed"] = 1, ["wording-only"] = 1, ["added"] = 1, ["withdrawn"] = 1 }));
        Assert.That(second.GetProperty("input").GetInt32(), Is.EqualTo(3));
        var glucose = (await map.AskAsync("ada", "GET", "/lab/rows/GLU")).GetProperty("row");
        Assert.That(glucose.GetProperty("state").GetString(), Is.EqualTo("recheck"));
        Assert.That(glucose.GetProperty("causes")[0].GetString(), Does.Contain("'mg/dl' became 'mmol/l'"));
        Assert.That((await map.AskAsync("ada", "GET", "/lab/rows/NA")).GetProperty("row") is var sodium ? (sodium.GetProperty("state").GetString(), sodium.GetProperty("display").GetString()) : default, Is.EqualTo(("approved", "NATRIUM")));
        Assert.That((await map.AskAsync("ada", "GET", "/lab/rows/K")).GetProperty("row").GetProperty("state").GetString(), Is.EqualTo("retired"));
        Assert.That((await map.AskAsync("ada", "GET", "/lab/lists")).GetArrayLength(), Is.EqualTo(2));
        Assert.That((await map.AskAsync("aud", "GET", "/lab/verify")).GetProperty("valid").GetBoolean());

        // Back again: what was decided of it before does not count by itself.
        var third = (await map.SendListAsync("import", "labor3.csv", First)).GetProperty("version");
        Assert.That(Classes(third)["back-again"], Is.EqualTo(1));
        Assert.That((await map.AskAsync("ada", "GET", "/lab/rows/K")).GetProperty("row").GetProperty("state").GetString(), Is.EqualTo("unmapped"));
    }

    /// <summary>Every target that the list names is taken, the same already, or refused with a reason; what the map says stays.</summary>
    [Test]
    public async Task Import_ListThatNamesTargets_MakesDraftsAndAccountsForEach()
    {
        const string list = "code,name,target_code,target_name,target_system,relationship,mapping_status\nGLU,Glucose,G1,Glucose in serum,,wider,APPROVED\nNA,Sodium,N1,Sodium,http://hospital.example/standard,equal,\nK,Potassium,K1,Potassium,http://other.example/x,equal,\nCA,Calcium,C1,Calcium,,sort of,\nMG,Magnesium,,,,,\n";
        const string recipe = """{"columns":[{"name":"code","role":"code"},{"name":"name","role":"display"},{"name":"target_code","role":"target-code"},{"name":"target_name","role":"target-display"},{"name":"target_system","role":"target-system"},{"name":"relationship","role":"target-relationship"},{"name":"mapping_status","role":"target-status"}]}""";
        await using var map = await MapServer.StartAsync();
        var preview = (await map.SendListAsync("preview", "list.csv", list, recipe)).GetProperty("targets");
        var first = await map.SendListAsync("import", "list.csv", list, recipe);
        foreach (var told in new[] { preview, first.GetProperty("targets") })
        {
            Assert.That(Counts(told), Is.EqualTo((4, 2, 0, 0, 2)), told.ToString());
            Assert.That(told.GetProperty("refused").EnumerateArray().Select(row => row.GetProperty("detail").GetString()), Is.EqualTo(new[] { "'http://other.example/x' is none of the systems that the map goes to: http://hospital.example/standard.", "'sort of' is no relationship that is known; equivalent, source-is-narrower-than-target, source-is-broader-than-target, related-to, not-related-to, or a word of R4, SKOS, Usagi or Snap2SNOMED are." }));
            Assert.That(told.GetProperty("direction")[0].GetString(), Is.EqualTo("'Glucose' is read as narrower than 'Glucose in serum'."));
        }
        var glucose = (await map.AskAsync("ada", "GET", "/lab/rows/GLU")).GetProperty("row");
        Assert.That((glucose.GetProperty("state").GetString(), glucose.TryGetProperty("approved", out _)), Is.EqualTo(("draft", false)), "whatever state the list gives it");
        Assert.That(glucose.GetProperty("content").GetProperty("targets")[0].GetProperty("relationship").GetString(), Is.EqualTo("source-is-narrower-than-target"));
        Assert.That((await map.AskAsync("ada", "GET", "/lab/rows/GLU/why")).GetProperty("events")[0].GetProperty("evidence").ToString(), Does.Contain("list.csv, line 2").And.Contain("APPROVED"));

        await map.ApproveAsync("NA", "N9");
        var again = await map.SendListAsync("import", "list.csv", list.Replace("GLU,Glucose,", "GLU,Glucose (blood),", StringComparison.Ordinal).Replace("NA,Sodium,", "NA,Sodium (blood),", StringComparison.Ordinal));
        Assert.That(Counts(again.GetProperty("targets")), Is.EqualTo((4, 0, 1, 2, 1)), "the same already, unchanged since, and not over what was approved");
        Assert.That(again.GetProperty("targets").GetProperty("refused")[0].GetProperty("detail").GetString(), Does.Contain("something else of 'NA' (approved)"));
        Assert.That((await map.AskAsync("ada", "GET", "/lab/rows/NA")).GetProperty("row").GetProperty("content").GetProperty("targets")[0].GetProperty("code").GetString(), Is.EqualTo("N9"));
    }

    [Test]
    public async Task Import_ListThatNamesTargets_WhereAuthorsWorkBlindly_GivesThemNoAnswer()
    {
        await using var map = await MapServer.StartAsync("dual-blind");
        var told = (await map.SendListAsync("import", "list.csv", "code,name,loinc\nGLU,Glucose,2345-7\n", """{"columns":[{"name":"code","role":"code"},{"name":"name","role":"display"},{"name":"loinc","role":"target-code"}]}""")).GetProperty("targets");
        Assert.That((Counts(told), told.GetProperty("refused")[0].GetProperty("code").GetString()), Is.EqualTo(((1, 0, 0, 0, 1), "DECIDED_BLINDLY")));
        Assert.That((await map.AskAsync("ada", "GET", "/lab/rows/GLU")).GetProperty("row").GetProperty("state").GetString(), Is.EqualTo("unmapped"));
    }

    private static (int Named, int Taken, int Same, int Unchanged, int Refused) Counts(JsonElement told)
        => (told.GetProperty("named").GetInt32(), told.GetProperty("taken").GetInt32(), told.GetProperty("same").GetInt32(), told.GetProperty("unchanged").GetInt32(), told.GetProperty("refusedCount").GetInt32());

    [Test]
    public async Task Import_WhatCannotBeRead_IsToldAndChangesNothing()
    {
        await using var map = await MapServer.StartAsync();
        foreach (var (text, recipe, status) in new[]
        {
            ("", null, 400), ("a,b\n1,2\n", """{"columns":[{"name":"nosuch","role":"code"}]}""", 400), ("a,b\n1,2\n", "{", 400), ("a,b\n1,2\n", """{"columns":[{"name":"a","role":"wizard"}]}""", 400), ("a,b\n1,2\n", null, 400),
        })
        {
            var problem = await map.SendListAsync("import", "x.csv", text, recipe, status);
            Assert.That(problem.GetProperty("detail").GetString(), Is.Not.Empty);
        }
        Assert.That((await map.AskAsync("ada", "GET", "/lab/lists")).GetArrayLength(), Is.Zero);
    }

    private static Dictionary<string, int> Classes(JsonElement version) => version.GetProperty("classes").EnumerateObject().ToDictionary(member => member.Name, member => member.Value.GetInt32());
}

using System.Text.Json;

namespace Terminology.Server.MapApi;

/// <summary>Rows assigned over the API, one and many, and found by whom they are assigned to.</summary>
public sealed class MapAssignTests
{
    private static string[] Keys(JsonElement page) => [.. page.GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("row").GetProperty("key").GetString()!)];

    [Test]
    public async Task Rows_Assigned_AreFoundByTheirPeople_AndKeepTheirApproval()
    {
        await using var map = await MapServer.StartAsync();
        await map.ImportAsync(isWhole: true, "A", "B", "C", "D");
        await map.ApproveAsync("A", "G1");
        var dry = await map.AskAsync("sue", "POST", "/lab/rows:assign", """{"assignees":{"author":"ben","reviewer":"jo"},"due":"2027-01-31","dryRun":true}""");
        Assert.That((dry.GetProperty("done").GetInt32(), dry.GetProperty("dryRun").GetBoolean()), Is.EqualTo((4, true)));
        Assert.That(Keys(await map.AskAsync("ada", "GET", "/lab/rows?unassigned=true")), Has.Length.EqualTo(4));
        await map.AskAsync("sue", "POST", "/lab/rows:assign", """{"keys":["A","B"],"assignees":{"author":"ben","reviewer":"jo"},"due":"2027-01-31"}""");
        await map.AskAsync("sue", "POST", "/lab/rows:assign", """{"state":"unmapped","assignees":{"second":"ada"}}""");
        Assert.That(Keys(await map.AskAsync("ben", "GET", "/lab/rows?assignee=me")), Is.EqualTo(new[] { "A", "B" }));
        Assert.That(Keys(await map.AskAsync("sue", "GET", "/lab/rows?assignee=ada&state=unmapped&q=local")), Is.EqualTo(new[] { "B", "C", "D" }));
        Assert.That((await map.AskAsync("sue", "GET", "/lab/rows?unassigned=true")).GetProperty("total").GetInt32(), Is.Zero);
        var row = (await map.AskAsync("sue", "GET", "/lab/rows/A")).GetProperty("row");
        Assert.That((row.GetProperty("state").GetString(), row.GetProperty("due").GetString(), row.GetProperty("assignees").GetProperty("author").GetString()), Is.EqualTo(("approved", "2027-01-31", "ben")));
        Assert.That((await map.AskAsync("sue", "GET", "/lab/rows/A/why")).GetProperty("events")[0].GetProperty("verb").GetString(), Is.EqualTo("assign"));
        Assert.That((await map.AskAsync("aud", "GET", "/lab/verify")).GetProperty("valid").GetBoolean());
    }

    [Test]
    public async Task Rows_AssignedWrongly_AreNamedOneByOne()
    {
        await using var map = await MapServer.StartAsync();
        await map.ImportAsync(isWhole: true, "A", "B");
        await map.AskAsync("sue", "POST", "/lab/rows:assign", """{"keys":["A"],"assignees":{"author":"sue"}}""");
        var bulk = await map.AskAsync("sue", "POST", "/lab/rows:assign", """{"assignees":{"reviewer":"sue"}}""");
        Assert.That((bulk.GetProperty("done").GetInt32(), bulk.GetProperty("refused")[0].GetProperty("key").GetString(), bulk.GetProperty("refused")[0].GetProperty("code").GetString()), Is.EqualTo((1, "A", "ASSIGNEES_CONFLICT")));
        var role = await map.AskAsync("sue", "POST", "/lab/rows:assign", """{"keys":["B"],"assignees":{"adjudicator":"ria","author":"eve"}}""");
        Assert.That(role.GetProperty("refused")[0].GetProperty("detail").GetString(), Does.Contain("'ria' cannot be adjudicator").And.Contain("'eve' cannot be author"));
        Assert.That((await map.AskAsync("sue", "POST", "/lab/rows:assign", "{}", 400)).GetProperty("errors")[0].GetProperty("field").GetString(), Is.EqualTo("assignees"));
        await map.AskAsync("sue", "GET", "/lab/rows?unassigned=perhaps", null, 400);
        await map.AskAsync("sue", "GET", "/lab/rows?unassigned=true&assignee=me", null, 400);
        await map.AskAsync("ada", "POST", "/lab/rows:assign", """{"assignees":{"author":"ada"}}""", 403);
    }

    [Test]
    public async Task BlindRow_OfTwoNamedAuthors_IsForTheseTwo()
    {
        await using var map = await MapServer.StartAsync("dual-blind");
        await map.ImportAsync(isWhole: true, "A");
        await map.AskAsync("sue", "POST", "/lab/rows:assign", """{"assignees":{"author":"ada","second":"ben"}}""");
        Assert.That((await map.StepAsync("sue", "A", MapServer.Decide("G1"), 403)).GetProperty("code").GetString(), Is.EqualTo("ASSIGNED_TO_OTHERS"));
        await map.StepAsync("ada", "A", MapServer.Decide("G1"));
        await map.StepAsync("ben", "A", MapServer.Decide("G2"));
    }
}

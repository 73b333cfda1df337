using Terminology.Issues;

namespace Terminology.Server.Access;

public sealed class PeopleTests
{
    [TestCase("admin", "reviewer"), TestCase("steward", "admin")]
    public async Task Put_AdminWithAnotherRole_IsRefused_AlsoInAnotherDomain(string one, string other)
    {
        await using var server = await ServerOfItsOwn.StartAsync();
        var people = server.Get<People>();
        Assert.That(async () => await people.PutAsync(new("ann", new Dictionary<string, string[]> { ["lab"] = [one, other] }), "test"), Throws.InstanceOf<TerminologyException>().With.Property("MessageId").EqualTo("ADMIN_ALONE"));
        Assert.That(async () => await people.PutAsync(new("ann", new Dictionary<string, string[]> { ["lab"] = [one], ["drug"] = [other] }), "test"), Throws.InstanceOf<TerminologyException>().With.Message.Contains("another person"));
        await people.PutAsync(new("ann", new Dictionary<string, string[]> { ["lab"] = ["admin"], ["drug"] = ["admin"] }), "test");
    }
}

using System.Text;

namespace Terminology.Server.Proofs;

/// <summary>What a client was told to have entered into its closure table is there after the server was killed.</summary>
public sealed class KilledClosureTests
{
    private const string Name = """{"name":"name","valueString":"kept"}""";

    [Test]
    public async Task Closure_ServerKilled_IsThereAfterwards()
    {
        using var program = new TerminologyProgram();
        await WhileServingAsync(program, async client =>
        {
            await AskAsync(client, Name);
            Assert.That(await AskAsync(client, Name + """,{"name":"concept","valueCoding":{"system":"http://hl7.org/fhir/administrative-gender","code":"male"}}"""), Does.Contain("\"version\":\"1\""));
        });
        await WhileServingAsync(program, async client =>
        {
            Assert.That(await AskAsync(client, Name + """,{"name":"version","valueString":"0"}"""), Does.Contain("\"version\":\"1\""));
            Assert.That(await AskAsync(client, Name + """,{"name":"concept","valueCoding":{"system":"http://hl7.org/fhir/administrative-gender","code":"male"}}"""), Does.Contain("\"version\":\"1\""), "entered before");
        });
    }

    private static async Task WhileServingAsync(TerminologyProgram program, Func<HttpClient, Task> ask)
    {
        using var server = program.Start("serve", "--urls", "http://127.0.0.1:0");
        try
        {
            using var client = new HttpClient { BaseAddress = new(await TerminologyProgram.AddressOf(server) + "/") };
            await ask(client);
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync();
        }
    }

    private static async Task<string> AskAsync(HttpClient client, string parameters)
    {
        using var content = new StringContent($$"""{"resourceType":"Parameters","parameter":[{{parameters}}]}""", Encoding.UTF8, "application/fhir+json");
        using var response = await client.PostAsync(new Uri("$closure", UriKind.Relative), content);
        return await response.Content.ReadAsStringAsync();
    }
}

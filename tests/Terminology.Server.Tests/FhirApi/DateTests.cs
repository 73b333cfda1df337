using System.Globalization;

namespace Terminology.Server.FhirApi;

public sealed class DateTests
{
    private const string List = "http://example.org/list";

    [Test]
    public async Task Lookup_OnADate_AnswersFromTheVersionInForceThen()
    {
        using var program = new TerminologyProgram();
        Assert.That(program.Run("import", program.CodeList("1", 3), "--as", $"{List}|1").ExitCode, Is.Zero);
        await Task.Delay(20);
        var between = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);
        await Task.Delay(20);
        Assert.That(program.Run("import", program.CodeList("2", 3), "--as", $"{List}|2", "--activate").ExitCode, Is.Zero);
        using var server = program.Start("serve", "--urls", "http://127.0.0.1:0");
        try
        {
            using var client = new HttpClient();
            var lookup = $"{await TerminologyProgram.AddressOf(server)}/CodeSystem/$lookup?system={List}&code=C1";
            Assert.That(await TerminologyProgram.AskAsync(client, lookup, "display"), Does.EndWith("as of 2"));
            Assert.That(await TerminologyProgram.AskAsync(client, $"{lookup}&date={between}", "display"), Does.EndWith("as of 1"));
            Assert.That(await TerminologyProgram.AskAsync(client, $"{lookup}&date=2999", "display"), Does.EndWith("as of 2"));
            Assert.That((int)(await client.GetAsync(new Uri($"{lookup}&date=2001-01-01"))).StatusCode, Is.EqualTo(404), "nothing was loaded then");
            Assert.That((int)(await client.GetAsync(new Uri($"{lookup}&date=soon"))).StatusCode, Is.EqualTo(400));
            Assert.That(program.Run("remove", $"{List}|1").ExitCode, Is.Zero);
            await Task.Delay(1000);
            var gone = await client.GetAsync(new Uri($"{lookup}&date={between}"));
            Assert.That((int)gone.StatusCode, Is.EqualTo(404));
            Assert.That(await gone.Content.ReadAsStringAsync(), Does.Contain("not loaded any more"));
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync();
        }
    }
}

using System.Net;
using System.Net.Http.Headers;

namespace Terminology.Server.Access;

/// <summary>Keys as an operator makes them: beside a running server and without one; and what a server refuses to start as.</summary>
public sealed class KeyVerbTests
{
    [Test]
    public async Task Key_WithoutAndBesideAServer_IsOneKeyring()
    {
        using var program = new TerminologyProgram();
        var first = KeyIn(program.Run("key", "create", "--name", "first", "--scope", "write", "read"));
        using var server = program.Start("serve", "--urls", "http://127.0.0.1:0");
        try
        {
            var address = await TerminologyProgram.AddressOf(server);
            Assert.That(await ClosureAsync(address, first), Is.EqualTo(HttpStatusCode.OK));
            var second = KeyIn(program.Run("key", "create", "--name", "second", "--scope", "write", "--expires", "2901-01-31"));
            Assert.That(await ClosureAsync(address, second), Is.EqualTo(HttpStatusCode.OK));
            Assert.That(program.Run("key", "create", "--name", "second", "--scope", "write").ExitCode, Is.EqualTo(3), "the name is taken");
            Assert.That(program.Run("key", "list").Output, Does.Contain("first  read write, no expiry").And.Contain("second  write, until 2901-01-31").And.Not.Contain("tk_"));
            Assert.That(program.Run("key", "revoke", "first").ExitCode, Is.Zero);
            Assert.That(await ClosureAsync(address, first), Is.EqualTo(HttpStatusCode.Unauthorized));
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync();
        }
        Assert.That(program.Run("key", "list").Output, Does.Contain("second").And.Not.Contain("first"), "what the killed server left does not mislead");
        if (!OperatingSystem.IsWindows()) Assert.That(File.GetUnixFileMode(Path.Combine(program.Data, "server.json")), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Test]
    public async Task Serve_ForOthers_NeedsAKeyOrAWord()
    {
        using var program = new TerminologyProgram();
        var (refused, said) = program.Run("serve", "--urls", "http://0.0.0.0:0");
        Assert.That(refused, Is.EqualTo(2), said);
        Assert.That(said, Does.Contain("key create").And.Contain("--read-only").And.Contain("--open-writes-to-anyone"));
        await StartsAsync(program, "--read-only");
        await StartsAsync(program, "--open-writes-to-anyone");
        KeyIn(program.Run("key", "create", "--name", "first", "--scope", "write"));
        await StartsAsync(program);
    }

    private static async Task StartsAsync(TerminologyProgram program, params string[] options)
    {
        using var server = program.Start(["serve", "--urls", "http://0.0.0.0:0", .. options]);
        try
        {
            Assert.That(await TerminologyProgram.AddressOf(server), Does.StartWith("http://0.0.0.0:"));
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync();
        }
    }

    private static string KeyIn((int ExitCode, string Output) run)
    {
        Assert.That(run.ExitCode, Is.Zero, run.Output);
        return run.Output.Split('\n').Single(line => line.StartsWith("tk_", StringComparison.Ordinal)).Trim();
    }

    private static async Task<HttpStatusCode> ClosureAsync(string address, string key)
    {
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var content = new StringContent("""{"resourceType":"Parameters","parameter":[{"name":"name","valueString":"t"}]}""", System.Text.Encoding.UTF8, "application/fhir+json");
        using var response = await client.PostAsync(new Uri(address + "/$closure"), content);
        return response.StatusCode;
    }
}

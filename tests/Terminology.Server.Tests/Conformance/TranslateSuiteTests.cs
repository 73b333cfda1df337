using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Terminology.Server.Conformance;

/// <summary>The <c>$translate</c> suite beside the checkout, over HTTP, with its own runner: every test of it passes.</summary>
public sealed partial class TranslateSuiteTests
{
    [Test]
    public async Task Serve_TranslateSuite_PassesWhole()
    {
        var (suite, runner) = (Repository.Shared("translate-suite"), Repository.Shared("tools/tx-conformance/tx-conformance.mjs"));
        using var program = new TerminologyProgram();
        using var server = program.Start("serve", "--urls", "http://127.0.0.1:0");
        try
        {
            var output = await RunAsync(runner, "--tests", suite, "--server", await TerminologyProgram.AddressOf(server), "--fhir", "r4", "--modes", "stored", "--verbose");
            var passed = Passed().Match(output);
            Assert.That(passed.Success, Is.True, output);
            Assert.That(passed.Groups["passed"].Value, Is.EqualTo(passed.Groups["all"].Value), output);
        }
        finally
        {
            server.Kill();
            server.WaitForExit();
        }
    }

    internal static async Task<string> RunAsync(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo("node") { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var argument in arguments.Prepend(script)) start.ArgumentList.Add(argument);
        try
        {
            using var node = Process.Start(start)!;
            return await node.StandardOutput.ReadToEndAsync();
        }
        catch (Win32Exception)
        {
            Assert.Ignore("needs node, which is not installed");
            throw;
        }
    }

    [GeneratedRegex(@"passed (?<passed>\d+) of (?<all>\d+)", RegexOptions.CultureInvariant)]
    private static partial Regex Passed();
}

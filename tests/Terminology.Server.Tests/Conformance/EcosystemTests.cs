using System.Text.Json;

namespace Terminology.Server.Conformance;

/// <summary>
/// The HL7 terminology ecosystem tests beside the checkout, over HTTP, with their own runner: those whose names are in <c>passing.txt</c> pass. The list only grows;
/// <c>GOLDEN=write</c> adds what passes now.
/// </summary>
public sealed class EcosystemTests
{
    private const string Snomed = "http://snomed.info/sct|http://snomed.info/xsct/31000003106/version/20250909";

    private static string List => Path.Combine(Repository.Root, "tests/Terminology.Server.Tests/Conformance/passing.txt");

    [Test]
    public async Task Serve_EcosystemTests_ThoseThatPassedStillDo()
    {
        var (suite, source) = (Repository.Shared("tx-ecosystem/tests"), Repository.Shared("tx-ecosystem/tx-source/snomed"));
        using var program = new TerminologyProgram();
        Assert.That(program.Run("import", source, "--as", Snomed).ExitCode, Is.Zero);
        using var server = program.Start("serve", "--urls", "http://127.0.0.1:0");
        try
        {
            var results = Path.Combine(program.Folder, "results.json");
            await TranslateSuiteTests.RunAsync(
                Repository.Shared("tools/tx-conformance/tx-conformance.mjs"), "--tests", suite, "--server", await TerminologyProgram.AddressOf(server), "--fhir", "r4", "--modes", "snomed", "--json", results);
            using var json = JsonDocument.Parse(await File.ReadAllTextAsync(results));
            var passed = json.RootElement.GetProperty("tests").EnumerateArray().Where(test => test.GetProperty("status").GetString() == "pass")
                .Select(test => $"{test.GetProperty("suite").GetString()}/{test.GetProperty("test").GetString()}").ToHashSet();
            var failed = json.RootElement.GetProperty("tests").EnumerateArray().Where(test => test.GetProperty("status").GetString() != "pass")
                .Select(test => $"{test.GetProperty("suite").GetString()}/{test.GetProperty("test").GetString()}");
            TestContext.Out.WriteLine($"not passed: {string.Join(", ", failed)}");
            var known = await File.ReadAllLinesAsync(List);
            TestContext.Out.WriteLine($"{passed.Count} of {json.RootElement.GetProperty("total").GetInt32()} pass, {known.Length} are in the list");
            if (Environment.GetEnvironmentVariable("GOLDEN") == "write") await File.WriteAllLinesAsync(List, passed.Union(known).Order(StringComparer.Ordinal));
            Assert.That(known.Except(passed), Is.Empty, "passed before");
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync();
        }
    }
}

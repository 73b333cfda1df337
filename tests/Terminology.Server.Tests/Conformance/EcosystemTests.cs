using System.Text.Json;

namespace Terminology.Server.Conformance;

/// <summary>
/// The HL7 terminology ecosystem tests beside the checkout, over HTTP, with their own runner: those whose names are in a list pass. The lists only grow;
/// <c>GOLDEN=write</c> adds what passes now.
/// </summary>
public sealed class EcosystemTests
{
    /// <summary>The tests name the subset by this version; one takes the International Edition of 2025-02-01 for what answers when no version is named, and the subset stands for it.</summary>
    private const string Snomed = "http://snomed.info/sct|http://snomed.info/xsct/31000003106/version/20250909", Default = "http://snomed.info/sct|http://snomed.info/sct/900000000000207008/version/20250201";

    [Test]
    public Task Serve_EcosystemTests_ThoseThatPassedStillDo()
    {
        var subset = Repository.Shared("tx-ecosystem/tx-source/snomed");
        return CheckAsync("passing.txt", [["import", subset, "--as", Snomed], ["import", subset, "--as", Default], ["activate", Default]], "--modes", "snomed");
    }

    /// <summary>Units, languages and <c>$compare</c>: the tests of this mode that need no licensed content.</summary>
    [Test]
    public Task Serve_ComparisonsAndUnits_ThoseThatPassedStillDo() => CheckAsync(
        "passing-compare.txt", [["import", Repository.Shared("data/loaders/ucum-essence.xml")]],
        "--modes", "tx.fhir.org", "--suite", "UCUM,compare,related2,langcodes", "--skip-file", Repository.Shared("tools/tx-conformance/skip-full-snomed.txt"));

    private static async Task CheckAsync(string file, string[][] verbs, params string[] arguments)
    {
        var (suite, list) = (Repository.Shared("tx-ecosystem/tests"), Path.Combine(Repository.Root, "tests/Terminology.Server.Tests/Conformance", file));
        using var program = new TerminologyProgram();
        foreach (var verb in verbs) Assert.That(program.Run(verb).ExitCode, Is.Zero);
        using var server = program.Start("serve", "--urls", "http://127.0.0.1:0");
        try
        {
            var results = Path.Combine(program.Folder, "results.json");
            await TranslateSuiteTests.RunAsync(
                Repository.Shared("tools/tx-conformance/tx-conformance.mjs"),
                ["--tests", suite, "--server", await TerminologyProgram.AddressOf(server), "--fhir", "r4", "--json", results, .. arguments]);
            using var json = JsonDocument.Parse(await File.ReadAllTextAsync(results));
            var tests = json.RootElement.GetProperty("tests").EnumerateArray()
                .ToLookup(test => test.GetProperty("status").GetString() == "pass", test => $"{test.GetProperty("suite").GetString()}/{test.GetProperty("test").GetString()}");
            var passed = tests[true].ToHashSet();
            TestContext.Out.WriteLine($"not passed: {string.Join(", ", tests[false])}");
            var known = File.Exists(list) ? await File.ReadAllLinesAsync(list) : [];
            TestContext.Out.WriteLine($"{passed.Count} of {json.RootElement.GetProperty("total").GetInt32()} pass, {known.Length} are in the list");
            if (Environment.GetEnvironmentVariable("GOLDEN") == "write") await File.WriteAllLinesAsync(list, passed.Union(known).Order(StringComparer.Ordinal));
            Assert.That(known.Except(passed), Is.Empty, "passed before");
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync();
        }
    }
}

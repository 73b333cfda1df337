using System.Text.Json;
using Terminology.Loaders.Icd10;

namespace Terminology.Server.Impact;

/// <summary><c>terminology impact</c> as a person or a script runs it, with and without a server.</summary>
public sealed class ImpactVerbTests
{
    private const string System = "http://hl7.org/fhir/sid/icd-10-cm", Release = System + "|2031";

    private static TerminologyProgram Loaded(string target)
    {
        var program = new TerminologyProgram();
        string Order(int year, string title)
        {
            var path = Path.Combine(program.Folder, $"icd10cm_order_{year}.txt");
            File.WriteAllText(path, TinyIcd.Order(("S09", false, "Other", "Other injuries"), ("S091", true, "One", title), ("S092", true, "Two", "Injury two")));
            return path;
        }
        Assert.That(program.Run("import", Order(2030, "Injury one"), "--as", System + "|2030").ExitCode, Is.Zero);
        Assert.That(program.Run("import", Order(2031, "Injury of the head"), "--as", Release).ExitCode, Is.Zero);
        var map = Path.Combine(program.Folder, "ConceptMap-x.json");
        File.WriteAllText(map, $$$"""{"resourceType":"ConceptMap","id":"x","url":"http://hospital.example/x","version":"1","status":"active","group":[{"source":"http://hospital.example/local","target":"{{{System}}}","element":[{"code":"L1","target":[{"code":"{{{target}}}","equivalence":"equivalent"}]}]}]}""");
        var imported = program.Run("import", map, "--as", "http://hospital.example/package|1");
        Assert.That(imported.ExitCode, Is.Zero, imported.Output);
        return program;
    }

    [Test]
    public void Impact_TouchedRows_AreToldWithExitCodeOne()
    {
        using var program = Loaded("S09.1");
        var (exitCode, output) = program.Run("impact", "--release", Release);
        Assert.That(exitCode, Is.EqualTo(1), output);
        Assert.That(output, Does.Contain("1 of 1 rows").And.Contain("meaning-changed").And.Contain("Injury one → Injury of the head").And.Contain("compared with " + System + "|2030"));
        using var json = JsonDocument.Parse(program.Run("impact", "--release", Release, "--map", "http://hospital.example/x", "--json").Output);
        Assert.That(json.RootElement[0].GetProperty("list")[0].GetProperty("codes")[0].GetProperty("after").GetProperty("display").GetString(), Is.EqualTo("Injury of the head"));
    }

    [Test]
    public async Task Impact_BesideARunningServer_TellsTheSame()
    {
        using var program = Loaded("S09.1");
        var alone = program.Run("impact", "--release", Release, "--json").Output;
        using var server = program.Start("serve", "--urls", "http://127.0.0.1:0");
        try
        {
            await TerminologyProgram.AddressOf(server);
            Assert.That(program.Run("impact", "--release", Release, "--json").Output, Is.EqualTo(alone));
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync();
        }
    }

    [Test]
    public void Impact_NothingTouchedOrWrongUsage_HasItsExitCode()
    {
        using var program = Loaded("S09.2");
        var untouched = program.Run("impact", "--release", Release);
        Assert.That(untouched.ExitCode, Is.Zero, untouched.Output);
        Assert.That(untouched.Output, Does.Contain("0 of 1 rows"));
        foreach (var (arguments, told) in new (string[] Arguments, string Told)[]
        {
            (["impact"], "--release"), (["impact", "--release", System + "|1999"], "not loaded"), (["impact", "--release", System], "which release"), (["impact", "--release", Release, "--map", "nosuch"], "no map 'nosuch'"),
        })
        {
            var (exitCode, output) = program.Run(arguments);
            Assert.That((exitCode, output.Contains(told, StringComparison.Ordinal)), Is.EqualTo((2, true)), output);
        }
        Assert.That(program.Run("impact", "--help").Output, Does.Contain("Exit code 0"));
    }
}

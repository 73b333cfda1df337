using System.Text.Json;

namespace Terminology.Server.Verbs;

/// <summary>The asking verbs over the demo content, as a person or a script runs them.</summary>
public sealed class VerbTests
{
    private const int Done = 0, Miss = 1, WrongUsage = 2, BadInput = 3;
    private const string Map = "http://example.org/fhir/ConceptMap/local-lab-to-loinc", Lab = "http://example.org/fhir/CodeSystem/local-lab";

    [TestCase(Done, "Glucose [Mass/volume] in Serum or Plasma", "lookup", "http://loinc.org", "2345-7")]
    [TestCase(Done, "Myokardinfarkt", "lookup", "SCT", "22298006", "--language", "de")]
    [TestCase(Miss, "Unknown code", "lookup", "http://loinc.org", "99-9")]
    [TestCase(Done, "valid: http://hl7.org/fhir/sid/icd-10-cm|2026", "validate", "http://hl7.org/fhir/sid/icd-10-cm", "E119")]
    [TestCase(Miss, "NOT valid", "validate", "http://loinc.org", "2345-7", "--display", "Glucose")]
    [TestCase(Done, "2345-7", "translate", Lab, "GLU-S", "--map", Map)]
    [TestCase(Miss, "NOPE", "translate", Lab, "NOPE", "--map", Map)]
    [TestCase(Done, "22298006", "search", "hea", "att", "--system", "http://snomed.info/sct")]
    [TestCase(Done, "http://loinc.org", "status")]
    [TestCase(Done, "ok ", "verify")]
    [TestCase(Done, "Example:", "import", "--help")]
    [TestCase(Done, "Example:", "translate", "--help")]
    [TestCase(WrongUsage, "'terminology --help'", "nosuch")]
    [TestCase(WrongUsage, "SYSTEM and CODE are needed", "lookup", "http://loinc.org")]
    [TestCase(WrongUsage, "NAME=VALUE", "import", "x", "--target", "nonsense")]
    [TestCase(BadInput, "nosuch.zip", "import", "/tmp/nosuch.zip")]
    [TestCase(BadInput, "not loaded", "activate", "http://loinc.org|1.0")]
    [TestCase(BadInput, "nosuch", "translate", Lab, "GLU-S", "--map", "http://nosuch.example/map")]
    public void Run_Verb_AnswersAndExits(int exitCode, string expected, params string[] arguments)
    {
        using var program = new TerminologyProgram(DemoServer.Data);
        var (exited, output) = program.Run(arguments);
        Assert.That(output, Does.Contain(expected));
        Assert.That(exited, Is.EqualTo(exitCode), output);
    }

    [TestCase("lookup", "http://loinc.org", "2345-7")]
    [TestCase("validate", "http://loinc.org", "2345-7")]
    [TestCase("translate", Lab, "GLU-S")]
    public void Run_Json_IsFhirParameters(params string[] arguments)
    {
        using var program = new TerminologyProgram(DemoServer.Data);
        using var json = JsonDocument.Parse(program.Run([.. arguments, "--json"]).Output);
        Assert.That(json.RootElement.GetProperty("resourceType").GetString(), Is.EqualTo("Parameters"));
    }

    [Test]
    public void Translate_Table_KeepsRowsAndCountsMisses()
    {
        using var program = new TerminologyProgram(DemoServer.Data);
        var (input, output) = (Path.Combine(program.Folder, "in.csv"), Path.Combine(program.Folder, "out.csv"));
        File.WriteAllText(input, "id;code\n1;GLU-S\n2;\"NO;PE\"\n3;HB\n4;\"NO;PE\"\n");
        var (exitCode, told) = program.Run("translate", "--in", input, "--out", output, "--map", Map, "--system", Lab);
        Assert.That(exitCode, Is.EqualTo(Miss));
        Assert.That(told, Does.Contain("not found: NO;PE  2 times, first in line 3").And.Contain("4 rows, 2 found, 2 not found"));
        var lines = File.ReadAllLines(output);
        Assert.That(lines[0], Does.StartWith("id;code;result"));
        Assert.That(lines.Skip(1).Select(line => line[..2]), Is.EqualTo(new[] { "1;", "2;", "3;", "4;" }));
        Assert.That(lines[1], Does.Contain("2345-7"));
    }

    [Test]
    public void Validate_Table_ChecksDisplays()
    {
        using var program = new TerminologyProgram(DemoServer.Data);
        var input = Path.Combine(program.Folder, "in.csv");
        File.WriteAllText(input, "code,display\n2345-7,Glucose\n2345-7,Glucose [Mass/volume] in Serum or Plasma\n");
        var (exitCode, output) = program.Run("validate", "--in", input, "--system", "http://loinc.org");
        Assert.That(exitCode, Is.EqualTo(Miss), output);
        Assert.That(output, Does.Contain("2345-7,Glucose,false").And.Contain("Plasma,true"));
    }
}

using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Hl7.Fhir.Specification.Terminology;
using Terminology.Fhir.Library;
using Terminology.Fhir.Resources;
using Terminology.Store.Data;
using R4 = Hl7.Fhir.Model;

namespace Terminology.Server.Library;

/// <summary>The sample of docs/library.md, run over the demo content.</summary>
[SuppressMessage("Performance", "CA1859", Justification = "The page shows the interface that others take.")]
public sealed class LibrarySampleTests
{
    [Test]
    public async Task Sample_DemoContent_Translates()
    {
        var path = DemoServer.Data;
        // begin sample
        var releases = DataFolder.Open(path, TimeProvider.System).OpenReleases();
        var engine = TerminologyService.Create(releases, new FhirResourceReader());
        ITerminologyService terminology = new FhirTerminologyService(engine);

        var labCode = new TranslateParameters().WithCode("GLU-S", "http://example.org/fhir/CodeSystem/local-lab").WithTarget(null, "http://loinc.org");
        var translated = await terminology.Translate(labCode);
        var loinc = (R4.Coding)translated.Parameter.First(parameter => parameter.Name == "match").Part.First(part => part.Name == "concept").Value!;

        var found = await terminology.Lookup(new LookupParameters().WithCode(loinc.Code, loinc.System));
        var display = found.Parameter.First(parameter => parameter.Name == "display").Value;
        // end sample
        Assert.That(loinc.Code, Is.EqualTo("2345-7"));
        Assert.That(display!.ToString(), Is.EqualTo("Glucose [Mass/volume] in Serum or Plasma"));
    }

    [Test]
    public void Sample_OnThePage_IsTheOneThatRuns()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs/library.md"));
        var shown = page.Split("```csharp\n")[1].Split("```")[0].Trim().Split('\n');
        var run = File.ReadAllLines(Source()).SkipWhile(line => !line.Contains("// begin sample", StringComparison.Ordinal)).Skip(1)
            .TakeWhile(line => !line.Contains("// end sample", StringComparison.Ordinal)).Select(line => line.Length > 8 ? line[8..] : "");
        Assert.That(run, Is.EqualTo(shown));
    }

    private static string Source([CallerFilePath] string path = "") => path;
}

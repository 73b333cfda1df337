using System.IO.Compression;
using Terminology.Fhir.Resources;
using Terminology.Issues;
using Terminology.Releases;

namespace Terminology.Loaders.FhirPackages;

/// <summary>The terminology of FHIR R4 itself, always at hand: the release <c>hl7.fhir.r4.core|4.0.1</c> out of the definitions that HL7 publishes with the standard.</summary>
/// <remarks>The definitions are XML inside this assembly; reading them takes some seconds, so they are imported once like any release.</remarks>
public static class BuiltInR4
{
    // Most of the definitions are profiles; these hold what a terminology server answers from.
    private static readonly string[] Members = ["valuesets.xml", "v2-tables.xml", "v3-codesystems.xml", "conceptmaps.xml", "namingsystem-registry.xml"];

    /// <summary>The release, to be imported when <c>hl7.fhir.r4.core</c> is not loaded yet.</summary>
    public static RecognisedRelease Release { get; } = new Definitions
    {
        Info = new()
        {
            Id = new("hl7.fhir.r4.core", "4.0.1"),
            Title = "FHIR R4 core 4.0.1 (built in)",
            Format = "fhir-package",
            Date = "2019-10-30",
            Copyright = "Licence: CC0-1.0. FHIR® is the registered trademark of HL7.",
        },
        Files = [],
    };

    private sealed class Definitions : RecognisedRelease
    {
        public override void Load(ReleaseInfo info, IReleaseContent? basis, IReleaseSink sink, LoadReport report, CancellationToken cancel)
        {
            using var archive = new ZipArchive(
                typeof(BuiltInR4).Assembly.GetManifestResourceStream("fhir-r4-definitions.zip") ?? throw new InvalidOperationException("The definitions are not in the assembly."));
            sink.Begin(info);
            var pushed = new ResourcePusher(sink, info);
            foreach (var name in Members)
            {
                report.Progress.Step = name;
                var counts = report.Begin(name);
                var member = archive.GetEntry(name) ?? throw new ReleaseFormat("the definitions of FHIR R4 do not hold it.", name);
                using var stream = member.Open();
                foreach (var text in ResourceFile.ReadXml(stream))
                {
                    cancel.ThrowIfCancellationRequested();
                    if (ResourceFile.Kept.Contains(text.ResourceType)) pushed.Push(text, counts);
                    else report.PassedOver++;
                }
            }
        }
    }
}

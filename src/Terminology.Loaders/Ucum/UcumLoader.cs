using System.Xml.Linq;
using Terminology.Loaders.Input;
using Terminology.Releases;

namespace Terminology.Loaders.Ucum;

/// <summary>The UCUM essence file: base units, units and prefixes as a catalogue. The grammar that builds codes from them is not in the file.</summary>
/// <remarks>UCUM <see href="https://ucum.org/ucum">specification</see>.</remarks>
internal sealed class UcumLoader : IReleaseLoader
{
    public IReadOnlyList<RecognisedRelease> Recognise(ReleaseFiles files, ImportOptions options)
    {
        var found = new List<RecognisedRelease>();
        foreach (var file in files.Files)
        {
            if (SafeXml.Root(file) is not { } root || root.Name != XName.Get("root", "http://unitsofmeasure.org/ucum-essence")) continue;
            var version = options.As?.Version ?? (string?)root.Attribute("version");
            found.Add(new UcumRelease(file)
            {
                Info = UcumEssence.Info(version),
                Files = [file],
            });
        }
        return found;
    }

    private sealed class UcumRelease(ReleaseFile file) : RecognisedRelease
    {
        public override void Load(ReleaseInfo info, IReleaseContent? basis, IReleaseSink sink, LoadReport report, CancellationToken cancel)
        {
            var counts = report.Begin(file.Path);
            var root = SafeXml.Load(file).Root!;
            sink.Begin(info);
            UcumEssence.Push(root, sink, counts);
        }
    }
}

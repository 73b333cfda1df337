using System.Xml.Linq;
using Terminology.CodeSystems;
using Terminology.Loaders.Ucum;
using Terminology.Releases;

namespace Terminology.Loaders.BuiltIn;

/// <summary>
/// Code systems that every server has without an import: those whose codes follow a grammar or a public registry. Their tables are inside this assembly and are read when the
/// first code is asked for; a release that is loaded goes before them.
/// </summary>
public static class BuiltInSystems
{
    private const string UcumVersion = "2.2";

    /// <summary>The code systems and the value sets that stand for them.</summary>
    public static BuiltInContent Content { get; } = new([Entry(CodeSystemUri.Ucum.Value, UcumVersion, Ucum)], []);

    private static CodeSystemEntry Entry(string url, string? version, Func<ICodeSystem> open) => new(url, version, Live: true, Release: null) { CodeSystem = new(open) };

    private static ICodeSystem Ucum()
    {
        using var stream = Resource("ucum-essence.xml");
        var root = XDocument.Load(stream).Root!;
        var (sink, report) = (new MemorySink(), new LoadReport());
        sink.Begin(UcumEssence.Info((string?)root.Attribute("version")));
        UcumEssence.Push(root, sink, report.Begin("ucum-essence.xml"));
        return ComposedSystems.Ucum(sink.CodeSystem);
    }

    private static Stream Resource(string name)
        => typeof(BuiltInSystems).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The table {name} is not in the assembly.");
}

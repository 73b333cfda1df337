using System.Text;
using Terminology.CodeSystems;
using Terminology.Fhir.Resources;
using Terminology.Loaders.Input;
using Terminology.Maps;
using Terminology.Operations;
using Terminology.Releases;
using Terminology.Store;

namespace Terminology.Loaders;

/// <summary>Release files that went through the real loader into the real store, opened for asking through the interfaces of Core.</summary>
internal sealed class ImportedRelease : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("terminology-loaded");
    private readonly StoredRelease _release;

    private ImportedRelease(IReadOnlyList<string> paths, ImportOptions options, IReleaseContent? basis)
    {
        using var files = ReleaseFiles.Open(paths, Path.Combine(_folder.FullName, "scratch"));
        var recognised = ReleaseLoaders.Recognise(files, options).Single();
        var path = Path.Combine(_folder.FullName, "release");
        using (var builder = new StoreBuilder(path))
        {
            recognised.Load(recognised.Info, basis, builder, Report, CancellationToken.None);
            builder.Complete(Report, CancellationToken.None);
        }
        _release = StoredRelease.Open(path);
    }

    public LoadReport Report { get; } = new();

    public IReleaseContent Release => _release;

    public ReleaseInfo Info => _release.Info;

    public ICodeSystem System => _release.CodeSystem!;

    public string[] Problems => [.. Report.Problems.Select(problem => problem.ToString())];

    public static ImportedRelease Load(string path, ImportOptions? options = null, IReleaseContent? basis = null) => new([path], options ?? new(), basis);

    public static ImportedRelease Load(IReadOnlyList<string> paths, ImportOptions? options = null) => new(paths, options ?? new(), null);

    public static ImportedRelease Load(ImportOptions options, params (string Name, string Text)[] files)
    {
        using var folder = new TemporaryFiles(files);
        return Load(folder.Path, options);
    }

    /// <summary>A service over this release alone.</summary>
    public TerminologyService Service => TerminologyService.Create([new LoadedRelease(_release, Live: true)], new FhirResourceReader());

    /// <summary>The codes of a value set, in the order of its expansion.</summary>
    public string[] Expand(string url) => Codes(new() { Url = VersionedUrl.Parse(url) });

    /// <summary>The codes for which a filter holds.</summary>
    public string[] Where(string property, string op, string value)
        => Codes(new() { ValueSet = new() { Url = null, Compose = new([new(Info.Id.Url, null, [], [new(property, op, value)], [])], []) } });

    public bool Has(string code) => Find(code).Exists;

    public ConceptOrdinal Find(string code) => System.TryFind(Encoding.UTF8.GetBytes(code), out var concept) ? concept : ConceptOrdinal.None;

    public string Display(string code) => Text(System.Display(Find(code)));

    public ConceptFlags Flags(string code) => System.Flags(Find(code));

    public string[] Parents(string code) => [.. System.Parents(Find(code)).ToArray().Select(Code)];

    public string[] Children(string code) => [.. System.Children(Find(code)).ToArray().Select(Code)];

    /// <summary>Designations as <c>language use: text</c>, in the order of the code system; inactive ones begin with a minus.</summary>
    public string[] Designations(string code)
    {
        var range = System.Designations(Find(code));
        return [.. Enumerable.Range(range.Start, range.Count).Select(Describe)];

        string Describe(int index)
        {
            var view = System.Designation(index);
            return $"{(view.Active ? "" : "-")}{view.Language} {view.Use.Code}: {Text(view.Value)}";
        }
    }

    /// <summary>The index of the designation with this text.</summary>
    public int Designation(string code, string text)
    {
        var range = System.Designations(Find(code));
        return Enumerable.Range(range.Start, range.Count).Single(index => Text(System.Designation(index).Value) == text);
    }

    /// <summary>Values of a property, in order.</summary>
    public string[] Values(string code, string property) => [.. Properties(code).Where(item => item.Property == property).Select(item => item.Value)];

    public (int Group, string Property, string Value, bool IsConcept)[] Properties(string code)
    {
        var range = System.Properties(Find(code));
        return [.. Enumerable.Range(range.Start, range.Count).Select(Describe)];

        (int, string, string, bool) Describe(int index)
        {
            var view = System.Property(index);
            return (view.Group, System.Info.Properties[view.Property].Code, Text(view.Value), view.Concept.Exists);
        }
    }

    public IConceptMap Map(string url) => _release.Maps.Single(map => map.Info.Url == url);

    /// <summary>Targets of a source code as <c>code relationship</c>.</summary>
    public string[] Targets(string map, string code) => [.. Map(map).Find(0, code).SelectMany(element => element.Targets).Select(target => $"{target.Code} {target.Relationship}")];

    /// <summary>Everything the release holds, one line for each record.</summary>
    public string[] Records()
    {
        var log = new RecordLog();
        _release.Replay(log, CancellationToken.None);
        return log.Sorted();
    }

    public void Dispose()
    {
        _release.Dispose();
        _folder.Delete(recursive: true);
    }

    private string[] Codes(ExpandRequest request) => [.. Service.Expand(request, RequestScope.Default).Members.Select(member => Text(member.CodeSystem!.Code(member.Concept)))];

    private string Code(ConceptOrdinal concept) => Text(System.Code(concept));

    private static string Text(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8);
}

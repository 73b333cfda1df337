using System.Text;
using Terminology.CodeSystems;
using Terminology.Loaders.Input;
using Terminology.Maps;
using Terminology.Releases;

namespace Terminology.Loaders;

/// <summary>What a loader pushed, kept so that a test can ask for it in the words of the code system.</summary>
internal sealed class KeptRelease : IReleaseSink, IReleaseContent
{
    private readonly Dictionary<string, KeptConcept> _concepts = new(StringComparer.Ordinal);
    private readonly List<(ConceptMapInfo Info, List<MapElement> Elements)> _maps = [];

    public ReleaseInfo? Info { get; private set; }

    public LoadReport Report { get; } = new();

    public IReadOnlyCollection<string> Codes => _concepts.Keys;

    public IReadOnlyList<(ConceptMapInfo Info, List<MapElement> Elements)> Maps => _maps;

    public KeptConcept this[string code] => _concepts[code];

    public bool Has(string code) => _concepts.ContainsKey(code);

    /// <summary>Loads the only release among some files.</summary>
    public static KeptRelease Load(ImportOptions options, params (string Name, string Text)[] files) => Load(options, null, files);

    public static KeptRelease Load(ImportOptions options, IReleaseContent? basis, params (string Name, string Text)[] files)
    {
        using var folder = new TemporaryFiles(files);
        using var opened = ReleaseFiles.Open(folder.Path, folder.Scratch);
        return Load(ReleaseLoaders.Recognise(opened, options).Single(), basis);
    }

    public static KeptRelease Load(RecognisedRelease release, IReleaseContent? basis = null)
    {
        var kept = new KeptRelease();
        release.Load(release.Info, basis, kept, kept.Report, default);
        return kept;
    }

    public void Begin(ReleaseInfo release) => Info = release;

    public void Concept(in ConceptRecord concept) => Of(concept.Code).Flags = concept.Flags;

    public void Designation(in DesignationRecord designation) => Of(designation.Concept).Designations.Add((designation.DisplayRank, designation.Language, Text(designation.Value)));

    public void Relationship(in RelationshipRecord relationship)
    {
        if (relationship.Active) Of(relationship.Source).Links.Add((Text(relationship.Type), Text(relationship.Target)));
    }

    public void Property(in PropertyRecord property) => Of(property.Concept).Properties.Add((Text(property.Property), Text(property.Value)));

    public void Refset(RefsetInfo refset)
    {
    }

    public void Member(in MemberRecord member)
    {
    }

    public int Map(ConceptMapInfo map)
    {
        _maps.Add((map, []));
        return _maps.Count - 1;
    }

    public void MapElement(int map, int group, MapElement element) => _maps[map].Elements.Add(element);

    public void Resource(ResourceRecord resource)
    {
    }

    public void Complete(LoadReport report, CancellationToken cancel)
    {
    }

    ReleaseInfo IReleaseContent.Info => Info!;

    IReadOnlyList<IConceptMap> IReleaseContent.Maps => [];

    IReadOnlyList<ResourceRecord> IReleaseContent.Resources => [];

    ICodeSystem? IReleaseContent.CodeSystem
    {
        get
        {
            var builder = new InMemoryCodeSystemBuilder(Info!.CodeSystem!);
            foreach (var code in Codes) builder.Add(code);
            return builder.Build();
        }
    }

    void IReleaseContent.Replay(IReleaseSink sink, CancellationToken cancel)
    {
        sink.Begin(Info!);
        foreach (var (code, concept) in _concepts)
        {
            var key = Encoding.UTF8.GetBytes(code);
            sink.Concept(new() { Code = key, Flags = concept.Flags });
            foreach (var (rank, language, text) in concept.Designations)
            {
                sink.Designation(new() { Concept = key, Value = Encoding.UTF8.GetBytes(text), Use = DesignationUses.Display, Language = language, Active = true, DisplayRank = rank });
            }
            foreach (var (type, target) in concept.Links) sink.Relationship(new() { Source = key, Type = Encoding.UTF8.GetBytes(type), Target = Encoding.UTF8.GetBytes(target), Active = true });
            foreach (var (property, value) in concept.Properties)
            {
                sink.Property(new() { Concept = key, Property = Encoding.UTF8.GetBytes(property), Type = PropertyType.String, Value = Encoding.UTF8.GetBytes(value), Active = true });
            }
        }
    }

    private KeptConcept Of(ReadOnlySpan<byte> code)
    {
        var key = Text(code);
        if (!_concepts.TryGetValue(key, out var concept)) _concepts[key] = concept = new();
        return concept;
    }

    private static string Text(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8);
}

/// <summary>One concept of a <see cref="KeptRelease"/>.</summary>
internal sealed class KeptConcept
{
    public ConceptFlags Flags { get; set; }

    public List<(byte Rank, string Language, string Text)> Designations { get; } = [];

    public List<(string Type, string Target)> Links { get; } = [];

    public List<(string Code, string Value)> Properties { get; } = [];

    /// <summary>The display: the first designation of the lowest rank.</summary>
    public string? Display => Designations.Count == 0 ? null : Designations.MinBy(designation => designation.Rank).Text;

    public IEnumerable<string> Parents => Links.Where(link => link.Type == "parent").Select(link => link.Target);

    public IEnumerable<string> Values(string property) => Properties.Where(value => value.Code == property).Select(value => value.Value);
}

/// <summary>Some files in a folder that goes with the test.</summary>
internal sealed class TemporaryFiles : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("terminology-files");

    public TemporaryFiles(params (string Name, string Text)[] files)
    {
        Directory.CreateDirectory(Path);
        foreach (var (name, text) in files) Write(name, Encoding.UTF8.GetBytes(text));
    }

    public string Path => System.IO.Path.Combine(_folder.FullName, "release");

    public string Scratch => System.IO.Path.Combine(_folder.FullName, "scratch");

    public void Write(string name, byte[] bytes)
    {
        var path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}

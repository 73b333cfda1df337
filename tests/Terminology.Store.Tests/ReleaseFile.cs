using System.Text;
using Terminology.CodeSystems;
using Terminology.Releases;

namespace Terminology.Store;

/// <summary>A release file of one test, in a folder that goes with it: push records, then ask.</summary>
internal sealed class ReleaseFile : IDisposable
{
    public const string Inferred = "900000000000011006", Stated = "900000000000010007";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("release");
    private readonly StoreBuilder _builder;
    private StoredRelease? _release;

    public ReleaseFile(ReleaseInfo? info = null)
    {
        Path = global::System.IO.Path.Combine(_folder.FullName, "test.store");
        _builder = new(Path);
        _builder.Begin(info ?? Info());
    }

    public string Path { get; }

    public LoadReport Report { get; } = new();

    public StoreBuilder Sink => _builder;

    public StoredRelease Release => _release ??= Complete();

    public ICodeSystem System => Release.CodeSystem!;

    public static ReleaseInfo Info(bool caseSensitive = true, params PropertyDefinition[] properties) => new()
    {
        Id = new("http://example.org/fruit", "1"),
        Title = "Fruit",
        Format = "csv",
        CodeSystem = new() { Url = new("http://example.org/fruit"), Version = "1", CaseSensitive = caseSensitive, Properties = properties },
    };

    public static ReleaseInfo Snomed(string? language = null) => new()
    {
        Id = new("http://snomed.info/sct", "http://snomed.info/sct/900000000000207008/version/20260101"),
        Title = "SNOMED CT",
        Format = "snomed-rf2",
        HierarchyType = "116680003",
        NumericCodes = true,
        CodeSystem = new() { Url = CodeSystemUri.Snomed, Version = "http://snomed.info/sct/900000000000207008/version/20260101", Language = language },
    };

    public ReleaseFile Concept(string code, ConceptFlags flags = ConceptFlags.None, int time = 0, string module = "", string status = "")
    {
        _builder.Concept(new() { Code = Utf8(code), Flags = flags, EffectiveTime = new(time), Module = Utf8(module), DefinitionStatus = Utf8(status) });
        return this;
    }

    public ReleaseFile Designation(string concept, string value, byte rank = 0, string id = "", bool active = true, Coding? use = null, string language = "en", int time = 0)
    {
        _builder.Designation(new()
        {
            Concept = Utf8(concept), Value = Utf8(value), Use = use ?? DesignationUses.Display, Language = language, Id = Utf8(id), Active = active,
            DisplayRank = rank, EffectiveTime = new(time),
        });
        return this;
    }

    public ReleaseFile Link(string source, string type, string target, int group = 0, string id = "", bool active = true, int time = 0, string kind = "")
    {
        _builder.Relationship(new()
        {
            Source = Utf8(source), Type = Utf8(type), Target = Utf8(target), Group = group, Id = Utf8(id), Active = active, EffectiveTime = new(time),
            CharacteristicType = Utf8(kind),
        });
        return this;
    }

    public ReleaseFile Parent(string child, string parent) => Link(child, "parent", parent);

    public ReleaseFile Property(string concept, string property, PropertyType type, string value, int group = 0, string id = "", bool active = true, int time = 0)
    {
        _builder.Property(new()
        {
            Concept = Utf8(concept), Property = Utf8(property), Type = type, Value = Utf8(value), Group = group, Id = Utf8(id), Active = active, EffectiveTime = new(time),
        });
        return this;
    }

    public ReleaseFile Member(string refset, string component, string fields = "", string? id = null, bool active = true, int time = 20260101)
    {
        _builder.Member(new()
        {
            Refset = Utf8(refset), ReferencedComponent = Utf8(component), Fields = Utf8(fields), Id = Utf8(id ?? Uuid($"{refset}|{component}|{fields}")), Active = active,
            EffectiveTime = new(time), Module = "900000000000207008"u8,
        });
        return this;
    }

    public ConceptOrdinal Find(string code) => System.TryFind(Utf8(code), out var concept) ? concept : ConceptOrdinal.None;

    public string Code(ConceptOrdinal concept) => Text(System.Code(concept));

    public string[] Codes(ConceptSet set) => [.. set.Select(Code).Order(StringComparer.Ordinal)];

    public string[] Codes(ReadOnlySpan<ConceptOrdinal> concepts) => [.. concepts.ToArray().Select(Code)];

    public string Display(string code) => Text(System.Display(Find(code)));

    public int PropertyIndex(string code) => System.Info.Properties.ToList().FindIndex(property => property.Code == code);

    /// <summary>All that the properties of a concept say, in order.</summary>
    public string[] Properties(string code)
    {
        var range = System.Properties(Find(code));
        return [.. Enumerable.Range(range.Start, range.Count).Select(Describe)];

        string Describe(int index)
        {
            var view = System.Property(index);
            return $"{view.Group} {System.Info.Properties[view.Property].Code}={Text(view.Value)}{(view.Concept.Exists ? "*" : "")}";
        }
    }

    public string[] Replayed()
    {
        var log = new RecordLog();
        Release.Replay(log, CancellationToken.None);
        return log.Sorted();
    }

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    public static string Text(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8);

    /// <summary>A UUID that is the same for the same text.</summary>
    public static string Uuid(string text) => new Guid(global::System.Security.Cryptography.SHA256.HashData(Utf8(text)).AsSpan(0, 16)).ToString();

    public void Dispose()
    {
        _release?.Dispose();
        _builder.Dispose();
        _folder.Delete(recursive: true);
    }

    private StoredRelease Complete()
    {
        _builder.Complete(Report, CancellationToken.None);
        return StoredRelease.Open(Path);
    }
}

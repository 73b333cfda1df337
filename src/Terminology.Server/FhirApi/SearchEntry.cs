using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Terminology.CodeSystems;
using Terminology.Fhir.Queries;
using Terminology.Fhir.Resources;
using Terminology.Releases;

namespace Terminology.Server.FhirApi;

/// <summary>A resource that can be read and found: stored, of a package, or native content of a release, which then shows what it says of itself.</summary>
internal sealed class SearchEntry
{
    private static readonly ConditionalWeakTable<ResourceRecord, SearchFacts> StoredFacts = [];
    private readonly StoredContent? _content;
    private readonly object? _entry;
    private readonly ResourceRecord? _resource;
    private SearchFacts? _facts;

    /// <summary>Is it R4 as it is kept, as nearly all are? Found out when first sent.</summary>
    private bool _isR4;

    /// <summary>The R4 form of what is not, as long as there is memory for it.</summary>
    private WeakReference<byte[]>? _converted;

    private SearchEntry(string type, string id, string? url, object? entry, ResourceRecord? resource, StoredContent? content = null)
        => (Type, Id, Url, IsLoaded, _entry, _resource, _content) = (type, id, url, content is null, entry, resource, content);

    public string Type { get; }

    public string Id { get; }

    /// <summary>Canonical, or null.</summary>
    public string? Url { get; }

    /// <summary>Is it of a release, and so not to be changed?</summary>
    public bool IsLoaded { get; }

    /// <summary>What it can be found by; taken out of the resource when first asked for.</summary>
    public SearchFacts Facts => _facts ??= _resource is null || IsLoaded ? new(Type, AsKept()) : StoredFacts.GetValue(_resource, static resource => new(resource.ResourceType, resource.Json));

    public static SearchEntry Stored(ResourceRecord resource, StoredContent content) => new(resource.ResourceType, resource.Id!, resource.Url, null, resource, content);

    public static SearchEntry Loaded(CodeSystemEntry entry) => new("CodeSystem", InstanceIds.Of(entry), entry.Url, entry, entry.Resource);

    public static SearchEntry Loaded(ValueSetEntry entry) => new("ValueSet", InstanceIds.Of(entry), entry.Url, entry, entry.Resource);

    public static SearchEntry Loaded(ConceptMapEntry entry) => new("ConceptMap", InstanceIds.Of(entry), entry.Url, entry, entry.Resource);

    public static SearchEntry LoadedNamingSystem(ResourceRecord resource) => new("NamingSystem", resource.Id!, null, null, resource);

    /// <summary>The parameters that pin an operation to this instance: canonical and version.</summary>
    public (string Url, string? Version)? Canonical => _entry switch
    {
        CodeSystemEntry entry => (entry.Url, entry.Version),
        ValueSetEntry entry => (entry.Url, entry.Version),
        ConceptMapEntry { Url: { } url } entry => (url, entry.Version),
        _ => null,
    };

    public Searched Searched => new(Facts, Json, HasCode);

    /// <summary>The resource, R4 JSON in UTF-8.</summary>
    public ReadOnlyMemory<byte> Json()
    {
        if (!IsLoaded || _resource is null) return AsKept();
        if (_isR4) return _resource.Json;
        if (_converted?.TryGetTarget(out var known) == true) return known;
        var (kept, sent) = (_resource.Json, R4Form.Of(_resource.Json));
        if (sent.Span.SequenceEqual(kept.Span)) _isR4 = true;
        else _converted = new(sent.ToArray());
        return sent;
    }

    private ReadOnlyMemory<byte> AsKept()
    {
        if (_resource is not null) return _resource.Json;
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer)) WriteHead(writer);
        return buffer.WrittenMemory;
    }

    public void Write(Utf8JsonWriter writer)
    {
        if (_resource is not null) writer.WriteRawValue(Json().Span, skipInputValidation: true);
        else WriteHead(writer);
    }

    private void WriteHead(Utf8JsonWriter writer)
    {
        switch (_entry)
        {
            case CodeSystemEntry entry:
                ResourceWriter.Write(writer, entry.CodeSystem.Value.Info, Id);
                break;
            case ValueSetEntry entry:
                ResourceWriter.Write(writer, entry.ValueSet.Value, Id);
                break;
            case ConceptMapEntry entry:
                ResourceWriter.Write(writer, entry.Map.Value.Info, Id);
                break;
        }
    }

    private bool HasCode(string parameter, string? system, string code) => (_entry ?? _content?.EntryOf(_resource!)) switch
    {
        CodeSystemEntry entry => (system is null || system == entry.Url) && Has(entry.CodeSystem.Value, code),
        ValueSetEntry entry => entry.ValueSet.Value.Compose?.Includes.Any(rule => (system is null || rule.System == system) && rule.Concepts.Any(concept => concept.Code == code)) == true,
        ConceptMapEntry entry => Enumerable.Range(0, entry.Map.Value.Info.Groups.Count).Any(group =>
        {
            var (map, isSource) = (entry.Map.Value, parameter == "source-code");
            var side = isSource ? map.Info.Groups[group].Source : map.Info.Groups[group].Target;
            return (system is null || side?.Url == system) && (isSource ? map.Find(group, code) : map.FindByTarget(group, code)).Count > 0;
        }),
        _ => false,
    };

    private static bool Has(ICodeSystem system, string code) => system.TryFind(Encoding.UTF8.GetBytes(code), out _);
}

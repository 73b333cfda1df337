using Terminology.CodeSystems;
using Terminology.Fhir.Json;
using Terminology.Issues;
using Terminology.Maps;
using Terminology.Releases;

namespace Terminology.Fhir.Resources;

/// <summary>A resource that was read whole, ready to be kept.</summary>
/// <param name="Record">As it is kept, with what the catalogue needs to know without opening it.</param>
/// <param name="Title">For people.</param>
/// <param name="Warnings">What was not right and how it was read; usually empty.</param>
public sealed record ReadResource(ResourceRecord Record, string Title, IReadOnlyList<string> Warnings)
{
    /// <summary>The code system, when it is one; else null.</summary>
    public InMemoryCodeSystem? CodeSystem { get; private init; }

    /// <summary>Reads a resource of one of the types of <see cref="ResourceFile.Kept"/>, every part that matters.</summary>
    /// <exception cref="TerminologyException">Structure: names the JSON path.</exception>
    public static ReadResource Read(ReadOnlyMemory<byte> json)
    {
        var root = JsonNode.Root(json, out var document);
        using (document)
        {
            return root.ResourceType switch
            {
                "CodeSystem" => OfCodeSystem(root, json),
                "ValueSet" => OfValueSet(root, json),
                "ConceptMap" => OfConceptMap(root, json),
                "NamingSystem" => OfNamingSystem(root, json),
                var other => throw root.Fault("resourceType", $"is '{other}'; CodeSystem, ValueSet, ConceptMap and NamingSystem can be loaded"),
            };
        }
    }

    private static ReadResource OfCodeSystem(JsonNode root, ReadOnlyMemory<byte> json)
    {
        var system = CodeSystemJson.Read(root);
        var index = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { ["content"] = [system.Info.Content] };
        if (system.Info.Supplements is { } supplements) index["supplements"] = [supplements.ToString()];
        if (system.Info.ValueSet is { } valueSet) index["valueSet"] = [valueSet];
        if (system.Info.Identifiers.Count > 0) index["identifier"] = system.Info.Identifiers;
        return new(RecordOf(root, system.Info.Url.Value, json) with { Version = system.Info.Version, Index = index }, TitleOf(root), system.Warnings) { CodeSystem = system };
    }

    private static ReadResource OfValueSet(JsonNode root, ReadOnlyMemory<byte> json)
    {
        _ = ValueSetJson.Read(root);
        return new(RecordOf(root, Url(root), json), TitleOf(root), []);
    }

    private static ReadResource OfConceptMap(JsonNode root, ReadOnlyMemory<byte> json)
    {
        var info = ConceptMapJson.Read(root).Info;
        var index = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        Add("group.source", Systems(info.Groups, group => group.Source));
        Add("group.target", Systems(info.Groups, group => group.Target));
        Add("sourceScope", info.SourceScope is null ? [] : [info.SourceScope]);
        Add("targetScope", info.TargetScope is null ? [] : [info.TargetScope]);
        return new(RecordOf(root, Url(root), json) with { Index = index }, TitleOf(root), []);

        void Add(string name, IReadOnlyList<string> values)
        {
            if (values.Count > 0) index[name] = values;
        }
    }

    /// <summary>R4 gives naming systems no canonical: their preferred uri, else the first one, stands for it.</summary>
    private static ReadResource OfNamingSystem(JsonNode root, ReadOnlyMemory<byte> json)
    {
        var ids = root.Objects("uniqueId").Select(id => (Type: id.String("type"), Value: id.Required("value"), Preferred: id.Boolean("preferred") ?? false)).ToArray();
        var uris = ids.Where(id => id.Type is "uri" or "oid").OrderByDescending(id => id.Type == "uri").ThenByDescending(id => id.Preferred);
        var url = uris.Select(id => AsUri(id.Type, id.Value)).FirstOrDefault() ?? root.String("url") ?? throw root.Fault("uniqueId", "has neither a uri nor an oid");
        return new(
            RecordOf(root, url, json) with { Index = new Dictionary<string, IReadOnlyList<string>> { ["identifier"] = [.. ids.Select(id => AsUri(id.Type, id.Value)).Distinct(StringComparer.Ordinal)] } },
            TitleOf(root), []);
    }

    private static string AsUri(string? type, string value)
        => type == "oid" && !value.StartsWith("urn:oid:", StringComparison.Ordinal) ? $"urn:oid:{value}" : value;

    private static IReadOnlyList<string> Systems(IReadOnlyList<MapGroup> groups, Func<MapGroup, VersionedUrl?> side)
        => [.. groups.Select(group => side(group)?.Url).OfType<string>().Distinct(StringComparer.Ordinal)];

    private static string Url(JsonNode root)
    {
        var url = root.String("url") ?? throw root.Fault("url", "is missing; without it nobody can ask for the resource");
        return url.Contains('|') ? throw root.Fault("url", $"is '{url}'; the version belongs into version") : url;
    }

    private static string TitleOf(JsonNode root) => root.String("title") ?? root.String("name") ?? root.String("url") ?? root.String("id") ?? root.ResourceType;

    private static ResourceRecord RecordOf(JsonNode root, string url, ReadOnlyMemory<byte> json)
        => new(root.ResourceType, url, root.String("version"), root.String("id"), Datatypes.Status(root.String("status")), root.String("date"), json);
}

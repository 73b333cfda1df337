using System.Collections.Immutable;
using Terminology.Releases;

namespace Terminology;

/// <summary>
/// The resources that people stored, as a part of the catalogue: it goes before the packages and after what comes with a request. A native release is never
/// shadowed by it, and what is not active steps back behind something active of the same canonical.
/// </summary>
/// <remarks>Immutable, thread-safe. Adding or removing a resource costs what has its canonical and its code systems, however much is stored.</remarks>
public sealed class StoredContent
{
    private readonly IResourceReader _reader;
    private Dictionary<string, ResourceRecord[]>? _sorted;

    /// <summary>Nothing stored yet.</summary>
    /// <param name="reader">Opens resources on first use.</param>
    public StoredContent(IResourceReader reader) => _reader = reader;

    private StoredContent(StoredContent other) => (_reader, CodeSystems, ValueSets, ConceptMaps, MapsFrom, MapsTo, Owners, Aliases, Records) = (
        other._reader, other.CodeSystems, other.ValueSets, other.ConceptMaps, other.MapsFrom, other.MapsTo, other.Owners, other.Aliases, other.Records);

    /// <summary>Is nothing stored?</summary>
    public bool IsEmpty => Records.IsEmpty;

    /// <summary>How many resources there are.</summary>
    public int Count => Records.Count;

    /// <summary>The resources of a type by canonical; sorted when first asked for.</summary>
    public IReadOnlyList<ResourceRecord> OfType(string type)
    {
        var sorted = _sorted ??= Records.Values.OrderBy(resource => resource.Url, StringComparer.Ordinal).ThenBy(resource => resource.Id, StringComparer.Ordinal)
            .GroupBy(resource => resource.ResourceType, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);
        return sorted.GetValueOrDefault(type, []);
    }

    internal Shelf<CodeSystemEntry> CodeSystems { get; private init; } = Shelf<CodeSystemEntry>.Empty;

    internal Shelf<ValueSetEntry> ValueSets { get; private init; } = Shelf<ValueSetEntry>.Empty;

    internal Shelf<ConceptMapEntry> ConceptMaps { get; private init; } = Shelf<ConceptMapEntry>.Empty;

    /// <summary>Canonicals of the maps by code system of their sources.</summary>
    internal ImmutableDictionary<string, ImmutableSortedDictionary<string, int>> MapsFrom { get; private init; } = ByText<ImmutableSortedDictionary<string, int>>();

    /// <summary>Canonicals of the maps by code system of their targets.</summary>
    internal ImmutableDictionary<string, ImmutableSortedDictionary<string, int>> MapsTo { get; private init; } = ByText<ImmutableSortedDictionary<string, int>>();

    /// <summary>Code systems by the canonical of the value set of all their codes.</summary>
    internal ImmutableDictionary<string, string> Owners { get; private init; } = ByText<string>();

    /// <summary>Canonicals by the other names that code systems and naming systems give.</summary>
    internal ImmutableDictionary<string, string> Aliases { get; private init; } = ImmutableDictionary<string, string>.Empty.WithComparers(StringComparer.OrdinalIgnoreCase);

    private ImmutableDictionary<(string Type, string Id), ResourceRecord> Records { get; init; } = ImmutableDictionary<(string Type, string Id), ResourceRecord>.Empty;

    /// <summary>The resource with this logical id, or null.</summary>
    public ResourceRecord? Find(string type, string id) => Records.GetValueOrDefault((type, id));

    /// <summary>The resources of one type and canonical, the one that answers first; those of a NamingSystem are not found so.</summary>
    public IEnumerable<ResourceRecord> OfUrl(string type, string url) => Entries(type, url).Select(entry => entry.Resource!);

    /// <summary>The entry of the catalogue that a resource of this content is: CodeSystemEntry, ValueSetEntry or ConceptMapEntry; null for others.</summary>
    public object? EntryOf(ResourceRecord resource) => Entries(resource.ResourceType, resource.Url).FirstOrDefault(entry => ReferenceEquals(entry.Resource, resource));

    private IEnumerable<ICatalogueEntry> Entries(string type, string url) => type switch
    {
        "CodeSystem" => CodeSystems.Versions(url),
        "ValueSet" => ValueSets.Versions(url),
        "ConceptMap" => ConceptMaps.Versions(url),
        _ => [],
    };

    /// <summary>This content with a resource, in place of the one with its type and id.</summary>
    /// <param name="resource">Has an id.</param>
    public StoredContent With(ResourceRecord resource)
    {
        var id = resource.Id ?? throw new ArgumentException("A stored resource has an id.", nameof(resource));
        var rest = Without(resource.ResourceType, id);
        var records = rest.Records.SetItem((resource.ResourceType, id), resource);
        var aliases = resource.ResourceType is "CodeSystem" or "NamingSystem" ? Named(rest.Aliases, resource) : rest.Aliases;
        switch (resource.ResourceType)
        {
            case "CodeSystem":
                var owned = First(resource, "valueSet")?.Split('|')[0];
                return new(rest)
                {
                    Records = records,
                    Aliases = aliases,
                    CodeSystems = rest.CodeSystems.With(CatalogueEntries.CodeSystem(resource, null, _reader), Live, Retired),
                    Owners = owned is null ? rest.Owners : rest.Owners.SetItem(owned, resource.Url),
                };
            case "ValueSet":
                return new(rest) { Records = records, ValueSets = rest.ValueSets.With(CatalogueEntries.ValueSet(resource, null, _reader), Live, Retired) };
            case "ConceptMap":
                return new(rest)
                {
                    Records = records,
                    ConceptMaps = rest.ConceptMaps.With(CatalogueEntries.ConceptMap(resource, null, _reader), Live, Retired),
                    MapsFrom = Counted(rest.MapsFrom, resource, "group.source", 1),
                    MapsTo = Counted(rest.MapsTo, resource, "group.target", 1),
                };
            default:
                return new(rest) { Records = records, Aliases = aliases };
        }
    }

    /// <summary>This content without a resource; the same when there is none.</summary>
    public StoredContent Without(string type, string id)
    {
        if (Find(type, id) is not { } resource) return this;
        return new(this)
        {
            Records = Records.Remove((type, id)),
            CodeSystems = type == "CodeSystem" ? CodeSystems.Without(resource, Live, Retired) : CodeSystems,
            ValueSets = type == "ValueSet" ? ValueSets.Without(resource, Live, Retired) : ValueSets,
            ConceptMaps = type == "ConceptMap" ? ConceptMaps.Without(resource, Live, Retired) : ConceptMaps,
            MapsFrom = type == "ConceptMap" ? Counted(MapsFrom, resource, "group.source", -1) : MapsFrom,
            MapsTo = type == "ConceptMap" ? Counted(MapsTo, resource, "group.target", -1) : MapsTo,
            Owners = First(resource, "valueSet")?.Split('|')[0] is { } owned && Owners.GetValueOrDefault(owned) == resource.Url ? Owners.Remove(owned) : Owners,
            Aliases = Aliases.RemoveRange(All(resource, "identifier").Where(name => Aliases.GetValueOrDefault(name) == resource.Url)),
        };
    }

    /// <summary>The maps with a group of this code system, by canonical.</summary>
    internal IEnumerable<ConceptMapEntry> MapsOf(string system, bool asTarget)
        => (asTarget ? MapsTo : MapsFrom).TryGetValue(system, out var urls) ? urls.Keys.SelectMany(ConceptMaps.Versions).Where(entry => (asTarget ? entry.TargetSystems : entry.SourceSystems).Contains(system)) : [];

    private static CodeSystemEntry Live(CodeSystemEntry entry) => entry with { Live = entry.Content is not ("not-present" or "supplement") };

    private static ValueSetEntry Live(ValueSetEntry entry) => entry with { Live = true };

    private static ConceptMapEntry Live(ConceptMapEntry entry) => entry with { Live = true };

    private static CodeSystemEntry Retired(CodeSystemEntry entry) => entry with { Live = false };

    private static ValueSetEntry Retired(ValueSetEntry entry) => entry with { Live = false };

    private static ConceptMapEntry Retired(ConceptMapEntry entry) => entry with { Live = false };

    /// <summary>How many versions of each canonical have a group of each system; a canonical with none left goes.</summary>
    private static ImmutableDictionary<string, ImmutableSortedDictionary<string, int>> Counted(
        ImmutableDictionary<string, ImmutableSortedDictionary<string, int>> maps, ResourceRecord map, string index, int change)
    {
        foreach (var system in All(map, index))
        {
            var urls = maps.GetValueOrDefault(system) ?? ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal);
            var count = urls.GetValueOrDefault(map.Url) + change;
            urls = count > 0 ? urls.SetItem(map.Url, count) : urls.Remove(map.Url);
            maps = urls.IsEmpty ? maps.Remove(system) : maps.SetItem(system, urls);
        }
        return maps;
    }

    private static ImmutableDictionary<string, string> Named(ImmutableDictionary<string, string> aliases, ResourceRecord resource)
        => aliases.SetItems(All(resource, "identifier").Where(name => name != resource.Url).Select(name => KeyValuePair.Create(name, resource.Url)));

    private static string? First(ResourceRecord resource, string name) => All(resource, name) is [var first, ..] ? first : null;

    private static IReadOnlyList<string> All(ResourceRecord resource, string name) => resource.Index.TryGetValue(name, out var values) ? values : [];

    private static ImmutableDictionary<string, T> ByText<T>() => ImmutableDictionary<string, T>.Empty.WithComparers(StringComparer.Ordinal);
}

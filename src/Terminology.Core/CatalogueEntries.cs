using System.Runtime.CompilerServices;
using Terminology.CodeSystems;
using Terminology.Maps;
using Terminology.Releases;
using Terminology.ValueSets;

namespace Terminology;

/// <summary>What a release adds to the catalogue.</summary>
internal static class CatalogueEntries
{
    /// <summary>The maps that were read, as long as their resources are there: what is loaded besides changes more often than a package does.</summary>
    private static readonly ConditionalWeakTable<ResourceRecord, Lazy<IConceptMap>> ReadMaps = [];

    public static IEnumerable<CodeSystemEntry> CodeSystems(LoadedRelease release, IResourceReader reader)
    {
        if (release.Content.CodeSystem is { } native)
        {
            var isUcum = native.Info.Url == CodeSystemUri.Ucum;
            yield return new(native.Info.Url.Value, native.Info.Version, release.Live, release.Content)
            {
                CodeSystem = isUcum ? new(() => ComposedSystems.Ucum(native)) : new(native), Content = isUcum ? "complete" : native.Info.Content, Date = native.Info.Date, Supplements = native.Info.Supplements,
            };
        }
        foreach (var resource in release.Content.Resources.Where(resource => resource.ResourceType == "CodeSystem")) yield return CodeSystem(resource, release, reader);
    }

    /// <param name="resource">A CodeSystem.</param>
    /// <param name="release">Where it came from; null for what somebody stored.</param>
    /// <param name="reader">Opens it on first use.</param>
    public static CodeSystemEntry CodeSystem(ResourceRecord resource, LoadedRelease? release, IResourceReader reader)
    {
        var content = First(resource, "content") ?? "complete";
        return new(resource.Url, resource.Version, release is not { Live: false } && content is not ("not-present" or "supplement"), release?.Content)
        {
            CodeSystem = new(() => reader.ReadCodeSystem(resource.Json)),
            Content = content,
            Date = resource.Date,
            Supplements = First(resource, "supplements") is { } supplemented ? VersionedUrl.Parse(supplemented) : null,
            Resource = resource,
        };
    }

    public static IEnumerable<ValueSetEntry> ValueSets(LoadedRelease release, IResourceReader reader)
        => release.Content.Resources.Where(resource => resource.ResourceType == "ValueSet").Select(resource => ValueSet(resource, release, reader));

    /// <inheritdoc cref="CodeSystem"/>
    public static ValueSetEntry ValueSet(ResourceRecord resource, LoadedRelease? release, IResourceReader reader)
        => new(resource.Url, resource.Version, release is not { Live: false }, release?.Content)
        {
            ValueSet = new(() => reader.ReadValueSet(resource.Json)), Status = resource.Status, Date = resource.Date, Resource = resource,
        };

    public static IEnumerable<ConceptMapEntry> ConceptMaps(LoadedRelease release, IResourceReader reader)
    {
        foreach (var map in release.Content.Maps) yield return Of(map) with { Live = release.Live, Release = release.Content };
        foreach (var map in ImplicitMaps.Of(release.Content, release.Live)) yield return map;
        foreach (var resource in release.Content.Resources.Where(resource => resource.ResourceType == "ConceptMap")) yield return ConceptMap(resource, release, reader);
    }

    /// <inheritdoc cref="CodeSystem"/>
    public static ConceptMapEntry ConceptMap(ResourceRecord resource, LoadedRelease? release, IResourceReader reader) => new(resource.Url, resource.Version, release is not { Live: false }, release?.Content)
    {
        Map = ReadMaps.GetValue(resource, record => new(() => reader.ReadConceptMap(record.Json))),
        Status = resource.Status,
        Date = resource.Date,
        SourceSystems = All(resource, "group.source"),
        TargetSystems = All(resource, "group.target"),
        SourceScope = First(resource, "sourceScope"),
        TargetScope = First(resource, "targetScope"),
        Resource = resource,
    };

    /// <summary>What is built in and not loaded in the same version; where a loaded one answers, it does so only when its version is asked for.</summary>
    public static IEnumerable<CodeSystemEntry> Missing(IReadOnlyList<CodeSystemEntry>? builtIn, List<CodeSystemEntry> loaded)
        => (builtIn ?? []).Where(entry => !loaded.Exists(other => other.Url == entry.Url && other.Version == entry.Version && other.Supplements is null && other.Content != "not-present"))
            .Select(entry => entry with { Live = !loaded.Exists(other => other.Url == entry.Url && other.Live) });

    public static IEnumerable<ValueSetEntry> Missing(IReadOnlyList<ValueSetEntry>? builtIn, List<ValueSetEntry> loaded)
        => (builtIn ?? []).Where(entry => !loaded.Exists(other => other.Url == entry.Url));

    public static ConceptMapEntry Of(IConceptMap map) => new(map.Info.Url, map.Info.Version, true, null)
    {
        Map = new(map),
        Status = map.Info.Status,
        Date = map.Info.Date,
        SourceSystems = [.. map.Info.Groups.Select(group => group.Source?.Url).OfType<string>().Distinct(StringComparer.Ordinal)],
        TargetSystems = [.. map.Info.Groups.Select(group => group.Target?.Url).OfType<string>().Distinct(StringComparer.Ordinal)],
        SourceScope = map.Info.SourceScope,
        TargetScope = map.Info.TargetScope,
    };

    public static CodeSystemEntry Of(ICodeSystem system)
        => new(system.Info.Url.Value, system.Info.Version, system.Info.Content is not ("not-present" or "supplement"), null)
        {
            CodeSystem = new(system), Content = system.Info.Content, Date = system.Info.Date, Supplements = system.Info.Supplements,
        };

    public static ValueSetEntry Of(ValueSet valueSet) => new(valueSet.Url!, valueSet.Version, true, null)
    {
        ValueSet = new(valueSet), Status = valueSet.Status, Date = valueSet.Date,
    };

    private static string? First(ResourceRecord resource, string name) => All(resource, name) is [var first, ..] ? first : null;

    private static IReadOnlyList<string> All(ResourceRecord resource, string name) => resource.Index.TryGetValue(name, out var values) ? values : [];
}

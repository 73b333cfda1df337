using System.Collections.Frozen;
using Terminology.CodeSystems;
using Terminology.Issues;
using Terminology.Maps;
using Terminology.ValueSets;

namespace Terminology;

/// <summary>
/// The catalogue of what is loaded and the operations over it: immutable, so a request that holds one sees one state of the world from its first to
/// its last byte. A new release means a new service, swapped in by one assignment.
/// </summary>
/// <remarks>Thread-safe, no IO beyond mapped files. One file per operation: <c>TerminologyService.&lt;Operation&gt;.cs</c>.</remarks>
public sealed partial class TerminologyService
{
    private readonly TerminologyService? _below;
    private readonly FrozenDictionary<string, CodeSystemEntry[]> _codeSystems;
    private readonly FrozenDictionary<string, ValueSetEntry[]> _valueSets;
    private readonly FrozenDictionary<string, ConceptMapEntry[]> _conceptMaps;
    private readonly SystemAliases _aliases;

    private TerminologyService(
        TerminologyService? below, IReadOnlyList<LoadedRelease> releases, IEnumerable<CodeSystemEntry> codeSystems, IEnumerable<ValueSetEntry> valueSets,
        IEnumerable<ConceptMapEntry> conceptMaps)
    {
        (_below, Releases) = (below, releases);
        CodeSystems = Precedence.Order(codeSystems, entry => entry.Url, entry => new(entry.Live, entry.Release, entry.Resource, entry.Version, entry.Date)).ToArray();
        ValueSets = Precedence.Order(valueSets, entry => entry.Url, entry => new(entry.Live, entry.Release, entry.Resource, entry.Version, entry.Date)).ToArray();
        ConceptMaps = Precedence.Order(conceptMaps, entry => entry.Url ?? "", entry => new(entry.Live, entry.Release, entry.Resource, entry.Version, entry.Date)).ToArray();
        _codeSystems = CodeSystems.GroupBy(entry => entry.Url, StringComparer.Ordinal).ToFrozenDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);
        _valueSets = ValueSets.GroupBy(entry => entry.Url, StringComparer.Ordinal).ToFrozenDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);
        _conceptMaps = ConceptMaps.GroupBy(entry => entry.Url ?? "", StringComparer.Ordinal).ToFrozenDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);
        _aliases = below?._aliases ?? new(releases);
    }

    /// <summary>Builds the catalogue: release code systems and maps, the resources of packages, the implicit maps of SNOMED CT releases.</summary>
    /// <param name="releases">In order of loading. Of one system at most one release is live; resources of packages follow the precedence rules.</param>
    /// <param name="reader">Opens resources on first use.</param>
    public static TerminologyService Create(IReadOnlyList<LoadedRelease> releases, IResourceReader reader) => new(
        null, releases,
        releases.SelectMany(release => CatalogueEntries.CodeSystems(release, reader)),
        releases.SelectMany(release => CatalogueEntries.ValueSets(release, reader)),
        releases.SelectMany(release => CatalogueEntries.ConceptMaps(release, reader)));

    /// <summary>The same service with these contents on top, for one request (tx-resource). The overlay wins over what is loaded under the same canonical and version.</summary>
    public TerminologyService With(Overlay overlay) => new(
        this, Releases,
        overlay.CodeSystems.Select(system => new CodeSystemEntry(system.Info.Url.Value, system.Info.Version, true, null)
        {
            CodeSystem = new(system), Content = system.Info.Content, Date = system.Info.Date, Supplements = system.Info.Supplements,
        }),
        overlay.ValueSets.Where(valueSet => valueSet.Url is not null).Select(valueSet => new ValueSetEntry(valueSet.Url!, valueSet.Version, true, null)
        {
            ValueSet = new(valueSet), Status = valueSet.Status, Date = valueSet.Date,
        }),
        overlay.ConceptMaps.Select(CatalogueEntries.Of));

    /// <summary>The releases, in order of loading.</summary>
    public IReadOnlyList<LoadedRelease> Releases { get; }

    /// <summary>All code system versions of this layer, by canonical; those that would answer first come first.</summary>
    public IReadOnlyList<CodeSystemEntry> CodeSystems { get; }

    /// <summary>All value set versions of this layer, by canonical; those that would answer first come first.</summary>
    public IReadOnlyList<ValueSetEntry> ValueSets { get; }

    /// <summary>All concept map versions of this layer, implicit ones included, by canonical; those that would answer first come first.</summary>
    public IReadOnlyList<ConceptMapEntry> ConceptMaps { get; }

    /// <summary>Concept maps of all layers, overlays first.</summary>
    public IEnumerable<ConceptMapEntry> AllConceptMaps => _below is null ? ConceptMaps : ConceptMaps.Concat(_below.AllConceptMaps.Where(entry => !Hides(entry)));

    /// <summary>The versions of one code system, the one that answers first; empty when the canonical is unknown.</summary>
    public IReadOnlyList<CodeSystemEntry> CodeSystemVersions(string url)
    {
        var here = _codeSystems.TryGetValue(url, out var found) ? found : [];
        var below = _below?.CodeSystemVersions(url) ?? [];
        return below.Count == 0 ? here : [.. here, .. below.Where(entry => here.All(own => own.Version != entry.Version))];
    }

    /// <summary>The code system for a canonical; without version the live one.</summary>
    /// <returns>Null when nothing fits: the caller words the error.</returns>
    public ICodeSystem? FindCodeSystem(string url, string? version = null)
    {
        if (_codeSystems.TryGetValue(url, out var entries))
        {
            foreach (var entry in entries)
            {
                if (version is null ? entry.Live && entry.Supplements is null : Versions.Match(version, entry.Version)) return entry.CodeSystem.Value;
            }
        }
        if (_below?.FindCodeSystem(url, version) is { } below) return below;
        return version is null && SystemAliases.VersionUri(url) is { } pinned ? FindCodeSystem(pinned.Url, pinned.Version) : null;
    }

    /// <summary>As <see cref="FindCodeSystem"/>, for callers that cannot go on without; systems by OID or HL7 v2 name are understood too.</summary>
    /// <exception cref="UnknownCodeSystem">Names the versions that are loaded.</exception>
    public ICodeSystem CodeSystem(string url, string? version = null)
        => FindCodeSystem(url, version) ?? FindCodeSystem(_aliases.Canonical(url) ?? url, version) ?? throw Unknown(_aliases.Canonical(url) ?? url, version);

    /// <summary>The value set for a canonical, implicit ones (<c>?fhir_vs</c>) included; null when nothing fits.</summary>
    public ValueSet? FindValueSet(VersionedUrl canonical)
    {
        if (_valueSets.TryGetValue(canonical.Url, out var entries))
        {
            foreach (var entry in entries)
            {
                if (canonical.Version is null ? entry.Live : Versions.Match(canonical.Version, entry.Version)) return entry.ValueSet.Value;
            }
        }
        return _below?.FindValueSet(canonical) ?? ImplicitValueSets.Find(this, canonical);
    }

    /// <summary>The concept map for a canonical; without version the live one; null when nothing fits.</summary>
    /// <remarks>Active maps answer before drafts, drafts before retired ones.</remarks>
    public ConceptMapEntry? FindConceptMap(VersionedUrl canonical)
    {
        if (_conceptMaps.TryGetValue(canonical.Url, out var entries))
        {
            var fitting = entries.Where(entry => canonical.Version is null ? entry.Live : Versions.Match(canonical.Version, entry.Version));
            if (fitting.OrderBy(entry => entry.Status switch { PublicationStatus.Active => 0, PublicationStatus.Unknown => 1, PublicationStatus.Draft => 2, _ => 3 }).FirstOrDefault() is { } found) return found;
        }
        return _below?.FindConceptMap(canonical);
    }

    private bool Hides(ConceptMapEntry below) => below.Url is not null && _conceptMaps.TryGetValue(below.Url, out var here) && here.Any(entry => entry.Version == below.Version);

    private UnknownCodeSystem Unknown(string url, string? version)
    {
        var known = CodeSystemVersions(url).Select(entry => entry.Version).OfType<string>().ToArray();
        return new(new(url, version), (version, known.Length) switch
        {
            (null, 0) => Messages.UnknownCodeSystem(url),
            (_, 0) => Messages.UnknownCodeSystemVersionNone(url, version!),
            (null, _) => Messages.UnknownCodeSystem(url),
            _ => Messages.UnknownCodeSystemVersion(url, version, known),
        });
    }
}

/// <summary>Contents that come with a request and hold for it alone.</summary>
/// <param name="CodeSystems">Code systems, supplements among them.</param>
/// <param name="ValueSets">Value sets.</param>
/// <param name="ConceptMaps">Concept maps.</param>
public sealed record Overlay(IReadOnlyList<ICodeSystem> CodeSystems, IReadOnlyList<ValueSet> ValueSets, IReadOnlyList<IConceptMap> ConceptMaps);

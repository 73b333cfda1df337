using Terminology.CodeSystems;
using Terminology.Maps;
using Terminology.Releases;
using Terminology.ValueSets;

namespace Terminology;

/// <summary>Turns stored FHIR resources into our types; implemented in Fhir, so that Core sees no JSON.</summary>
/// <remarks>Pure and thread-safe.</remarks>
public interface IResourceReader
{
    /// <summary>Reads a CodeSystem into memory.</summary>
    /// <exception cref="Issues.TerminologyException">Structure: names the JSON path.</exception>
    ICodeSystem ReadCodeSystem(ReadOnlyMemory<byte> json);

    /// <summary>Reads a ValueSet.</summary>
    /// <exception cref="Issues.TerminologyException">Structure: names the JSON path.</exception>
    ValueSet ReadValueSet(ReadOnlyMemory<byte> json);

    /// <summary>Reads a ConceptMap.</summary>
    /// <exception cref="Issues.TerminologyException">Structure: names the JSON path.</exception>
    IConceptMap ReadConceptMap(ReadOnlyMemory<byte> json);
}

/// <summary>A release with its place in service.</summary>
/// <param name="Content">The open release.</param>
/// <param name="Live">Does it answer when no version is asked for?</param>
public sealed record LoadedRelease(IReleaseContent Content, bool Live);

/// <summary>A code system version that can be asked for; opened on first use.</summary>
/// <param name="Url">Canonical.</param>
/// <param name="Version">Business version, or null.</param>
/// <param name="Live">May it answer when no version is asked for?</param>
/// <param name="Release">Where it came from; null for overlays and for what is stored.</param>
public sealed record CodeSystemEntry(string Url, string? Version, bool Live, IReleaseContent? Release) : ICatalogueEntry
{
    int ICatalogueEntry.StatusRank => Release is null && Resource is { } stored ? ConceptMapEntry.Rank(stored.Status) : 0;

    /// <summary>Content mode, known without opening: complete, fragment, supplement, not-present …</summary>
    public string Content { get; init; } = "complete";

    /// <summary>Business date as FHIR text, or null.</summary>
    public string? Date { get; init; }

    /// <summary>Canonical it supplements, or null.</summary>
    public VersionedUrl? Supplements { get; init; }

    /// <summary>Canonical of the value set with all its codes, of a built-in code system; of the others the content says it.</summary>
    public string? ValueSet { get; init; }

    /// <summary>Is it there without any release? Its content is not opened before a code is asked for.</summary>
    public bool IsBuiltIn { get; init; }

    /// <summary>The FHIR resource it is, when it came as one; else null.</summary>
    public ResourceRecord? Resource { get; init; }

    /// <summary>The code system; opening it is done once.</summary>
    public required Lazy<ICodeSystem> CodeSystem { get; init; }
}

/// <summary>What every service has without any release: code systems by grammar or of public registries.</summary>
/// <param name="CodeSystems">Opened on first use.</param>
/// <param name="ValueSets">Read on first use.</param>
public sealed record BuiltInContent(IReadOnlyList<CodeSystemEntry> CodeSystems, IReadOnlyList<ValueSetEntry> ValueSets);

/// <summary>A value set that can be asked for; read on first use.</summary>
/// <param name="Url">Canonical.</param>
/// <param name="Version">Business version, or null.</param>
/// <param name="Live">May it answer when no version is asked for?</param>
/// <param name="Release">Where it came from; null for overlays and for what is stored.</param>
public sealed record ValueSetEntry(string Url, string? Version, bool Live, IReleaseContent? Release) : ICatalogueEntry
{
    int ICatalogueEntry.StatusRank => Release is null && Resource is not null ? ConceptMapEntry.Rank(Status) : 0;

    /// <summary>Publication status.</summary>
    public PublicationStatus Status { get; init; }

    /// <summary>Business date as FHIR text, or null.</summary>
    public string? Date { get; init; }

    /// <summary>The FHIR resource it is; null for overlays.</summary>
    public ResourceRecord? Resource { get; init; }

    /// <summary>The value set; reading it is done once.</summary>
    public required Lazy<ValueSet> ValueSet { get; init; }
}

/// <summary>A concept map that can be asked for; read on first use.</summary>
/// <param name="Url">Canonical; null only in overlays.</param>
/// <param name="Version">Business version, or null.</param>
/// <param name="Live">May it answer when no version is asked for?</param>
/// <param name="Release">Where it came from; null for overlays and for what is stored.</param>
public sealed record ConceptMapEntry(string? Url, string? Version, bool Live, IReleaseContent? Release) : ICatalogueEntry
{
    int ICatalogueEntry.StatusRank => Rank(Status);

    internal static int Rank(PublicationStatus status) => status switch
    {
        PublicationStatus.Active => 0,
        PublicationStatus.Unknown => 1,
        PublicationStatus.Draft => 2,
        _ => 3,
    };

    /// <summary>Publication status.</summary>
    public PublicationStatus Status { get; init; }

    /// <summary>Business date as FHIR text, or null.</summary>
    public string? Date { get; init; }

    /// <summary>Code systems of the groups' sources, known without reading the map; empty strings never.</summary>
    public IReadOnlyList<string> SourceSystems { get; init; } = [];

    /// <summary>Code systems of the groups' targets.</summary>
    public IReadOnlyList<string> TargetSystems { get; init; } = [];

    /// <summary>Value set of the sources, or null.</summary>
    public string? SourceScope { get; init; }

    /// <summary>Value set of the targets, or null.</summary>
    public string? TargetScope { get; init; }

    /// <summary>The FHIR resource it is, when it came as one; else null.</summary>
    public ResourceRecord? Resource { get; init; }

    /// <summary>The map; reading it is done once.</summary>
    public required Lazy<IConceptMap> Map { get; init; }
}

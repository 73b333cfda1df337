using Terminology.CodeSystems;
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
    /// <summary>Builds the catalogue: release code systems and maps, the resources of packages, the implicit maps of SNOMED CT releases.</summary>
    /// <param name="releases">In order of loading. Of one system at most one release is live; resources of packages follow the precedence rules.</param>
    /// <param name="reader">Opens resources on first use.</param>
    public static TerminologyService Create(IReadOnlyList<LoadedRelease> releases, IResourceReader reader) => throw new NotImplementedException();

    /// <summary>The same service with these contents on top, for one request (tx-resource). The overlay wins over what is loaded under the same canonical and version.</summary>
    public TerminologyService With(Overlay overlay) => throw new NotImplementedException();

    /// <summary>The releases, in order of loading.</summary>
    public IReadOnlyList<LoadedRelease> Releases => throw new NotImplementedException();

    /// <summary>All code system versions, by canonical; those that would answer first come first.</summary>
    public IReadOnlyList<CodeSystemEntry> CodeSystems => throw new NotImplementedException();

    /// <summary>All value set versions, by canonical; those that would answer first come first.</summary>
    public IReadOnlyList<ValueSetEntry> ValueSets => throw new NotImplementedException();

    /// <summary>All concept map versions, implicit ones included, by canonical; those that would answer first come first.</summary>
    public IReadOnlyList<ConceptMapEntry> ConceptMaps => throw new NotImplementedException();

    /// <summary>The versions of one code system, the one that answers first; empty when the canonical is unknown.</summary>
    public IReadOnlyList<CodeSystemEntry> CodeSystemVersions(string url) => throw new NotImplementedException();

    /// <summary>The code system for a canonical; without version the live one.</summary>
    /// <returns>Null when nothing fits: the caller words the error.</returns>
    public ICodeSystem? FindCodeSystem(string url, string? version = null) => throw new NotImplementedException();

    /// <summary>As <see cref="FindCodeSystem"/>, for callers that cannot go on without.</summary>
    /// <exception cref="Issues.UnknownCodeSystem">Names the versions that are loaded.</exception>
    public ICodeSystem CodeSystem(string url, string? version = null) => throw new NotImplementedException();

    /// <summary>The value set for a canonical, implicit ones (<c>?fhir_vs</c>) included; null when nothing fits.</summary>
    public ValueSet? FindValueSet(VersionedUrl canonical) => throw new NotImplementedException();

    /// <summary>The concept map for a canonical; without version the live one; null when nothing fits.</summary>
    public ConceptMapEntry? FindConceptMap(VersionedUrl canonical) => throw new NotImplementedException();
}

/// <summary>Contents that come with a request and hold for it alone.</summary>
/// <param name="CodeSystems">Code systems, supplements among them.</param>
/// <param name="ValueSets">Value sets.</param>
/// <param name="ConceptMaps">Concept maps.</param>
public sealed record Overlay(IReadOnlyList<ICodeSystem> CodeSystems, IReadOnlyList<ValueSet> ValueSets, IReadOnlyList<IConceptMap> ConceptMaps);

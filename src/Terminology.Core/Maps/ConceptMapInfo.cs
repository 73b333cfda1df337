namespace Terminology.Maps;

/// <summary>What a concept map says of itself. FHIR R4 <see href="https://hl7.org/fhir/R4/conceptmap.html">ConceptMap</see> without its elements.</summary>
public sealed record ConceptMapInfo : CanonicalResource
{
    /// <summary>Canonical URL; implicit maps use <c>SYSTEM?fhir_cm=NAME</c>. Null only for an inline map without url.</summary>
    public required string? Url { get; init; }

    /// <summary>Value set of the sources (R4 source[x], R5 sourceScope[x]), or null.</summary>
    public string? SourceScope { get; init; }

    /// <summary>Value set of the targets (R4 target[x], R5 targetScope[x]), or null.</summary>
    public string? TargetScope { get; init; }

    /// <summary>
    /// Days on which its answers become other ones, ascending, each once; empty: none is known. Null, as of nearly all maps: its targets have no days and none is superseded
    /// (<see cref="TargetDays"/>). Only maps that were made and released here have days.
    /// </summary>
    public IReadOnlyList<DateOnly>? Days { get; init; }

    /// <summary>The groups, in order; elements name theirs by index.</summary>
    public required IReadOnlyList<MapGroup> Groups { get; init; }
}

/// <summary>FHIR R4 <see href="https://hl7.org/fhir/R4/conceptmap-definitions.html#ConceptMap.group">ConceptMap.group</see> without its elements.</summary>
/// <param name="Source">Code system of the sources, with version; null when the map does not say.</param>
/// <param name="Target">Code system of the targets, with version; null when the map does not say.</param>
public sealed record MapGroup(VersionedUrl? Source, VersionedUrl? Target)
{
    /// <summary>What to do for codes without an element, or null.</summary>
    public Unmapped? Unmapped { get; init; }
}

/// <summary>FHIR R4 <see href="https://hl7.org/fhir/R4/conceptmap-definitions.html#ConceptMap.group.unmapped">ConceptMap.group.unmapped</see>.</summary>
/// <param name="Mode">What to do.</param>
/// <param name="Code">The fixed code, for <see cref="UnmappedMode.Fixed"/>.</param>
/// <param name="Display">Its display, or null.</param>
/// <param name="OtherMap">Canonical of the map to go on with, for <see cref="UnmappedMode.OtherMap"/>.</param>
public sealed record Unmapped(UnmappedMode Mode, string? Code = null, string? Display = null, string? OtherMap = null)
{
    /// <summary>Relationship to the fixed code (R5), or null when not said.</summary>
    public MapRelationship? Relationship { get; init; }
}

/// <summary>What to do with a source code that has no element.</summary>
public enum UnmappedMode
{
    /// <summary>R4 provided, R5 use-source-code: the same code in the target system.</summary>
    UseSourceCode,

    /// <summary>fixed.</summary>
    Fixed,

    /// <summary>other-map.</summary>
    OtherMap,
}

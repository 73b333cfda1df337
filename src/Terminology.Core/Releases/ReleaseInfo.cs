using Terminology.CodeSystems;

namespace Terminology.Releases;

/// <summary>One loaded publication: what the manifest lists and what is activated or removed as a whole.</summary>
public sealed record ReleaseInfo
{
    /// <summary>The format of what map work here has released.</summary>
    public const string MapWork = "map";

    /// <summary>
    /// What is loaded, in which version: the code system's canonical and version; for a package its id and version; for maps the map's canonical and version.
    /// The version is never null: a release without one is asked for one.
    /// </summary>
    public required VersionedUrl Id { get; init; }

    /// <summary>Name for people: "SNOMED CT International Edition 2026-01-01".</summary>
    public required string Title { get; init; }

    /// <summary>Source format: snomed-rf2, loinc, icd10-claml, icd10cm, icd10pcs, icd9cm, gem, rxnorm-rrf, ndc, fhir-package, fhir-resource, ucum, csv, map.</summary>
    public required string Format { get; init; }

    /// <summary>Date of publication as YYYY-MM-DD, or null.</summary>
    public string? Date { get; init; }

    /// <summary>Copyright and licence notice that must travel with the content, or null.</summary>
    public string? Copyright { get; init; }

    /// <summary>The code system in it, or null.</summary>
    public CodeSystemInfo? CodeSystem { get; init; }

    /// <summary>The relationship type that makes the hierarchy: <c>116680003</c> in SNOMED CT, <c>parent</c> elsewhere.</summary>
    public string HierarchyType { get; init; } = "parent";

    /// <summary>Are all codes whole numbers below 2^63 without leading zeros (SNOMED CT, RxNorm)? The store then keeps them as numbers.</summary>
    public bool NumericCodes { get; init; }
}

using System.Collections.Frozen;

namespace Terminology;

/// <summary>
/// Code systems as interfaces really name them: OIDs and HL7 v2 table 0396 names, and the identifiers that loaded code systems and naming systems give.
/// </summary>
/// <remarks>HL7 v2 <see href="https://terminology.hl7.org/CodeSystem-v2-0396.html">table 0396</see>.</remarks>
internal sealed class SystemAliases
{
    // Retired: a code system of its own for dual codes, which are codes of ICD-10.
    private const string DualCoding = "2.16.840.1.113883.6.260";

    // SCT2, SNM and SNM3 name the alphanumeric codes of older SNOMED versions: other codes, no aliases.
    private static readonly (string Canonical, string Oid, string[] Names)[] Known =
    [
        (CodeSystemUri.Snomed.Value, "2.16.840.1.113883.6.96", ["SCT", "SNOMED", "SNOMEDCT", "SNOMED-CT", "SNOMED CT"]),
        (CodeSystemUri.Loinc.Value, "2.16.840.1.113883.6.1", ["LN", "LOINC"]),
        (CodeSystemUri.RxNorm.Value, "2.16.840.1.113883.6.88", ["RXNORM", "RXN"]),
        (CodeSystemUri.Ndc.Value, "2.16.840.1.113883.6.69", ["NDC"]),
        (CodeSystemUri.Icd10.Value, "2.16.840.1.113883.6.3", ["I10", "ICD10", "ICD-10", DualCoding, $"urn:oid:{DualCoding}", "http://terminology.hl7.org/CodeSystem/ICD-10DualCoding"]),
        (CodeSystemUri.Icd10Cm.Value, "2.16.840.1.113883.6.90", ["I10C", "ICD10CM", "ICD-10-CM"]),
        (CodeSystemUri.Icd10Pcs.Value, "2.16.840.1.113883.6.4", ["I10P", "ICD10PCS", "ICD-10-PCS"]),
        (CodeSystemUri.Icd9Cm.Value, "2.16.840.1.113883.6.103", ["I9C", "I9CDX", "I9CD", "ICD9CM", "ICD-9-CM"]),
        (CodeSystemUri.Ucum.Value, "2.16.840.1.113883.6.8", ["UCUM"]),
        ("http://www.ama-assn.org/go/cpt", "2.16.840.1.113883.6.12", ["C4", "CPT4", "CPT"]),
        ("http://hl7.org/fhir/sid/cvx", "2.16.840.1.113883.12.292", ["CVX"]),
        ("http://terminology.hl7.org/CodeSystem/v3-NullFlavor", "2.16.840.1.113883.5.1008", ["NULLFL"]),
    ];

    private static readonly FrozenDictionary<string, string> Table = Known
        .SelectMany(known => known.Names.Append($"urn:oid:{known.Oid}").Append(known.Oid).Select(name => (Name: name, known.Canonical)))
        .ToFrozenDictionary(pair => pair.Name, pair => pair.Canonical, StringComparer.OrdinalIgnoreCase);

    private readonly Lazy<FrozenDictionary<string, string>> _loaded;

    public SystemAliases(IReadOnlyList<LoadedRelease> releases) => _loaded = new(() => FromReleases(releases));

    /// <summary>The canonical that a name stands for, or null when it is no alias.</summary>
    public string? Canonical(string name) => Table.TryGetValue(name, out var known) || _loaded.Value.TryGetValue(name, out known) ? known : Table0396(name);

    /// <summary>HL7 v2 tables by number: <c>HL70001</c>.</summary>
    private static string? Table0396(string name)
        => name.Length == 7 && name.StartsWith("HL7", StringComparison.OrdinalIgnoreCase) && name.AsSpan(3).ContainsAnyExceptInRange('0', '9') == false
            ? $"http://terminology.hl7.org/CodeSystem/v2-{name[3..]}"
            : null;

    /// <summary>A SNOMED CT edition or version URI used as the system itself; or null.</summary>
    public static VersionedUrl? VersionUri(string url)
        => url.StartsWith("http://snomed.info/sct/", StringComparison.Ordinal) || url.StartsWith("http://snomed.info/xsct", StringComparison.Ordinal)
            ? new(CodeSystemUri.Snomed.Value, url is "http://snomed.info/xsct" ? null : url)
            : null;

    private static FrozenDictionary<string, string> FromReleases(IReadOnlyList<LoadedRelease> releases)
    {
        var table = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var release in releases)
        {
            if (release.Content.CodeSystem is { } native)
            {
                foreach (var identifier in native.Info.Identifiers) table[identifier] = native.Info.Url.Value;
            }
            foreach (var resource in release.Content.Resources)
            {
                if (resource.ResourceType is not ("CodeSystem" or "NamingSystem") || !resource.Index.TryGetValue("identifier", out var identifiers)) continue;
                foreach (var identifier in identifiers.Where(identifier => identifier != resource.Url)) table.TryAdd(identifier, resource.Url);
            }
        }
        return table.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }
}

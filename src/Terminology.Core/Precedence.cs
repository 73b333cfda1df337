namespace Terminology;

/// <summary>
/// Who answers for a canonical that several releases carry: the live native release; of packages the one that owns the name space (hl7.terminology for
/// <c>http://terminology.hl7.org/</c>, hl7.fhir.r4.core for <c>http://hl7.org/fhir/</c>), then the later date, then the higher version. A package never
/// shadows a native release. Of what comes with a request the higher version answers.
/// </summary>
internal static class Precedence
{
    /// <summary>Entries of one canonical, the one that answers first. At most that one stays live.</summary>
    public static T[] Rank<T>(IEnumerable<T> entries, Func<T, T> retired)
        where T : class, ICatalogueEntry
    {
        var given = entries.ToArray();
        var isNative = Array.Exists(given, IsNative);
        for (var i = 0; i < given.Length; i++)
        {
            if (isNative && given[i].Live && !IsNative(given[i])) given[i] = retired(given[i]);
        }
        T[] ranked = [.. given
            .OrderByDescending(entry => entry.Live)
            .ThenByDescending(IsNative)
            .ThenBy(entry => entry.StatusRank)
            .ThenByDescending(entry => Owns(entry.Release?.Info.Id.Url, entry.Url))
            .ThenByDescending(entry => entry.Release is null ? "" : entry.Date ?? "", StringComparer.Ordinal)
            .ThenByDescending(entry => entry.Version ?? "", Versions.Comparer)];
        for (var i = 1; i < ranked.Length; i++)
        {
            if (ranked[i].Live) ranked[i] = retired(ranked[i]);
        }
        return ranked;
    }

    private static bool IsNative(ICatalogueEntry entry) => entry is { Release: not null, Resource: null };

    private static bool Owns(string? package, string? url) => package switch
    {
        "hl7.terminology" or "hl7.terminology.r4" => url!.StartsWith("http://terminology.hl7.org/", StringComparison.Ordinal),
        "hl7.fhir.r4.core" => url!.StartsWith("http://hl7.org/fhir/", StringComparison.Ordinal),
        _ => false,
    };
}

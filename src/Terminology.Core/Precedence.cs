using Terminology.Releases;

namespace Terminology;

/// <summary>
/// Who answers for a canonical that several releases carry: the live native release; of packages the one that owns the name space (hl7.terminology for
/// <c>http://terminology.hl7.org/</c>, hl7.fhir.r4.core for <c>http://hl7.org/fhir/</c>), then the later date, then the higher version. A package never
/// shadows a native release.
/// </summary>
internal static class Precedence
{
    /// <summary>What decides.</summary>
    public readonly record struct Claim(bool Live, IReleaseContent? Release, ResourceRecord? Resource, string? Version, string? Date);

    public static IEnumerable<T> Order<T>(IEnumerable<T> entries, Func<T, string> urlOf, Func<T, Claim> claimOf)
        => entries.Select(entry => (Entry: entry, Url: urlOf(entry), Claim: claimOf(entry)))
            .OrderBy(item => item.Url, StringComparer.Ordinal)
            .ThenByDescending(item => item.Claim.Live)
            .ThenByDescending(item => item.Claim.Resource is null)
            .ThenByDescending(item => Owns(item.Claim.Release?.Info.Id.Url, item.Url))
            .ThenByDescending(item => item.Claim.Date ?? "", StringComparer.Ordinal)
            .ThenByDescending(item => item.Claim.Version ?? "", Versions.Comparer)
            .Select(item => item.Entry);

    private static bool Owns(string? package, string url) => package switch
    {
        "hl7.terminology" or "hl7.terminology.r4" => url.StartsWith("http://terminology.hl7.org/", StringComparison.Ordinal),
        "hl7.fhir.r4.core" => url.StartsWith("http://hl7.org/fhir/", StringComparison.Ordinal),
        _ => false,
    };
}

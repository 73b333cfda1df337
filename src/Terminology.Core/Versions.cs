using System.Globalization;

namespace Terminology;

/// <summary>Comparing and matching business versions.</summary>
internal static class Versions
{
    private const string Snomed = "http://snomed.info/";

    /// <summary>Number by number where parts are numbers, text elsewhere: 2.10 after 2.9, 5.0.0 after 5.0.0-ballot.</summary>
    public static IComparer<string> Comparer { get; } = Comparer<string>.Create(Compare);

    /// <summary>
    /// Is this the version asked for? Exact; by pattern (<c>1.x</c>, <c>2.0.*</c>, <c>*</c>); for SNOMED CT also an edition without date, whether published
    /// (<c>sct</c>) or not (<c>xsct</c>).
    /// </summary>
    public static bool Match(string wanted, string? version)
    {
        if (version is null) return false;
        if (wanted == version || wanted is "*") return true;
        if (wanted.StartsWith(Snomed, StringComparison.Ordinal)) return MatchSnomed(wanted, version);
        return IsPattern(wanted) && MatchParts(wanted, version);
    }

    /// <summary>Does it name several versions?</summary>
    public static bool IsPattern(string wanted) => wanted is "*" || wanted.EndsWith(".x", StringComparison.Ordinal) || wanted.EndsWith(".*", StringComparison.Ordinal);

    /// <summary>Part by part; a last <c>x</c> or <c>*</c> stands for all that follows, at least one part.</summary>
    private static bool MatchParts(ReadOnlySpan<char> wanted, ReadOnlySpan<char> version)
    {
        while (true)
        {
            var want = Next(ref wanted, out var wantsMore);
            var have = Next(ref version, out var hasMore);
            if (have.Length == 0) return false;
            if (want is "x" or "*")
            {
                if (!wantsMore) return true;
            }
            else if (!want.SequenceEqual(have))
            {
                return false;
            }
            if (wantsMore != hasMore) return false;
            if (!wantsMore) return true;
        }
    }

    private static ReadOnlySpan<char> Next(ref ReadOnlySpan<char> rest, out bool more)
    {
        var dot = rest.IndexOf('.');
        more = dot >= 0;
        var part = more ? rest[..dot] : rest;
        rest = more ? rest[(dot + 1)..] : default;
        return part;
    }

    private static bool MatchSnomed(ReadOnlySpan<char> wanted, ReadOnlySpan<char> version)
    {
        var asked = Edition(wanted).TrimEnd('/');
        var given = Edition(version);
        return asked.Length > 0 && given.StartsWith(asked, StringComparison.Ordinal) && (given.Length == asked.Length || given[asked.Length..].StartsWith("/version/", StringComparison.Ordinal));
    }

    /// <summary>What follows <c>sct/</c> or <c>xsct/</c>: module, perhaps with version.</summary>
    private static ReadOnlySpan<char> Edition(ReadOnlySpan<char> uri)
    {
        if (!uri.StartsWith(Snomed, StringComparison.Ordinal)) return default;
        uri = uri[Snomed.Length..];
        return uri.StartsWith("sct/", StringComparison.Ordinal) ? uri[4..] : uri.StartsWith("xsct/", StringComparison.Ordinal) ? uri[5..] : default;
    }

    private static int Compare(string? left, string? right)
    {
        var (leftParts, rightParts) = ((left ?? "").Split('.', '-'), (right ?? "").Split('.', '-'));
        for (var i = 0; i < Math.Max(leftParts.Length, rightParts.Length); i++)
        {
            if (i == leftParts.Length) return char.IsAsciiLetter(rightParts[i].FirstOrDefault()) ? 1 : -1;
            if (i == rightParts.Length) return char.IsAsciiLetter(leftParts[i].FirstOrDefault()) ? -1 : 1;
            var numbers = long.TryParse(leftParts[i], NumberStyles.None, CultureInfo.InvariantCulture, out var a) & long.TryParse(rightParts[i], NumberStyles.None, CultureInfo.InvariantCulture, out var b);
            var order = numbers ? a.CompareTo(b) : string.CompareOrdinal(leftParts[i], rightParts[i]);
            if (order != 0) return order;
        }
        return 0;
    }
}

using System.Globalization;

namespace Terminology;

/// <summary>Comparing and matching business versions.</summary>
internal static class Versions
{
    /// <summary>Number by number where parts are numbers, text elsewhere: 2.10 after 2.9, 5.0.0 after 5.0.0-ballot.</summary>
    public static IComparer<string> Comparer { get; } = Comparer<string>.Create(Compare);

    /// <summary>Is this the version asked for? Exact; a wildcard (<c>1.x</c>, <c>2.0.*</c>); for SNOMED CT an edition without date, and published or not.</summary>
    public static bool Match(string wanted, string? version)
    {
        if (version is null) return false;
        if (wanted == version) return true;
        if (wanted.StartsWith("http://snomed.info/", StringComparison.Ordinal)) return MatchSnomed(wanted, version);
        if (wanted is "*") return true;
        if (!wanted.EndsWith(".x", StringComparison.Ordinal) && !wanted.EndsWith(".*", StringComparison.Ordinal)) return false;
        return version.StartsWith(wanted[..^1], StringComparison.Ordinal);
    }

    private static bool MatchSnomed(string wanted, string version)
    {
        var (plain, asked) = (version.Replace("/xsct/", "/sct/", StringComparison.Ordinal), wanted.Replace("/xsct/", "/sct/", StringComparison.Ordinal).TrimEnd('/'));
        return plain == asked || plain.StartsWith(asked + "/version/", StringComparison.Ordinal);
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

namespace Terminology.Mapping.Quality.Shape;

/// <summary>Whether two names are the same but for the order of their words, ends that were cut off, and the specimen that a column says as well.</summary>
internal static class NameLikeness
{
    private const int ShortestStem = 5;

    /// <summary>The words that tell, in order: names with one key are the same.</summary>
    public static string Key(RowFacts row) => string.Join(' ', Telling(row));

    /// <summary>Are they?</summary>
    public static bool AreSame(RowFacts first, RowFacts second)
    {
        if (first.Words.SequenceEqual(second.Words)) return true;
        string[] one = [.. Telling(first)], other = [.. Telling(second)];
        if (one.Length != other.Length || one.Length == 0) return false;
        return one.Zip(other).All(pair => pair.First == pair.Second || (Math.Min(pair.First.Length, pair.Second.Length) >= ShortestStem && (pair.First.StartsWith(pair.Second, StringComparison.Ordinal) || pair.Second.StartsWith(pair.First, StringComparison.Ordinal))));
    }

    private static IEnumerable<string> Telling(RowFacts row)
    {
        string[] specimen = row.Specimen is { } known ? [.. Search.TermFolding.Words(known.Text), .. Search.TermFolding.Words(known.Name)] : [];
        return row.Words.Where(word => !specimen.Contains(word)).Order(StringComparer.Ordinal);
    }
}

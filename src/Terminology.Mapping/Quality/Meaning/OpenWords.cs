namespace Terminology.Mapping.Quality.Meaning;

/// <summary>Words that leave open which: other, unspecified, NEC, NOS.</summary>
internal static class OpenWords
{
    private static readonly string[] Words =
    [
        "other", "others", "unspecified", "nos", "nec", "overig", "overige", "anders", "andere", "niet nader", "nno", "sonstige", "sonstiges", "nicht naher", "autre", "autres", "otro", "otra", "otros", "miscellaneous", "not otherwise", "not elsewhere", "none of the above", "muu", "muut",
    ];

    /// <summary>The word with which a name leaves open what it is; null when it does not.</summary>
    public static string? In(IReadOnlyList<string> words)
    {
        var text = $" {string.Join(' ', words)} ";
        return Array.Find(Words, word => text.Contains($" {word} ", StringComparison.Ordinal));
    }
}

using Terminology.Search;

namespace Terminology.Mapping.Quality.Meaning;

/// <summary>Words that leave open which: other, unspecified, NEC, NOS.</summary>
internal static class OpenWords
{
    private static readonly string[] Others = ["other", "others", "overig", "overige", "anders", "andere", "sonstige", "sonstiges", "autre", "autres", "otro", "otra", "otros", "miscellaneous", "muu", "muut", "none of the above"];

    private static readonly string[] Unspecified = ["unspecified", "nos", "nec", "niet nader", "nno", "nicht naher", "not otherwise", "not elsewhere"];

    private static readonly char[] Parting = [',', ';', '(', ')', '/', '-', ':', '+'];

    private static readonly HashSet<string> Beginnings = [.. Others.Concat(Unspecified).Select(word => word.Split(' ')[0])];

    /// <summary>The word with which a name leaves open what it is; null when it does not. What is other stands at the begin or the end of a part: a transfer from another unit leaves nothing open.</summary>
    public static string? In(string name)
    {
        if (!TermFolding.Words(name).Any(Beginnings.Contains)) return null;
        foreach (var part in name.Split(Parting).Select(TermFolding.Words))
        {
            var text = string.Join(' ', part);
            if (Array.Find(Others, word => text == word || text.StartsWith(word + " ", StringComparison.Ordinal) || text.EndsWith(" " + word, StringComparison.Ordinal)) is { } other && !IsOfPlace(part)) return other;
            if (Array.Find(Unspecified, word => $" {text} ".Contains($" {word} ", StringComparison.Ordinal)) is { } word) return word;
        }
        return null;
    }

    /// <summary>Other fluid, other specimen: says where, not what.</summary>
    private static bool IsOfPlace(string[] part) => part.Length <= 3 && part[^1] is "fluid" or "specimen" or "site" or "unit" or "hospital" or "materiaal";
}

using System.Globalization;
using System.Text.RegularExpressions;
using Terminology.Search;

namespace Terminology.Mapping.Quality.Meaning;

/// <summary>Parts of drugs as names say them: strengths in milligrams or as written, and forms.</summary>
internal static partial class DrugParts
{
    private static readonly (string Form, string[] Words)[] Forms =
    [
        ("tablet", ["tablet", "tablets", "tab", "tabs", "tabletten", "tbl"]), ("capsule", ["capsule", "capsules", "cap", "caps", "kapsel"]), ("injection", ["injection", "inj", "injectable", "infusion", "infusie", "ampoule", "vial"]), ("cream", ["cream", "creme"]),
        ("ointment", ["ointment", "zalf", "salbe"]), ("suppository", ["suppository", "zetpil", "supp"]), ("patch", ["patch", "pleister", "tape"]), ("eye drops", ["ophthalmic", "eye drops", "oogdruppels"]), ("inhaler", ["inhaler", "inhalation", "inhalator"]), ("lotion", ["lotion"]), ("gel", ["gel"]),
    ];

    /// <summary>Strengths: milligrams where they are masses (<c>500 mg</c>, <c>0,5 g</c>), percent and units as written.</summary>
    public static IReadOnlyList<string> Strengths(string name)
        => [.. Strength().Matches(name).Select(Value).Distinct(StringComparer.Ordinal)];

    /// <summary>The form that a name says; null when it says none, or several.</summary>
    public static string? FormOf(IReadOnlyList<string> words)
    {
        var found = Forms.Where(form => form.Words.Any(word => $" {string.Join(' ', words)} ".Contains($" {word} ", StringComparison.Ordinal))).ToArray();
        return found.Length == 1 ? found[0].Form : null;
    }

    /// <summary>Do the words of a name have an ingredient? Four letters of its first word are enough: languages write the ends otherwise.</summary>
    public static bool Names(IReadOnlyList<string> words, string ingredient)
    {
        var first = TermFolding.Words(ingredient).FirstOrDefault(word => word.Length > 3) ?? TermFolding.Words(ingredient).FirstOrDefault() ?? "";
        var stem = first[..Math.Min(first.Length, 4)];
        return words.Any(word => word.StartsWith(stem, StringComparison.Ordinal)) || words.Contains(first);
    }

    private static string Value(Match match)
    {
        var unit = match.Groups["unit"].Value.ToLowerInvariant();
        if (!decimal.TryParse(match.Groups["value"].Value.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)) return match.Value;
        decimal? milligrams = unit switch { "mg" => value, "g" or "gm" => value * 1000, "mcg" or "ug" or "µg" => value / 1000, _ => null };
        return milligrams is { } mass ? $"{mass.ToString("0.######", CultureInfo.InvariantCulture)} mg" : $"{value.ToString("0.######", CultureInfo.InvariantCulture)} {unit}";
    }

    [GeneratedRegex(@"(?<![\d.,A-Za-z])(?<value>\d+(?:[.,]\d+)?)\s*(?<unit>mcg|ug|µg|mg|gm|g|%|iu|unt|units?|meq|mmol)\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Strength();
}

namespace Terminology.Mapping.Quality.Meaning;

/// <summary>Words of names for how long was collected, and for what was given or done before.</summary>
internal static class TimeWords
{
    private static readonly string[][] Day =
    [
        ["24", "h"], ["24", "hr"], ["24", "hrs"], ["24", "hour"], ["24", "hours"], ["24", "uur"], ["24", "std"], ["24", "u"], ["verz", "urine"], ["verzamelurine"], ["verzamelde", "urine"], ["sammelurin"], ["vrk", "virtsa"], ["vuorokausivirtsa"], ["urines", "24"], ["etmaal"],
    ];

    private static readonly (string Challenge, string[] Words)[] Challenges =
    [
        ("fasting", ["fasting", "nuchter", "nuchtern", "fasted", "paasto", "jeun", "ayunas"]), ("peak", ["peak", "top", "spiegel top", "topspiegel", "max"]), ("trough", ["trough", "dal", "dalspiegel"]), ("stimulated", ["stimulated", "stimulation", "stimulatie"]),
    ];

    /// <summary>Does the name, specimen or unit say that a whole day was collected?</summary>
    /// <remarks>Names of Finnish laboratories begin with the specimen: <c>dU-</c> is a day's urine.</remarks>
    public static bool IsDay(RowFacts row)
        => row.Name.StartsWith("dU-", StringComparison.OrdinalIgnoreCase) || row.Specimen is { Name: "24 hour urine" } || Day.Any(words => Follows(row.Words, words)) || row.Unit.Contains("24", StringComparison.Ordinal) || row.UnitCode?.EndsWith("/d", StringComparison.Ordinal) == true;

    /// <summary>Does a LOINC time axis say that it was collected for long?</summary>
    public static bool IsDay(string time) => time.StartsWith("24H", StringComparison.Ordinal);

    /// <summary>What was done before, as a name says: <c>peak</c>, <c>trough</c>, <c>fasting</c>, <c>stimulated</c>; null when it does not.</summary>
    public static string? Challenge(RowFacts row)
        => Challenges.FirstOrDefault(known => known.Words.Any(word => row.Words.Contains(word) || Ending(row.Name, word))).Challenge;

    /// <summary>Short names are joined to the word: <c>VANCOMYtop</c>.</summary>
    private static bool Ending(string name, string word)
    {
        var at = name.IndexOf(word, StringComparison.Ordinal);
        return word.Length == 3 && at >= 3 && char.IsAsciiLetterUpper(name[at - 1]) && char.IsAsciiLetterUpper(name[at - 3]) && (at + 3 == name.Length || !char.IsLetter(name[at + 3]));
    }

    /// <summary>The same of a LOINC component: what stands behind its caret.</summary>
    public static string? ChallengeOf(string component)
    {
        var caret = component.IndexOf('^');
        if (caret < 0) return null;
        var after = component[(caret + 1)..].ToLowerInvariant();
        return after.Contains("peak", StringComparison.Ordinal) ? "peak" : after.Contains("trough", StringComparison.Ordinal) ? "trough" : after.Contains("cfst", StringComparison.Ordinal) || after.Contains("fasting", StringComparison.Ordinal) ? "fasting" : after.Contains("post", StringComparison.Ordinal) ? "post" : after.Contains("pre ", StringComparison.Ordinal) ? "pre" : null;
    }

    private static bool Follows(IReadOnlyList<string> words, string[] wanted)
    {
        for (var i = 0; i + wanted.Length <= words.Count; i++)
        {
            var place = 0;
            while (place < wanted.Length && words[i + place] == wanted[place]) place++;
            if (place == wanted.Length) return true;
        }
        return false;
    }
}

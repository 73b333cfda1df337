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
        ("fasting", ["fasting", "nuchter", "nuchtern", "fasted", "paasto", "jeun", "ayunas"]), ("post", ["post", "after", "na"]), ("pre", ["pre", "before", "voor"]), ("peak", ["peak", "top", "spiegel top", "topspiegel", "max"]), ("trough", ["trough", "dal", "dalspiegel"]),
        ("random", ["random"]), ("stimulated", ["stimulated", "stimulation", "stimulatie"]),
    ];

    /// <summary>Does the name, specimen or unit say that a whole day was collected?</summary>
    public static bool IsDay(RowFacts row)
        => row.Specimen is { Name: "24 hour urine" } || Day.Any(words => Follows(row.Words, words)) || row.Unit.Contains("24", StringComparison.Ordinal) || row.UnitCode?.EndsWith("/d", StringComparison.Ordinal) == true;

    /// <summary>Does a LOINC time axis say that it was collected for long?</summary>
    public static bool IsDay(string time) => time.StartsWith("24H", StringComparison.Ordinal);

    /// <summary>What was done before, as the words of a name say: <c>post</c>, <c>peak</c>, <c>trough</c>, <c>fasting</c>; null when they do not.</summary>
    public static string? Challenge(IReadOnlyList<string> words)
        => Challenges.FirstOrDefault(known => known.Challenge is "fasting" or "peak" or "trough" or "stimulated" && known.Words.Any(word => words.Contains(word))).Challenge;

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
            if (words.Skip(i).Take(wanted.Length).SequenceEqual(wanted)) return true;
        }
        return false;
    }
}

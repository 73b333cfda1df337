namespace Terminology.Search;

/// <summary>How well words fit a term; shared by the scan and the index so that scores compare.</summary>
public static class TermMatch
{
    /// <summary>Every query word is the beginning of a word of its own? 0 when not; 0.9 for the whole term, less for each extra or unfinished word.</summary>
    public static float Prefixes(string[] query, string[] term) => Score(query, term, static (word, candidate) => candidate.StartsWith(word, StringComparison.Ordinal) ? 0 : -1);

    /// <summary>As <see cref="Prefixes"/>, where words of four and more letters may be misspelt; each error costs.</summary>
    public static float Misspelt(string[] query, string[] term) => Score(query, term, static (word, candidate) => EditDistance.OfPrefix(word, candidate));

    /// <summary>Displays before synonyms, active before inactive.</summary>
    public static float Adjust(float score, bool isDisplay, bool inactive) => score * (isDisplay ? 1f : 0.97f) * (inactive ? 0.6f : 1f);

    /// <summary>The score of a match from its facts: lengths in words and letters, and errors.</summary>
    public static float Of(int queryWords, int termWords, int queryLetters, int termLetters, int errors)
        => 0.9f * queryWords / Math.Max(termWords, queryWords) * (0.8f + 0.2f * Math.Min(1f, (float)queryLetters / Math.Max(termLetters, 1))) * MathF.Pow(0.7f, errors);

    private static float Score(string[] query, string[] term, Func<string, string, int> errorsOf)
    {
        if (query.Length > term.Length) return 0;
        Span<bool> used = term.Length <= 256 ? stackalloc bool[term.Length] : new bool[term.Length];
        var (errors, letters, termLetters) = (0, 0, 0);
        foreach (var word in term) termLetters += word.Length;
        foreach (var word in query)
        {
            var (best, bestErrors) = (-1, int.MaxValue);
            for (var i = 0; i < term.Length; i++)
            {
                if (used[i]) continue;
                var found = errorsOf(word, term[i]);
                if (found < 0) continue;
                if (found < bestErrors || (found == bestErrors && term[i].Length < term[best].Length)) (best, bestErrors) = (i, found);
            }
            if (best < 0) return 0;
            used[best] = true;
            errors += bestErrors;
            letters += word.Length;
        }
        return Of(query.Length, term.Length, letters, termLetters, errors);
    }
}

/// <summary>How many typing errors make one word of another.</summary>
public static class EditDistance
{
    /// <summary>Fewest insertions, deletions, substitutions and transpositions that turn the word into a beginning of the candidate, or -1 beyond what its length allows (4 letters: 1, 7: 2).</summary>
    public static int OfPrefix(ReadOnlySpan<char> word, ReadOnlySpan<char> candidate)
    {
        var allowed = Allowed(word.Length);
        if (candidate.StartsWith(word)) return 0;
        if (allowed == 0 || word.Length - candidate.Length > allowed) return -1;
        var width = Math.Min(candidate.Length, word.Length + allowed);
        Span<int> before = stackalloc int[width + 1], previous = stackalloc int[width + 1], current = stackalloc int[width + 1];
        for (var j = 0; j <= width; j++) previous[j] = j;
        for (var i = 1; i <= word.Length; i++)
        {
            current[0] = i;
            var least = current[0];
            for (var j = 1; j <= width; j++)
            {
                var cost = word[i - 1] == candidate[j - 1] ? 0 : 1;
                current[j] = Math.Min(Math.Min(current[j - 1], previous[j]) + 1, previous[j - 1] + cost);
                if (i > 1 && j > 1 && word[i - 1] == candidate[j - 2] && word[i - 2] == candidate[j - 1]) current[j] = Math.Min(current[j], before[j - 2] + 1);
                least = Math.Min(least, current[j]);
            }
            if (least > allowed) return -1;
            var free = before;
            before = previous;
            previous = current;
            current = free;
        }
        var distance = int.MaxValue;
        for (var j = Math.Max(0, word.Length - allowed); j <= width; j++) distance = Math.Min(distance, previous[j]);
        return distance <= allowed ? distance : -1;
    }

    /// <summary>Errors that a word of this length may have.</summary>
    public static int Allowed(int letters) => letters >= 7 ? 2 : letters >= 4 ? 1 : 0;
}

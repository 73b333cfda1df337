namespace Terminology.Mapping.Quality.Meaning;

/// <summary>Words that change a meaning when they are said on one side only: negation, history, suspicion, family, side, severity, course, age.</summary>
internal static class QualifierWords
{
    private static readonly (string Group, (string Meaning, string[] Words)[] Meanings)[] Known =
    [
        ("negation", [("absent", ["without", "absent", "absence of", "negative for", "zonder", "geen", "ohne", "kein", "keine", "sans", "sin"])]),
        ("history", [("history", ["history of", "hx of", "status post", "past history", "voorgeschiedenis", "anamnese"])]),
        ("suspicion", [("suspected", ["suspected", "suspicion", "rule out", "verdenking", "verdacht"])]),
        ("family", [("family", ["family history", "familial history", "familieanamnese"])]),
        ("side", [("left", ["left", "links", "linker", "gauche", "izquierdo"]), ("right", ["right", "rechts", "rechter", "droit", "derecho"]), ("both", ["bilateral", "beiderseits", "beidseits", "both", "bilateraal", "beide"])]),
        ("severity", [("mild", ["mild", "licht"]), ("moderate", ["moderate", "matig"]), ("severe", ["severe", "ernstig", "schwer", "ernstige"])]),
        ("course", [("acute", ["acute", "acuut", "akut", "akute", "aigu", "acuta", "acuto"]), ("chronic", ["chronic", "chronisch", "chronische", "chronique", "cronica"]), ("subacute", ["subacute", "subacuut"])]),
        ("age", [("neonatal", ["neonatal", "newborn", "neonaat", "neonatale"]), ("child", ["child", "childhood", "pediatric", "juvenile", "kind", "kinderen"]), ("adult", ["adult", "volwassene"])]),
    ];

    /// <summary>By the first word of each text; of several that begin alike the longest counts.</summary>
    private static readonly ILookup<string, (string Group, string Meaning, string Text, string[] Words)> ByFirst = Known
        .SelectMany(group => group.Meanings.SelectMany(meaning => meaning.Words.Select(text => (group.Group, meaning.Meaning, Text: text, Words: text.Split(' '))))).OrderByDescending(known => known.Words.Length).ToLookup(known => known.Words[0], StringComparer.Ordinal);

    /// <summary>What the words of a name say of each group, with the word that says it; each meaning once.</summary>
    public static IReadOnlyList<(string Group, string Meaning, string Word)> Of(IReadOnlyList<string> words)
    {
        List<(string Group, string Meaning, string Word)>? found = null;
        for (var i = 0; i < words.Count; i++)
        {
            if (!ByFirst.Contains(words[i])) continue;
            foreach (var known in ByFirst[words[i]])
            {
                // With or without says nothing.
                if (!IsAt(words, i, known.Words) || IsOfName(words, i) || (known.Group == "negation" && i > 0 && words[i - 1] is "or" or "of" or "oder" or "ou")) continue;
                found ??= [];
                if (!found.Exists(one => one.Group == known.Group && one.Meaning == known.Meaning)) found.Add((known.Group, known.Meaning, known.Text));
                break;
            }
        }
        return found ?? [];
    }

    /// <summary>Adult, or acute, respiratory distress syndrome is one name.</summary>
    private static bool IsOfName(IReadOnlyList<string> words, int at) => at + 2 < words.Count && words[at + 1] == "respiratory" && words[at + 2] == "distress";

    private static bool IsAt(IReadOnlyList<string> words, int at, string[] wanted)
    {
        if (at + wanted.Length > words.Count) return false;
        for (var i = 1; i < wanted.Length; i++)
        {
            if (words[at + i] != wanted[i]) return false;
        }
        return true;
    }
}

namespace Terminology.Mapping.Quality.Meaning;

/// <summary>Words that change a meaning when they are said on one side only: negation, history, suspicion, family, side, severity, course, age.</summary>
internal static class QualifierWords
{
    private static readonly (string Group, (string Meaning, string[] Words)[] Meanings)[] Known =
    [
        ("negation", [("absent", ["without", "absent", "no", "not", "negative for", "zonder", "geen", "ohne", "kein", "sans", "sin"])]),
        ("history", [("history", ["history", "hx", "previous", "status post", "voorgeschiedenis", "anamnese", "past"])]),
        ("suspicion", [("suspected", ["suspected", "suspicion", "possible", "probable", "rule out", "verdenking", "verdacht", "mogelijk"])]),
        ("family", [("family", ["family history", "familial history", "familieanamnese"])]),
        ("side", [("left", ["left", "links", "linker", "gauche", "izquierdo"]), ("right", ["right", "rechts", "rechter", "droit", "derecho"]), ("both", ["bilateral", "beiderseits", "beidseits", "both", "bilateraal", "beide"])]),
        ("severity", [("mild", ["mild", "licht"]), ("moderate", ["moderate", "matig"]), ("severe", ["severe", "ernstig", "schwer", "ernstige"])]),
        ("course", [("acute", ["acute", "acuut", "akut", "akute", "aigu", "acuta", "acuto"]), ("chronic", ["chronic", "chronisch", "chronische", "chronique", "cronica"]), ("subacute", ["subacute", "subacuut"])]),
        ("age", [("neonatal", ["neonatal", "newborn", "neonaat", "neonatale"]), ("child", ["child", "childhood", "pediatric", "juvenile", "kind", "kinderen"]), ("adult", ["adult", "volwassene"])]),
    ];

    /// <summary>What the words of a name say of each group, with the word that says it.</summary>
    public static IEnumerable<(string Group, string Meaning, string Word)> Of(IReadOnlyList<string> words)
    {
        foreach (var (group, meanings) in Known)
        {
            foreach (var (meaning, texts) in meanings)
            {
                if (Array.Find(texts, text => Says(words, text)) is { } word) yield return (group, meaning, word);
            }
        }
    }

    private static bool Says(IReadOnlyList<string> words, string text)
    {
        var wanted = text.Split(' ');
        for (var i = 0; i + wanted.Length <= words.Count; i++)
        {
            if (wanted.Select((word, place) => words[i + place] == word).All(same => same)) return true;
        }
        return false;
    }
}

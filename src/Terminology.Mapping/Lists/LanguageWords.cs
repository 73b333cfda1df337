using Terminology.Search;

namespace Terminology.Mapping.Lists;

/// <summary>Languages told apart by words that laboratories, wards and pharmacies use every day and other languages do not.</summary>
/// <remarks>For English, German, French, Dutch, Spanish and Finnish. Most short names say nothing, and get no answer.</remarks>
public static class LanguageWords
{
    // Folded. No word that another language, Latin or a usual abbreviation has too: urine, van, met, la.
    private static readonly (string Language, string[] Words)[] Known =
    [
        ("en", ["the", "with", "without", "and", "blood", "cell", "count", "acid", "white", "red", "level", "free", "iron", "antibody", "antibodies", "rate", "pressure", "heart", "body", "weight", "fluid", "whole", "other", "stool"]),
        ("de", ["im", "und", "mit", "ohne", "blut", "harn", "saure", "anzahl", "freies", "gesamt", "eisen", "zucker", "blutbild", "kleines", "grosses", "harnstoff", "harnsaure", "eiweiss", "antikorper", "leukozyten", "erythrozyten", "thrombozyten", "lymphozyten", "monozyten", "kalzium", "quantitativ", "stuhl", "gewicht", "cholesterin", "kreatinin"]),
        ("fr", ["dans", "les", "avec", "sans", "sang", "urines", "acide", "urique", "sanguine", "taux", "libre", "totale", "glycemie", "leucocytes", "hematies", "plaquettes", "anticorps", "proteines", "selles", "poids", "vitesse", "recherche"]),
        ("nl", ["het", "een", "zonder", "bloed", "zuur", "vrij", "ijzer", "totaal", "eiwit", "ureum", "aantal", "leukocyten", "erytrocyten", "trombocyten", "lymfocyten", "monocyten", "antistoffen", "antilichamen", "gewicht", "ontlasting", "kweek", "bloeddruk", "hartfrequentie", "bezinking", "urinezuur", "medicatie", "oplossing"]),
        ("es", ["los", "las", "del", "sin", "sangre", "orina", "acido", "hierro", "libre", "urico", "glucosa", "hemoglobina", "leucocitos", "hematies", "plaquetas", "anticuerpos", "proteinas", "heces", "peso", "recuento", "colesterol", "suero", "velocidad", "tiempo"]),
        ("fi", ["virtsa", "happo", "rauta", "vapaa", "kokonais", "glukoosi", "kreatiniini", "hemoglobiini", "leukosyytit", "erytrosyytit", "trombosyytit", "lymfosyytit", "monosyytit", "vasta", "aineet", "proteiini", "uloste", "paino", "kolesteroli", "seerumista", "plasmasta", "verenkuva", "keskitilavuus", "maaritys", "viljely", "osoitus"]),
    ];

    private static readonly Dictionary<string, string> ByWord = Known.SelectMany(known => known.Words.Select(word => (word, known.Language)))
        .GroupBy(pair => pair.word, StringComparer.Ordinal).Where(group => group.Count() == 1).ToDictionary(group => group.Key, group => group.Single().Language, StringComparer.Ordinal);

    /// <summary>The languages this knows.</summary>
    public static IReadOnlyList<string> Languages { get; } = [.. Known.Select(known => known.Language)];

    /// <summary>The language that words of a text speak for, and how many do; null when none does or they do not agree.</summary>
    public static (string Language, int Words)? Of(string text)
    {
        string? language = null;
        var count = 0;
        foreach (var word in TermFolding.Words(text))
        {
            if (!ByWord.TryGetValue(word, out var own)) continue;
            if (language is not null && language != own) return null;
            (language, count) = (own, count + 1);
        }
        return language is null ? null : (language, count);
    }

    /// <summary>The language of a column of texts; null when too few say anything or they do not agree by four in five.</summary>
    public static string? OfAll(IEnumerable<string> texts)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var all = 0;
        foreach (var text in texts)
        {
            all++;
            if (Of(text) is { } found) counts[found.Language] = counts.GetValueOrDefault(found.Language) + 1;
        }
        if (counts.Count == 0) return null;
        var (language, most) = counts.MaxBy(pair => pair.Value);
        var said = counts.Values.Sum();
        return said >= Math.Max(3, all / 20) && most >= said * 0.8 ? language : null;
    }
}

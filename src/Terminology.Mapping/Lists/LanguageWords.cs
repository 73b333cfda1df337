using Terminology.Search;

namespace Terminology.Mapping.Lists;

/// <summary>Languages told apart by words that laboratories, wards and pharmacies use every day and other languages do not.</summary>
/// <remarks>For English, German, French, Dutch, Spanish and Finnish. Most short names say nothing, and get no answer.</remarks>
public static class LanguageWords
{
    // Folded. Only words that are in one of the lists, so that a hit counts for one language.
    private static readonly (string Language, string[] Words)[] Known =
    [
        ("en", ["of", "the", "with", "without", "and", "blood", "urine", "cell", "cells", "count", "acid", "white", "red", "level", "screen", "free", "iron", "antibody", "antibodies", "rate", "pressure", "heart", "ratio", "body", "weight", "fluid", "whole", "other", "type", "stool", "urea", "protein", "cholesterol"]),
        ("de", ["im", "und", "mit", "ohne", "der", "die", "das", "von", "blut", "harn", "saure", "anzahl", "freies", "gesamt", "eisen", "zucker", "leber", "blutbild", "kleines", "grosses", "harnstoff", "harnsaure", "eiweiss", "antikorper", "leukozyten", "erythrozyten", "thrombozyten", "lymphozyten", "monozyten", "kalzium", "quantitativ", "stuhl", "gewicht", "temperatur", "cholesterin", "kreatinin"]),
        ("fr", ["du", "dans", "le", "la", "les", "avec", "sans", "et", "sang", "urines", "acide", "urique", "fer", "sanguine", "taux", "libre", "totale", "uree", "creatinine", "glycemie", "hemoglobine", "leucocytes", "hematies", "plaquettes", "anticorps", "proteines", "selles", "poids", "vitesse", "dosage", "recherche"]),
        ("nl", ["het", "een", "met", "zonder", "van", "bloed", "zuur", "vrij", "ijzer", "totaal", "eiwit", "ureum", "aantal", "leukocyten", "erytrocyten", "trombocyten", "lymfocyten", "monocyten", "antistoffen", "antilichamen", "gewicht", "ontlasting", "kweek", "bloeddruk", "hartfrequentie", "bezinking", "urinezuur", "medicatie", "oplossing"]),
        ("es", ["el", "los", "las", "del", "con", "sin", "sangre", "orina", "acido", "hierro", "libre", "urico", "glucosa", "creatinina", "hemoglobina", "leucocitos", "hematies", "plaquetas", "anticuerpos", "proteinas", "heces", "peso", "recuento", "colesterol", "suero", "velocidad", "tiempo"]),
        ("fi", ["ja", "veri", "virtsa", "happo", "rauta", "vapaa", "kokonais", "glukoosi", "kreatiniini", "hemoglobiini", "leukosyytit", "erytrosyytit", "trombosyytit", "lymfosyytit", "monosyytit", "vasta", "aineet", "proteiini", "uloste", "paino", "kalium", "natrium", "kolesteroli", "seerumista", "plasmasta", "verenkuva", "keskitilavuus", "maaritys", "viljely", "osoitus"]),
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

using Terminology.Search;

namespace Terminology.Mapping.Lists;

/// <summary>Specimens by the words that lists of several countries use.</summary>
public static class SpecimenWords
{
    private static readonly (string Specimen, string[] Words)[] Known =
    [
        ("blood", ["blood", "whole blood", "blut", "vollblut", "sang", "bloed", "sangre", "veri", "kokoveri", "ekdta blut", "edta blood", "bld", "wb"]),
        ("venous blood", ["venous blood", "venenblut", "venoses blut", "sang veineux", "veneus bloed", "sangre venosa", "laskimoveri"]),
        ("arterial blood", ["arterial blood", "arterielles blut", "sang arteriel", "arterieel bloed", "sangre arterial", "valtimoveri"]),
        ("capillary blood", ["capillary blood", "kapillarblut", "sang capillaire", "capillair bloed", "sangre capilar", "kapillaariveri"]),
        ("cord blood", ["cord blood", "nabelschnurblut", "sang de cordon", "navelstrengbloed", "napaveri"]),
        ("serum", ["serum", "ser", "suero", "seerumi"]),
        ("plasma", ["plasma", "plas", "citrate plasma", "citrat plasma", "edta plasma", "heparin plasma"]),
        ("serum or plasma", ["serum or plasma", "serum plasma", "serplas", "ser plas", "serum oder plasma", "serum ou plasma"]),
        ("urine", ["urine", "urin", "harn", "spontanurin", "orina", "virtsa", "ur", "uri"]),
        ("24 hour urine", ["24 hour urine", "24 h urine", "24 h urin", "sammelurin", "urine de 24 h", "24 uurs urine", "orina de 24 h", "vuorokausivirtsa"]),
        ("cerebrospinal fluid", ["cerebrospinal fluid", "csf", "liquor", "liquor cerebrospinalis", "lcr", "liquide cephalorachidien", "hersenvocht", "liquido cefalorraquideo", "likvor", "selkaydinneste", "li"]),
        ("stool", ["stool", "feces", "faeces", "stuhl", "selles", "feces ontlasting", "ontlasting", "heces", "uloste"]),
        ("sputum", ["sputum", "expectoration", "esputo", "yskos", "yskokset"]),
        ("saliva", ["saliva", "speichel", "salive", "speeksel", "sylki"]),
        ("swab", ["swab", "abstrich", "frottis", "ecouvillon", "uitstrijk", "hisopo", "frotis", "sively"]),
        ("nasopharyngeal swab", ["nasopharyngeal swab", "nasopharynx", "nasenrachenabstrich", "ecouvillon nasopharynge"]),
        ("pleural fluid", ["pleural fluid", "pleural", "pleura", "pleurapunktat", "pleuraerguss", "liquide pleural", "pleuravocht", "liquido pleural", "pleuraneste"]),
        ("ascites", ["ascites", "ascitic fluid", "aszites", "ascite", "ascitesvocht", "askites"]),
        ("synovial fluid", ["synovial fluid", "joint fluid", "gelenkpunktat", "synovia", "liquide synovial", "gewrichtsvocht", "liquido sinovial", "nivelneste"]),
        ("peritoneal fluid", ["peritoneal fluid", "peritonealflussigkeit", "liquide peritoneal", "liquido peritoneal"]),
        ("amniotic fluid", ["amniotic fluid", "fruchtwasser", "liquide amniotique", "vruchtwater", "lapsivesi"]),
        ("body fluid", ["body fluid", "other body fluid", "fluid", "punktat", "punctaat", "liquide", "body fld"]),
        ("bone marrow", ["bone marrow", "knochenmark", "moelle osseuse", "beenmerg", "medula osea", "luuydin", "marrow"]),
        ("tissue", ["tissue", "gewebe", "tissu", "weefsel", "tejido", "kudos", "biopsy", "biopsie"]),
        ("hair", ["hair", "haar", "cheveux", "pelo", "hius"]),
        ("semen", ["semen", "ejakulat", "sperma", "sperme", "siemenneste"]),
        ("breath", ["breath", "expired air", "atemluft", "air expire"]),
        ("bronchoalveolar lavage", ["bronchoalveolar lavage", "bal", "bal fluid", "lavage"]),
        ("gastric fluid", ["gastric fluid", "magensaft", "suc gastrique", "maagsap"]),
        ("erythrocytes", ["erythrocytes", "red blood cells", "erythrozyten", "rbc", "punasolut"]),
        ("leukocytes", ["leukocytes", "white blood cells", "leukozyten", "wbc"]),
        ("bile", ["bile", "galle", "gal", "bilis", "sappi"]),
        ("calculus", ["calculus", "stone", "stein", "calcul", "steen"]),
    ];

    private static readonly Dictionary<string, string> ByWords = Known
        .SelectMany(known => known.Words.Append(known.Specimen).Select(word => (Words: Fold(word), known.Specimen)))
        .DistinctBy(pair => pair.Words).ToDictionary(pair => pair.Words, pair => pair.Specimen, StringComparer.Ordinal);

    /// <summary>The English name of the specimen that a text is, whatever its language; null when the text as a whole is not known as one.</summary>
    public static string? Read(string text) => text.Length is 0 or > 60 ? null : ByWords.GetValueOrDefault(Fold(text));

    /// <summary>One form for all writings of a specimen: the English name where known, else the folded words; empty for empty text.</summary>
    public static string Normal(string text) => Read(text) ?? Fold(text);

    private static string Fold(string text) => string.Join(' ', TermFolding.Words(text));
}

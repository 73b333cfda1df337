using Terminology.Search;

namespace Terminology.Mapping.Quality.Meaning;

/// <summary>Methods by the words of names and lists, and by the abbreviations of LOINC.</summary>
internal static class MethodWords
{
    private static readonly (string Method, string[] Words, string[] Loinc)[] Known =
    [
        ("electrophoresis", ["electrophoresis", "elektroforese", "elektrophorese", "elfo", "electroforese", "pep"], ["Electrophoresis", "EP", "IEP", "Elph"]),
        ("immunoassay", ["elisa", "eia", "immunoassay", "elfa", "clia", "ria"], ["EIA", "IA", "ELISA", "RIA", "Imm", "EIA.rapid", "IA.rapid"]),
        ("immunofluorescence", ["immunofluorescence", "ifa", "ift", "immunofluorescentie"], ["IF", "IFA"]),
        ("immunoblot", ["immunoblot", "blot", "western"], ["IB", "Line blot"]),
        ("nucleic acid amplification", ["pcr", "naat", "rtpcr", "amplification"], ["Probe.amp.tar", "Probe.amp", "Probe.amp.sig", "Molgen", "Probe", "NAA"]),
        ("manual count", ["manual", "handmatig", "manuell"], ["Manual count", "Manual"]),
        ("automated count", ["automated", "auto", "automatisch"], ["Automated count", "Automated"]),
        ("microscopy", ["microscopy", "microscopie", "mikroskopie", "microscopic"], ["Microscopy.light", "Microscopy.light.HPF", "Microscopy.light.LPF", "Microscopy", "Micro"]),
        ("test strip", ["strip", "dipstick", "stick", "teststrip"], ["Test strip", "Test strip.automated", "Strip"]),
        ("culture", ["culture", "kweek", "kultur", "viljely"], ["Culture", "Organism specific culture", "Aerobic culture", "Anaerobic culture", "Routine culture"]),
        ("coagulation assay", ["coag"], ["Coag"]),
        ("chromogenic", ["chromogenic", "chromogeen"], ["Chromo"]),
        ("flow cytometry", ["cytometry", "facs"], ["FC"]),
        ("mass spectrometry", ["lcms", "gcms"], ["LC/MS/MS", "GC.MS", "LC.MS"]),
        ("calculated", ["calculated", "calc", "berekend", "berechnet"], ["Calculated", "Calc"]),
        ("estimated", ["estimated", "geschat"], ["Estimated"]),
    ];

    /// <summary>The methods that a row states in its column, or its name in passing, with the words that say so.</summary>
    public static IEnumerable<(string Method, string Word)> Of(RowFacts row)
    {
        string[] words = [.. TermFolding.Words(row.In("method")), .. row.Words];
        return Known.Select(known => (known.Method, Word: Array.Find(words, known.Words.Contains))).Where(found => found.Word is not null)!;
    }

    /// <summary>The method of a LOINC term in our words; null when it has none or one that we have no word for.</summary>
    public static string? OfLoinc(string method)
        => method.Length == 0 ? null : Known.FirstOrDefault(known => known.Loinc.Any(name => method == name || method.StartsWith(name + ".", StringComparison.Ordinal) || method.StartsWith(name + " ", StringComparison.Ordinal))).Method;
}

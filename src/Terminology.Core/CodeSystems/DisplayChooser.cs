using System.Text;

namespace Terminology.CodeSystems;

/// <summary>The best display of a concept for the languages asked for.</summary>
public static class DisplayChooser
{
    /// <summary>Language reference sets of dialects; SNOMED CT's own way to say which synonym is preferred where.</summary>
    private static readonly Dictionary<string, string[]> Refsets = new(StringComparer.OrdinalIgnoreCase)
    {
        ["en-US"] = ["900000000000509007"],
        ["en-GB"] = ["900000000000508004", "999001261000000100", "999000691000001104"],
        ["en-AU"] = ["32570271000036106"],
        ["en-CA"] = ["19491000087109"],
        ["en-NZ"] = ["271000210107"],
        ["en"] = ["900000000000509007", "900000000000508004"],
        ["sv"] = ["46011000052107"],
        ["da"] = ["554461000005103"],
        ["nl"] = ["31000146106"],
        ["nb"] = ["61000202103"],
        ["nn"] = ["91000202106"],
        ["no"] = ["61000202103"],
        ["et"] = ["71000181105"],
        ["es"] = ["448879004", "450828004"],
        ["fr-BE"] = ["21000172104"],
        ["fr-CA"] = ["20581000087109"],
        ["fr-CH"] = ["2021000195106"],
        ["fr"] = ["10031000315102", "722131000"],
        ["de-CH"] = ["2041000195100"],
        ["de-AT"] = ["21000234103"],
        ["de"] = ["722130004", "31000274107"],
        ["it-CH"] = ["2031000195108"],
        ["it"] = ["2031000195108"],
    };

    /// <summary>The display; the default one when no language is asked for or none fits.</summary>
    /// <returns>UTF-8, lives as long as the code system; empty when the concept has no display.</returns>
    /// <remarks>No allocation.</remarks>
    public static ReadOnlySpan<byte> Choose(ICodeSystem codeSystem, ConceptOrdinal concept, IReadOnlyList<string> languages) => Choose(codeSystem, concept, languages, []);

    /// <summary>The display, where supplements may have one in a language that the code system itself has not.</summary>
    /// <returns>UTF-8, lives as long as the code system and its supplements; empty when the concept has no display.</returns>
    public static ReadOnlySpan<byte> Choose(ICodeSystem codeSystem, ConceptOrdinal concept, IReadOnlyList<string> languages, IReadOnlyList<ICodeSystem> supplements)
    {
        if (languages.Count == 0) return codeSystem.Display(concept);
        var (source, designation) = Find(codeSystem, concept, languages, supplements);
        return designation < 0 ? default : source.Designation(designation).Value;
    }

    /// <summary>Which designation <see cref="Choose(ICodeSystem, ConceptOrdinal, IReadOnlyList{string}, IReadOnlyList{ICodeSystem})"/> takes.</summary>
    /// <returns>The code system or supplement that has it, and its index there; -1 when the concept has no display.</returns>
    public static (ICodeSystem Source, int Designation) Find(ICodeSystem codeSystem, ConceptOrdinal concept, IReadOnlyList<string> languages, IReadOnlyList<ICodeSystem> supplements, bool onlyInLanguages = false)
    {
        foreach (var language in languages)
        {
            var best = Best(codeSystem, concept, language);
            if (best >= 0) return (codeSystem, best);
            foreach (var supplement in supplements)
            {
                if (supplement.TryFind(codeSystem.Code(concept), out var there) && Best(supplement, there, language) is >= 0 and var own) return (supplement, own);
            }
        }
        return (codeSystem, onlyInLanguages || codeSystem.Display(concept).IsEmpty ? -1 : codeSystem.Designations(concept).Start);
    }

    /// <summary>The display as text, or null when the concept has none.</summary>
    public static string? Text(ICodeSystem codeSystem, ConceptOrdinal concept, IReadOnlyList<string> languages) => Text(codeSystem, concept, languages, []);

    /// <summary>The display as text, or null when neither the concept nor a supplement has one.</summary>
    public static string? Text(ICodeSystem codeSystem, ConceptOrdinal concept, IReadOnlyList<string> languages, IReadOnlyList<ICodeSystem> supplements)
        => Choose(codeSystem, concept, languages, supplements) is { Length: > 0 } display ? Encoding.UTF8.GetString(display) : null;

    /// <summary>Does a language tag fit what was asked for: the same, or the same without its region?</summary>
    public static bool Fits(string language, string asked)
    {
        if (language.Length == 0) return false;
        return language.Equals(asked, StringComparison.OrdinalIgnoreCase) || Primary(language).Equals(Primary(asked), StringComparison.OrdinalIgnoreCase);
    }

    private static int Best(ICodeSystem codeSystem, ConceptOrdinal concept, string language)
    {
        var range = codeSystem.Designations(concept);
        var refsets = RefsetsFor(language);
        var (best, bestRank) = (-1, int.MaxValue);
        for (var i = range.Start; i < range.End; i++)
        {
            var index = i;
            var designation = codeSystem.Designation(i);
            if (!designation.Active || designation.Use == DesignationUses.Definition || designation.Use == DesignationUses.TextDefinition) continue;
            var tag = designation.Language.Length == 0 ? codeSystem.Info.Language ?? "" : designation.Language;
            if (!Fits(tag, language)) continue;
            var rank = tag.Equals(language, StringComparison.OrdinalIgnoreCase) ? 0 : 1;
            rank += i == range.Start ? 0 : designation.Use == DesignationUses.Display ? 2 : designation.Use == DesignationUses.FullySpecifiedName ? 6 : 4;
            if (designation.Use == DesignationUses.Synonym && Array.Exists(refsets, refset => codeSystem.Acceptability(index, refset) == Acceptability.Preferred)) rank = -1;
            if (rank < bestRank) (best, bestRank) = (i, rank);
        }
        return best;
    }

    private static string[] RefsetsFor(string language)
    {
        var at = language.IndexOf("-x-sctlang-", StringComparison.OrdinalIgnoreCase);
        if (at >= 0) return [language[(at + 11)..].Replace("-", "", StringComparison.Ordinal)];
        return Refsets.TryGetValue(language, out var exact) ? exact : Refsets.TryGetValue(Primary(language), out var primary) ? primary : [];
    }

    private static string Primary(string language) => language.IndexOf('-') is >= 0 and var end ? language[..end] : language;
}

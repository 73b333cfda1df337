using Terminology.Loaders.Input;

namespace Terminology.Loaders.Loinc;

/// <summary>Names in other languages; which language a file is in says the list of variants, else the name of the file (<c>deDE15LinguisticVariant.csv</c>).</summary>
internal sealed class LoincVariants(LoincWriter writer)
{
    private readonly Dictionary<string, string> _languages = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A row of the list of variants.</summary>
    public void Language(CsvRows rows, string language)
    {
        var country = rows["ISO_COUNTRY"];
        _languages[$"{language}{country}{rows["ID"]}LinguisticVariant.csv"] = country.Length == 0 ? language : $"{language}-{country}";
    }

    public string LanguageOf(ReleaseFile file)
    {
        var name = file.UnpackedName;
        if (_languages.TryGetValue(name, out var listed)) return listed;
        return name.Length > 4 && name[..4].All(char.IsAsciiLetter) && char.IsAsciiLetterUpper(name[2]) ? $"{name[..2]}-{name[2..4]}" : "und";
    }

    public void Term(CsvRows rows, string code, string language)
    {
        writer.Name(code, rows["LONG_COMMON_NAME"], LoincNames.LongCommon, 110, language);
        writer.Name(code, rows["LinguisticVariantDisplayName"], LoincNames.Variant, 115, language);
        writer.Name(code, rows["SHORTNAME"], LoincNames.Short, 120, language);
        writer.Name(code, LoincNames.FullName([.. LoincNames.Axes.Select(axis => rows[axis])]), LoincNames.Full, 130, language);
        writer.Name(code, rows["CLASS"], LoincNames.Class, 255, language);
        foreach (var related in LoincNames.Split(rows["RELATEDNAMES2"])) writer.Name(code, related, LoincNames.Related, 200, language);
    }
}

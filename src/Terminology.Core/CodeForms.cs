using Terminology.Icd10;

namespace Terminology;

/// <summary>Codes as interfaces really write them, in the normal form of their code system.</summary>
internal static class CodeForms
{
    /// <summary>Other readings of a code that was not found as written, best first. Each may exist or not.</summary>
    public static IEnumerable<string> Readings(string system, string code)
    {
        var trimmed = code.Trim();
        if (trimmed.Length == 0) return [];
        var readings = system switch
        {
            _ when system == CodeSystemUri.Snomed.Value => [Numeric(trimmed)],
            _ when system == CodeSystemUri.RxNorm.Value => [trimmed.TrimStart('0')],
            _ when system == CodeSystemUri.Loinc.Value => Loinc(trimmed.ToUpperInvariant()),
            _ when DualCode.IsIn(system) || system == CodeSystemUri.Icd10Cm.Value => Icd(trimmed.ToUpperInvariant(), category: 3),
            _ when system == CodeSystemUri.Icd9Cm.Value => Icd(trimmed.ToUpperInvariant(), trimmed[0] is 'E' or 'e' ? 4 : 3),
            _ when system == CodeSystemUri.Icd10Pcs.Value => [trimmed.Replace(".", "", StringComparison.Ordinal).ToUpperInvariant()],
            _ when system == CodeSystemUri.Ndc.Value => Ndc.Readings(trimmed),
            _ => (IEnumerable<string>)[],
        };
        return readings.Prepend(trimmed).Where(reading => reading.Length > 0 && reading != code);
    }

    /// <summary>An SCTID with blanks, leading zeros or its term: <c>22298006 |Myocardial infarction|</c>.</summary>
    private static string Numeric(string code)
    {
        var end = code.IndexOf('|');
        return (end < 0 ? code : code[..end]).Replace(" ", "", StringComparison.Ordinal).TrimStart('0');
    }

    /// <summary>Upper case; the hyphen put back where the check digit proves it.</summary>
    private static IEnumerable<string> Loinc(string code)
    {
        yield return code;
        if (code.Length < 2 || code.Contains('-')) yield break;
        var hyphened = $"{code[..^1]}-{code[^1]}";
        if (LoincNumber.HasRightCheckDigit(hyphened)) yield return hyphened;
    }

    /// <summary>Upper case; without dagger, asterisk or a dot at the end; with the dot after the category.</summary>
    private static IEnumerable<string> Icd(string code, int category)
    {
        yield return code;
        var bare = code.TrimEnd('+', '*', '†', '!', '.');
        yield return bare;
        if (bare.Length > category && !bare.Contains('.')) yield return bare.Insert(category, ".");
    }
}

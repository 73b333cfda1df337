namespace Terminology;

/// <summary>Codes as interfaces really write them, in the normal form of their code system.</summary>
internal static class CodeForms
{
    /// <summary>Other readings of a code that was not found as written, best first. Each may exist or not.</summary>
    public static IEnumerable<string> Readings(string system, string code)
    {
        var trimmed = code.Trim();
        if (trimmed != code && trimmed.Length > 0) yield return trimmed;
        if (system == CodeSystemUri.Icd10Cm.Value || system == CodeSystemUri.Icd10.Value)
        {
            var upper = trimmed.ToUpperInvariant();
            if (upper != trimmed) yield return upper;
            if (upper.Length > 3 && !upper.Contains('.')) yield return upper.Insert(3, ".");
            if (upper.EndsWith('.')) yield return upper.TrimEnd('.');
        }
        else if (system == CodeSystemUri.Icd9Cm.Value)
        {
            var upper = trimmed.ToUpperInvariant();
            var category = upper.StartsWith('E') ? 4 : 3;
            if (upper != trimmed) yield return upper;
            if (upper.Length > category && !upper.Contains('.')) yield return upper.Insert(category, ".");
        }
        else if (system == CodeSystemUri.Icd10Pcs.Value)
        {
            yield return trimmed.Replace(".", "", StringComparison.Ordinal).ToUpperInvariant();
        }
        else if (system == CodeSystemUri.Ndc.Value)
        {
            foreach (var reading in Ndc.Readings(trimmed)) yield return reading;
        }
        else if (system == CodeSystemUri.Loinc.Value)
        {
            var upper = trimmed.ToUpperInvariant();
            if (upper != trimmed) yield return upper;
        }
    }
}

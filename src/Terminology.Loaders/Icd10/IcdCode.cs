namespace Terminology.Loaders.Icd10;

/// <summary>Codes of the files without a dot, as the code systems write them.</summary>
internal static class IcdCode
{
    /// <summary>ICD-10-CM: the dot after the third character.</summary>
    public static string Cm10(string code) => code.Length > 3 && !code.Contains('.') ? code.Insert(3, ".") : code;

    /// <summary>ICD-9-CM diagnoses: the dot after the third character, for E codes after the fourth.</summary>
    public static string Dx9(string code)
    {
        var category = code.StartsWith('E') ? 4 : 3;
        return code.Length > category && !code.Contains('.') ? code.Insert(category, ".") : code;
    }

    /// <summary>ICD-9-CM procedures: the dot after the second character.</summary>
    public static string Sg9(string code) => code.Length > 2 && !code.Contains('.') ? code.Insert(2, ".") : code;
}

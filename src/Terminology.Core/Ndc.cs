namespace Terminology;

/// <summary>National Drug Codes: the same package is written with ten digits and hyphens (4-4-2, 5-3-2, 5-4-1) or with eleven digits; ours is eleven without hyphens.</summary>
/// <remarks>FDA <see href="https://www.fda.gov/drugs/drug-approvals-and-databases/national-drug-code-directory">National Drug Code Directory</see>.</remarks>
public static class Ndc
{
    /// <summary>
    /// All readings in eleven digits: one for hyphenated or eleven-digit forms, three for ten digits without hyphens (which part is short is not said), none for
    /// what is no NDC.
    /// </summary>
    public static IReadOnlyList<string> Readings(string text)
    {
        var parts = text.Trim().Split('-');
        if (parts.Any(part => part.Length == 0 || part.Any(character => !char.IsAsciiDigit(character)))) return [];
        return parts switch
        {
            [{ Length: 4 or 5 } labeler, { Length: 3 or 4 } product, { Length: 1 or 2 } package]
                => [labeler.PadLeft(5, '0') + product.PadLeft(4, '0') + package.PadLeft(2, '0')],
            [{ Length: 11 } whole] => [whole],
            [{ Length: 10 } whole] => [.. new[] { "0" + whole, whole.Insert(5, "0"), whole.Insert(9, "0") }.Distinct()],
            _ => [],
        };
    }
}

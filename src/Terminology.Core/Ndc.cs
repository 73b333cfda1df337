namespace Terminology;

/// <summary>
/// National Drug Codes: the same package is written with ten digits and hyphens (4-4-2, 5-3-2, 5-4-1), with eleven digits, with twelve that begin with a zero
/// or with a labeler of six (VANDF, old tapes); ours is eleven without hyphens.
/// </summary>
/// <remarks>FDA <see href="https://www.fda.gov/drugs/drug-approvals-and-databases/national-drug-code-directory">National Drug Code Directory</see>.</remarks>
public static class Ndc
{
    /// <summary>
    /// All readings in eleven digits: one for hyphenated, eleven- or twelve-digit forms, three for ten digits without hyphens (which part is short is not said), none for
    /// what is no NDC.
    /// </summary>
    public static IReadOnlyList<string> Readings(string text)
    {
        if (text.Length == 11 && text.AsSpan().ContainsAnyExceptInRange('0', '9') == false) return [text];
        // An asterisk stands for a zero that a source left open.
        var parts = text.Trim().Replace('*', '0').Split('-');
        if (parts.Any(part => part.Length == 0 || part.Any(character => !char.IsAsciiDigit(character)))) return [];
        var isLong = parts is [{ Length: 6 }, _, _] or [{ Length: 12 }] && parts[0][0] == '0';
        if (isLong) parts[0] = parts[0][1..];
        return parts switch
        {
            [var labeler, var product, var package] when (labeler.Length, product.Length, package.Length) is (5, 4, 2) or (5, 4, 1) or (5, 3, 2) or (4, 4, 2) || (isLong && product.Length is 3 or 4 && package.Length is 1 or 2)
                => [labeler.PadLeft(5, '0') + product.PadLeft(4, '0') + package.PadLeft(2, '0')],
            [{ Length: 11 } whole] => [whole],
            [{ Length: 10 } whole] => [.. new[] { "0" + whole, whole.Insert(5, "0"), whole.Insert(9, "0") }.Distinct()],
            _ => [],
        };
    }
}

using System.Text;

namespace Terminology.Mapping.Lists.Damage;

/// <summary>A check digit that the codes of a list have, found out from the list itself.</summary>
internal sealed record CheckScheme(string Name, Func<string, bool> IsRight)
{
    private const int LeastCodes = 10;
    private const double LeastRight = 0.95;

    private static readonly CheckScheme[] Known =
    [
        new("LOINC", code => LoincNumber.HasRightCheckDigit(code)),
        new("SNOMED CT", ColumnContent.IsSctid),
        new("PZN", Pzn),
        new("Luhn", code => AllDigits(code) && code.Length > 1 && CheckDigit.Mod10(code.AsSpan(0, code.Length - 1)) == code[^1] - '0'),
        new("GTIN", Gtin),
        new("Verhoeff", code => AllDigits(code) && CheckDigit.Verhoeff(Encoding.ASCII.GetBytes(code))),
    ];

    /// <summary>The scheme that at least 19 in 20 of ten or more codes satisfy; null when there is none.</summary>
    public static CheckScheme? Of(IReadOnlyCollection<string> codes)
        => codes.Count < LeastCodes ? null : Known.FirstOrDefault(scheme => codes.Count(scheme.IsRight) >= codes.Count * LeastRight);

    /// <summary>Pharmazentralnummer: eight digits, weights 1 to 7, modulo 11.</summary>
    private static bool Pzn(string code)
    {
        if (code.Length != 8 || !AllDigits(code)) return false;
        var sum = 0;
        for (var i = 0; i < 7; i++) sum += (code[i] - '0') * (i + 1);
        return sum % 11 == code[7] - '0';
    }

    /// <summary>GS1: weights 3 and 1 from the right.</summary>
    private static bool Gtin(string code)
    {
        if (code.Length is not (8 or 12 or 13 or 14) || !AllDigits(code)) return false;
        var sum = 0;
        for (var i = 2; i <= code.Length; i++) sum += (code[^i] - '0') * (i % 2 == 0 ? 3 : 1);
        return (10 - (sum % 10)) % 10 == code[^1] - '0';
    }

    private static bool AllDigits(string code) => code.Length > 0 && !code.AsSpan().ContainsAnyExceptInRange('0', '9');
}

namespace Terminology;

/// <summary>The two check digit schemes of the field.</summary>
public static class CheckDigit
{
    private static readonly byte[,] Multiply =
    {
        { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 }, { 1, 2, 3, 4, 0, 6, 7, 8, 9, 5 }, { 2, 3, 4, 0, 1, 7, 8, 9, 5, 6 }, { 3, 4, 0, 1, 2, 8, 9, 5, 6, 7 },
        { 4, 0, 1, 2, 3, 9, 5, 6, 7, 8 }, { 5, 9, 8, 7, 6, 0, 4, 3, 2, 1 }, { 6, 5, 9, 8, 7, 1, 0, 4, 3, 2 }, { 7, 6, 5, 9, 8, 2, 1, 0, 4, 3 },
        { 8, 7, 6, 5, 9, 3, 2, 1, 0, 4 }, { 9, 8, 7, 6, 5, 4, 3, 2, 1, 0 },
    };

    private static readonly byte[,] Permute = BuildPermutations();

    /// <summary>Do these digits, the last being the check digit, satisfy Verhoeff's dihedral scheme (SCTIDs)? False when a character is no digit.</summary>
    /// <remarks>SNOMED CT RF2 <see href="https://docs.snomed.org/snomed-ct-specifications/snomed-ct-release-file-specification/identifiers/6.2-check-digit">check digit</see>.</remarks>
    public static bool Verhoeff(ReadOnlySpan<byte> digits)
    {
        var check = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[digits.Length - 1 - i] - '0';
            if ((uint)digit > 9) return false;
            check = Multiply[check, Permute[i & 7, digit]];
        }
        return digits.Length > 0 && check == 0;
    }

    /// <summary>The mod-10 digit (0 to 9) that LOINC puts after these digits, or -1 when a character is no digit.</summary>
    /// <remarks>LOINC Users' Guide, appendix on the check digit (Luhn's scheme).</remarks>
    public static int Mod10(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[digits.Length - 1 - i] - '0';
            if ((uint)digit > 9) return -1;
            if ((i & 1) == 0)
            {
                digit *= 2;
                if (digit > 9) digit -= 9;
            }
            sum += digit;
        }
        return digits.Length == 0 ? -1 : (10 - sum % 10) % 10;
    }

    private static byte[,] BuildPermutations()
    {
        byte[] first = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
        var table = new byte[8, 10];
        for (var i = 0; i < 10; i++) table[0, i] = (byte)i;
        for (var row = 1; row < 8; row++)
        {
            for (var i = 0; i < 10; i++) table[row, i] = first[table[row - 1, i]];
        }
        return table;
    }
}

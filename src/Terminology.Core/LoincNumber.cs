using System.Globalization;

namespace Terminology;

/// <summary>LOINC codes and their check digit: <c>2345-7</c>, parts <c>LP…</c>, answers <c>LA…</c>, answer lists <c>LL…</c>, groups <c>LG…</c>.</summary>
/// <remarks>LOINC Users' Guide, appendix on the mod 10 check digit. Some old codes of real releases fail it.</remarks>
public static class LoincNumber
{
    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    /// <summary>Does the code have the form digits, hyphen, digit?</summary>
    public static bool HasForm(ReadOnlySpan<char> code)
    {
        var digits = Digits(code);
        return digits.Length > 0 && code.Length == digits.Length + 2 + (code.Length - code.TrimStart("LPAG").Length) && code[^2] == '-' && char.IsAsciiDigit(code[^1]);
    }

    /// <summary>Is the check digit right? False also for what is no LOINC code.</summary>
    public static bool HasRightCheckDigit(ReadOnlySpan<char> code) => HasForm(code) && CheckDigit.Mod10(Digits(code)) == code[^1] - '0';

    /// <summary>
    /// The code that a spreadsheet turned into a date: <c>1-Sep</c> was <c>9-1</c> or <c>1-9</c>. Null when the text is no such date, or when the check digit does
    /// not prove one reading against the other.
    /// </summary>
    /// <param name="text">The damaged text.</param>
    /// <param name="isDate">Is it such a date at all?</param>
    public static string? FromSpreadsheetDate(string text, out bool isDate)
    {
        var parts = text.Split('-');
        isDate = parts.Length == 2 && (IsMonth(parts[1]) && IsDay(parts[0]) || IsMonth(parts[0]) && IsDay(parts[1]));
        if (!isDate) return null;
        var (day, month) = IsMonth(parts[1]) ? (parts[0], Month(parts[1])) : (parts[1], Month(parts[0]));
        var readings = new[] { $"{month}-{day.TrimStart('0')}", $"{day.TrimStart('0')}-{month}" }.Distinct().Where(reading => HasRightCheckDigit(reading)).ToArray();
        return readings.Length == 1 ? readings[0] : null;
    }

    private static bool IsMonth(string text) => Array.IndexOf(Months, text.ToLowerInvariant()) >= 0;

    private static bool IsDay(string text) => text.Length is 1 or 2 && text.All(char.IsAsciiDigit);

    private static string Month(string text) => (Array.IndexOf(Months, text.ToLowerInvariant()) + 1).ToString(CultureInfo.InvariantCulture);

    private static ReadOnlySpan<char> Digits(ReadOnlySpan<char> code)
    {
        var number = code.TrimStart("LPAG");
        var hyphen = number.IndexOf('-');
        return hyphen > 0 && number[..hyphen].ContainsAnyExceptInRange('0', '9') == false ? number[..hyphen] : default;
    }
}

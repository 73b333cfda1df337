using System.Globalization;
using System.Text.RegularExpressions;

namespace Terminology.Mapping.Lists;

/// <summary>Counts and dates as people and spreadsheets write them.</summary>
internal static partial class ValueReader
{
    private static readonly string[] DateForms =
    [
        "yyyy-M-d", "yyyy/M/d", "yyyyMMdd", "d.M.yyyy", "d.M.yy", "d-MMM-yyyy", "d-MMM-yy", "d MMM yyyy", "MMM d, yyyy", "yyyy-M-d H:m", "yyyy-M-d H:m:s", "yyyy-M-dTH:m:s", "yyyy-M-dTH:m:sZ", "d.M.yyyy H:m", "d.M.yyyy H:m:s",
    ];

    private static readonly string[] DayFirst = ["d/M/yyyy", "d-M-yyyy", "d/M/yyyy H:m", "d/M/yyyy H:m:s"];
    private static readonly string[] MonthFirst = ["M/d/yyyy", "M-d-yyyy", "M/d/yyyy H:m", "M/d/yyyy H:m:s"];

    /// <summary>A whole number, with or without separators of thousands (<c>1,234</c>, <c>1.234</c>, <c>1 234</c>, <c>1'234</c>); null for anything else.</summary>
    public static long? Count(string text)
    {
        var plain = TextRepair.Visible(text);
        if (plain.Length is 0 or > 25) return null;
        if (plain.EndsWith(".0", StringComparison.Ordinal) && !plain[..^2].Contains('.')) plain = plain[..^2];
        if (!Grouped().IsMatch(plain)) return null;
        var digits = string.Concat(plain.Where(char.IsAsciiDigit));
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;
    }

    /// <summary>A day; null for anything else, and for <c>3/4/2025</c>, which is two days.</summary>
    public static DateOnly? Date(string text)
    {
        var plain = TextRepair.Visible(text);
        if (plain.Length is < 6 or > 25 || !char.IsAsciiDigit(plain[^1]) && plain[^1] != 'Z') return null;
        if (Exact(plain, DateForms) is { } date) return date;
        var (day, month) = (Exact(plain, DayFirst), Exact(plain, MonthFirst));
        return day is null ? month : month is null || month == day ? day : null;
    }

    /// <summary>Is it a day, be it one of two?</summary>
    public static bool LooksLikeDate(string text) => Date(text) is not null || Exact(TextRepair.Visible(text), DayFirst) is not null;

    /// <summary>A number with a decimal point or comma.</summary>
    public static bool IsNumber(string text) => Number().IsMatch(text.AsSpan().Trim());

    /// <summary>A range or a bound: <c>3,5 - 5,0</c>, <c>&lt; 10</c>, <c>[3.5;5.0]</c>.</summary>
    public static bool IsRange(string text) => text.Length <= 80 && Range().IsMatch(text);

    /// <summary>Several numbers in a row, as samples and quantiles are given: <c>[ 0, 84, 86 ]</c>, <c>4.1; 4.3; 5</c>.</summary>
    public static bool IsSamples(string text) => text.Length <= 2000 && SampleList().IsMatch(text);

    private static DateOnly? Exact(string text, string[] forms)
        => DateTime.TryParseExact(text, forms, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces | DateTimeStyles.AdjustToUniversal, out var date) ? DateOnly.FromDateTime(date) : null;

    [GeneratedRegex(@"^(\d{1,18}|\d{1,3}([,.' ]\d{3})+)$", RegexOptions.CultureInvariant)]
    private static partial Regex Grouped();

    [GeneratedRegex(@"^[+-]?\d+([.,]\d+)?([eE][+-]?\d+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    [GeneratedRegex(@"^[\s\[(]*([<>≤≥]=?\s*-?\d+([.,]\d+)?|-?\d+([.,]\d+)?\s*(-|–|—|\.\.\.?|;|to|bis|tot|à|a)\s*-?\d+([.,]\d+)?)[\s\])]*(\S{0,15})$", RegexOptions.CultureInvariant)]
    private static partial Regex Range();

    [GeneratedRegex(@"^[\s\[({]*-?\d+([.,]\d+)?(\s*[,;|/]\s+|\s*[;|]\s*|\s*,\s*)(-?\d+([.,]\d+)?(\s*[,;|/]\s*)){1,}-?(\d+([.,]\d+)?|_)[\s\])}]*$", RegexOptions.CultureInvariant)]
    private static partial Regex SampleList();
}

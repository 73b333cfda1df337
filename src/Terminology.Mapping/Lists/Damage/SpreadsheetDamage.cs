using System.Globalization;
using System.Text.RegularExpressions;
using Terminology.Mapping.Quality;

namespace Terminology.Mapping.Lists.Damage;

/// <summary>MQ-003: a spreadsheet took the code for a number or a date: <c>1-Sep</c>, <c>1.2E+05</c>, leading zeros gone, digits after the fifteenth zeroed.</summary>
/// <remarks>A code is restored only where a check digit proves what it was; otherwise a person asks for the file again.</remarks>
public static partial class SpreadsheetDamage
{
    /// <summary>Id of the rule.</summary>
    public const string RuleId = "MQ-003";

    private const int Kept = 15;
    private const int LeastAlike = 10;

    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    /// <summary>An error for each damaged code and each damaged target code of the file.</summary>
    public static IEnumerable<Finding> Find(IReadOnlyCollection<SourceRow> rows)
    {
        var codes = new CodesOfList([.. rows.Select(row => TextRepair.Visible(row.Code))]);
        var targets = new CodesOfList([.. rows.Select(row => TextRepair.Visible(row.Target?.Code ?? "")).Where(code => code.Length > 0)]);
        foreach (var row in rows)
        {
            if (Look(codes, row, "code", TextRepair.Visible(row.Code)) is { } finding) yield return finding;
            if (row.Target is { Code.Length: > 0 } target && Look(targets, row, "target", TextRepair.Visible(target.Code)) is { } other) yield return other;
        }
    }

    private static Finding? Look(CodesOfList list, SourceRow row, string field, string code)
    {
        if ((Dated(code, list) ?? Scientific(code) ?? Truncated(code, list) ?? WithoutZeros(code, list)) is not var (what, restored)) return null;
        var end = restored is null ? "no check digit proves what it was, so ask for the file with this column as text" : $"the check digit proves that it was {DamageScan.Quoted(restored)}";
        return new(RuleId, [row.Key], FindingSeverity.Error, $"The {field} {DamageScan.Quoted(code)} in line {row.Line} {what}; {end}.", restored is null ? null : new(field, code, restored));
    }

    /// <summary><c>1-Sep</c> is the first of September or September of a year; <c>2025-09-01</c> what a workbook gives for it.</summary>
    private static (string, string?)? Dated(string code, CodesOfList list)
    {
        string[] readings;
        if (MonthName().Match(code) is { Success: true } named)
        {
            var month = Array.IndexOf(Months, (named.Groups["m1"].Success ? named.Groups["m1"] : named.Groups["m2"]).Value.ToLowerInvariant()) + 1;
            var number = (named.Groups["d1"].Success ? named.Groups["d1"] : named.Groups["d2"]).Value;
            readings = [.. Readings(number, month), .. YearsOf(number, month)];
        }
        else if (WholeDate().Match(code) is { Success: true } whole && !list.HasDates)
        {
            var month = int.Parse(whole.Groups["m"].Value, CultureInfo.InvariantCulture);
            if (month is 0 or > 12) return null;
            var (day, year) = (whole.Groups["d"].Value.TrimStart('0'), whole.Groups["y"].Value);
            readings = [.. Readings(day, month), .. day == "1" ? [$"{year}-{month}"] : Array.Empty<string>()];
        }
        else
        {
            return null;
        }
        string[] proven = [.. readings.Distinct(StringComparer.Ordinal).Where(reading => LoincNumber.HasRightCheckDigit(reading))];
        return ("is a date, which a spreadsheet made of a code", proven is [var only] ? only : null);
    }

    private static string[] Readings(string day, int month) => [string.Create(CultureInfo.InvariantCulture, $"{month}-{day.TrimStart('0')}"), string.Create(CultureInfo.InvariantCulture, $"{day.TrimStart('0')}-{month}")];

    /// <summary><c>Sep-45</c> may have been <c>1945-9</c>: spreadsheets take 30 to 99 for the last century.</summary>
    private static string[] YearsOf(string number, int month)
        => number.Length == 2 && int.Parse(number, CultureInfo.InvariantCulture) is var year ? [string.Create(CultureInfo.InvariantCulture, $"{(year >= 30 ? 1900 : 2000) + year}-{month}")] : [];

    /// <summary><c>1.2E+05</c>. Restored only where no digit was lost and an SCTID comes out.</summary>
    private static (string, string?)? Scientific(string code)
    {
        if (Exponent().Match(code) is not { Success: true } match) return null;
        var digits = match.Groups["i"].Value + match.Groups["f"].Value;
        var exponent = int.Parse(match.Groups["e"].Value, CultureInfo.InvariantCulture);
        var restored = digits.Length == exponent + 1 && ColumnContent.IsSctid(digits) ? digits : null;
        return ("is a number in scientific notation, which a spreadsheet made of a long code", restored);
    }

    /// <summary>
    /// Spreadsheets keep fifteen digits and write zeros behind. Of an SCTID with sixteen only the check digit is gone, and it follows from the others where the list
    /// is one of SCTIDs.
    /// </summary>
    private static (string, string?)? Truncated(string code, CodesOfList list)
    {
        if (code.Length <= Kept || code.Length > 40 || code.AsSpan().ContainsAnyExceptInRange('0', '9') || code.AsSpan(Kept).ContainsAnyExcept('0') || ColumnContent.IsSctid(code)) return null;
        string[] proven = code.Length == Kept + 1 && list.Scheme?.Name == "SNOMED CT" ? [.. Enumerable.Range(0, 10).Select(digit => code[..Kept] + (char)('0' + digit)).Where(ColumnContent.IsSctid)] : [];
        return ("has only zeros after its fifteenth digit, where spreadsheets stop", proven is [var only] ? only : null);
    }

    /// <summary>A number shorter than all others of a list whose numbers are of one length and partly begin with zeros.</summary>
    private static (string, string?)? WithoutZeros(string code, CodesOfList list)
    {
        if (list.Length == 0 || code.Length >= list.Length || code.Length < list.Length - 4 || code.Length == 0 || code[0] == '0' || code.AsSpan().ContainsAnyExceptInRange('0', '9')) return null;
        var padded = code.PadLeft(list.Length, '0');
        return ($"has {code.Length} digits where the others have {list.Length}: leading zeros are lost", list.Scheme?.IsRight(padded) == true ? padded : null);
    }

    /// <summary>What the codes of one list have in common.</summary>
    private sealed class CodesOfList
    {
        public CodesOfList(IReadOnlyList<string> codes)
        {
            var numbers = codes.Where(code => code.Length > 0 && !code.AsSpan().ContainsAnyExceptInRange('0', '9')).ToArray();
            var common = numbers.GroupBy(code => code.Length).MaxBy(group => group.Count());
            // Lengths that vary say nothing; a list that keeps a leading zero somewhere shows that zeros belong to its codes, as does one whose check digit proves a padded code.
            if (common is not null && common.Count() >= LeastAlike && common.Count() >= numbers.Length * 0.7)
            {
                Scheme = CheckScheme.Of([.. common]);
                var shorter = numbers.Where(code => code.Length < common.Key).ToArray();
                if (common.Any(code => code[0] == '0') || (Scheme is not null && shorter.Length > 0 && shorter.Count(code => Scheme.IsRight(code.PadLeft(common.Key, '0'))) >= shorter.Length * 0.8)) Length = common.Key;
            }
            Scheme ??= CheckScheme.Of([.. codes.Where(code => code.Length > 0 && !HasLostDigits(code))]);
            HasDates = codes.Count(code => WholeDate().IsMatch(code)) * 2 > codes.Count && codes.Count > 1;
        }

        /// <summary>Length of the numbers of this list; 0 when they are of several or zeros do not belong to them.</summary>
        public int Length { get; }

        /// <summary>The check digit that nearly all have; null when they have none that is known.</summary>
        public CheckScheme? Scheme { get; }

        /// <summary>Are most codes of this list dates, so that a date is no damage?</summary>
        public bool HasDates { get; }

        private static bool HasLostDigits(string code) => code.Length > Kept && !code.AsSpan().ContainsAnyExceptInRange('0', '9') && !code.AsSpan(Kept).ContainsAnyExcept('0');
    }

    [GeneratedRegex(@"^(?:(?<d1>\d{1,2})-(?<m1>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|(?<m2>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)-(?<d2>\d{2}))$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex MonthName();

    [GeneratedRegex(@"^(?:(?<y>(?:1[6-9]|20|21)\d\d)-(?<m>\d\d)-(?<d>\d\d)(?:[T ]00:00(?::00)?)?|(?<d>\d\d?)\.(?<m>\d\d?)\.(?<y>(?:1[6-9]|20|21)\d\d))$", RegexOptions.CultureInvariant)]
    private static partial Regex WholeDate();

    [GeneratedRegex(@"^(?<i>\d)(?:[.,](?<f>\d+))?[eE]\+(?<e>\d{2,3})$", RegexOptions.CultureInvariant)]
    private static partial Regex Exponent();
}

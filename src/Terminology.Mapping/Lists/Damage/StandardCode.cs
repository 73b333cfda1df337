using Terminology.Mapping.Quality;

namespace Terminology.Mapping.Lists.Damage;

/// <summary>Looks a code up in the code systems that are loaded.</summary>
/// <param name="code">A code as a list has it.</param>
/// <returns>The standard code that it is, with its display; null when it is none.</returns>
public delegate (ConceptCode Code, string Display)? KnownCodes(string code);

/// <summary>MQ-006: the local code already is a code of a standard system.</summary>
public static class StandardCode
{
    /// <summary>Id of the rule.</summary>
    public const string RuleId = "MQ-006";

    // One in ten texts of the form of a LOINC code has a right check digit by chance.
    private const double LeastProven = 0.5;

    /// <summary>A question for each row whose code is known, or proves itself by a check digit where most codes of that form in the list do.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="known">Looks codes up; null: only check digits are used.</param>
    public static IEnumerable<Finding> Find(IReadOnlyCollection<SourceRow> rows, KnownCodes? known = null)
    {
        var (loinc, snomed) = (Proven(rows, code => LoincNumber.HasForm(code), code => LoincNumber.HasRightCheckDigit(code)), Proven(rows, HasFormOfSctid, ColumnContent.IsSctid));
        foreach (var row in rows)
        {
            var code = TextRepair.Visible(row.Code);
            if (code.Length == 0) continue;
            if (known?.Invoke(code) is var (found, display))
            {
                yield return Ask(row, found, $"is {DamageScan.Quoted(display)} of {found.System}");
            }
            else if (loinc && LoincNumber.HasRightCheckDigit(code))
            {
                yield return Ask(row, new(CodeSystemUri.Loinc, code), "has the form and the check digit of a LOINC code");
            }
            else if (snomed && ColumnContent.IsSctid(code))
            {
                yield return Ask(row, new(CodeSystemUri.Snomed, code), "has the form and the check digit of a SNOMED CT identifier");
            }
        }
    }

    private static Finding Ask(SourceRow row, ConceptCode code, string what)
        => new(RuleId, [row.Key], FindingSeverity.Question, $"The code {DamageScan.Quoted(row.Code)} in line {row.Line} {what}; is that what it means?", new("target", "", $"{code.System}|{code.Code}"));

    private static bool HasFormOfSctid(string code) => code.Length is >= 6 and <= 18 && !code.AsSpan().ContainsAnyExceptInRange('0', '9');

    private static bool Proven(IReadOnlyCollection<SourceRow> rows, Func<string, bool> form, Func<string, bool> check)
    {
        var (formed, right) = (0, 0);
        foreach (var row in rows)
        {
            var code = TextRepair.Visible(row.Code);
            if (!form(code)) continue;
            formed++;
            if (check(code)) right++;
        }
        return right > 0 && right >= formed * LeastProven;
    }
}

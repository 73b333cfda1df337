using Terminology.Mapping.Quality;

namespace Terminology.Mapping.Lists.Damage;

/// <summary>MQ-005: the display says nothing: it is missing, repeats the code, or is a number or signs alone.</summary>
public static class SilentDisplay
{
    /// <summary>Id of the rule.</summary>
    public const string RuleId = "MQ-005";

    /// <summary>A warning for each row whose display says nothing; only the sender can mend it.</summary>
    public static IEnumerable<Finding> Find(IEnumerable<SourceRow> rows)
    {
        foreach (var row in rows)
        {
            var (display, code) = (TextRepair.Visible(row.Display), TextRepair.Visible(row.Code));
            var why = display.Length == 0 ? "has no display"
                : display.Equals(code, StringComparison.OrdinalIgnoreCase) ? "has only its code as display"
                : !display.Any(char.IsLetter) ? $"has {DamageScan.Quoted(display)} as display, {(display.Any(char.IsDigit) ? "just a number" : "just signs")}"
                : null;
            if (why is not null) yield return new(RuleId, [row.Key], FindingSeverity.Warning, $"The code {DamageScan.Quoted(code)} in line {row.Line} {why}; ask its sender what it means.");
        }
    }
}

using Terminology.Mapping.Quality;

namespace Terminology.Mapping.Lists.Damage;

/// <summary>MQ-004: a code or display has characters that nobody meant: no-break spaces, zero-width characters, outer blanks, letters of another script, mojibake.</summary>
public static class DamagedText
{
    /// <summary>Id of the rule.</summary>
    public const string RuleId = "MQ-004";

    /// <summary>A warning for each code, display and synonym that is damaged, with the text as it should be.</summary>
    public static IEnumerable<Finding> Find(IEnumerable<SourceRow> rows)
    {
        foreach (var row in rows)
        {
            foreach (var (field, text) in DamageScan.Texts(row).Prepend(("code", row.Code)).Concat(row.Synonyms.Select(synonym => ("synonym", synonym.Text))))
            {
                var repaired = TextRepair.Repair(text, out var damage);
                if (damage.Count == 0) continue;
                yield return new(RuleId, [row.Key], FindingSeverity.Warning, $"The {field} {DamageScan.Quoted(text)} in line {row.Line} has {string.Join(" and ", damage)}.", new(field, text, repaired));
            }
        }
    }
}

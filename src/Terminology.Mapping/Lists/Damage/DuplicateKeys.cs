using Terminology.Mapping.Quality;

namespace Terminology.Mapping.Lists.Damage;

/// <summary>MQ-002: a key stands in several rows.</summary>
public static class DuplicateKeys
{
    /// <summary>Id of the rule.</summary>
    public const string RuleId = "MQ-002";

    /// <summary>A warning for each row that repeats an earlier one, an error for each that says something else under its key; the error proposes a longer key where one helps.</summary>
    public static IEnumerable<Finding> Find(ListTable table, ListRecipe recipe, SourceList list)
    {
        KeyProposal? proposal = null;
        foreach (var duplicate in list.Duplicates)
        {
            var (row, first) = (duplicate.Row, duplicate.First);
            if (duplicate.SaysTheSame)
            {
                yield return new(RuleId, [row.Key], FindingSeverity.Warning, $"Line {row.Line} repeats line {first.Line} with the key {DamageScan.Quoted(row.Key)} and says the same; the two are merged.", new("line", row.Line.ToString(System.Globalization.CultureInfo.InvariantCulture), ""));
                continue;
            }
            proposal ??= KeyProposal.For(table, recipe);
            string[] current = [.. recipe.KeyColumns.Count > 0 ? recipe.KeyColumns : recipe.Columns.Where(column => column.Role == ColumnRole.Code).Select(column => column.Name)];
            var fix = proposal.Columns.Count > current.Length ? new FixIt("keyColumns", string.Join(" + ", current), string.Join(" + ", proposal.Columns)) : null;
            var advice = fix is null ? "decide which one counts" : $"a key of {fix.NewValue} tells them apart";
            yield return new(RuleId, [row.Key], FindingSeverity.Error, $"Line {row.Line} has the key {DamageScan.Quoted(row.Key)} of line {first.Line} but says something else ({Difference(first, row)}); {advice}.", fix);
        }
    }

    private static string Difference(SourceRow first, SourceRow row)
    {
        if (first.Display != row.Display) return $"{DamageScan.Quoted(row.Display)} against {DamageScan.Quoted(first.Display)}";
        if (first.Target?.Code != row.Target?.Code) return $"target {DamageScan.Quoted(row.Target?.Code ?? "")} against {DamageScan.Quoted(first.Target?.Code ?? "")}";
        foreach (var name in first.Context.Concat(row.Context).Select(pair => pair.Key))
        {
            if (first.In(name) != row.In(name)) return $"{name} {DamageScan.Quoted(row.In(name))} against {DamageScan.Quoted(first.In(name))}";
        }
        return "in other columns";
    }
}

namespace Terminology.Mapping.Lists;

/// <summary>The smallest key that tells the rows of a list apart.</summary>
/// <param name="Columns">Names of its columns, the code first.</param>
/// <param name="Repeated">Rows that still have the key of an earlier row; 0: all keys are distinct. Rows alike in every column are not counted.</param>
/// <param name="Reason">One sentence for the person who decides.</param>
public sealed record KeyProposal(IReadOnlyList<string> Columns, int Repeated, string Reason)
{
    private const int MostColumns = 4;

    // What people add to a code first.
    private static readonly ColumnRole[] Preferred =
    [
        ColumnRole.Unit, ColumnRole.Specimen, ColumnRole.Method, ColumnRole.Panel, ColumnRole.Sender, ColumnRole.ValueType, ColumnRole.Department, ColumnRole.Display,
    ];

    /// <summary>Proposes the code alone where it tells the rows apart; else with one more column, then two, then three, of those that narrow a meaning; else the one that tells most apart.</summary>
    /// <param name="table">The list.</param>
    /// <param name="recipe">What its columns hold.</param>
    /// <exception cref="ArgumentException">The recipe names no code column, or a column that the table does not have.</exception>
    public static KeyProposal For(ListTable table, ListRecipe recipe)
    {
        if (recipe.MissingFrom(table.Columns) is [var missing, ..]) throw new ArgumentException($"The list has no column '{missing}'.");
        var code = recipe.Columns.FirstOrDefault(column => column.Role == ColumnRole.Code)?.Name ?? throw new ArgumentException("The recipe does not say which column holds the code.");
        var columns = Preferred.SelectMany(role => recipe.Columns.Where(column => column.Role == role).Take(1)).Select(column => column.Name).ToArray();
        var lines = Different(table, code);
        var alone = Repeats(table, lines, [code]);
        lines = [.. lines.GroupBy(line => SourceRow.KeyOf([line.Fields[table.IndexOf(code)]]), StringComparer.Ordinal).Where(group => group.Count() > 1).SelectMany(group => group)];
        if (alone == 0) return new([code], 0, $"'{code}' alone tells all rows apart.");
        var (best, left) = (new[] { code }, alone);
        for (var more = 1; more < MostColumns && left > 0; more++)
        {
            foreach (var chosen in Choose(columns, more))
            {
                string[] key = [code, .. chosen];
                var repeated = Repeats(table, lines, key);
                if (repeated < left) (best, left) = (key, repeated);
                if (left == 0) break;
            }
        }
        var words = string.Join(" + ", best.Select(name => $"'{name}'"));
        return new(best, left, left == 0
            ? $"{alone} rows have the '{code}' of an earlier row; {words} tells all apart."
            : best.Length == 1 ? $"{alone} rows have the '{code}' of an earlier row, and no column tells them apart." : $"{alone} rows have the '{code}' of an earlier row; {words} leaves {left} of them, the fewest.");
    }

    /// <summary>Lines with a code, without those that say word for word what an earlier one says.</summary>
    private static List<ListLine> Different(ListTable table, string code)
    {
        var (index, seen) = (table.IndexOf(code), new HashSet<string>(StringComparer.Ordinal));
        return [.. table.Lines.Where(line => TextRepair.Visible(line.Fields[index]).Length > 0 && seen.Add(string.Join('\u001F', line.Fields)))];
    }

    private static int Repeats(ListTable table, List<ListLine> lines, string[] key)
    {
        int[] indexes = [.. key.Select(table.IndexOf)];
        var seen = new HashSet<string>(lines.Count, StringComparer.Ordinal);
        return lines.Count(line => !seen.Add(SourceRow.KeyOf([.. indexes.Select(index => line.Fields[index])])));
    }

    private static IEnumerable<string[]> Choose(string[] from, int count, int start = 0)
    {
        if (count == 0)
        {
            yield return [];
            yield break;
        }
        for (var i = start; i <= from.Length - count; i++)
        {
            foreach (var rest in Choose(from, count - 1, i + 1)) yield return [from[i], .. rest];
        }
    }
}

namespace Terminology.Mapping.Lists;

/// <summary>One version of a source list: its rows by distinct keys, and what became of every other line.</summary>
public sealed record SourceList
{
    private SourceList(IReadOnlyList<SourceRow> rows, IReadOnlyList<DuplicateRow> duplicates, IReadOnlyList<RejectedRow> rejected, int input)
    {
        if (rows.Count + duplicates.Count + rejected.Count != input) throw new InvalidOperationException($"{input} rows came in, {rows.Count} + {duplicates.Count} + {rejected.Count} are accounted for.");
        (Rows, Duplicates, Rejected, Input) = (rows, duplicates, rejected, input);
    }

    /// <summary>The rows, in order of the file; their keys are distinct.</summary>
    public IReadOnlyList<SourceRow> Rows { get; }

    /// <summary>Rows whose key an earlier row has.</summary>
    public IReadOnlyList<DuplicateRow> Duplicates { get; }

    /// <summary>Rows that were left out, each with its reason: those that cannot be read, and those without a key.</summary>
    public IReadOnlyList<RejectedRow> Rejected { get; }

    /// <summary>Rows of the file: always the sum of <see cref="Rows"/>, <see cref="Duplicates"/> and <see cref="Rejected"/>.</summary>
    public int Input { get; }

    /// <summary>Makes rows of a table as a recipe says.</summary>
    /// <param name="table">The file.</param>
    /// <param name="recipe">What its columns hold; one of them must be the code.</param>
    /// <exception cref="ArgumentException">The recipe names no code column, a column that the table does not have, or a role twice that may not repeat: says which.</exception>
    public static SourceList From(ListTable table, ListRecipe recipe)
    {
        var columns = new RowColumns(table, recipe);
        var (rows, duplicates) = (new List<SourceRow>(table.Lines.Count), new List<DuplicateRow>());
        var rejected = table.Problems.Where(problem => problem.IsRejected).Select(problem => new RejectedRow(problem.Line, problem.Text)).ToList();
        var broken = rejected.Count;
        var byKey = new Dictionary<string, SourceRow>(table.Lines.Count, StringComparer.Ordinal);
        foreach (var line in table.Lines)
        {
            var row = columns.Row(line);
            if (row.Key.Length == 0) rejected.Add(new(line.Line, $"Line {line.Line} has no code."));
            else if (byKey.TryAdd(row.Key, row)) rows.Add(row);
            else duplicates.Add(new(row, byKey[row.Key]));
        }
        return new(rows, duplicates, rejected, table.Lines.Count + broken);
    }
}

/// <summary>A row whose key an earlier one has; the earlier one counts.</summary>
/// <param name="Row">This row.</param>
/// <param name="First">The one that counts.</param>
public sealed record DuplicateRow(SourceRow Row, SourceRow First)
{
    /// <summary>Does it say nothing else than the first? Frequencies and last uses may differ.</summary>
    public bool SaysTheSame => (Row with { Frequency = First.Frequency, LastUsed = First.LastUsed }).SaysTheSame(First);
}

/// <summary>A row that was left out.</summary>
/// <param name="Line">One-based line of the file.</param>
/// <param name="Reason">Why, in one sentence.</param>
public sealed record RejectedRow(int Line, string Reason);

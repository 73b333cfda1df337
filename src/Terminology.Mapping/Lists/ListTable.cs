namespace Terminology.Mapping.Lists;

/// <summary>A source list as its file has it: text in rows and columns, nothing trimmed or repaired, and an account of every line.</summary>
public sealed record ListTable
{
    /// <summary>Names of the columns, in order, distinct: the second of two alike is <c>Name (2)</c>; without a header <c>column 1</c> and so on.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>The rows, in order of the file; each has one field for each column.</summary>
    public required IReadOnlyList<ListLine> Lines { get; init; }

    /// <summary>Rows that are broken or were mended in reading, in order of the file.</summary>
    public IReadOnlyList<ListProblem> Problems { get; init; } = [];

    /// <summary>Where every line went.</summary>
    public ListAccount Account => new(HeaderLines, Lines.Count, Problems.Count(problem => problem.IsRejected), BlankLines, PhysicalLines);

    /// <summary>Lines of the header.</summary>
    public int HeaderLines { get; init; }

    /// <summary>Lines without any text, which are passed over.</summary>
    public int BlankLines { get; init; }

    /// <summary>Lines of the file that its header, rows, rejected and blank lines span together: all of them. 0 for what has no lines.</summary>
    public int PhysicalLines { get; init; }

    /// <summary>Index of a column, -1 when there is none of that name.</summary>
    public int IndexOf(string column)
    {
        for (var i = 0; i < Columns.Count; i++)
        {
            if (Columns[i] == column) return i;
        }
        return -1;
    }
}

/// <summary>One row of a list.</summary>
/// <param name="Line">One-based line of the file on which it begins.</param>
/// <param name="Fields">Its fields as written, one for each column; empty text where the row was too short.</param>
public sealed record ListLine(int Line, IReadOnlyList<string> Fields);

/// <summary>What is wrong with a row as the file has it.</summary>
public enum ListProblemKind
{
    /// <summary>A quote that is not closed, or stands inside a field undoubled.</summary>
    Quote,

    /// <summary>More or fewer fields than there are columns.</summary>
    Columns,

    /// <summary>Bytes that are no text in the encoding.</summary>
    Encoding,

    /// <summary>A line beyond what is read as one.</summary>
    Length,
}

/// <summary>A row that is broken in the file.</summary>
/// <param name="Line">One-based line on which it begins.</param>
/// <param name="Kind">What is wrong.</param>
/// <param name="Text">One sentence with the facts and what to do.</param>
/// <param name="Raw">The text as it stands in the file, cut to 500 characters.</param>
/// <param name="IsRejected">Is it left out of the rows? Otherwise it was kept with what could be read.</param>
public sealed record ListProblem(int Line, ListProblemKind Kind, string Text, string Raw, bool IsRejected);

/// <summary>Where the lines of a file went.</summary>
/// <param name="Header">Header lines.</param>
/// <param name="Kept">Rows of the table.</param>
/// <param name="Rejected">Rows left out, each with a problem that says why.</param>
/// <param name="Blank">Lines without text.</param>
/// <param name="PhysicalLines">Lines of the file: a row may span several.</param>
public readonly record struct ListAccount(int Header, int Kept, int Rejected, int Blank, int PhysicalLines)
{
    /// <summary>Rows that the file gave.</summary>
    public int Input => Kept + Rejected;
}

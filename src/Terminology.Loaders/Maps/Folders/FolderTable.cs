using System.Text;
using System.Text.Unicode;
using Terminology.Issues;

namespace Terminology.Loaders.Maps.Folders;

/// <summary>One table of a folder: its lines by column, and what is wrong with it. A line that cannot be read is named and left out.</summary>
internal sealed class FolderTable
{
    private readonly string _file;
    private readonly List<FolderProblem> _problems;
    private readonly Dictionary<string, int> _columns = new(StringComparer.Ordinal);
    private readonly List<SheetRow> _rows = [];

    public FolderTable(string file, byte[] bytes, string[] known, string[] needed, List<FolderProblem> problems)
    {
        (_file, _problems) = (file, problems);
        if (!Utf8.IsValid(bytes))
        {
            problems.Add(new(file, 0, 0, FolderMessages.NotUtf8()));
            return;
        }
        try
        {
            foreach (var row in CsvText.Read(Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF'), ',', file)) Take(row, known);
        }
        catch (ReleaseFormat fault)
        {
            problems.Add(new(file, (int)fault.Line, fault.Column, fault.Message[(fault.Message.IndexOf(": ", StringComparison.Ordinal) + 2)..]));
        }
        if (_columns.Count == 0 && _rows.Count == 0 && problems.All(problem => problem.File != file)) problems.Add(new(file, 1, 0, FolderMessages.NoHeader(string.Join(',', known))));
        foreach (var name in needed.Where(name => _columns.Count > 0 && !_columns.ContainsKey(name))) problems.Add(new(file, 1, 0, FolderMessages.NoColumn(name)));
    }

    /// <summary>The lines that can be taken, with what is read of each; a line with a fault is left out.</summary>
    public IEnumerable<T> Read<T>(Func<FolderLine, T> read)
        where T : class
    {
        foreach (var row in _rows)
        {
            var line = new FolderLine(row, _columns, Problem);
            var value = read(line);
            if (!line.IsFaulty) yield return value;
        }

        void Problem(int line, int column, string text) => _problems.Add(new(_file, line, column, text));
    }

    private void Take(SheetRow row, string[] known)
    {
        if (row.Fault is { } fault)
        {
            _problems.Add(new(_file, row.Line, row.FaultColumn, fault));
            return;
        }
        if (_columns.Count > 0)
        {
            if (row.Cells.Length > _columns.Count) _problems.Add(new(_file, row.Line, _columns.Count + 1, FolderMessages.TooManyFields(row.Cells.Length, _columns.Count)));
            else _rows.Add(row);
            return;
        }
        for (var i = 0; i < row.Cells.Length; i++)
        {
            var name = row.Cells[i].Trim();
            if (!known.Contains(name)) _problems.Add(new(_file, row.Line, i + 1, FolderMessages.UnknownColumn(name, string.Join(", ", known))));
            if (!_columns.TryAdd(name, i)) _problems.Add(new(_file, row.Line, i + 1, FolderMessages.ColumnTwice(name)));
        }
    }
}

/// <summary>One line of a table; what cannot be read is told with its place.</summary>
internal sealed class FolderLine(SheetRow row, Dictionary<string, int> columns, Action<int, int, string> problem)
{
    public int Line => row.Line;

    /// <summary>Was anything wrong?</summary>
    public bool IsFaulty { get; private set; }

    /// <summary>A text; null when nothing is there.</summary>
    public string? this[string column] => columns.TryGetValue(column, out var at) && row[at] is { } cell ? FolderCell.Read(cell) : null;

    /// <summary>A text that must be there.</summary>
    public string Needed(string column)
    {
        if (this[column] is { Length: > 0 } text) return text;
        Fault(column, FolderMessages.Missing(column));
        return "";
    }

    /// <summary>A value read from a text; the default when nothing is there, or, with a problem, when it cannot be read.</summary>
    public T? Value<T>(string column, TryRead<T> read, string expected)
    {
        if (this[column] is not { } text) return default;
        if (read(text, out var value)) return value;
        Fault(column, FolderMessages.Unreadable(column, text, expected));
        return default;
    }

    public delegate bool TryRead<T>(string text, out T? value);

    public void Fault(string column, string text)
    {
        IsFaulty = true;
        problem(row.Line, columns.TryGetValue(column, out var at) ? at + 1 : 0, text);
    }
}

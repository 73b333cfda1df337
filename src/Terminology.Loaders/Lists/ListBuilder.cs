using System.Globalization;
using Terminology.Issues;
using Terminology.Mapping.Lists;

namespace Terminology.Loaders.Lists;

/// <summary>Collects the rows of a list, and sees to it that every line is accounted for.</summary>
internal sealed class ListBuilder(IReadOnlyList<string> columns, string file)
{
    private const int LongestPooled = 40;
    private const int MostPooled = 50_000;

    private readonly List<ListLine> _lines = [];
    private readonly List<ListProblem> _problems = [];
    private readonly HashSet<string> _pool = new(StringComparer.Ordinal);
    private int _blank, _physical, _headerLines;

    /// <summary>Counts the header.</summary>
    public void Header(int records, int lines) => (_headerLines, _physical) = (_headerLines + records, _physical + lines);

    /// <summary>Counts lines without text.</summary>
    public void Blank(int lines) => (_blank, _physical) = (_blank + lines, _physical + lines);

    /// <summary>Takes a row: kept, kept with a problem, or rejected with one.</summary>
    public void Row(int line, int lines, IReadOnlyList<string> fields, string raw, ListProblem? problem)
    {
        _physical += lines;
        if (problem is { IsRejected: true })
        {
            _problems.Add(problem);
            return;
        }
        if (_lines.Count == ListReader.MostRows) throw new ReleaseFormat(string.Create(CultureInfo.InvariantCulture, $"more than {ListReader.MostRows} rows; part the list."), file, line);
        var surplus = false;
        for (var i = columns.Count; i < fields.Count; i++) surplus |= !string.IsNullOrWhiteSpace(fields[i]);
        if (surplus)
        {
            _problems.Add(new(line, ListProblemKind.Columns, string.Create(CultureInfo.InvariantCulture, $"Line {line} has {fields.Count} fields where there are {columns.Count} columns; is a field with the delimiter in it not quoted?"), ListRecords.Cut(raw), IsRejected: true));
            return;
        }
        if (problem is not null) _problems.Add(problem);
        else if (fields.Count < columns.Count) _problems.Add(new(line, ListProblemKind.Columns, string.Create(CultureInfo.InvariantCulture, $"Line {line} has {fields.Count} fields where there are {columns.Count} columns; the missing ones are taken as empty."), ListRecords.Cut(raw), IsRejected: false));
        else if (raw.Contains('\uFFFD')) _problems.Add(new(line, ListProblemKind.Encoding, string.Create(CultureInfo.InvariantCulture, $"Line {line} has bytes that are no text in the encoding of the file; choose another, or have the row sent again."), ListRecords.Cut(raw), IsRejected: false));
        var kept = new string[columns.Count];
        for (var i = 0; i < kept.Length; i++) kept[i] = i < fields.Count ? Pooled(fields[i]) : "";
        _lines.Add(new(line, kept));
    }

    /// <summary>The list.</summary>
    public ListTable Table() => new() { Columns = columns, Lines = _lines, Problems = _problems, HeaderLines = _headerLines, BlankLines = _blank, PhysicalLines = _physical };

    /// <summary>Names of columns: header cells, numbered where empty or alike. Of two header lines the lower names the column, the upper where that alone is not distinct.</summary>
    public static IReadOnlyList<string> Names(IReadOnlyList<IReadOnlyList<string>> header, int count)
    {
        var (names, used) = (new string[count], new HashSet<string>(StringComparer.Ordinal));
        var bottom = Enumerable.Range(0, count).Select(column => header.Count == 0 ? "" : Cell(header[^1], column)).ToArray();
        var above = "";
        for (var column = 0; column < count; column++)
        {
            var name = bottom[column];
            if (header.Count > 1)
            {
                if (Cell(header[0], column) is { Length: > 0 } top) above = top;
                if (name.Length == 0) name = Cell(header[0], column);
                else if (above.Length > 0 && bottom.Count(other => other == name) > 1) name = $"{above} / {name}";
            }
            if (name.Length == 0) name = string.Create(CultureInfo.InvariantCulture, $"column {column + 1}");
            var distinct = name;
            for (var number = 2; !used.Add(distinct); number++) distinct = string.Create(CultureInfo.InvariantCulture, $"{name} ({number})");
            names[column] = distinct;
        }
        return names;
    }

    private static string Cell(IReadOnlyList<string> record, int column) => column < record.Count ? TextRepair.Visible(record[column]) : "";

    /// <summary>Units, specimens, departments come again and again: one string for all.</summary>
    private string Pooled(string text)
    {
        if (text.Length is 0 or > LongestPooled) return text;
        if (_pool.TryGetValue(text, out var known)) return known;
        if (_pool.Count < MostPooled) _pool.Add(text);
        return text;
    }
}

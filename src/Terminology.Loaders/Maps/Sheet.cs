using System.Globalization;
using Terminology.Issues;
using Terminology.Mapping.Exchange;

namespace Terminology.Loaders.Maps;

/// <summary>One row of a table.</summary>
/// <param name="Line">One-based line of the file, or row of the sheet, on which it begins.</param>
/// <param name="Cells">Its fields as written.</param>
internal sealed record SheetRow(int Line, string[] Cells)
{
    /// <summary>Why it cannot be taken as it is; null when it can.</summary>
    public string? Fault { get; init; }

    /// <summary>One-based field of the fault.</summary>
    public int FaultColumn { get; init; }

    /// <summary>A field as written; null when it is empty or not there.</summary>
    public string? this[int column] => column >= 0 && column < Cells.Length && Cells[column].Length > 0 ? Cells[column] : null;
}

/// <summary>A table with named columns, from a text file or a spreadsheet. Names are the same whatever their case, blanks, hyphens and underscores.</summary>
internal sealed class Sheet
{
    private readonly Dictionary<string, int> _columns = new(StringComparer.Ordinal);
    private readonly IEnumerable<SheetRow> _rows;
    private readonly MapBuilder _builder;
    private readonly IReadOnlyDictionary<string, string> _renamed;

    public Sheet(IEnumerable<SheetRow> rows, MapFormatOptions options, MapBuilder builder)
    {
        (_builder, _renamed) = (builder, options.Columns);
        using var header = rows.GetEnumerator();
        if (!header.MoveNext()) throw builder.Fault("the file is empty; its first line must name the columns.");
        if (header.Current.Fault is { } fault) throw builder.Fault(fault, header.Current.Line, header.Current.FaultColumn);
        Columns = [.. header.Current.Cells.Select(cell => cell.Trim())];
        HeaderLine = header.Current.Line;
        for (var i = 0; i < Columns.Count; i++) _columns.TryAdd(Normal(Columns[i]), i);
        _rows = rows.Skip(1);
        foreach (var (ours, theirs) in _renamed)
        {
            if (!_columns.ContainsKey(Normal(theirs))) throw builder.Fault($"there is no column '{theirs}', which was to be {ours}; the columns are {string.Join(", ", Columns)}.", HeaderLine);
        }
    }

    /// <summary>A text file.</summary>
    public static Sheet OfText(Stream stream, MapFormatOptions options, MapBuilder builder, char? separator = null)
    {
        var text = MapText.Read(stream, options, builder);
        var first = text.Split('\n', 2)[0];
        return new(CsvText.Read(text, options.Separator ?? separator ?? CsvText.SeparatorOf(first), options.File), options, builder);
    }

    /// <summary>The names as written.</summary>
    public IReadOnlyList<string> Columns { get; }

    public int HeaderLine { get; }

    /// <summary>The rows that can be taken; each is counted, and what cannot be taken is rejected here. One pass.</summary>
    public IEnumerable<SheetRow> Rows()
    {
        foreach (var row in _rows)
        {
            _builder.Count();
            if (row.Fault is not null) _builder.Reject(row.Line, row.Fault, row.FaultColumn);
            else if (row.Cells.Length > Columns.Count && row.Cells.AsSpan(Columns.Count).ContainsAnyExcept(""))
            {
                _builder.Reject(row.Line, $"{row.Cells.Length} fields where the header has {Columns.Count}; is a field with the separator in it not quoted?", Columns.Count + 1);
            }
            else yield return row;
        }
    }

    /// <summary>Adds what each row says; a cell that cannot be read rejects its row.</summary>
    public void ReadInto(MapBuilder builder, Func<SheetRow, MapLine> line)
    {
        foreach (var row in Rows())
        {
            try
            {
                builder.Add(line(row));
            }
            catch (CellFault fault)
            {
                builder.Reject(row.Line, fault.Message, fault.Column + 1);
            }
        }
    }

    /// <summary>The columns that are none of these, for what stands beside a code.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Others(SheetRow row, IReadOnlySet<int> used)
        => [.. Enumerable.Range(0, Columns.Count).Where(at => !used.Contains(at) && Columns[at].Length > 0 && Trimmed(row, at) is not null).Select(at => new KeyValuePair<string, string>(Columns[at], Trimmed(row, at)!))];

    /// <summary>Index of the column that stands for one of ours: as the options say, else the first of the names that there is; -1 when there is none.</summary>
    public int Find(string ours, params ReadOnlySpan<string> names)
    {
        if (_renamed.TryGetValue(ours, out var theirs)) return _columns[Normal(theirs)];
        if (_columns.TryGetValue(Normal(ours), out var at)) return at;
        foreach (var name in names)
        {
            if (_columns.TryGetValue(Normal(name), out at)) return at;
        }
        return -1;
    }

    /// <summary>The same where the format cannot do without.</summary>
    /// <exception cref="ReleaseFormat">There is no such column: names those that there are.</exception>
    public int Needed(string ours, params ReadOnlySpan<string> names)
    {
        var at = Find(ours, names);
        return at >= 0 ? at : throw _builder.Fault($"there is no column '{ours}'; the columns are {string.Join(", ", Columns)}. Name the one that stands for it, or another separator.", HeaderLine);
    }

    /// <summary>A field without blanks at its ends; null when nothing else is there.</summary>
    public static string? Trimmed(SheetRow row, int column) => row[column]?.Trim() is { Length: > 0 } text ? text : null;

    /// <summary>A name without case, blanks, hyphens and underscores.</summary>
    public static string Normal(string name)
        => string.Concat(name.Where(character => !char.IsWhiteSpace(character) && character is not ('_' or '-' or '\uFEFF'))).ToLowerInvariant();

    /// <summary>A whole number; false when the field holds something else. An empty one is 0.</summary>
    public static bool TryInteger(string? text, out int number)
    {
        number = 0;
        return text is null || int.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out number);
    }

    /// <summary>A number; false when the field holds something else. An empty one is null.</summary>
    public static bool TryNumber(string? text, out double? number)
    {
        number = null;
        if (text is null) return true;
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) || !double.IsFinite(parsed)) return false;
        number = parsed;
        return true;
    }

    private static readonly string[] DayForms = ["yyyy-MM-dd", "yyyyMMdd"];

    /// <summary>A day as <c>2026-11-26</c> or <c>20261126</c>; false when the field holds something else. An empty one is null.</summary>
    public static bool TryDay(string? text, out DateOnly? day)
    {
        day = null;
        if (text is null) return true;
        if (!DateOnly.TryParseExact(text.Trim(), DayForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed)) return false;
        day = parsed;
        return true;
    }

    /// <summary>A moment in ISO 8601, or a day, which begins in UTC; false when the field holds something else. An empty one is null.</summary>
    public static bool TryMoment(string? text, out DateTimeOffset? moment)
    {
        moment = null;
        if (text is null) return true;
        if (text.Trim().Length < 8 || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var parsed)) return false;
        moment = parsed;
        return true;
    }
}

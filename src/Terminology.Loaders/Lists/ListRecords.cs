using System.Globalization;
using System.Text;
using Terminology.Mapping.Lists;

namespace Terminology.Loaders.Lists;

/// <summary>
/// Records of delimited text (RFC 4180 with any delimiter and quote). A quoted field may span lines, but a missing quote costs one line and not what follows: where a
/// record of several lines does not close cleanly or does not have the columns of the others, its first line is read alone and the next begins a record of its own.
/// </summary>
/// <remarks>One pass with a look ahead of at most <see cref="MostLines"/> lines. Every line belongs to exactly one record.</remarks>
internal sealed class ListRecords
{
    /// <summary>Lines that one record may span before an open quote is taken for a missing one.</summary>
    public const int MostLines = 100;

    private readonly Func<(string? Line, bool IsTooLong)> _next;
    private readonly char _delimiter, _quote;
    private readonly List<(string Line, bool IsTooLong)> _ahead = [];
    private readonly StringBuilder _field = new();
    private List<string> _fields = [];
    private int _first;

    public ListRecords(ListLines lines, char delimiter, char quote)
    {
        (_delimiter, _quote) = (delimiter, quote);
        _next = () => (lines.Read(out var isTooLong), isTooLong);
    }

    public ListRecords(IReadOnlyList<string> lines, char delimiter, char quote)
    {
        (_delimiter, _quote) = (delimiter, quote);
        var at = 0;
        _next = () => at < lines.Count ? (lines[at++], false) : (null, false);
    }

    /// <summary>How many fields a record has; 0 while that is not known. Records of one line may have others.</summary>
    public int Columns { get; set; }

    /// <summary>Fields of the record just read.</summary>
    public IReadOnlyList<string> Fields => _fields;

    /// <summary>One-based line on which it begins.</summary>
    public int Line { get; private set; }

    /// <summary>Lines that it spans.</summary>
    public int Lines { get; private set; }

    /// <summary>Is there no text in any field?</summary>
    public bool IsBlank { get; private set; }

    /// <summary>What is wrong with it as text; null when nothing is. The number of its fields is not judged here.</summary>
    public ListProblem? Problem { get; private set; }

    /// <summary>Its text in the file, lines joined by LF.</summary>
    public string Raw { get; private set; } = "";

    /// <summary>The next record; false after the last.</summary>
    public bool Read()
    {
        (Line, Lines, Problem) = (Line + Lines, 1, null);
        if (Line == 0) Line = 1;
        if (Ahead(0) is not { } first) return false;
        Raw = first.Line;
        if (first.IsTooLong)
        {
            Take(1);
            (_fields, IsBlank) = ([], false);
            Problem = new(Line, ListProblemKind.Length, string.Create(CultureInfo.InvariantCulture, $"Line {Line} is longer than {ListLines.Longest} characters; is a line end missing?"), Cut(first.Line), IsRejected: true);
            return true;
        }
        var (isOpen, isSloppy) = Split(first.Line);
        if (isOpen && Whole(first.Line) is { } whole)
        {
            (Raw, Lines) = whole;
        }
        else if (isOpen)
        {
            Split(first.Line, '\0');
            var fits = Columns == 0 || _fields.Count == Columns;
            Problem = new(Line, ListProblemKind.Quote, string.Create(CultureInfo.InvariantCulture, $"Line {Line} opens a quote that is not closed{(fits ? "; it is read with the quote as text" : "")}."), Cut(first.Line), IsRejected: !fits);
        }
        else if (isSloppy)
        {
            Problem = new(Line, ListProblemKind.Quote, string.Create(CultureInfo.InvariantCulture, $"Line {Line} has a quote inside a quoted field that is not doubled; it is read as text."), Cut(first.Line), IsRejected: false);
        }
        Take(Lines);
        IsBlank = Problem is null && _fields.TrueForAll(string.IsNullOrWhiteSpace);
        return true;
    }

    /// <summary>Text and lines of the record that the line opens and later ones close; null when they do not, cleanly. Its fields are split.</summary>
    private (string Text, int Lines)? Whole(string first)
    {
        var text = new StringBuilder(first);
        for (var lines = 1; lines < MostLines; lines++)
        {
            if (Ahead(lines) is not { IsTooLong: false } next || text.Length > ListLines.Longest) return null;
            text.Append('\n').Append(next.Line);
            if (!next.Line.Contains(_quote)) continue;
            var whole = text.ToString();
            var (isOpen, isSloppy) = Split(whole);
            if (isSloppy) return null;
            if (!isOpen) return Columns == 0 || _fields.Count == Columns ? (whole, lines + 1) : null;
        }
        return null;
    }

    private (bool IsOpen, bool IsSloppy) Split(string text) => Split(text, _quote);

    /// <summary>Splits a text. Within a quoted field, a quote before something else than a delimiter or the end is sloppy and taken as text.</summary>
    private (bool IsOpen, bool IsSloppy) Split(string text, char quote)
    {
        _fields = new(Math.Max(Columns, 4));
        var (at, isSloppy) = (0, false);
        while (true)
        {
            if (quote != '\0' && at < text.Length && text[at] == quote)
            {
                _field.Clear();
                at++;
                while (true)
                {
                    var end = text.IndexOf(quote, at);
                    if (end < 0)
                    {
                        _fields.Add(_field.Append(text, at, text.Length - at).ToString());
                        return (true, isSloppy);
                    }
                    _field.Append(text, at, end - at);
                    at = end + 1;
                    if (at < text.Length && text[at] == quote)
                    {
                        _field.Append(quote);
                        at++;
                        continue;
                    }
                    var rest = at;
                    while (rest < text.Length && text[rest] == ' ' && _delimiter != ' ') rest++;
                    if (rest == text.Length || text[rest] == _delimiter)
                    {
                        at = rest;
                        break;
                    }
                    isSloppy = true;
                    _field.Append(quote);
                }
                _fields.Add(_field.ToString());
                if (at == text.Length) return (false, isSloppy);
                at++;
            }
            else
            {
                var end = text.IndexOf(_delimiter, at);
                if (end < 0)
                {
                    _fields.Add(at == 0 ? text : text[at..]);
                    return (false, isSloppy);
                }
                _fields.Add(text[at..end]);
                at = end + 1;
            }
        }
    }

    private (string Line, bool IsTooLong)? Ahead(int lines)
    {
        while (_ahead.Count - _first <= lines)
        {
            if (_next() is not (string line, var isTooLong)) return null;
            _ahead.Add((line, isTooLong));
        }
        return _ahead[_first + lines];
    }

    private void Take(int lines)
    {
        _first += lines;
        if (_first < MostLines && _first < _ahead.Count) return;
        _ahead.RemoveRange(0, _first);
        _first = 0;
    }

    internal static string Cut(string text) => text.Length <= 500 ? text : text[..500] + "…";
}

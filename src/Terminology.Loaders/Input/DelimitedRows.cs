using System.Text;
using System.Text.Unicode;
using Terminology.Releases;

namespace Terminology.Loaders.Input;

/// <summary>
/// Rows of a file without quoting (RF2: TAB, RRF: |), streamed as UTF-8 spans. Every data row is counted in the report; a row with another number of fields, bytes
/// that are not UTF-8 or a length beyond the limit is rejected there and passed over. BOM, CRLF and a last line without an end are normal.
/// </summary>
/// <remarks>One pass, no allocation per row. Spans live until the next <see cref="Read"/>.</remarks>
internal sealed class DelimitedRows : IDisposable
{
    private readonly TextLines _lines;
    private readonly byte _delimiter;
    private readonly FileReport _counts;
    private readonly int[] _starts;
    private readonly int _fields;

    /// <param name="file">What to read.</param>
    /// <param name="delimiter">TAB or |.</param>
    /// <param name="fields">Fields of every row.</param>
    /// <param name="report">Where rows are counted.</param>
    /// <param name="encoding">Encoding of text that is not UTF-8, or null.</param>
    /// <param name="header">The header line, which is not counted; null when there is none.</param>
    public DelimitedRows(ReleaseFile file, char delimiter, int fields, LoadReport report, string? encoding, string? header)
    {
        (_delimiter, _fields, _starts) = ((byte)delimiter, fields, new int[fields + 1]);
        _lines = new(file, report, encoding, header);
        _counts = _lines.Counts;
    }

    /// <summary>The counts of this file, for rejecting the row just read.</summary>
    public FileReport Counts => _counts;

    /// <summary>One-based line of the row just read.</summary>
    public long Line => _lines.Line;

    /// <summary>A field of the row just read.</summary>
    public ReadOnlySpan<byte> this[int field] => _lines.Text[_starts[field]..(_starts[field + 1] - 1)];

    /// <summary>The rest of the row from a field on, delimiters included.</summary>
    public ReadOnlySpan<byte> From(int field) => field >= _fields ? default : _lines.Text[_starts[field]..(_starts[_fields] - 1)];

    /// <summary>The next row that can be read.</summary>
    public bool Read()
    {
        while (_lines.Read())
        {
            if (Split(_lines.Text)) return true;
        }
        return false;
    }

    /// <summary>Rejects the row just read.</summary>
    public void Reject(int field, string reason) => _counts.Reject(Line, reason, field + 1);

    public void Dispose() => _lines.Dispose();

    private bool Split(ReadOnlySpan<byte> text)
    {
        var (at, count) = (0, 0);
        while (true)
        {
            var end = text[at..].IndexOf(_delimiter);
            if (count < _fields) _starts[count] = at;
            count++;
            if (end < 0) break;
            at += end + 1;
        }
        // RRF rows end with a delimiter.
        if (count == _fields + 1 && at == text.Length)
        {
            _starts[_fields] = text.Length;
            return true;
        }
        if (count == _fields)
        {
            _starts[_fields] = text.Length + 1;
            return true;
        }
        _counts.Reject(Line, $"{count} fields where {_fields} are expected; is a delimiter missing, doubled or inside a text?");
        return false;
    }
}

/// <summary>
/// Lines of a text file as UTF-8 spans, streamed. Blank lines at the end are not counted, those between are rejected; what is not UTF-8 is transcoded from the
/// encoding given or rejected with advice; a line beyond <see cref="LongestLine"/> is rejected without being held in memory.
/// </summary>
internal sealed class TextLines : IDisposable
{
    /// <summary>Longest line in bytes.</summary>
    public const int LongestLine = 16 << 20;

    private readonly Stream _stream;
    private readonly LoadReport _report;
    private readonly Encoding? _fallback;
    private byte[] _buffer = new byte[1 << 20];
    private byte[] _transcoded = [];
    private int _start, _end, _textStart, _textLength;
    private bool _usesTranscoded, _atEnd, _skipping;
    private long _blank, _blankLine;
    private byte[]? _header;

    /// <param name="file">What to read.</param>
    /// <param name="report">Where lines are counted.</param>
    /// <param name="encoding">Encoding of text that is not UTF-8, or null.</param>
    /// <param name="header">The header line, which is not counted; null when there is none.</param>
    public TextLines(ReleaseFile file, LoadReport report, string? encoding, string? header = null)
    {
        _header = header is null ? null : Encoding.UTF8.GetBytes(header);
        _stream = file.Open();
        _report = report;
        Counts = report.Begin(file.Path);
        report.Progress.Step = file.Path;
        _fallback = encoding is null ? null : Encodings.Named(encoding, file.Path);
        Fill();
        if (_buffer.AsSpan(_start, _end - _start).StartsWith("\uFEFF"u8)) _start += 3;
    }

    public FileReport Counts { get; }

    /// <summary>One-based line of the text just read.</summary>
    public long Line { get; private set; }

    /// <summary>The line just read, without its end; valid until the next read.</summary>
    public ReadOnlySpan<byte> Text => _usesTranscoded ? _transcoded.AsSpan(0, _textLength) : _buffer.AsSpan(_textStart, _textLength);

    /// <summary>The next line that is text.</summary>
    public bool Read()
    {
        while (true)
        {
            switch (NextLine())
            {
                case LineKind.End:
                    return false;
                case LineKind.TooLong:
                    Counted();
                    Counts.Reject(Line, $"the line is longer than {LongestLine >> 20} MB; is a line end missing?");
                    continue;
            }
            if (Text.IsEmpty)
            {
                if (_blank++ == 0) _blankLine = Line;
                continue;
            }
            if (_header is not null && Text.SequenceEqual(_header))
            {
                _header = null;
                continue;
            }
            Counted();
            if (!Utf8.IsValid(Text) && !Transcode()) continue;
            if (Text.Contains((byte)0))
            {
                Counts.Reject(Line, "the line holds NUL bytes; is the file UTF-16 or damaged?");
                continue;
            }
            return true;
        }
    }

    public void Dispose() => _stream.Dispose();

    private void Counted()
    {
        for (; _blank > 0; _blank--)
        {
            Counts.Row();
            Counts.Reject(_blankLine++, "the line is blank.");
        }
        Counts.Row();
    }

    private bool Transcode()
    {
        if (_fallback is null)
        {
            Counts.Reject(Line, "the text is not UTF-8; if the file is in the Windows character set, import it with --encoding windows-1252.");
            return false;
        }
        _transcoded = Encoding.UTF8.GetBytes(_fallback.GetString(Text));
        (_usesTranscoded, _textLength) = (true, _transcoded.Length);
        return true;
    }

    private enum LineKind
    {
        Text,
        TooLong,
        End,
    }

    private LineKind NextLine()
    {
        _usesTranscoded = false;
        for (var searched = 0; ;)
        {
            var newline = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (newline >= 0)
            {
                var length = searched + newline;
                (_textStart, _textLength) = (_start, length > 0 && _buffer[_start + length - 1] == '\r' ? length - 1 : length);
                _start += length + 1;
                Line++;
                if (!_skipping) return LineKind.Text;
                _skipping = false;
                return LineKind.TooLong;
            }
            if (_atEnd)
            {
                if (_start == _end && !_skipping) return LineKind.End;
                (_textStart, _textLength) = (_start, _end - _start);
                _start = _end;
                Line++;
                if (!_skipping) return LineKind.Text;
                _skipping = false;
                return LineKind.TooLong;
            }
            searched = _end - _start;
            if (searched > LongestLine)
            {
                _skipping = true;
                _start = _end;
                searched = 0;
            }
            Fill();
        }
    }

    private void Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }
        if (_end == _buffer.Length) Array.Resize(ref _buffer, _buffer.Length * 2);
        int read;
        try
        {
            read = _stream.Read(_buffer, _end, _buffer.Length - _end);
        }
        catch (InvalidDataException)
        {
            throw new Issues.ReleaseFormat("the compressed data breaks off or is damaged; fetch the file again.", Counts.File, Line + 1);
        }
        _end += read;
        _atEnd = read == 0;
        _report.Progress.Bytes += read;
    }
}

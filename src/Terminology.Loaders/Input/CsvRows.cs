using System.Text;
using System.Text.Unicode;
using CsvHelper;
using Terminology.Issues;
using Terminology.Releases;

namespace Terminology.Loaders.Input;

/// <summary>
/// Rows of a CSV table made by people (RFC 4180), by column name whatever its case and spacing. A row with more fields than the header, or text that is not in
/// the encoding, is rejected; a quote that swallows lines is named with the line where it opens.
/// </summary>
internal sealed class CsvRows : IDisposable
{
    /// <summary>Lines that one quoted field may span before it is taken for a missing quote.</summary>
    private const int MostLinesInField = 200;

    private readonly CsvReader _reader;
    private readonly FileReport _counts;
    private readonly Dictionary<string, int> _columns = new(StringComparer.OrdinalIgnoreCase);
    private readonly string _file;
    private long _lineBefore = 1;

    public CsvRows(ReleaseFile file, LoadReport report, string? encoding, char? separator = null)
    {
        _file = file.Path;
        _counts = report.Begin(file.Path);
        report.Progress.Step = file.Path;
        var start = file.Start(1 << 16);
        var named = encoding is null ? Sniff(file, _counts) : Encodings.Named(encoding, file.Path);
        _reader = CsvReader.Create(file.Open(), new CsvReaderOptions
        {
            Separator = separator ?? SeparatorOf(start), HasHeader = true, TrackLineNumbers = true, Encoding = named, MaxRecordSize = TextLines.LongestLine,
        }, false);
        try
        {
            _reader.ReadHeader();
        }
        catch (CsvFormatException problem)
        {
            throw new ReleaseFormat($"the header cannot be read: {problem.Message}", _file, 1);
        }
        for (var i = 0; i < _reader.Headers.Count; i++)
        {
            var name = Normal(_reader.Headers[i]);
            if (name.Length > 0 && !_columns.TryAdd(name, i)) report.Warn(_file, 1, $"the column '{_reader.Headers[i]}' stands twice; the first one counts.", i + 1);
        }
    }

    public FileReport Counts => _counts;

    /// <summary>One-based line on which the row just read begins.</summary>
    public long Line { get; private set; }

    /// <summary>Names of all columns, as written.</summary>
    public IReadOnlyList<string> Columns => _reader.Headers;

    public bool Has(string column) => _columns.ContainsKey(Normal(column));

    /// <summary>A field of the row just read, trimmed; empty when there is no such column.</summary>
    public string this[string column] => _columns.TryGetValue(Normal(column), out var at) && at < _reader.FieldCount ? _reader.GetString(at).Trim() : "";

    public string this[int column] => column < _reader.FieldCount ? _reader.GetString(column).Trim() : "";

    public bool Read()
    {
        while (true)
        {
            try
            {
                _lineBefore = Math.Max(_reader.LineNumber, 1);
                if (!_reader.Read()) return false;
            }
            catch (CsvFormatException problem)
            {
                throw new ReleaseFormat($"the table cannot be read further: {problem.Message} Is a quote missing?", _file, _lineBefore + 1);
            }
            catch (InvalidDataException)
            {
                throw new ReleaseFormat("the compressed data breaks off or is damaged; fetch the file again.", _file, _lineBefore + 1);
            }
            Line = _lineBefore + 1;
            if (_reader.FieldCount == 1 && _reader.IsEmpty(0)) continue;
            _counts.Row();
            if (_reader.LineNumber - _lineBefore > MostLinesInField)
            {
                _counts.Reject(Line, $"a quoted field that opens here spans {_reader.LineNumber - _lineBefore} lines; is its closing quote missing?");
                continue;
            }
            if (IsLeftOpen(_reader.GetRawSpan(_reader.FieldCount - 1)))
            {
                _counts.Reject(Line, "a quoted field of this row is never closed: the file ends inside it; is a quote missing?");
                continue;
            }
            if (_reader.FieldCount > _reader.Headers.Count)
            {
                _counts.Reject(Line, $"{_reader.FieldCount} fields where the header has {_reader.Headers.Count}; is a field with the delimiter in it not quoted?");
                continue;
            }
            return true;
        }
    }

    /// <summary>Does a field begin with a quote and the file end before the one that closes it?</summary>
    private static bool IsLeftOpen(ReadOnlySpan<byte> field) => field is [(byte)'"', ..] && field.Count((byte)'"') % 2 == 1;

    public void Reject(string column, string reason) => _counts.Reject(Line, reason, _columns.TryGetValue(Normal(column), out var at) ? at + 1 : 0);

    public void Dispose() => _reader.Dispose();

    private static readonly char[] Separators = [',', ';', '\t', '|'];

    /// <summary>The delimiter that the header line has most of.</summary>
    public static char SeparatorOf(string start)
    {
        var line = start.IndexOf('\n') is >= 0 and var end ? start[..end] : start;
        return Separators.MaxBy(candidate => line.Count(character => character == candidate));
    }

    /// <summary>Do two names mean one column, whatever their case and spacing?</summary>
    public static bool Same(string one, string other) => Normal(one).Equals(Normal(other), StringComparison.OrdinalIgnoreCase);

    private static string Normal(string name) => name.Replace("_", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).Trim('\uFEFF', '"');

    /// <summary>UTF-8 unless the bytes say otherwise: a UTF-16 mark, or bytes that no UTF-8 has, which are then read as Windows-1252 with a warning.</summary>
    private static Encoding Sniff(ReleaseFile file, FileReport counts)
    {
        using var stream = file.Open();
        var buffer = new byte[1 << 20];
        var carried = 0;
        var first = true;
        while (true)
        {
            int read;
            try
            {
                read = stream.ReadAtLeast(buffer.AsSpan(carried), buffer.Length - carried, throwOnEndOfStream: false);
            }
            catch (InvalidDataException)
            {
                throw new ReleaseFormat("the compressed data breaks off or is damaged; fetch the file again.", file.Path);
            }
            var span = buffer.AsSpan(0, carried + read);
            if (first && (span.StartsWith<byte>([0xFF, 0xFE]) || span.StartsWith<byte>([0xFE, 0xFF]))) return span[0] == 0xFF ? Encoding.Unicode : Encoding.BigEndianUnicode;
            first = false;
            var whole = span.Length;
            if (read > 0)
            {
                while (whole > 0 && whole > span.Length - 4 && (span[whole - 1] & 0x80) != 0) whole--;
            }
            if (!Utf8.IsValid(span[..whole]))
            {
                counts.Warn(0, "the text is not UTF-8; it is read as windows-1252. Name another with --encoding.");
                return Encodings.Windows1252;
            }
            if (read == 0) return Encoding.UTF8;
            carried = span.Length - whole;
            span[whole..].CopyTo(buffer);
        }
    }
}

using CsvHelper;
using Terminology.Issues;

namespace Terminology.Loaders.Tables;

/// <summary>
/// A CSV table of codes, streamed row by row: what came in is copied, what was found out is appended as new columns. Delimiter is taken from the header line;
/// quoting as RFC 4180. Memory does not grow with the number of rows.
/// </summary>
/// <remarks>One pass, one thread.</remarks>
public sealed class CodeTable : IDisposable
{
    private readonly CsvReader _reader;
    private readonly string _file;

    private CodeTable(CsvReader reader, string file, IReadOnlyList<string> columns) => (_reader, _file, Columns) = (reader, file, columns);

    /// <summary>The columns of the header, in order.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The fields of the row just read; shorter rows are filled up with empty text.</summary>
    public string[] Fields { get; private set; } = [];

    /// <summary>One-based line of the row just read.</summary>
    public long Line => _reader.LineNumber;

    /// <summary>Opens a table and reads its header.</summary>
    /// <exception cref="ReleaseFormat">The file is empty or not CSV.</exception>
    public static CodeTable Open(string file) => Open(File.OpenRead(file), file);

    /// <summary>Reads a table from a stream, which is closed with it.</summary>
    /// <param name="stream">The text, UTF-8.</param>
    /// <param name="file">Its name, for messages.</param>
    /// <exception cref="ReleaseFormat">The table is empty or not CSV.</exception>
    public static CodeTable Open(Stream stream, string file)
    {
        var buffered = new BufferedStream(stream, 1 << 16);
        var start = new byte[4096];
        var length = buffered.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        var reader = CsvReader.Create(
            new PrefixedStream(start.AsMemory(0, length), buffered),
            new CsvReaderOptions { Separator = Separator(start.AsSpan(0, length)), HasHeader = true, TrackLineNumbers = true },
            false);
        if (length == 0) throw new ReleaseFormat("the file is empty; its first line should name the columns.", file, 1);
        reader.ReadHeader();
        return new(reader, file, [.. reader.Headers]);
    }

    /// <summary>Index of a column, whatever the case of its name.</summary>
    /// <exception cref="ReleaseFormat">There is no such column; names those that there are.</exception>
    public int Column(string name)
    {
        for (var i = 0; i < Columns.Count; i++)
        {
            if (string.Equals(Columns[i].Trim(), name, StringComparison.OrdinalIgnoreCase)) return i;
        }
        throw new ReleaseFormat($"there is no column '{name}'; the columns are {string.Join(", ", Columns)}.", _file, 1);
    }

    /// <summary>Reads the next row.</summary>
    /// <exception cref="ReleaseFormat">A quote that never closes, or a row with more fields than the header: names the line.</exception>
    public bool Read()
    {
        try
        {
            if (!_reader.Read()) return false;
        }
        catch (CsvFormatException problem)
        {
            throw new ReleaseFormat(problem.Message, _file, _reader.LineNumber);
        }
        if (_reader.FieldCount > Columns.Count) throw new ReleaseFormat($"{_reader.FieldCount} fields, the header has {Columns.Count}; is a field with the delimiter in it not quoted?", _file, _reader.LineNumber);
        Fields = new string[Columns.Count];
        for (var i = 0; i < Fields.Length; i++) Fields[i] = i < _reader.FieldCount ? _reader.GetString(i) : "";
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _reader.Dispose();

    private static char Separator(ReadOnlySpan<byte> start)
    {
        var line = start.IndexOf((byte)'\n') is >= 0 and var end ? start[..end] : start;
        var best = (byte)',';
        foreach (var candidate in ";\t|"u8)
        {
            if (line.Count(candidate) > line.Count(best)) best = candidate;
        }
        return (char)best;
    }

    /// <summary>A stream whose beginning was already read.</summary>
    private sealed class PrefixedStream(ReadOnlyMemory<byte> prefix, Stream rest) : Stream
    {
        private ReadOnlyMemory<byte> _prefix = prefix;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(Span<byte> buffer)
        {
            if (_prefix.IsEmpty) return rest.Read(buffer);
            var taken = Math.Min(buffer.Length, _prefix.Length);
            _prefix.Span[..taken].CopyTo(buffer);
            _prefix = _prefix[taken..];
            return taken;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing) rest.Dispose();
            base.Dispose(disposing);
        }
    }
}

/// <summary>Writes a CSV table row by row, quoted as RFC 4180, UTF-8.</summary>
public sealed class CodeTableWriter : IDisposable
{
    private readonly CsvWriter _writer;

    /// <summary>Writes to a stream, which is left open.</summary>
    public CodeTableWriter(Stream stream) => _writer = CsvWriter.Create(stream, new CsvWriterOptions(), true);

    /// <summary>Writes one row; the header too.</summary>
    public void Write(IEnumerable<string> fields)
    {
        foreach (var field in fields) _writer.WriteField(field);
        _writer.EndRecord();
    }

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();
}

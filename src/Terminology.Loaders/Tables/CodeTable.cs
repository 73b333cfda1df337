using CsvHelper;
using Terminology.Issues;

namespace Terminology.Loaders.Tables;

/// <summary>
/// A CSV table of codes, streamed row by row: what came in is copied byte by byte, what was found out is appended as new columns. Delimiter is taken from the header line;
/// quoting as RFC 4180. Memory does not grow with the number of rows, and a row makes no objects.
/// </summary>
/// <remarks>One pass, one thread.</remarks>
public sealed class CodeTable : IDisposable
{
    private readonly CsvReader _reader;
    private readonly string _file;

    private CodeTable(CsvReader reader, string file, IReadOnlyList<string> columns, char separator) => (_reader, _file, Columns, Separator) = (reader, file, columns, separator);

    /// <summary>The columns of the header, in order.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>What stands between fields.</summary>
    public char Separator { get; }

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
        var (reader, separator) = Reader(start.AsMemory(0, length), buffered, file);
        try
        {
            reader.ReadHeader();
        }
        catch (CsvFormatException problem)
        {
            throw new ReleaseFormat(problem.Message, file, 1);
        }
        return new(reader, file, [.. reader.Headers], separator);
    }

    /// <summary>As <see cref="Open(Stream, string)"/>, waiting for what comes over a network.</summary>
    /// <exception cref="ReleaseFormat">The table is empty or not CSV.</exception>
    public static async Task<CodeTable> OpenAsync(Stream stream, string file, CancellationToken aborted)
    {
        var start = new byte[4096];
        var length = await stream.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, aborted);
        var (reader, separator) = Reader(start.AsMemory(0, length), stream, file);
        try
        {
            await reader.ReadHeaderAsync(aborted);
        }
        catch (CsvFormatException problem)
        {
            throw new ReleaseFormat(problem.Message, file, 1);
        }
        return new(reader, file, [.. reader.Headers], separator);
    }

    private static (CsvReader Reader, char Separator) Reader(ReadOnlyMemory<byte> start, Stream rest, string file)
    {
        if (start.IsEmpty) throw new ReleaseFormat("the file is empty; its first line should name the columns.", file, 1);
        var separator = SeparatorOf(start.Span);
        return (CsvReader.Create(new PrefixedStream(start, rest), new CsvReaderOptions { Separator = separator, HasHeader = true, TrackLineNumbers = true }, false), separator);
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
    public ValueTask<bool> ReadAsync(CancellationToken aborted)
    {
        try
        {
            var pending = _reader.ReadAsync(aborted);
            return pending.IsCompletedSuccessfully ? new(pending.Result && IsWhole()) : WaitAsync(pending);
        }
        catch (CsvFormatException problem)
        {
            throw new ReleaseFormat(problem.Message, _file, _reader.LineNumber);
        }
    }

    /// <summary>A field of the row just read; empty when the row is shorter.</summary>
    public string this[int column] => column < _reader.FieldCount ? _reader.GetString(column) : "";

    /// <summary>A field of the row just read as it stands in the file, with its quotes; nothing when the row is shorter. Valid until the next row is read.</summary>
    public ReadOnlySpan<byte> Raw(int column) => column < _reader.FieldCount ? _reader.GetRawSpan(column) : [];

    /// <inheritdoc/>
    public void Dispose() => _reader.Dispose();

    private async ValueTask<bool> WaitAsync(ValueTask<bool> pending)
    {
        try
        {
            return await pending && IsWhole();
        }
        catch (CsvFormatException problem)
        {
            throw new ReleaseFormat(problem.Message, _file, _reader.LineNumber);
        }
    }

    private bool IsWhole() => _reader.FieldCount <= Columns.Count ? true : throw new ReleaseFormat($"{_reader.FieldCount} fields, the header has {Columns.Count}; is a field with the delimiter in it not quoted?", _file, _reader.LineNumber);

    private static char SeparatorOf(ReadOnlySpan<byte> start)
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

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
            => _prefix.IsEmpty ? rest.ReadAsync(buffer, cancellationToken) : ValueTask.FromResult(Read(buffer.Span));

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

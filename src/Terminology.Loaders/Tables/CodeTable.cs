using System.Text;
using Terminology.Issues;

namespace Terminology.Loaders.Tables;

/// <summary>
/// A CSV table of codes, streamed in blocks of whole rows: what came in is copied byte by byte, what was found out is appended as new columns. Delimiter is taken from the header
/// line; quoting as RFC 4180; a byte order mark says which Unicode it is, without one it is UTF-8. Memory does not grow with the number of rows.
/// </summary>
/// <remarks>One pass; blocks are filled by one thread at a time, and read by others meanwhile.</remarks>
public sealed class CodeTable : IDisposable
{
    private const int Start = 4096, LongestRow = 16 << 20;
    private static readonly Encoding[] s_marked = [new UTF32Encoding(bigEndian: false, byteOrderMark: true), new UTF32Encoding(bigEndian: true, byteOrderMark: true), Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode];

    private readonly Stream _stream;
    private readonly string _file;
    private byte[] _leftOver = [];
    private long _line = 1;
    private bool _ended;

    private CodeTable(Stream stream, string file, char separator) => (_stream, _file, Separator) = (stream, file, separator);

    /// <summary>The columns of the header, in order.</summary>
    public IReadOnlyList<string> Columns { get; private set; } = [];

    /// <summary>What stands between fields.</summary>
    public char Separator { get; }

    /// <summary>Opens a table and reads its header.</summary>
    /// <exception cref="ReleaseFormat">The file is empty, or its first row has no end.</exception>
    public static CodeTable Open(string file) => Open(File.OpenRead(file), file);

    /// <summary>Reads a table from a stream, which is closed with it.</summary>
    /// <param name="stream">The text.</param>
    /// <param name="file">Its name, for messages.</param>
    /// <exception cref="ReleaseFormat">The table is empty, or its first row has no end.</exception>
    public static CodeTable Open(Stream stream, string file)
    {
        var start = new byte[Start];
        var table = Of(start.AsMemory(0, stream.ReadAtLeast(start, Start, throwOnEndOfStream: false)), stream, file);
        var block = new TableBlock(table, Start);
        do table.Came(block, table._stream.ReadAtLeast(block.Room.Span, block.Room.Length, throwOnEndOfStream: false));
        while (!table.TryTakeHeader(block));
        return table;
    }

    /// <summary>As <see cref="Open(Stream, string)"/>, waiting for what comes over a network.</summary>
    /// <exception cref="ReleaseFormat">The table is empty, or its first row has no end.</exception>
    public static async Task<CodeTable> OpenAsync(Stream stream, string file, CancellationToken aborted)
    {
        var start = new byte[Start];
        var table = Of(start.AsMemory(0, await stream.ReadAtLeastAsync(start, Start, throwOnEndOfStream: false, aborted)), stream, file);
        var block = new TableBlock(table, Start);
        do table.Came(block, await table._stream.ReadAtLeastAsync(block.Room, block.Room.Length, throwOnEndOfStream: false, aborted));
        while (!table.TryTakeHeader(block));
        return table;
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

    /// <summary>Fills a block with the next rows; false when there are none.</summary>
    /// <exception cref="ReleaseFormat">A row has no end for 16 MB, as when a quote does not close: names its line.</exception>
    public async ValueTask<bool> ReadAsync(TableBlock block, CancellationToken aborted)
    {
        block.Begin(_leftOver);
        while (true)
        {
            if (!_ended) Came(block, await _stream.ReadAtLeastAsync(block.Room, block.Room.Length, throwOnEndOfStream: false, aborted));
            if (block.Close(ref _line, _ended) is { } leftOver)
            {
                _leftOver = leftOver;
                return block.Length > 0;
            }
            MakeRoom(block);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    internal ReleaseFormat TooManyFields(int fields, long line) => new($"{fields} fields, the header has {Columns.Count}; is a field with the delimiter in it not quoted?", _file, line);

    private static CodeTable Of(ReadOnlyMemory<byte> start, Stream rest, string file)
    {
        if (start.IsEmpty) throw new ReleaseFormat("the file is empty; its first line should name the columns.", file, 1);
        var marked = Array.Find(s_marked, encoding => start.Span.StartsWith(encoding.Preamble));
        Stream stream = new PrefixedStream(start[(marked?.Preamble.Length ?? 0)..], rest);
        if (marked is not (null or UTF8Encoding)) stream = Encoding.CreateTranscodingStream(stream, marked, Encoding.UTF8);
        return new(stream, file, SeparatorOf(start.Span));
    }

    private void Came(TableBlock block, int bytes)
    {
        _ended = bytes < block.Room.Length;
        block.Came(bytes);
    }

    private void MakeRoom(TableBlock block)
    {
        if (block.Length >= LongestRow) throw new ReleaseFormat($"a row is longer than {LongestRow:N0} bytes; is a quote not closed?", _file, _line);
        block.Grow();
    }

    private bool TryTakeHeader(TableBlock block)
    {
        if (block.CloseHeader(ref _line, _ended) is { } leftOver)
        {
            _leftOver = leftOver;
            Columns = [.. Enumerable.Range(0, block.FieldCount).Select(column => block[column])];
            return true;
        }
        MakeRoom(block);
        return false;
    }

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
}

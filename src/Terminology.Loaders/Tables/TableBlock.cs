using System.Text;
using Terminology.Issues;

namespace Terminology.Loaders.Tables;

/// <summary>
/// Whole rows of a table as they stand in the file, read one after another. Blocks of one table are independent of each other: while one is read the next is filled, and several
/// are read at once, each by one thread. A block is filled again and again; its rows make no objects.
/// </summary>
/// <remarks>
/// Quoting as RFC 4180: a quote at the start of a field opens it, what stands behind the closing quote belongs to the field, a quote elsewhere is a character like others. CR, LF and
/// CR LF end a line; empty lines are no rows. The tests hold it against the reader of CsvHelper.
/// </remarks>
/// <param name="table">Fills it.</param>
/// <param name="size">Bytes that it takes at once; a longer row makes it grow.</param>
public sealed class TableBlock(CodeTable table, int size = 1 << 15)
{
    private const byte Quote = (byte)'"', CarriageReturn = (byte)'\r', LineFeed = (byte)'\n';

    private readonly byte _separator = (byte)table.Separator;
    private byte[] _bytes = new byte[size];
    private int[] _ends = new int[8];
    private int _length, _start, _end, _next, _counted;
    private long _line;

    /// <summary>Fields of the row just read; they may be fewer than there are columns.</summary>
    public int FieldCount { get; private set; }

    /// <summary>The row just read as it stands in the file, without the end of the line. Valid until the block is filled again.</summary>
    public ReadOnlySpan<byte> Record => _bytes.AsSpan(_start, _end - _start);

    /// <summary>Bytes of the block as they stand in the file.</summary>
    public ReadOnlySpan<byte> Bytes(int at, int length) => _bytes.AsSpan(at, length);

    /// <summary>One-based line of the file in which the row just read begins.</summary>
    public long Line
    {
        get
        {
            _line += LineBreaks(_bytes.AsSpan(_counted, _start - _counted));
            _counted = _start;
            return _line;
        }
    }

    /// <summary>A field of the row just read, without its quotes; empty when the row is shorter.</summary>
    public string this[int column] => Text(Raw(column));

    /// <summary>A field of the row just read as it stands in the file, with its quotes; nothing when the row is shorter. Valid until the block is filled again.</summary>
    public ReadOnlySpan<byte> Raw(int column)
    {
        if (column >= FieldCount) return [];
        var from = column == 0 ? _start : _ends[column - 1] + 1;
        return _bytes.AsSpan(from, _ends[column] - from);
    }

    /// <summary>Where in the block the row just read begins.</summary>
    public int At => _start;

    /// <summary>The row that begins there is again the row just read; what is read next stays. Lines are counted forward only: <see cref="Line"/> may be asked for rows in their order.</summary>
    /// <param name="at">An <see cref="At"/> of this block.</param>
    public void Return(int at)
    {
        if (at == _start) return;
        var next = _next;
        _next = at;
        Next();
        _next = next;
    }

    /// <summary>Reads the next row of the block.</summary>
    /// <exception cref="ReleaseFormat">More fields than the header has: names the line.</exception>
    public bool Read()
    {
        if (!Next()) return false;
        if (FieldCount > table.Columns.Count) throw table.TooManyFields(FieldCount, _line + LineBreaks(_bytes.AsSpan(_counted, _start - _counted)));
        return true;
    }

    /// <summary>What there is room for behind the bytes that are there.</summary>
    internal Memory<byte> Room => _bytes.AsMemory(_length);

    /// <summary>How many bytes are there.</summary>
    internal int Length => _length;

    /// <summary>Begins anew with what the last block left over.</summary>
    internal void Begin(ReadOnlySpan<byte> leftOver)
    {
        _length = 0;
        if (leftOver.Length >= _bytes.Length) _bytes = new byte[leftOver.Length + size];
        leftOver.CopyTo(_bytes);
        _length = leftOver.Length;
    }

    internal void Came(int bytes) => _length += bytes;

    internal void Grow() => Array.Resize(ref _bytes, 2 * _bytes.Length);

    /// <summary>From here on the whole rows are read. What stands behind them is returned, and is not there any more; null when there is no whole row.</summary>
    /// <param name="line">Line of the first byte; that of the first byte behind them afterwards.</param>
    /// <param name="isLast">Does nothing come behind what is there?</param>
    internal byte[]? Close(ref long line, bool isLast)
    {
        var (all, whole) = (_length, isLast ? _length : EndOfRows());
        if (whole == 0 && !isLast) return null;
        Restart(whole, line);
        line += LineBreaks(_bytes.AsSpan(0, whole));
        return _bytes.AsSpan(whole, all - whole).ToArray();
    }

    /// <summary>The fields of the header are read. What stands behind it is returned; null when it is not there as a whole.</summary>
    /// <param name="line">As in <see cref="Close"/>.</param>
    /// <param name="isLast">As in <see cref="Close"/>.</param>
    internal byte[]? CloseHeader(ref long line, bool isLast)
    {
        var (all, whole) = (_length, isLast ? _length : EndOfRows());
        Restart(whole, line);
        if (!Next() && !isLast)
        {
            _length = all;
            return null;
        }
        line += LineBreaks(_bytes.AsSpan(0, _next));
        return _bytes.AsSpan(_next, all - _next).ToArray();
    }

    /// <summary>Where the last row ends that is there as a whole, 0 when there is none.</summary>
    private int EndOfRows()
    {
        var bytes = _bytes.AsSpan(0, _length);
        if (!bytes.Contains(Quote))
        {
            var end = bytes.LastIndexOfAny(CarriageReturn, LineFeed);
            if (end >= 0 && end == bytes.Length - 1 && bytes[end] == CarriageReturn) end = bytes[..end].LastIndexOfAny(CarriageReturn, LineFeed); // a line feed may follow
            return end + 1;
        }
        var whole = 0;
        Restart(_length, 0);
        while (Next() && _next < _length) whole = _next;
        return _end < _length && bytes[^1] == LineFeed ? _length : whole;
    }

    private void Restart(int length, long line)
    {
        (_length, _line) = (length, line);
        (_start, _end, _next, _counted, FieldCount) = (0, 0, 0, 0, 0);
    }

    private bool Next()
    {
        var bytes = _bytes.AsSpan(0, _length);
        var at = _next;
        while (at < bytes.Length && bytes[at] is CarriageReturn or LineFeed) at++;
        if (at == bytes.Length)
        {
            (_start, _end, _next, FieldCount) = (at, at, at, 0);
            return false;
        }
        _start = at;
        var fields = 0;
        while (true)
        {
            if (at < bytes.Length && bytes[at] == Quote) at = AfterQuotes(bytes, at);
            var length = bytes[at..].IndexOfAny(_separator, CarriageReturn, LineFeed);
            at = length < 0 ? bytes.Length : at + length;
            if (fields == _ends.Length) Array.Resize(ref _ends, 2 * fields);
            _ends[fields++] = at;
            if (length < 0 || bytes[at] != _separator) break;
            at++;
        }
        FieldCount = fields;
        _end = at;
        _next = at == bytes.Length ? at : bytes[at] == CarriageReturn && at + 1 < bytes.Length && bytes[at + 1] == LineFeed ? at + 2 : at + 1;
        return true;
    }

    /// <summary>Behind the closing quote of the field that begins here; the end where it does not close.</summary>
    private static int AfterQuotes(ReadOnlySpan<byte> bytes, int at)
    {
        while (true)
        {
            at++;
            var length = bytes[at..].IndexOf(Quote);
            if (length < 0) return bytes.Length;
            at += length + 1;
            if (at == bytes.Length || bytes[at] != Quote) return at;
        }
    }

    private static string Text(ReadOnlySpan<byte> field)
    {
        if (field.IsEmpty || field[0] != Quote) return Encoding.UTF8.GetString(field);
        var text = new StringBuilder();
        var rest = field[1..];
        while (rest.IndexOf(Quote) is >= 0 and var length)
        {
            text.Append(Encoding.UTF8.GetString(rest[..length]));
            rest = rest[(length + 1)..];
            if (rest.IsEmpty || rest[0] != Quote) return text.Append(Encoding.UTF8.GetString(rest)).ToString();
            text.Append('"');
            rest = rest[1..];
        }
        return text.Append(Encoding.UTF8.GetString(rest)).ToString(); // it does not close
    }

    /// <summary>CR, LF and CR LF each count once.</summary>
    private static int LineBreaks(ReadOnlySpan<byte> bytes)
    {
        var returns = bytes.Count(CarriageReturn);
        return bytes.Count(LineFeed) + (returns == 0 ? 0 : returns - bytes.Count("\r\n"u8));
    }
}

namespace Terminology.Store.Files;

/// <summary>A growing column of a release under construction: chunks that never move, so that growth copies nothing.</summary>
internal sealed class Rows<T>
    where T : struct
{
    private const int Shift = 15, ChunkLength = 1 << Shift, Mask = ChunkLength - 1;
    private T[][] _chunks = new T[16][];

    public int Count { get; private set; }

    public ref T this[int index] => ref _chunks[index >> Shift][index & Mask];

    /// <summary>Forgets everything, so that the memory can be used for the next step.</summary>
    public void Clear() => (_chunks, Count) = (new T[16][], 0);

    public int Add(in T row)
    {
        var chunk = Count >> Shift;
        if (chunk == _chunks.Length) Array.Resize(ref _chunks, chunk * 2);
        (_chunks[chunk] ??= new T[ChunkLength])[Count & Mask] = row;
        return Count++;
    }
}

/// <summary>A growing heap of bytes, addressed by offset; a piece never crosses a chunk.</summary>
internal sealed class ByteHeap
{
    private const int ChunkLength = 1 << 22;
    private readonly List<byte[]> _chunks = [];
    private int _used = ChunkLength;

    /// <summary>Copies a piece in.</summary>
    /// <returns>Where it is, for <see cref="At"/>.</returns>
    public long Add(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > ChunkLength)
        {
            _chunks.Add(bytes.ToArray());
            var alone = (long)(_chunks.Count - 1) << 32;
            _used = ChunkLength;
            return alone;
        }
        if (_used + bytes.Length > ChunkLength)
        {
            _chunks.Add(new byte[ChunkLength]);
            _used = 0;
        }
        bytes.CopyTo(_chunks[^1].AsSpan(_used));
        var at = ((long)(_chunks.Count - 1) << 32) | (uint)_used;
        _used += bytes.Length;
        return at;
    }

    public ReadOnlySpan<byte> At(long offset, int length) => _chunks[(int)(offset >> 32)].AsSpan((int)(uint)offset, length);
}

/// <summary>Open-addressing table from a 64-bit key to a row.</summary>
internal sealed class KeyRows
{
    private long[] _keys = new long[1024];
    private int[] _rows = new int[1024];

    public int Count { get; private set; }

    /// <summary>The row of a key, or -1.</summary>
    public int Find(long key)
    {
        for (var at = Slot(key); ; at = (at + 1) & (_keys.Length - 1))
        {
            if (_rows[at] == 0) return -1;
            if (_keys[at] == key) return _rows[at] - 1;
        }
    }

    /// <summary>The row of a key; a new key gets <paramref name="row"/>.</summary>
    public int FindOrAdd(long key, int row)
    {
        if (Count * 4L >= _keys.Length * 3L) Grow();
        for (var at = Slot(key); ; at = (at + 1) & (_keys.Length - 1))
        {
            if (_rows[at] == 0)
            {
                (_keys[at], _rows[at]) = (key, row + 1);
                Count++;
                return row;
            }
            if (_keys[at] == key) return _rows[at] - 1;
        }
    }

    public static ulong Mix(long key)
    {
        var hash = (ulong)key * 0x9E3779B97F4A7C15;
        return hash ^ (hash >> 32);
    }

    private int Slot(long key) => (int)(Mix(key) & (ulong)(_keys.Length - 1));

    private void Grow()
    {
        var (keys, rows) = (_keys, _rows);
        (_keys, _rows) = (new long[keys.Length * 2], new int[rows.Length * 2]);
        for (var i = 0; i < keys.Length; i++)
        {
            if (rows[i] == 0) continue;
            var at = Slot(keys[i]);
            while (_rows[at] != 0) at = (at + 1) & (_keys.Length - 1);
            (_keys[at], _rows[at]) = (keys[i], rows[i]);
        }
    }
}

namespace Terminology.Server.Bulk;

/// <summary>Bytes that are gathered to be written at once; the room for them is used again.</summary>
internal sealed class BulkBytes
{
    private byte[] _bytes = new byte[1 << 16];

    /// <summary>How many there are.</summary>
    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Length);

    public void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Take(bytes.Length));
    }

    /// <summary>Room for so many bytes, all of which will be written.</summary>
    public Span<byte> Take(int length)
    {
        var at = Length;
        if (length > _bytes.Length - at) Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, at + length));
        Length = at + length;
        return _bytes.AsSpan(at, length);
    }

    public void Clear() => Length = 0;
}

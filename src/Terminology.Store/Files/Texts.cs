using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Terminology.Store.Files;

/// <summary>Writes small records compactly: numbers in 7-bit groups, texts with their length before them, null as its own mark.</summary>
internal sealed class TextWriterBuffer
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    public void Number(int value)
    {
        for (var rest = (uint)value; ; rest >>= 7)
        {
            if (rest < 0x80)
            {
                _bytes.Write([(byte)rest]);
                return;
            }
            _bytes.Write([(byte)(rest | 0x80)]);
        }
    }

    public void Long(long value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        _bytes.Write(bytes);
    }

    public void Text(string? text)
    {
        if (text is null)
        {
            Number(0);
            return;
        }
        var bytes = Encoding.UTF8.GetBytes(text);
        Number(bytes.Length + 1);
        _bytes.Write(bytes);
    }

    public ReadOnlySpan<byte> Written => _bytes.WrittenSpan;

    public void Clear() => _bytes.ResetWrittenCount();
}

/// <summary>Reads what <see cref="TextWriterBuffer"/> wrote.</summary>
internal ref struct TextReaderBuffer(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public readonly bool AtEnd => _rest.IsEmpty;

    public int Number()
    {
        uint value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var part = _rest[0];
            _rest = _rest[1..];
            value |= (uint)(part & 0x7F) << shift;
            if (part < 0x80) return (int)value;
        }
    }

    public long Long()
    {
        var value = BinaryPrimitives.ReadInt64LittleEndian(_rest);
        _rest = _rest[8..];
        return value;
    }

    public string? Text()
    {
        var length = Number();
        if (length == 0) return null;
        var text = Encoding.UTF8.GetString(_rest[..(length - 1)]);
        _rest = _rest[(length - 1)..];
        return text;
    }
}

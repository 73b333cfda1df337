using System.Buffers.Text;
using System.IO.Hashing;

namespace Terminology.Store.Files;

/// <summary>
/// Codes and identifiers as 64-bit keys while a release is built: whole numbers without leading zeros are themselves, other texts get a negative handle.
/// Equal texts have equal keys. The empty text is <see cref="None"/>.
/// </summary>
internal sealed class Keys
{
    public const long None = long.MinValue;

    private readonly KeyRows _byHash = new();
    private readonly ByteHeap _heap = new();
    private readonly Rows<(long At, int Length, int Next)> _texts = new();

    /// <summary>How many texts that are no numbers.</summary>
    public int TextCount => _texts.Count;

    public static bool TryNumber(ReadOnlySpan<byte> text, out long number)
    {
        number = 0;
        if (text.Length is 0 or > 18 || (text[0] == '0' && text.Length > 1)) return false;
        foreach (var digit in text)
        {
            if ((uint)(digit - '0') > 9) return false;
            number = number * 10 + (digit - '0');
        }
        return true;
    }

    /// <summary>The key of a text, made when it is new.</summary>
    public long Of(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty) return None;
        if (TryNumber(text, out var number)) return number;
        var first = _byHash.FindOrAdd((long)XxHash3.HashToUInt64(text), _texts.Count);
        if (first == _texts.Count) return ~(long)_texts.Add((_heap.Add(text), text.Length, -1));
        for (var at = first; ;)
        {
            if (Text(at).SequenceEqual(text)) return ~(long)at;
            var next = _texts[at].Next;
            if (next < 0)
            {
                next = _texts.Add((_heap.Add(text), text.Length, -1));
                _texts[at].Next = next;
                return ~(long)next;
            }
            at = next;
        }
    }

    /// <summary>The key of a text that was seen before.</summary>
    public bool TryFind(ReadOnlySpan<byte> text, out long key)
    {
        if (TryNumber(text, out key)) return true;
        for (var at = _byHash.Find((long)XxHash3.HashToUInt64(text)); at >= 0; at = _texts[at].Next)
        {
            key = ~(long)at;
            if (Text(at).SequenceEqual(text)) return true;
        }
        return false;
    }

    /// <summary>The text of a handle.</summary>
    public ReadOnlySpan<byte> Text(int handle) => _heap.At(_texts[handle].At, _texts[handle].Length);

    /// <summary>The text of a key; numbers are written to the buffer (at least 20 bytes).</summary>
    public ReadOnlySpan<byte> Write(long key, Span<byte> buffer)
    {
        if (key == None) return default;
        if (key < 0) return Text((int)~key);
        Utf8Formatter.TryFormat(key, buffer, out var length);
        return buffer[..length];
    }
}

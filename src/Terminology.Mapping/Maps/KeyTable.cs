using System.Text;

namespace Terminology.Mapping.Maps;

/// <summary>Keys of rows in order, and where each is: one block of UTF-8 and a hash table of places, so that a million of them are there without a million objects.</summary>
/// <remarks>Immutable, thread-safe. The table is made when first asked.</remarks>
public sealed class KeyTable
{
    private readonly Lazy<int[]> _slots;

    /// <summary>Keys as they were kept.</summary>
    /// <param name="text">All of them, one behind the other, in UTF-8.</param>
    /// <param name="ends">Where each ends.</param>
    /// <exception cref="ArgumentException">The ends are not within the text, or not in order.</exception>
    public KeyTable(byte[] text, int[] ends)
    {
        for (var i = 0; i < ends.Length; i++) if (ends[i] < (i == 0 ? 0 : ends[i - 1]) || ends[i] > text.Length) throw new ArgumentException($"Key {i} does not end within the text.", nameof(ends));
        (Text, Ends, _slots) = (text, ends, new(Slots));
    }

    /// <summary>All keys, one behind the other, in UTF-8.</summary>
    public byte[] Text { get; }

    /// <summary>Where each of them ends.</summary>
    public int[] Ends { get; }

    /// <summary>How many there are.</summary>
    public int Count => Ends.Length;

    /// <summary>A key by its place.</summary>
    public string this[int place] => Encoding.UTF8.GetString(Key(place));

    /// <summary>The table of some keys.</summary>
    /// <param name="keys">In order; none twice.</param>
    public static KeyTable Of(IEnumerable<string> keys)
    {
        var (text, ends) = (new MemoryStream(), new List<int>());
        foreach (var key in keys)
        {
            text.Write(Encoding.UTF8.GetBytes(key));
            ends.Add((int)text.Length);
        }
        return new(text.ToArray(), [.. ends]);
    }

    /// <summary>Where a key is, or null.</summary>
    public int? Find(string key)
    {
        if (Count == 0) return null;
        Span<byte> small = stackalloc byte[256];
        var bytes = Encoding.UTF8.GetMaxByteCount(key.Length) <= small.Length ? small[..Encoding.UTF8.GetBytes(key, small)] : Encoding.UTF8.GetBytes(key);
        var slots = _slots.Value;
        for (var at = Slot(bytes, slots); slots[at] != 0; at = (at + 1) & (slots.Length - 1))
        {
            if (Key(slots[at] - 1).SequenceEqual(bytes)) return slots[at] - 1;
        }
        return null;
    }

    private static int Slot(ReadOnlySpan<byte> key, int[] slots)
    {
        var hash = default(HashCode);
        hash.AddBytes(key);
        return hash.ToHashCode() & (slots.Length - 1);
    }

    private ReadOnlySpan<byte> Key(int place) => Text.AsSpan((place == 0 ? 0 : Ends[place - 1])..Ends[place]);

    private int[] Slots()
    {
        var slots = new int[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Count * 2)];
        for (var place = 0; place < Count; place++)
        {
            var at = Slot(Key(place), slots);
            while (slots[at] != 0) at = (at + 1) & (slots.Length - 1);
            slots[at] = place + 1;
        }
        return slots;
    }
}

using System.Text;

namespace Terminology.CodeSystems;

/// <summary>A text among others, in bytes.</summary>
internal readonly record struct TextRange(int Start, int Length);

/// <summary>Texts one after the other in one array: for the garbage collector a million of them are one object.</summary>
/// <remarks>Up to 2 GB in all. One thread while it grows.</remarks>
internal sealed class Utf8Texts
{
    private byte[] _bytes = [];
    private int _used;

    /// <summary>The bytes of a text, valid until the next one is added.</summary>
    public ReadOnlySpan<byte> this[TextRange text] => _bytes.AsSpan(text.Start, text.Length);

    /// <summary>Adds a text.</summary>
    public TextRange Add(ReadOnlySpan<char> text)
    {
        Reserve(Encoding.UTF8.GetMaxByteCount(text.Length));
        return Added(Encoding.UTF8.GetBytes(text, _bytes.AsSpan(_used)));
    }

    /// <summary>Adds a text.</summary>
    public TextRange Add(ReadOnlySpan<byte> text)
    {
        Reserve(text.Length);
        text.CopyTo(_bytes.AsSpan(_used));
        return Added(text.Length);
    }

    /// <summary>Gives back what was kept in reserve.</summary>
    public void Trim() => Array.Resize(ref _bytes, _used);

    private TextRange Added(int length)
    {
        _used += length;
        return new(_used - length, length);
    }

    private void Reserve(int length)
    {
        if (_bytes.Length - _used < length) Array.Resize(ref _bytes, (int)Math.Min(Array.MaxLength, Math.Max(_used + (long)length, 2L * _bytes.Length)));
    }
}

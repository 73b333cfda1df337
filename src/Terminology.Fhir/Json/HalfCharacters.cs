using System.Buffers.Text;

namespace Terminology.Fhir.Json;

/// <summary>
/// Escapes like <c>\ud800</c> that are half a character: RFC 8259 allows them in JSON, no text can hold them, and the parser finds them only when the text is read.
/// </summary>
internal static class HalfCharacters
{
    /// <returns>Position of the first one, or -1.</returns>
    public static int Find(ReadOnlySpan<byte> json)
    {
        for (var at = 0; json[at..].IndexOf((byte)'\\') is >= 0 and var skip;)
        {
            at += skip;
            if (Unit(json[at..]) is not { } unit) at += 2; // another escape, of which the next character may be a backslash
            else if (!char.IsSurrogate(unit)) at += 6;
            else if (char.IsHighSurrogate(unit) && Unit(json[(at + 6)..]) is { } next && char.IsLowSurrogate(next)) at += 12;
            else return at;
            if (at >= json.Length) return -1;
        }
        return -1;
    }

    private static char? Unit(ReadOnlySpan<byte> escape)
        => escape.Length >= 6 && escape.StartsWith("\\u"u8) && Utf8Parser.TryParse(escape.Slice(2, 4), out ushort unit, out var length, 'x') && length == 4 ? (char)unit : null;
}

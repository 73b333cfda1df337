using System.IO.Hashing;

namespace Terminology.Store.Terms;

/// <summary>Hashes of codes for the lookup tables; part of the file format.</summary>
internal static class CodeHash
{
    private const int Longest = 256;

    public static ulong Of(ReadOnlySpan<byte> code) => XxHash3.HashToUInt64(code);

    /// <summary>The same for every case of ASCII letters.</summary>
    public static ulong OfFolded(ReadOnlySpan<byte> code)
    {
        Span<byte> folded = stackalloc byte[Math.Min(code.Length, Longest)];
        for (var i = 0; i < folded.Length; i++) folded[i] = code[i] is >= (byte)'a' and <= (byte)'z' ? (byte)(code[i] - 32) : code[i];
        return XxHash3.HashToUInt64(folded);
    }
}

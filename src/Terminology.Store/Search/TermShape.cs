namespace Terminology.Store.Search;

/// <summary>What ranks a designation besides the words it shares with a query, in one number beside its rank: so that scoring reads nothing else.</summary>
internal static class TermShape
{
    private const int LetterBits = 16;
    private const uint DisplayBit = 1u << 31, InactiveBit = 1u << 30;

    /// <summary>Words (at most 255 count), letters in UTF-8 (at most 65,535), display of its concept or not, concept inactive or not.</summary>
    public static uint Of(int words, int letters, bool isDisplay, bool isInactive)
        => (isDisplay ? DisplayBit : 0) | (isInactive ? InactiveBit : 0) | ((uint)Math.Min(words, byte.MaxValue) << LetterBits) | (uint)Math.Min(letters, ushort.MaxValue);

    public static int Words(uint shape) => (byte)(shape >> LetterBits);

    public static int Letters(uint shape) => (ushort)shape;

    public static bool IsDisplay(uint shape) => (shape & DisplayBit) != 0;

    public static bool IsInactive(uint shape) => (shape & InactiveBit) != 0;
}

using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Terminology.Mapping.Review;

/// <summary>Draws that anybody can do again: keys in the order of the SHA-256 of a seed, a line feed and the key.</summary>
public static class RandomDraw
{
    /// <summary>Draws without putting back.</summary>
    /// <param name="seed">The seed; another one gives another order.</param>
    /// <param name="rows">What is drawn from.</param>
    /// <param name="key">Its key; none is there twice.</param>
    /// <param name="count">How many; all of them when there are no more.</param>
    public static IReadOnlyList<T> Take<T>(string seed, IEnumerable<T> rows, Func<T, string> key, int count)
        => [.. rows.Select(row => (Row: row, Place: Convert.ToHexStringLower(Hash(seed, key(row))))).OrderBy(pair => pair.Place, StringComparer.Ordinal).Take(count).Select(pair => pair.Row)];

    /// <summary>Is a key among a share of all keys? A key that is among a smaller share is among a larger one as well.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="key">The key.</param>
    /// <param name="percent">The share, 0 to 100.</param>
    public static bool IsAmong(string seed, string key, int percent) => BinaryPrimitives.ReadUInt64BigEndian(Hash(seed, key)) * (100 / Math.Pow(2, 64)) < percent;

    private static byte[] Hash(string seed, string key) => SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}\n{key}"));
}

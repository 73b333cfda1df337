using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Terminology.Mapping.Lists;
using Terminology.Mapping.Rows;

namespace Terminology.Mapping.Review;

/// <summary>What a row says and what its source means, in sixteen hexadecimal digits: remarks, assignments and states do not count.</summary>
public static class RowMark
{
    private const int Length = 16;

    /// <summary>The mark of a row.</summary>
    public static string Of(MapRow row)
        => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{JsonSerializer.Serialize(row.Content, MappingJson.Options)}\n{MeaningFingerprint.Of(row).Hash}")))[..Length];
}

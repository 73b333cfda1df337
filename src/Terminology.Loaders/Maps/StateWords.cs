using Terminology.Mapping.Rows;

namespace Terminology.Loaders.Maps;

/// <summary>States of rows as words: their own names in lower case.</summary>
internal static class StateWords
{
    public static string Known { get; } = string.Join(", ", Enum.GetValues<MapRowState>().Select(Of));

    public static string Of(MapRowState state) => state.ToString().ToLowerInvariant();

    public static bool TryRead(string word, out MapRowState state)
    {
        foreach (var candidate in Enum.GetValues<MapRowState>())
        {
            if (!Of(candidate).Equals(word.Trim(), StringComparison.OrdinalIgnoreCase)) continue;
            state = candidate;
            return true;
        }
        state = default;
        return false;
    }
}

using Terminology.Mapping.Maps;

namespace Terminology.Mapping.Review;

/// <summary>Which rows of a map two authors answer who do not see one another.</summary>
public static class BlindShare
{
    /// <summary>Does a row need two? Where a share of the rows does, the draw is by the id of the map and the key of the row, so that it is the same whenever it is asked; a larger share keeps what was drawn.</summary>
    public static bool NeedsTwo(MapProject map, string key) => map.Policy.Review switch
    {
        ReviewMode.DualBlind => true,
        ReviewMode.DualOnSample => RandomDraw.IsAmong(map.Id, key, map.Policy.DualShare),
        _ => false,
    };
}

namespace Terminology.Maps;

/// <summary>One version of one concept map, immutable; in the store, in memory, or a view of a map reference set.</summary>
/// <remarks>Thread-safe. Lookups are O(1) and build the elements they return.</remarks>
public interface IConceptMap
{
    /// <summary>What it says of itself.</summary>
    ConceptMapInfo Info { get; }

    /// <summary>How many elements, in all groups.</summary>
    int Count { get; }

    /// <summary>The elements of a source code in a group, in the order of the map; none when it is not listed. Codes are compared exactly.</summary>
    IReadOnlyList<MapElement> Find(int group, string code);

    /// <summary>The elements of a group that have a target with this code, in the order of the map.</summary>
    IReadOnlyList<MapElement> FindByTarget(int group, string targetCode);

    /// <summary>All elements of a group, in the order of the map. Lazy.</summary>
    IEnumerable<MapElement> Elements(int group);
}

using System.Collections.Immutable;

namespace Terminology.Mapping.Maps;

/// <summary>Where the rows of a map are, by their keys: a table of those that were there at the start, and a growing one of those that came later.</summary>
/// <remarks>Immutable, thread-safe.</remarks>
internal sealed class RowPlaces
{
    private readonly KeyTable _first;
    private readonly ImmutableList<string> _later;
    private readonly ImmutableDictionary<string, int> _added;

    private RowPlaces(KeyTable first, ImmutableList<string> later, ImmutableDictionary<string, int> added) => (_first, _later, _added) = (first, later, added);

    public static RowPlaces Empty { get; } = Of(KeyTable.Of([]));

    public static RowPlaces Of(KeyTable keys) => new(keys, [], ImmutableDictionary.Create<string, int>(StringComparer.Ordinal));

    public int? Find(string key) => _added.TryGetValue(key, out var place) ? place : _first.Find(key);

    /// <summary>One more behind all others.</summary>
    public RowPlaces Add(string key) => new(_first, _later.Add(key), _added.Add(key, _first.Count + _later.Count));

    /// <summary>All as one table.</summary>
    public KeyTable Table() => _later.Count == 0 ? _first : KeyTable.Of(Enumerable.Range(0, _first.Count).Select(place => _first[place]).Concat(_later));
}

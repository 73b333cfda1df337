using System.Collections.Immutable;

namespace Terminology.Mapping.Maps;

/// <summary>Where the rows of a map are, by their keys: a dictionary of those that were there at the start, made when first asked, and a growing one of those that came later.</summary>
/// <remarks>Immutable, thread-safe.</remarks>
internal sealed class RowPlaces
{
    private readonly string[] _first;
    private readonly Lazy<Dictionary<string, int>> _known;
    private readonly ImmutableList<string> _later;
    private readonly ImmutableDictionary<string, int> _added;

    private RowPlaces(string[] first, Lazy<Dictionary<string, int>> known, ImmutableList<string> later, ImmutableDictionary<string, int> added)
        => (_first, _known, _later, _added) = (first, known, later, added);

    /// <param name="keys">In order; none twice.</param>
    public static RowPlaces Of(string[] keys) => new(keys, new(() =>
    {
        var known = new Dictionary<string, int>(keys.Length, StringComparer.Ordinal);
        foreach (var key in keys) known.Add(key, known.Count);
        return known;
    }), [], ImmutableDictionary.Create<string, int>(StringComparer.Ordinal));

    public int? Find(string key) => _added.TryGetValue(key, out var place) || (_first.Length > 0 && _known.Value.TryGetValue(key, out place)) ? place : null;

    /// <summary>One more behind all others.</summary>
    public RowPlaces Add(string key) => new(_first, _known, _later.Add(key), _added.Add(key, _first.Length + _later.Count));

    public IEnumerable<string> InOrder() => _first.Concat(_later);
}

using System.Collections.Immutable;
using Terminology.Mapping.Events;
using Terminology.Mapping.Releases;
using Terminology.Mapping.Rows;

namespace Terminology.Mapping.Maps;

/// <summary>A row and its version, which rises with each of its events.</summary>
/// <param name="Row">The row.</param>
/// <param name="Version">From 1.</param>
public sealed record RowEntry(MapRow Row, int Version);

/// <summary>A map at one moment: what its events have made of it. A later state shares all that did not change.</summary>
/// <remarks>Immutable, thread-safe.</remarks>
public sealed class MapState
{
    private readonly ImmutableList<RowEntry> _rows;
    private readonly ImmutableDictionary<string, int> _places;

    private MapState(MapProject project, ImmutableList<RowEntry> rows, ImmutableDictionary<string, int> places, ImmutableList<MapRelease> releases, long sequence, string head)
        => (Project, _rows, _places, Releases, Sequence, Head) = (project, rows, places, releases, sequence, head);

    /// <summary>What it is.</summary>
    public MapProject Project { get; }

    /// <summary>Its releases, in order of their numbers.</summary>
    public ImmutableList<MapRelease> Releases { get; }

    /// <summary>Place of its last event.</summary>
    public long Sequence { get; }

    /// <summary>Hash of its last event.</summary>
    public string Head { get; }

    /// <summary>The rows in the order in which they came.</summary>
    public IReadOnlyList<RowEntry> Rows => _rows;

    /// <summary>The release that answers, or null.</summary>
    public MapRelease? Active => Releases.Find(release => release.State == ReleaseState.Active);

    /// <summary>A row by its key, or null.</summary>
    public RowEntry? Find(string key) => _places.TryGetValue(key, out var place) ? _rows[place] : null;

    /// <summary>A map of which nothing but its making has happened.</summary>
    public static MapState Begin(MapProject project, long sequence, string head)
        => new(project, [], ImmutableDictionary.Create<string, int>(StringComparer.Ordinal), [], sequence, head);

    /// <summary>The state after an event of this map.</summary>
    /// <param name="happened">The event; it must be the next, unless older ones are put in their place after a restart.</param>
    /// <param name="hash">Its hash.</param>
    /// <param name="version">The version of what it changed.</param>
    public MapState With(MapEvent happened, string hash, int version)
    {
        var (rows, places, releases) = (_rows, _places, Releases);
        if (happened.Row is { } row)
        {
            if (places.TryGetValue(row.Key, out var place)) rows = rows.SetItem(place, new(row, version));
            else (places, rows) = (places.Add(row.Key, rows.Count), rows.Add(new(row, version)));
        }
        if (happened.Release is { } release)
        {
            var known = releases.FindIndex(other => other.Number == release.Number);
            releases = known < 0 ? releases.Add(release) : releases.SetItem(known, release);
        }
        var isLast = happened.Sequence > Sequence;
        return new(happened.Project ?? Project, rows, places, releases, isLast ? happened.Sequence : Sequence, isLast ? hash : Head);
    }

    /// <summary>The state of many rows at once, as after a restart; in order of coming.</summary>
    public MapState WithRows(IEnumerable<RowEntry> entries)
    {
        var (rows, places) = (_rows.ToBuilder(), _places.ToBuilder());
        foreach (var entry in entries)
        {
            places.Add(entry.Row.Key, rows.Count);
            rows.Add(entry);
        }
        return new(Project, rows.ToImmutable(), places.ToImmutable(), Releases, Sequence, Head);
    }
}

using System.Collections.Immutable;
using Terminology.Journal;
using Terminology.Mapping.Events;
using Terminology.Mapping.Lists;
using Terminology.Mapping.Maps;
using Terminology.Mapping.Quality;
using Terminology.Mapping.Releases;
using Terminology.Mapping.Rows;

namespace Terminology.Server.Maps;

/// <summary>A map, and where the newest documents are that are not of rows: of the map itself, its releases, lists and waivers, by their ids.</summary>
/// <param name="State">The map.</param>
/// <param name="Others">The places.</param>
internal sealed record HeldMap(MapState State, ImmutableDictionary<string, JournalPlace> Others)
{
    public static ImmutableDictionary<string, JournalPlace> Nothing { get; } = ImmutableDictionary.Create<string, JournalPlace>(StringComparer.Ordinal);
}

/// <summary>What must be known of a map to have it without having read its rows: folded from its events, or read from a snapshot.</summary>
internal sealed class MapOutline
{
    private readonly List<string> _keys = [];
    private readonly List<byte> _states = [];
    private readonly List<RowStamp> _stamps = [];
    private readonly Lazy<Dictionary<string, int>> _places;

    public MapOutline() => _places = new(() => _keys.Index().ToDictionary(pair => pair.Item, pair => pair.Index, StringComparer.Ordinal));

    public Dictionary<string, JournalPlace> Others { get; } = new(StringComparer.Ordinal);

    /// <summary>Place of its last event in the map, and the hash of that.</summary>
    public EventAnchor Last { get; set; } = new(0, EventChain.Beginning);

    /// <summary>One more row, in order.</summary>
    public void Add(string key, byte state, RowStamp stamp)
    {
        _keys.Add(key);
        _states.Add(state);
        _stamps.Add(stamp);
    }

    /// <summary>The next event.</summary>
    public void Take(JournalDocument document)
    {
        var (happened, hash) = EventChain.Read(document.Body.Span);
        if (happened.Row is { } row)
        {
            var stamp = new RowStamp(document.Version, document.Sequence);
            if (_places.Value.TryAdd(row.Key, _keys.Count)) Add(row.Key, (byte)row.State, stamp);
            else (_states[_places.Value[row.Key]], _stamps[_places.Value[row.Key]]) = ((byte)row.State, stamp);
        }
        else
        {
            Others[document.Id] = document.Place;
        }
        if (happened.Sequence > Last.Sequence) Last = new(happened.Sequence, hash);
    }

    /// <summary>The map; null when its making is not in the log.</summary>
    public HeldMap? Open(IJournal journal)
    {
        MapProject? project = null;
        var (releases, lists, waivers) = (new List<MapRelease>(), new List<ListVersion>(), new List<Waiver>());
        foreach (var document in journal.Read(MapBook.Collection, [.. Others.Values.Select(place => place.Sequence)]))
        {
            var (happened, _) = EventChain.Read(document.Body.Span);
            if (happened.Project is not null) project = happened.Project;
            if (happened.Release is { } release) releases.Add(release);
            if (happened.List is { } list) lists.Add(list);
            if (happened.Waiver is { } waiver) waivers.Add(waiver);
        }
        if (project is null) return null;
        var rows = new StoredRows([.. _keys], [.. _states], [.. _stamps], places => Rows(journal, places));
        return new(MapState.Restore(project, rows, releases, lists, waivers, Last.Sequence, Last.Hash), Others.ToImmutableDictionary(StringComparer.Ordinal));
    }

    private static MapRow[] Rows(IJournal journal, IReadOnlyList<long> places)
        => [.. journal.Read(MapBook.Collection, places).Select(document => EventChain.Read(document.Body.Span).Happened.Row!)];
}

using System.Collections.Immutable;
using Terminology.Journal;
using Terminology.Mapping.Events;
using Terminology.Mapping.Maps;
using Terminology.Mapping.Rows;

namespace Terminology.Server.Maps;

/// <summary>What must be known of a map to have it without having read its rows: folded from its events, or read from a snapshot.</summary>
internal sealed class MapOutline
{
    private readonly KeyTable _first;
    private readonly byte[] _states;
    private readonly RowStamp[] _stamps;
    private readonly List<(byte State, RowStamp Stamp)> _later = [];
    private readonly Dictionary<string, int> _added = new(StringComparer.Ordinal);

    /// <summary>Of a map that begins.</summary>
    public MapOutline()
        : this(KeyTable.Of([]), [], [])
    {
    }

    /// <summary>Of rows that are known.</summary>
    public MapOutline(KeyTable keys, byte[] states, RowStamp[] stamps) => (_first, _states, _stamps) = (keys, states, stamps);

    /// <summary>Where the newest documents are that are not of rows, by their ids.</summary>
    public Dictionary<string, JournalPlace> Others { get; } = new(StringComparer.Ordinal);

    /// <summary>Place of its last event in the map, and the hash of that.</summary>
    public EventAnchor Last { get; set; } = new(0, EventChain.Beginning);

    /// <summary>The next event.</summary>
    public void Take(JournalDocument document)
    {
        var (happened, hash) = EventChain.Read(document.Body.Span);
        if (happened.Row is { } row)
        {
            var stamp = new RowStamp(document.Version, document.Sequence);
            if (_first.Find(row.Key) is { } place) (_states[place], _stamps[place]) = ((byte)row.State, stamp);
            else if (_added.TryAdd(row.Key, _later.Count)) _later.Add(((byte)row.State, stamp));
            else _later[_added[row.Key]] = ((byte)row.State, stamp);
        }
        else
        {
            Others[document.Id] = document.Place;
        }
        if (happened.Sequence > Last.Sequence) Last = new(happened.Sequence, hash);
    }

    /// <summary>The map; null when its making is not in the log.</summary>
    /// <param name="journal">Where its rows are.</param>
    /// <param name="looked">Told its id each time rows of it are read.</param>
    public HeldMap? Open(IJournal journal, Action<string> looked)
    {
        MapEvent[] newest = [.. journal.Read(MapBook.Collection, [.. Others.Values.Select(place => place.Sequence)]).Select(document => EventChain.Read(document.Body.Span).Happened)];
        if (newest.FirstOrDefault(happened => happened.Project is not null)?.Project is not { } project) return null;
        var keys = _added.Count == 0 ? _first : KeyTable.Of(Enumerable.Range(0, _first.Count).Select(place => _first[place]).Concat(_added.OrderBy(pair => pair.Value).Select(pair => pair.Key)));
        var rows = new StoredRows(keys, [.. _states, .. _later.Select(row => row.State)], [.. _stamps, .. _later.Select(row => row.Stamp)], places =>
        {
            looked(project.Id);
            return Rows(journal, places);
        });
        return new(MapState.Restore(newest.Aggregate(new MapParts(project), (parts, happened) => parts.With(happened)), rows, Last.Sequence, Last.Hash), Others.ToImmutableDictionary(StringComparer.Ordinal));
    }

    private static MapRow[] Rows(IJournal journal, IReadOnlyList<long> places)
        => [.. journal.Read(MapBook.Collection, places).Select(document => EventChain.Read(document.Body.Span).Happened.Row!)];
}

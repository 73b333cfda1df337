using System.Collections.Immutable;
using Terminology.Mapping.Events;
using Terminology.Mapping.Lists;
using Terminology.Mapping.Quality;
using Terminology.Mapping.Questions;
using Terminology.Mapping.Releases;
using Terminology.Mapping.Review;
using Terminology.Mapping.Rows;

namespace Terminology.Mapping.Maps;

/// <summary>A map at one moment: what its events have made of it. A later state shares all that did not change.</summary>
/// <remarks>Immutable, thread-safe.</remarks>
public sealed class MapState
{
    private readonly RowList _rows;
    private readonly RowPlaces _places;
    private readonly MapParts _parts;

    private MapState(MapParts parts, RowList rows, RowPlaces places, long sequence, string head) => (_parts, _rows, _places, Sequence, Head) = (parts, rows, places, sequence, head);

    /// <summary>What it is.</summary>
    public MapProject Project => _parts.Project;

    /// <summary>Its releases, in order of their numbers.</summary>
    public ImmutableList<MapRelease> Releases => _parts.Releases;

    /// <summary>The versions of its list, in order of their numbers.</summary>
    public ImmutableList<ListVersion> Lists => _parts.Lists;

    /// <summary>Findings that were set aside, by their ids; those taken back and ended are among them.</summary>
    public ImmutableDictionary<string, Waiver> Waivers => _parts.Waivers;

    /// <summary>Its samples, in order of their numbers.</summary>
    public ImmutableList<Sample> Samples => _parts.Samples;

    /// <summary>Its questions, in order of their numbers.</summary>
    public ImmutableList<Question> Questions => _parts.Questions;

    /// <summary>The last proposal of other rules, open or decided on; null when there never was one.</summary>
    public SettingsProposal? Settings => _parts.Settings;

    /// <summary>Place of its last event.</summary>
    public long Sequence { get; }

    /// <summary>Hash of its last event.</summary>
    public string Head { get; }

    /// <summary>The rows in the order in which they came.</summary>
    public IReadOnlyList<RowEntry> Rows => _rows;

    /// <summary>The rows from a place on, of one state or all; lazy, and those of other states are not looked at.</summary>
    /// <param name="start">From 0, in the order of <see cref="Rows"/>.</param>
    /// <param name="state">Which; null: all.</param>
    public IEnumerable<RowEntry> RowsFrom(int start, MapRowState? state) => _rows.From(start, state);

    /// <summary>How many rows are in a state.</summary>
    public int CountOf(MapRowState state) => _rows.CountOf(state);

    /// <summary>The rows that are other ones than in another state of this map; lazy, costs what changed.</summary>
    public IEnumerable<RowEntry> RowsOtherThan(MapState other) => _rows.OtherThan(other._rows);

    /// <summary>The release that answers, or null.</summary>
    public MapRelease? Active => Releases.Find(release => release.State == ReleaseState.Active);

    /// <summary>The rows that a sample was drawn from; none when there is no such sample.</summary>
    public SampleGroup GroupOf(int sample) => _parts.Groups.GetValueOrDefault(sample) ?? new(sample, []);

    /// <summary>A row by its key, or null.</summary>
    public RowEntry? Find(string key) => _places.Find(key) is { } place ? _rows[place] : null;

    /// <summary>Which version of a row this has, or null; without looking at the row.</summary>
    public RowStamp? StampOf(string key) => _places.Find(key) is { } place ? _rows.StampOf(place) : null;

    /// <summary>What is known of all rows without looking at one of them.</summary>
    public (KeyTable Keys, byte[] States, RowStamp[] Stamps) Outline() => (_places.Table(), _rows.StatesOfAll(), _rows.StampsOfAll());

    /// <summary>A map of which nothing but its making has happened.</summary>
    public static MapState Begin(MapProject project, long sequence, string head)
        => new(new(project), RowList.Empty, RowPlaces.Empty, sequence, head);

    /// <summary>The state after an event of this map.</summary>
    /// <param name="happened">The event, the next of this map.</param>
    /// <param name="hash">Its hash.</param>
    /// <param name="stamp">The version of what it changed, and where it is kept.</param>
    public MapState With(MapEvent happened, string hash, RowStamp stamp)
    {
        var (rows, places) = (_rows, _places);
        if (happened.Row is { } row)
        {
            if (places.Find(row.Key) is { } place) rows = rows.Set(place, new(row, stamp));
            else (places, rows) = (places.Add(row.Key), rows.Add(new(row, stamp)));
        }
        return new(_parts.With(happened), rows, places, happened.Sequence, hash);
    }

    /// <summary>A map as it was left.</summary>
    /// <param name="parts">What it is besides its rows.</param>
    /// <param name="rows">Its rows, in order; they are read when somebody looks at them.</param>
    /// <param name="sequence">Place of its last event.</param>
    /// <param name="head">Hash of that.</param>
    public static MapState Restore(MapParts parts, StoredRows rows, long sequence, string head) => new(parts, RowList.Of(rows), RowPlaces.Of(rows.Keys), sequence, head);
}

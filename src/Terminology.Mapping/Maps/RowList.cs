using System.Collections;
using Terminology.Mapping.Rows;

namespace Terminology.Mapping.Maps;

/// <summary>
/// The rows of a map, in order, in pieces that later lists share: a change copies one piece, two lists are compared by the pieces that they do not share, and the rows of a state are
/// found without looking at the others. Rows that are stored elsewhere are read when somebody looks at them.
/// </summary>
/// <remarks>Immutable, thread-safe. Finding is O(1), changing O(1,000 + rows / 1,000).</remarks>
internal sealed class RowList : IReadOnlyList<RowEntry>
{
    private const int Length = 1024;
    private static readonly int States = Enum.GetValues<MapRowState>().Length;
    private readonly Piece[] _pieces;
    private readonly int[] _byState;

    private RowList(Piece[] pieces, int count, int[] byState) => (_pieces, Count, _byState) = (pieces, count, byState);

    public static RowList Empty { get; } = new([], 0, new int[States]);

    public int Count { get; }

    public RowEntry this[int index] => _pieces[index / Length].Entry(index % Length);

    public static RowList Of(IEnumerable<RowEntry> entries)
    {
        Piece[] pieces = [.. entries.Chunk(Length).Select(piece => new Piece(piece, [.. piece.Select(entry => (byte)entry.Row.State)], [.. piece.Select(entry => entry.Stamp)], null))];
        return Of(pieces);
    }

    /// <summary>Rows of which it is known where they are.</summary>
    public static RowList Of(StoredRows rows)
    {
        Piece[] pieces = [.. Enumerable.Range(0, (rows.Stamps.Length + Length - 1) / Length).Select(piece => (Start: piece * Length, End: Math.Min(rows.Stamps.Length, (piece + 1) * Length)))
            .Select(range => new Piece(new RowEntry[range.End - range.Start], rows.States[range.Start..range.End], rows.Stamps[range.Start..range.End], rows.Read))];
        return Of(pieces);
    }

    private static RowList Of(Piece[] pieces)
    {
        var byState = new int[States];
        foreach (var piece in pieces)
        {
            for (var state = 0; state < States; state++) byState[state] += piece.States.AsSpan().Count((byte)state);
        }
        return new(pieces, pieces.Sum(piece => piece.Count), byState);
    }

    /// <summary>How many rows are in a state.</summary>
    public int CountOf(MapRowState state) => _byState[(int)state];

    /// <summary>The stamp of a row, which costs no reading.</summary>
    public RowStamp StampOf(int index) => _pieces[index / Length].Stamps[index % Length];

    /// <summary>The states of all, in order.</summary>
    public byte[] StatesOfAll() => [.. _pieces.SelectMany(piece => piece.States)];

    /// <summary>The stamps of all, in order.</summary>
    public RowStamp[] StampsOfAll() => [.. _pieces.SelectMany(piece => piece.Stamps)];

    public RowList Add(RowEntry entry)
    {
        var pieces = _pieces is [.., { Count: < Length } last] ? [.. _pieces.AsSpan(0, _pieces.Length - 1), last.Add(entry)] : (Piece[])[.. _pieces, new([entry], [(byte)entry.Row.State], [entry.Stamp], null)];
        return new(pieces, Count + 1, Counted(null, entry.Row.State));
    }

    public RowList Set(int index, RowEntry entry)
    {
        var pieces = (Piece[])_pieces.Clone();
        ref var piece = ref pieces[index / Length];
        var before = (MapRowState)piece.States[index % Length];
        piece = piece.Set(index % Length, entry);
        return new(pieces, Count, Counted(before, entry.Row.State));
    }

    /// <summary>The rows from a place on; of one state, or all. Lazy.</summary>
    public IEnumerable<RowEntry> From(int start, MapRowState? state)
    {
        for (var index = Math.Max(0, start); index < Count; index++)
        {
            var piece = _pieces[index / Length];
            if (state is { } only)
            {
                var found = piece.States.AsSpan(index % Length).IndexOf((byte)only);
                index = found < 0 ? (((index / Length) + 1) * Length) - 1 : index + found;
                if (found < 0) continue;
            }
            yield return piece.EntryAndNext(index % Length, (byte?)state);
        }
    }

    /// <summary>The entries that another list does not have in the same place. Lazy; skips what both share.</summary>
    public IEnumerable<RowEntry> OtherThan(RowList other)
    {
        for (var i = 0; i < _pieces.Length; i++)
        {
            var (mine, others) = (_pieces[i], i < other._pieces.Length ? other._pieces[i] : null);
            if (ReferenceEquals(mine, others)) continue;
            for (var at = 0; at < mine.Count; at++)
            {
                if (others is null || at >= others.Count || mine.Stamps[at] != others.Stamps[at]) yield return mine.EntryAndNext(at, null);
            }
        }
    }

    public IEnumerator<RowEntry> GetEnumerator() => From(0, null).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private int[] Counted(MapRowState? left, MapRowState entered)
    {
        var counted = (int[])_byState.Clone();
        if (left is { } before) counted[(int)before]--;
        counted[(int)entered]++;
        return counted;
    }

    /// <summary>Entries, those of them that were read, and beside them what is known of all.</summary>
    private sealed class Piece(RowEntry?[] entries, byte[] states, RowStamp[] stamps, Func<IReadOnlyList<long>, IReadOnlyList<MapRow>>? read)
    {
        private const int AtOnce = 128;

        public byte[] States => states;

        public RowStamp[] Stamps => stamps;

        public int Count => stamps.Length;

        public RowEntry Entry(int at) => entries[at] ?? Load(at, at + 1, null);

        /// <summary>For whoever will ask for those behind it too, of one state or all.</summary>
        public RowEntry EntryAndNext(int at, byte? state) => entries[at] ?? Load(at, Math.Min(Count, at + AtOnce), state);

        public Piece Add(RowEntry entry) => new([.. entries, entry], [.. states, (byte)entry.Row.State], [.. stamps, entry.Stamp], read);

        public Piece Set(int at, RowEntry entry)
        {
            var (newEntries, newStates, newStamps) = ((RowEntry?[])entries.Clone(), (byte[])states.Clone(), (RowStamp[])stamps.Clone());
            (newEntries[at], newStates[at], newStamps[at]) = (entry, (byte)entry.Row.State, entry.Stamp);
            return new(newEntries, newStates, newStamps, read);
        }

        // Two who load the same at once make equal entries, and either may stay.
        private RowEntry Load(int first, int end, byte? state)
        {
            int[] missing = [.. Enumerable.Range(first, end - first).Where(at => entries[at] is null && (state is null || states[at] == state))];
            var rows = read!([.. missing.Select(at => stamps[at].Place)]);
            for (var i = 0; i < missing.Length; i++) entries[missing[i]] ??= new(rows[i], stamps[missing[i]]);
            return entries[first]!;
        }
    }
}

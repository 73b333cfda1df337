using System.Collections;
using Terminology.Mapping.Rows;

namespace Terminology.Mapping.Maps;

/// <summary>
/// The rows of a map, in order, in pieces that later lists share: a change copies one piece, two lists are compared by the pieces that they do not share, and the rows of a state are
/// found without looking at the others.
/// </summary>
/// <remarks>Immutable, thread-safe. Finding is O(1), changing O(1,000 + rows / 1,000).</remarks>
internal sealed class RowList : IReadOnlyList<RowEntry>
{
    private const int Length = 1024;
    private static readonly int States = Enum.GetValues<MapRowState>().Length;
    private readonly Piece[] _pieces;
    private readonly int[] _byState;

    private RowList(Piece[] pieces, int count, int[] byState) => (_pieces, Count, _byState) = (pieces, count, byState);

    /// <summary>Entries and, beside them, their states.</summary>
    private sealed record Piece(RowEntry[] Entries, byte[] States);

    public static RowList Empty { get; } = new([], 0, new int[States]);

    public int Count { get; }

    public RowEntry this[int index] => _pieces[index / Length].Entries[index % Length];

    public static RowList Of(IEnumerable<RowEntry> entries)
    {
        var (pieces, byState, count) = (new List<Piece>(), new int[States], 0);
        foreach (var piece in entries.Chunk(Length))
        {
            pieces.Add(new(piece, [.. piece.Select(entry => (byte)entry.Row.State)]));
            foreach (var entry in piece) byState[(int)entry.Row.State]++;
            count += piece.Length;
        }
        return new([.. pieces], count, byState);
    }

    /// <summary>How many rows are in a state.</summary>
    public int CountOf(MapRowState state) => _byState[(int)state];

    public RowList Add(RowEntry entry)
    {
        Piece[] pieces = _pieces is [.., var last] && last.Entries.Length < Length
            ? [.. _pieces.AsSpan(0, _pieces.Length - 1), new([.. last.Entries, entry], [.. last.States, (byte)entry.Row.State])]
            : [.. _pieces, new([entry], [(byte)entry.Row.State])];
        return new(pieces, Count + 1, Counted(null, entry.Row.State));
    }

    public RowList Set(int index, RowEntry entry)
    {
        var (old, at) = (_pieces[index / Length], index % Length);
        var (pieces, entries, states) = ((Piece[])_pieces.Clone(), (RowEntry[])old.Entries.Clone(), (byte[])old.States.Clone());
        var before = entries[at].Row.State;
        (entries[at], states[at]) = (entry, (byte)entry.Row.State);
        pieces[index / Length] = new(entries, states);
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
            yield return piece.Entries[index % Length];
        }
    }

    /// <summary>The entries that another list does not have in the same place. Lazy; skips what both share.</summary>
    public IEnumerable<RowEntry> OtherThan(RowList other)
    {
        for (var i = 0; i < _pieces.Length; i++)
        {
            var (mine, others) = (_pieces[i].Entries, i < other._pieces.Length ? other._pieces[i].Entries : []);
            if (ReferenceEquals(mine, others)) continue;
            for (var at = 0; at < mine.Length; at++)
            {
                if (at >= others.Length || !ReferenceEquals(mine[at], others[at])) yield return mine[at];
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
}

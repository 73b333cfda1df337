using Terminology.Mapping.Rows;

namespace Terminology.Mapping.Maps;

/// <summary>Which version of a row it is, and where that is kept. No two versions of the rows of a map have the same place.</summary>
/// <param name="Version">From 1; rises with each event of the row.</param>
/// <param name="Place">Of the event that made it, where events are kept.</param>
public readonly record struct RowStamp(int Version, long Place);

/// <summary>A row and its stamp.</summary>
/// <param name="Row">The row.</param>
/// <param name="Stamp">Which version of it this is.</param>
public sealed record RowEntry(MapRow Row, RowStamp Stamp)
{
    /// <summary>Rises with each event of the row, from 1.</summary>
    public int Version => Stamp.Version;
}

/// <summary>Rows that are stored elsewhere, as far as they are known without being read; all by their order in the map.</summary>
/// <param name="Keys">Their keys.</param>
/// <param name="States">Their states.</param>
/// <param name="Stamps">Their versions and places.</param>
/// <param name="Read">Reads rows by their places, in the order asked for; from any thread.</param>
public sealed record StoredRows(KeyTable Keys, byte[] States, RowStamp[] Stamps, Func<IReadOnlyList<long>, IReadOnlyList<MapRow>> Read);

using Parquet.Schema;
using Parquet.Serialization;
using Terminology.Mapping.Exchange;

namespace Terminology.Loaders.Maps;

/// <summary>Parquet: the same columns as <see cref="SqlMap"/>, all of them text that may be absent.</summary>
internal sealed class ParquetMap : MapFormat
{
    public override string Name => "parquet";

    public override string Title => "Parquet";

    public override bool Reads => false;

    public override bool Writes => true;

    public override IReadOnlySet<MapFeature> Keeps => RowTable.Keeps;

    public override IReadOnlyList<Loss> Write(MapTable map, Stream stream, MapFormatOptions options)
    {
        var schema = new ParquetSchema(RowTable.Columns.Select(column => new DataField<string>(column.Name)).ToArray<Field>());
        var rows = RowTable.Rows(map).Select(row => (IDictionary<string, object?>)RowTable.Columns.ToDictionary(column => column.Name, column => column.Of(row.Line, row.Target) is { Length: > 0 } text ? (object)text : null)).ToArray();
        using var buffer = new MemoryStream();
        // In memory everything is at hand: there is nothing to wait for.
        ParquetSerializer.SerializeUntypedAsync(rows!, schema, buffer).GetAwaiter().GetResult();
        stream.Write(buffer.ToArray());
        return [.. MapFeatures.Missing(map, this)];
    }
}

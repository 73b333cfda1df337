using Terminology.Mapping.Exchange;

namespace Terminology.Loaders.Maps;

/// <summary>
/// A map as a table that people fill in: long, one line for each target, or wide, one line for each source code with numbered target columns. Columns are found by name;
/// those not known are kept as context of the source code. Cells are safe in spreadsheets, see <see cref="FormulaGuard"/>.
/// </summary>
internal abstract class TableMap : MapFormat
{
    public override bool Writes => true;

    public override IReadOnlySet<MapFeature> Keeps => MapFeatures.OfRows;

    public override ReadMap Read(Stream stream, MapFormatOptions options)
    {
        var builder = new MapBuilder(options.File);
        return new TableReader(Open(stream, options, builder), options, builder).Read();
    }

    public override IReadOnlyList<Loss> Write(MapTable map, Stream stream, MapFormatOptions options)
    {
        var writer = new TableWriter(map, options.Wide);
        Save(writer.Rows().Select(row => row.Select(FormulaGuard.Write)), stream);
        return [.. MapFeatures.Missing(map, this), .. writer.Losses];
    }

    protected abstract Sheet Open(Stream stream, MapFormatOptions options, MapBuilder builder);

    protected abstract void Save(IEnumerable<IEnumerable<string>> rows, Stream stream);
}

namespace Terminology.Loaders.Maps;

/// <summary><see cref="TableMap"/> as text: RFC 4180 with commas, or with tabulators. Read with any separator and encoding, written as UTF-8 with a mark of byte order, by which spreadsheets know it.</summary>
internal sealed class CsvMap(char separator) : TableMap
{
    public override string Name => separator == ',' ? "csv" : "tsv";

    public override string Title => Name.ToUpperInvariant();

    internal override bool Recognises(MapFileStart start)
        => CsvText.SeparatorOf(start.FirstLine) == separator && start.HasColumns("sourceCode") && (start.HasColumns("targetCode") || start.HasColumns("targetCode 1") || start.HasColumns("noMap"));

    protected override Sheet Open(Stream stream, MapFormatOptions options, MapBuilder builder) => Sheet.OfText(stream, options, builder);

    protected override void Save(IEnumerable<IEnumerable<string>> rows, Stream stream)
    {
        using var writer = MapText.Writer(stream, mark: true);
        foreach (var row in rows) CsvText.Write(writer, row, separator);
    }
}

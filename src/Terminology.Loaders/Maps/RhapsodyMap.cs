using Terminology.Mapping.Exchange;

namespace Terminology.Loaders.Maps;

/// <summary>A lookup table of Rhapsody as CSV: code, target code, target display, target system, with a header line.</summary>
internal sealed class RhapsodyMap : MapFormat
{
    public override string Name => "rhapsody";

    public override string Title => "Rhapsody lookup table";

    public override bool Reads => false;

    public override bool Writes => true;

    public override IReadOnlySet<MapFeature> Keeps => EngineTable.Keeps;

    public override IReadOnlyList<Loss> Write(MapTable map, Stream stream, MapFormatOptions options)
    {
        var rows = EngineTable.Rows(map, out var losses);
        using var writer = MapText.Writer(stream);
        CsvText.Write(writer, ["SourceCode", "SourceDisplay", "TargetCode", "TargetDisplay", "TargetSystem"]);
        foreach (var (line, target) in rows) CsvText.Write(writer, [line.Code, line.Display ?? "", target.Code, target.Display ?? "", target.System]);
        return [.. losses, .. MapFeatures.Missing(map, this)];
    }
}

using Terminology.Mapping.Exchange;

namespace Terminology.Loaders.Maps;

/// <summary>A translation table of Cloverleaf (<c>.tbl</c>): a prologue, what is not in the table as nothing, then pairs of lines between lines of <c>#</c>.</summary>
internal sealed class CloverleafMap : MapFormat
{
    public override string Name => "cloverleaf";

    public override string Title => "Cloverleaf table";

    public override bool Reads => false;

    public override bool Writes => true;

    public override IReadOnlySet<MapFeature> Keeps { get; } = new HashSet<MapFeature>();

    public override IReadOnlyList<Loss> Write(MapTable map, Stream stream, MapFormatOptions options)
    {
        var rows = EngineTable.Rows(map, out var losses);
        using var writer = MapText.Writer(stream);
        writer.Write("prologue\n    outname:    output\n    inname:    input\n    bidir:    0\n    type:   tbl\n    version:    3.0\nend_prologue\n#\ndflt=\n");
        var unfit = 0;
        foreach (var (line, target) in rows)
        {
            // A line of its own is all that a code has; # begins another entry.
            if (Fits(line.Code) && Fits(target.Code)) writer.Write($"#\n{line.Code}\n{target.Code}\n");
            else unfit++;
        }
        return [.. losses, .. unfit == 0 ? [] : new[] { new Loss("rows", unfit, "A code with a line break in it, or that begins with #, cannot stand in the table.") }, .. MapFeatures.Missing(map, this)];
    }

    private static bool Fits(string code) => !code.StartsWith('#') && code.AsSpan().IndexOfAny('\r', '\n') < 0;
}

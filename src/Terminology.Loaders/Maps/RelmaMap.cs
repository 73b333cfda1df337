using Terminology.Mapping.Exchange;
using Terminology.Mapping.Rows;
using Terminology.Maps;

namespace Terminology.Loaders.Maps;

/// <summary>
/// A delimited file of local laboratory codes with the LOINC code that was chosen, as RELMA keeps it in its local master observation file. RELMA lets each site name its columns: those
/// that are common are known, others are named in the options as <c>code</c>, <c>description</c>, <c>loinc</c>; the rest is context.
/// </summary>
internal sealed class RelmaMap : MapFormat
{
    public override string Name => "relma";

    public override string Title => "RELMA";

    public override IReadOnlySet<MapFeature> Keeps { get; } = new HashSet<MapFeature>
    {
        MapFeature.SourceDisplay, MapFeature.Context, MapFeature.Undecided, MapFeature.SeveralTargets, MapFeature.TargetSystem, MapFeature.TargetDisplay,
    };

    internal override bool Recognises(MapFileStart start) => start.HasColumns("OBX3 Code", "LOINC") || start.HasColumns("Local Code", "Mapped LOINC") || start.HasColumns("Local Code", "LOINC Number");

    public override ReadMap Read(Stream stream, MapFormatOptions options)
    {
        var builder = new MapBuilder(options.File);
        var sheet = Sheet.OfText(stream, options, builder);
        var code = sheet.Needed("code", "Local Code", "OBX3 Code", "OBX Code", "Test Code");
        var loinc = sheet.Needed("loinc", "Mapped LOINC", "LOINC Number", "LOINC_NUM", "LOINC Code");
        var (description, name) = (sheet.Find("description", "Local Description", "OBX3 Name", "Test Name", "Test Description"), sheet.Find("loincName", "LOINC Name", "Long Common Name", "LOINC Long Name"));
        var used = new HashSet<int> { code, loinc, description, name };
        sheet.ReadInto(builder, row => new()
        {
            System = options.SourceSystem,
            Code = Sheet.Trimmed(row, code) ?? throw new CellFault("the local code is missing.", code),
            Display = Sheet.Trimmed(row, description),
            Context = sheet.Others(row, used),
            Content = Sheet.Trimmed(row, loinc) is not { } found ? RowContent.Empty : new()
            {
                Targets = [new() { System = options.TargetSystem ?? CodeSystemUri.Loinc.Value, Code = Checked(found, loinc, options), Display = Sheet.Trimmed(row, name), Relationship = MapRelationship.RelatedTo }],
            },
            Line = row.Line,
        });
        return builder.Done(new() { Lines = [] });
    }

    private static string Checked(string code, int column, MapFormatOptions options)
        => options.TargetSystem is not null || LoincNumber.HasRightCheckDigit(code) ? code : throw new CellFault($"'{code}' is no LOINC number: its check digit is wrong or missing.", column);
}

using Terminology.Mapping.Exchange;
using Terminology.Mapping.Rows;
using Terminology.Maps;

namespace Terminology.Loaders.Maps;

/// <summary>
/// LIVD, LOINC codes for vendor IVD tests, as CSV: what a manufacturer calls an analyte, and the LOINC code of its result. Everything beside the analyte is context; the code of
/// the order, where given, is the property <c>ordered-loinc</c>.
/// </summary>
/// <remarks><see href="https://ivdconnectivity.org/livd/">LIVD</see>. The names of the digital format and those of the CDC are known.</remarks>
internal sealed class LivdMap : MapFormat
{
    private const string Ordered = "ordered-loinc", OrderedName = "ordered-loinc-name", AnalyteCode = "Vendor Analyte Code", AnalyteName = "Vendor Analyte Name", Loinc = "Test Performed LOINC Code", LoincName = "Test Performed LOINC Long Name",
        OrderedCode = "Test Ordered LOINC Code", OrderedLong = "Test Ordered LOINC Long Name", LoincVersion = "LOINC Version ID";

    /// <summary>Columns that are written whether or not a map fills them, in the order of the CDC's file.</summary>
    private static readonly string[] Beside = ["Manufacturer", "Model", "Vendor Specimen Description", "Vendor Result Description", "Vendor Comment", "Vendor Reference ID", "Testkit Name ID", "Testkit Name ID Type", "Equipment UID", "Equipment UID Type", "Publication Version ID"];

    public override string Name => "livd";

    public override string Title => "LIVD";

    public override bool Writes => true;

    public override IReadOnlySet<MapFeature> Keeps { get; } = new HashSet<MapFeature>
    {
        MapFeature.SourceDisplay, MapFeature.Context, MapFeature.Undecided, MapFeature.SeveralTargets, MapFeature.TargetSystem, MapFeature.TargetVersion, MapFeature.TargetDisplay,
    };

    internal override bool Recognises(MapFileStart start) => start.HasColumns("Manufacturer", "Model", AnalyteName);

    public override ReadMap Read(Stream stream, MapFormatOptions options)
    {
        var builder = new MapBuilder(options.File);
        var sheet = Sheet.OfText(stream, options, builder);
        var (code, name, loinc, longName) = (sheet.Find(AnalyteCode), sheet.Needed(AnalyteName), sheet.Needed(Loinc, "LOINC Code"), sheet.Find(LoincName, "LOINC Long Name"));
        var (ordered, orderedName, version) = (sheet.Find(OrderedCode), sheet.Find(OrderedLong), sheet.Find(LoincVersion));
        var used = new HashSet<int> { code, name, loinc, longName, ordered, orderedName, version };
        sheet.ReadInto(builder, row => new()
        {
            System = options.SourceSystem,
            Code = Sheet.Trimmed(row, code) ?? Sheet.Trimmed(row, name) ?? throw new CellFault("the analyte has neither code nor name.", name),
            Display = Sheet.Trimmed(row, name),
            Context = sheet.Others(row, used),
            Content = Sheet.Trimmed(row, loinc) is not { } found ? RowContent.Empty : new()
            {
                Targets =
                [
                    new()
                    {
                        System = options.TargetSystem ?? CodeSystemUri.Loinc.Value, Version = Sheet.Trimmed(row, version), Code = found, Display = Sheet.Trimmed(row, longName), Relationship = MapRelationship.RelatedTo,
                        Properties = [.. new[] { (Ordered, ordered), (OrderedName, orderedName) }.Where(pair => Sheet.Trimmed(row, pair.Item2) is not null).Select(pair => new KeyValuePair<string, string>(pair.Item1, Sheet.Trimmed(row, pair.Item2)!))],
                    },
                ],
            },
            Line = row.Line,
        });
        return builder.Done(new() { Lines = [] });
    }

    public override IReadOnlyList<Loss> Write(MapTable map, Stream stream, MapFormatOptions options)
    {
        var taken = MapFeatures.Name(MapFeature.TargetProperties);
        var losses = MapFeatures.Missing(map, this).Where(loss => loss.What != taken).ToList();
        string[] columns = [.. Beside.Concat(map.Lines.SelectMany(line => line.Context.Select(pair => pair.Key))).Distinct()];
        var (elsewhere, properties, repeated) = (0, 0, 0);
        using var writer = MapText.Writer(stream);
        CsvText.Write(writer, [.. columns, AnalyteCode, AnalyteName, Loinc, LoincName, OrderedCode, OrderedLong, LoincVersion]);
        foreach (var line in map.Lines)
        {
            var loinc = line.Content.Targets.Where(target => target.System == CodeSystemUri.Loinc.Value).ToArray();
            elsewhere += line.Content.Targets.Count - loinc.Length;
            properties += loinc.Sum(target => target.Properties.Count(property => property.Key is not (Ordered or OrderedName)));
            repeated += line.Context.Count - line.Context.DistinctBy(pair => pair.Key).Count();
            if (loinc.Length == 0) Row(line, null);
            foreach (var target in loinc) Row(line, target);
        }
        if (elsewhere > 0) losses.Add(new("targets", elsewhere, "LIVD holds targets of LOINC only."));
        if (properties > 0) losses.Add(new(taken, properties, $"LIVD has a place for {Ordered} and {OrderedName} only."));
        if (repeated > 0) losses.Add(new("context", repeated, "A name can stand once beside a code; the first one counts."));
        return losses;

        void Row(MapLine line, RowTarget? target)
        {
            var beside = line.Context.DistinctBy(pair => pair.Key).ToDictionary(pair => pair.Key, pair => pair.Value);
            string Property(string name) => target?.Properties.FirstOrDefault(pair => pair.Key == name).Value ?? "";
            CsvText.Write(writer, [.. columns.Select(column => beside.GetValueOrDefault(column, "")), line.Code, line.Display ?? "", target?.Code ?? "", target?.Display ?? "", Property(Ordered), Property(OrderedName), target?.Version ?? ""]);
        }
    }
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Terminology.Issues;
using Terminology.Loaders.Rf2;
using Terminology.Mapping.Exchange;
using Terminology.Mapping.Rows;
using Terminology.Maps;

namespace Terminology.Loaders.Maps;

/// <summary>
/// Members of a map reference set of RF2 whose referenced components are the sources: a simple map, a complex map with group, priority, rule, advice and correlation, or an extended map, which has a category
/// as well.
/// Inactive members are not of the map. Written members keep their id where it is known; else it is made from what the member says, so that the same map has the same ids.
/// </summary>
/// <remarks>SNOMED CT <see href="https://confluence.ihtsdotools.org/display/DOCRELFMT/5.2.3.3+Complex+and+Extended+Map+from+SNOMED+CT+Reference+Sets">map reference sets</see>.</remarks>
internal sealed class Rf2MapRefset(Rf2MapKind kind) : MapFormat
{
    private const string Member = "member-id", Correlation = "correlation", Category = "map-category", RefsetId = "refset-id", ModuleId = "module-id", NotSpecified = "447561005", ProperlyClassified = "447637006";

    private static readonly string[] Common = ["id", "effectiveTime", "active", "moduleId", "refsetId", "referencedComponentId"];

    private static readonly string[] Complex = ["mapGroup", "mapPriority", "mapRule", "mapAdvice", "mapTarget", "correlationId"];

    private readonly bool _isSimple = kind == Rf2MapKind.Simple, _hasCategory = kind == Rf2MapKind.Extended;

    private readonly string[] _columns = [.. Common, .. kind switch { Rf2MapKind.Simple => ["mapTarget"], Rf2MapKind.Complex => Complex, _ => Complex.Append("mapCategoryId") }];

    private static readonly Dictionary<string, MapRelationship> Correlations = new(StringComparer.Ordinal)
    {
        ["447557004"] = MapRelationship.Equivalent, ["447558009"] = MapRelationship.SourceIsNarrowerThanTarget, ["447559001"] = MapRelationship.SourceIsBroaderThanTarget, ["447560006"] = MapRelationship.RelatedTo,
        [NotSpecified] = MapRelationship.RelatedTo, ["447556008"] = MapRelationship.NotRelatedTo,
    };

    public override string Name => $"rf2-{Word}-map";

    public override string Title => $"RF2 {Word} map";

    private string Word => kind.ToString().ToLowerInvariant();

    public override bool Writes => true;

    public override IReadOnlySet<MapFeature> Keeps => _isSimple ? SimpleKeeps : ComplexKeeps;

    private static readonly HashSet<MapFeature> SimpleKeeps = [MapFeature.SourceSystem, MapFeature.SeveralTargets, MapFeature.TargetSystem];

    private static readonly HashSet<MapFeature> ComplexKeeps = [.. SimpleKeeps, MapFeature.NoMap, MapFeature.NoMapText, MapFeature.Relationship, MapFeature.TargetComment, MapFeature.RuleGroup, MapFeature.Priority, MapFeature.Rule];

    internal override bool Recognises(MapFileStart start) => start.HasColumns("referencedComponentId", "mapTarget") && start.HasColumns("mapPriority") == !_isSimple && start.HasColumns("mapCategoryId") == _hasCategory;

    public override ReadMap Read(Stream stream, MapFormatOptions options)
    {
        var builder = new MapBuilder(options.File);
        // RF2 has no quoting.
        var lines = MapText.Read(stream, options, builder).Split('\n').Select((line, at) => new SheetRow(at + 1, line.TrimEnd('\r').Split('\t'))).Where(row => row.Cells.Length > 1 || row.Cells[0].Length > 0);
        var sheet = new Sheet(lines, options, builder);
        var at = _columns.ToDictionary(name => name, name => name is "correlationId" or "mapCategoryId" or "id" or "effectiveTime" or "moduleId" ? sheet.Find(name) : sheet.Needed(name));
        string? refset = null, module = null;
        sheet.ReadInto(builder, row =>
        {
            if (Sheet.Trimmed(row, at["active"]) != "1") throw new CellFault("the member is inactive: it is not of the map any more.", at["active"]);
            var id = Sheet.Trimmed(row, at["refsetId"]) ?? throw new CellFault("the refset is missing.", at["refsetId"]);
            refset ??= id;
            module ??= Sheet.Trimmed(row, at["moduleId"]);
            if (id != (options.RefsetId ?? refset)) throw new CellFault($"the member is of the refset {id}, not of {options.RefsetId ?? refset}; read one refset at a time and name which.", at["refsetId"]);
            var system = options.TargetSystem ?? SnomedEditions.MapTargets.GetValueOrDefault(id) ?? throw builder.Fault($"to which code system the refset {id} maps is not known; name the target system.", row.Line, at["refsetId"] + 1);
            return new()
            {
                System = options.SourceSystem ?? CodeSystemUri.Snomed.Value,
                Code = Sheet.Trimmed(row, at["referencedComponentId"]) ?? throw new CellFault("the referenced component is missing.", at["referencedComponentId"]),
                Content = Content(row, system),
                Line = row.Line,
            };
        });
        return builder.Done(new() { Properties = [.. new[] { (RefsetId, options.RefsetId ?? refset), (ModuleId, module) }.Where(pair => pair.Item2 is not null).Select(pair => new KeyValuePair<string, string>(pair.Item1, pair.Item2!))], Lines = [] });

        RowContent Content(SheetRow row, string system)
        {
            var code = Sheet.Trimmed(row, at["mapTarget"]);
            var id = at["id"] >= 0 && Sheet.Trimmed(row, at["id"]) is { } member ? new[] { new KeyValuePair<string, string>(Member, member) } : [];
            if (_isSimple) return code is null ? throw new CellFault("the target is missing.", at["mapTarget"]) : new() { Targets = [new() { System = system, Code = code, Relationship = MapRelationship.RelatedTo, Properties = id }] };
            var advice = row[at["mapAdvice"]];
            if (code is null) return new() { NoMap = new(null, advice) };
            if (!Sheet.TryInteger(Sheet.Trimmed(row, at["mapGroup"]), out var group)) throw new CellFault("the group must be a whole number.", at["mapGroup"]);
            if (!Sheet.TryInteger(Sheet.Trimmed(row, at["mapPriority"]), out var priority)) throw new CellFault("the priority must be a whole number.", at["mapPriority"]);
            var correlation = Sheet.Trimmed(row, at["correlationId"]);
            return new()
            {
                Targets =
                [
                    new()
                    {
                        System = system, Code = code, Relationship = Correlations.GetValueOrDefault(correlation ?? NotSpecified), RuleGroup = group, Priority = priority, Rule = row[at["mapRule"]], Comment = advice,
                        Properties =
                        [
                            .. id, .. new[] { (Correlation, correlation == NotSpecified ? null : correlation), (Category, _hasCategory && Sheet.Trimmed(row, at["mapCategoryId"]) is var category && category != ProperlyClassified ? category : null) }
                                .Where(pair => pair.Item2 is not null).Select(pair => new KeyValuePair<string, string>(pair.Item1, pair.Item2!)),
                        ],
                    },
                ],
            };
        }
    }

    public override IReadOnlyList<Loss> Write(MapTable map, Stream stream, MapFormatOptions options)
    {
        string? Property(string name) => map.Properties.FirstOrDefault(pair => pair.Key == name).Value;
        var refset = options.RefsetId ?? Property(RefsetId) ?? throw new TerminologyException(IssueType.Required, "MAP_REFSET_REQUIRED", "RF2 needs the id of the map refset; name it in the options.");
        var module = options.ModuleId ?? Property(ModuleId) ?? throw new TerminologyException(IssueType.Required, "MAP_MODULE_REQUIRED", "RF2 needs the id of the module; name it in the options.");
        var taken = new[] { MapFeatures.Name(MapFeature.TargetProperties), MapFeatures.Name(MapFeature.MapProperties) };
        var losses = MapFeatures.Missing(map, this).Where(loss => !taken.Contains(loss.What)).ToList();
        var (foreign, properties, systems) = (0, 0, map.Lines.SelectMany(line => line.Content.Targets).Select(target => target.System).Distinct().Count());
        using var writer = MapText.Writer(stream);
        Line(_columns);
        foreach (var line in map.Lines)
        {
            if (line.System is not null && line.System != CodeSystemUri.Snomed.Value && line.System != options.SourceSystem)
            {
                foreign++;
                continue;
            }
            if (!_isSimple && line.Content.NoMap is { } none) Line([.. Start(line, null), "1", "1", "TRUE", Clean(none.Text ?? "MAP SOURCE CONCEPT CANNOT BE CLASSIFIED WITH AVAILABLE DATA"), "", "447556008", .. _hasCategory ? ["447638001"] : Array.Empty<string>()]);
            foreach (var target in line.Content.Targets)
            {
                properties += target.Properties.Count(property => property.Key != Member && (property.Key != Correlation || _isSimple) && (property.Key != Category || !_hasCategory));
                if (_isSimple) Line([.. Start(line, target), Clean(target.Code)]);
                else Line([.. Start(line, target), Whole(target.RuleGroup), Whole(target.Priority), Clean(target.Rule ?? "TRUE"), Clean(target.Comment ?? $"ALWAYS {target.Code}"), Clean(target.Code), Of(target, Correlation) ?? CorrelationOf(target), .. _hasCategory ? [Of(target, Category) ?? ProperlyClassified] : Array.Empty<string>()]);
            }
        }
        if (foreign > 0) losses.Add(new("rows", foreign, "The referenced component of a member is of SNOMED CT; codes of other systems are left out."));
        if (properties > 0) losses.Add(new(taken[0], properties, $"{Title} has no place for it."));
        if (map.Properties.Count(pair => pair.Key is not (RefsetId or ModuleId)) is > 0 and var more) losses.Add(new(taken[1], more, $"{Title} has no place for it."));
        if (systems > 1) losses.Add(new("targetSystem", systems - 1, "A map refset maps to one code system."));
        return losses;

        void Line(IEnumerable<string> cells) => writer.Write(string.Join('\t', cells) + "\r\n");

        string[] Start(MapLine line, RowTarget? target) =>
        [
            (target is null ? null : Of(target, Member)) ?? IdOf($"{refset}|{line.Code}|{target?.Code}|{target?.RuleGroup}|{target?.Priority}"), options.EffectiveTime ?? "", "1", module, refset, Clean(line.Code),
        ];
    }

    private static string CorrelationOf(RowTarget target) => target.Relationship == MapRelationship.RelatedTo ? NotSpecified : Correlations.First(pair => pair.Value == target.Relationship).Key;

    private static string? Of(RowTarget target, string name) => target.Properties.FirstOrDefault(property => property.Key == name).Value;

    private static string Whole(int number) => Math.Max(1, number).ToString(CultureInfo.InvariantCulture);

    /// <summary>RF2 has no quoting: what separates fields and lines becomes a blank.</summary>
    private static string Clean(string text) => text.Replace('\t', ' ').Replace('\r', ' ').Replace('\n', ' ');

    /// <summary>An id made from a text, RFC 9562 version 8.</summary>
    private static string IdOf(string text)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString();
    }
}

/// <summary>How much a map reference set says.</summary>
internal enum Rf2MapKind
{
    /// <summary>Target alone.</summary>
    Simple,

    /// <summary>Group, priority, rule, advice, correlation.</summary>
    Complex,

    /// <summary>And category.</summary>
    Extended,
}

using Terminology.Fhir.Maps;
using Terminology.Mapping.Exchange;
using Terminology.Mapping.Rows;

namespace Terminology.Loaders.Maps;

/// <summary>A map as rows of cells, the first of which names the columns; columns that no row fills are left out.</summary>
internal sealed class TableWriter
{
    internal static readonly (string Name, Func<MapLine, string?> Of)[] SourceColumns =
    [
        ("sourceSystem", line => line.System), ("sourceVersion", line => line.SystemVersion), ("sourceCode", line => line.Code), ("sourceDisplay", line => line.Display),
    ];

    internal static readonly (string Name, Func<RowTarget, string?> Of)[] TargetColumns =
    [
        ("targetSystem", target => target.System), ("targetVersion", target => target.Version), ("targetCode", target => target.Code), ("targetDisplay", target => target.Display),
        ("relationship", target => Equivalence.R5(target.Relationship)), ("originalRelationship", target => target.OriginalRelationship), ("comment", target => target.Comment),
        ("dependsOn", target => PairsText.Write(target.DependsOn)), ("products", target => PairsText.Write(target.Products)),
        ("ruleGroup", target => MapText.Number(target.RuleGroup)), ("priority", target => MapText.Number(target.Priority)), ("rule", target => target.Rule),
        ("effectiveFrom", target => MapText.Day(target.EffectiveFrom)), ("effectiveTo", target => MapText.Day(target.EffectiveTo)),
        ("confidence", target => MapText.Number(target.Confidence)), ("justification", target => target.Justification), ("properties", target => PairsText.Write(target.Properties)),
    ];

    internal static readonly (string Name, Func<MapLine, string?> Of)[] RowColumns =
    [
        ("noMap", line => line.Content.NoMap is null ? null : "TRUE"), ("noMapReason", line => line.Content.NoMap?.Reason), ("noMapText", line => line.Content.NoMap?.Text),
        ("noMapRequest", line => line.Content.NoMap?.Request), ("state", line => line.State is { } state ? StateWords.Of(state) : null), ("author", line => line.Author),
        ("authoredAt", line => MapText.Moment(line.AuthoredAt)), ("reviewer", line => line.Reviewer), ("reviewedAt", line => MapText.Moment(line.ReviewedAt)), ("rowComment", line => line.Comment),
    ];

    /// <summary>Before the name of what stands beside a source code.</summary>
    internal const string Context = "context:";

    private readonly MapTable _map;
    private readonly bool _wide;
    private readonly List<(string Name, int Nth)> _context = [];

    public TableWriter(MapTable map, bool wide)
    {
        (_map, _wide) = (map, wide);
        var seen = new HashSet<(string, int)>();
        foreach (var entry in map.Lines.SelectMany(Numbered))
        {
            if (seen.Add(entry.Column)) _context.Add(entry.Column);
        }
    }

    /// <summary>What a table cannot say of this map beside the features it has no place for.</summary>
    public IEnumerable<Loss> Losses
    {
        get
        {
            var places = _context.Index().ToDictionary(pair => pair.Item, pair => pair.Index);
            var moved = _map.Lines.Count(line => Numbered(line).Select(entry => places[entry.Column]) is var order && !order.SequenceEqual(order.Order()));
            if (moved > 0) yield return new("context", moved, "Names stand in the order of the columns, which is one for all rows.");
            var empty = _map.Lines.Sum(line => line.Context.Count(pair => pair.Value.Length == 0));
            if (empty > 0) yield return new("context", empty, "An empty value is an empty cell, which says nothing.");
        }
    }

    public IEnumerable<IReadOnlyList<string>> Rows()
    {
        var source = SourceColumns.Where(column => column.Name == "sourceCode" || _map.Lines.Any(line => !string.IsNullOrEmpty(column.Of(line)))).ToArray();
        var rows = RowColumns.Where(column => _map.Lines.Any(line => !string.IsNullOrEmpty(column.Of(line)))).ToArray();
        var targets = TargetColumns.Where(column => column.Name is "targetCode" or "relationship" || _map.Lines.Any(line => line.Content.Targets.Any(target => !string.IsNullOrEmpty(column.Of(target))))).ToArray();
        var most = _wide ? Math.Max(1, _map.Lines.Select(line => line.Content.Targets.Count).DefaultIfEmpty().Max()) : 1;
        yield return
        [
            .. source.Select(column => column.Name), .. _context.Select(column => Context + column.Name),
            .. Enumerable.Range(1, most).SelectMany(number => targets.Select(column => _wide ? $"{column.Name} {number}" : column.Name)), .. rows.Select(column => column.Name),
        ];
        foreach (var line in _map.Lines)
        {
            if (_wide) yield return Row(line, line.Content.Targets);
            else if (line.Content.Targets.Count == 0) yield return Row(line, []);
            else foreach (var target in line.Content.Targets) yield return Row(line, [target]);
        }

        IReadOnlyList<string> Row(MapLine line, IReadOnlyList<RowTarget> shown)
        {
            var beside = Numbered(line).ToDictionary(entry => entry.Column, entry => entry.Value);
            return
            [
                .. source.Select(column => column.Of(line) ?? ""), .. _context.Select(column => beside.GetValueOrDefault(column, "")),
                .. Enumerable.Range(0, most).SelectMany(at => targets.Select(column => at < shown.Count ? column.Of(shown[at]) ?? "" : "")), .. rows.Select(column => column.Of(line) ?? ""),
            ];
        }
    }

    /// <summary>What stands beside a code, each name with how often it came before in this line.</summary>
    private static IEnumerable<((string Name, int Nth) Column, string Value)> Numbered(MapLine line)
        => line.Context.Select((pair, at) => ((pair.Key, line.Context.Take(at).Count(before => before.Key == pair.Key)), pair.Value));
}

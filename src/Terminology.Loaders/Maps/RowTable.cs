using Terminology.Fhir.Maps;
using Terminology.Mapping.Exchange;
using Terminology.Mapping.Rows;

namespace Terminology.Loaders.Maps;

/// <summary>A map as rows of a database: one for each target, one for each row without.</summary>
internal static class RowTable
{
    /// <summary>Columns by name, and what stands in them: null where a map says nothing.</summary>
    public static readonly (string Name, Func<MapLine, RowTarget?, string?> Of)[] Columns =
    [
        ("source_system", (line, _) => line.System), ("source_version", (line, _) => line.SystemVersion), ("source_code", (line, _) => line.Code), ("source_display", (line, _) => line.Display),
        ("source_context", (line, _) => PairsText.Write(line.Context)), ("target_system", (_, target) => target?.System), ("target_version", (_, target) => target?.Version), ("target_code", (_, target) => target?.Code),
        ("target_display", (_, target) => target?.Display), ("relationship", (_, target) => target is null ? null : Equivalence.R5(target.Relationship)), ("comment", (_, target) => target?.Comment),
        ("depends_on", (_, target) => target is null ? null : PairsText.Write(target.DependsOn)), ("rule_group", (_, target) => MapText.Number(target?.RuleGroup ?? 0)), ("priority", (_, target) => MapText.Number(target?.Priority ?? 0)),
        ("rule", (_, target) => target?.Rule), ("effective_from", (_, target) => MapText.Day(target?.EffectiveFrom)), ("effective_to", (_, target) => MapText.Day(target?.EffectiveTo)),
        ("no_map", (line, _) => line.Content.NoMap is null ? null : "true"), ("no_map_reason", (line, _) => line.Content.NoMap?.Reason), ("state", (line, _) => line.State is { } state ? StateWords.Of(state) : null),
    ];

    /// <summary>What these columns say.</summary>
    public static IReadOnlySet<MapFeature> Keeps { get; } = new HashSet<MapFeature>
    {
        MapFeature.SourceSystem, MapFeature.SourceVersion, MapFeature.SourceDisplay, MapFeature.Context, MapFeature.Undecided, MapFeature.NoMap, MapFeature.NoMapReason, MapFeature.SeveralTargets, MapFeature.TargetSystem,
        MapFeature.TargetVersion, MapFeature.TargetDisplay, MapFeature.Relationship, MapFeature.TargetComment, MapFeature.DependsOn, MapFeature.RuleGroup, MapFeature.Priority, MapFeature.Rule, MapFeature.EffectiveFrom,
        MapFeature.EffectiveTo, MapFeature.State,
    };

    /// <summary>The rows, in order of the map.</summary>
    public static IEnumerable<(MapLine Line, RowTarget? Target)> Rows(MapTable map)
        => map.Lines.SelectMany(line => line.Content.Targets.Count == 0 ? [(line, null)] : line.Content.Targets.Select(target => (line, (RowTarget?)target)));
}

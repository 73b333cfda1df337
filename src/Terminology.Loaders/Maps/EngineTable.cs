using Terminology.Mapping.Exchange;
using Terminology.Mapping.Rows;

namespace Terminology.Loaders.Maps;

/// <summary>
/// What a lookup table of an interface engine can hold of a map: one target for each source code, chosen without conditions. What has no single answer is left out and stated:
/// a table that answers a question it was not asked would do harm.
/// </summary>
internal static class EngineTable
{
    /// <summary>What such a table says.</summary>
    public static IReadOnlySet<MapFeature> Keeps { get; } = new HashSet<MapFeature> { MapFeature.SourceDisplay, MapFeature.TargetSystem, MapFeature.TargetDisplay };

    /// <summary>The rows that can be looked up by their code alone, in order.</summary>
    /// <param name="map">The whole map.</param>
    /// <param name="losses">Rows that are left out, with why.</param>
    public static IReadOnlyList<(MapLine Line, RowTarget Target)> Rows(MapTable map, out IReadOnlyList<Loss> losses)
    {
        var rows = new List<(MapLine, RowTarget)>();
        var lost = new Dictionary<string, int>();
        var times = map.Lines.CountBy(line => line.Code).ToDictionary(pair => pair.Key, pair => pair.Value);
        foreach (var line in map.Lines)
        {
            var why = Why(line);
            if (why is null) rows.Add((line, line.Content.Targets[0]));
            else lost[why] = lost.GetValueOrDefault(why) + 1;
        }
        losses = [.. lost.Select(pair => new Loss("rows", pair.Value, pair.Key))];
        return rows;

        string? Why(MapLine line)
        {
            if (line.Content.Targets.Count == 0) return "There is no target to look up.";
            if (line.Content.Targets.Count > 1) return "There are several targets, of which a table cannot choose.";
            if (times[line.Code] > 1) return "The code stands in several rows that differ in what stands beside it; ask the server instead.";
            var target = line.Content.Targets[0];
            if (target.DependsOn.Count > 0 || target.Rule is not (null or "TRUE" or "OTHERWISE TRUE")) return "The target holds under conditions only; ask the server instead.";
            if (target.EffectiveFrom is not null || target.EffectiveTo is not null) return "The target holds for some days only; ask the server instead.";
            return target.Relationship == Terminology.Maps.MapRelationship.NotRelatedTo ? "The target is stated not to be related." : null;
        }
    }
}

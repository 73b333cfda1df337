using Terminology.Mapping.Releases;
using Terminology.Mapping.Rows;
using Terminology.Maps;

namespace Terminology.Mapping.Impact;

/// <summary>A row as the impact of a release looks at it.</summary>
/// <param name="Key">Of the row.</param>
/// <param name="System">Code system of the source.</param>
/// <param name="Code">Source code.</param>
/// <param name="Display">Its display, or null.</param>
/// <param name="Targets">Each target once: what is said now, what is approved, and what is served.</param>
public sealed record ImpactSource(string Key, string System, string Code, string? Display, IReadOnlyList<RowTarget> Targets)
{
    /// <summary>Version of the source code system, or null.</summary>
    public string? Version { get; init; }

    /// <summary>Where the row stands, or null.</summary>
    public MapRowState? State { get; init; }

    /// <summary>Targets that are served now, as <c>(system, code)</c>.</summary>
    public IReadOnlySet<(string System, string Code)> Served { get; init; } = new HashSet<(string, string)>();

    /// <summary>Targets of earlier releases that are answered besides, each with its window.</summary>
    public IReadOnlyList<(RowTarget Target, DeprecationWindow Window)> Superseded { get; init; } = [];

    /// <summary>The systems that its targets may come from, as its map has them.</summary>
    public IReadOnlyList<string> TargetSystems { get; init; } = [];

    /// <summary>What stands beside the code; name to value.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Context { get; init; } = [];

    /// <summary>Has it no target that anybody has said, though it is in use?</summary>
    public bool IsWithoutTarget { get; init; }

    /// <summary>A row of a map that people work on. Answers of authors who do not see one another are not looked at before both are handed in.</summary>
    /// <param name="row">The row; of a retired one only what is served is looked at.</param>
    /// <param name="sourceSystem">Of its map.</param>
    /// <param name="released">What the release that answers says of it, or null.</param>
    public static ImpactSource Of(MapRow row, string sourceSystem, RowContent? released)
    {
        var (served, isRetired) = (released?.Targets ?? [], row.State == MapRowState.Retired);
        var said = isRetired ? [] : row.Content.Targets.Concat(row.Approved?.Content.Targets ?? []);
        RowTarget[] targets = [.. said.Concat(served).DistinctBy(target => (target.System, target.Code, target.Version))];
        return new(row.Key, isRetired && released is null ? "" : sourceSystem, row.Code, row.Display, targets)
        {
            State = row.State,
            Context = row.Context,
            IsWithoutTarget = targets.Length == 0 && !isRetired && row.Blind.Count == 0,
            Served = served.Select(target => (target.System, target.Code)).ToHashSet(),
        };
    }

    /// <summary>The rows of a map that is loaded or stored, whoever works on it.</summary>
    public static IEnumerable<ImpactSource> Of(IConceptMap map)
    {
        for (var group = 0; group < map.Info.Groups.Count; group++)
        {
            var (source, target) = (map.Info.Groups[group].Source, map.Info.Groups[group].Target);
            foreach (var element in map.Elements(group))
            {
                RowTarget[] targets = target is null ? [] : [.. element.Targets.Where(one => one.Code is not null).Select(one => new RowTarget { System = target.Url, Version = target.Version, Code = one.Code!, Display = one.Display, Relationship = one.Relationship })];
                yield return new(element.Code, source?.Url ?? "", element.Code, element.Display, targets) { Version = source?.Version, TargetSystems = target is null ? [] : [target.Url], IsWithoutTarget = targets.Length == 0, Served = targets.Select(one => (one.System, one.Code)).ToHashSet() };
            }
        }
    }
}

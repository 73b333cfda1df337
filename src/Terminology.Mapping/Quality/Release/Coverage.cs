using Terminology.Issues;
using Terminology.Mapping.Rows;

namespace Terminology.Mapping.Quality.Release;

/// <summary>MQ-603: less is decided than the map demands, or than the release that answers has, counted in rows and in use.</summary>
internal static class Coverage
{
    private const double Tolerance = 1e-9;

    public static QualityRule Rule { get; } = new("MQ-603", FindingSeverity.Error, "Coverage too low", RuleScope.Map, Find) { StopsSteps = false, AsksServer = true };

    private static IEnumerable<Said> Find(RuleCase at)
    {
        var due = at.Rows.Where(row => row.Row.State != MapRowState.Retired).ToArray();
        if (due.Length == 0) yield break;
        var former = at.Scene.Whole.Active?.Rows.Select(row => row.Key).ToHashSet(StringComparer.Ordinal);
        var floor = at.Scene.Map.Policy.LeastCoverage;
        foreach (var (what, weight) in new (string, Func<RowFacts, double>)[] { ("the rows", _ => 1), ("the use", row => row.Frequency ?? 0) })
        {
            var all = due.Sum(weight);
            if (all <= 0) continue;
            var now = 100 * due.Where(row => row.Row.Approved is not null).Sum(weight) / all;
            var before = former is null ? 0 : 100 * due.Where(row => former.Contains(row.Key)).Sum(weight) / all;
            if (floor > 0 && now < floor - Tolerance && what == "the rows") yield return new(QualityMessages.CoverageBelowFloor(what, now, floor)) { Rows = [] };
            if (now < before - Tolerance) yield return new(QualityMessages.CoverageBelowFormer(what, now, before)) { Rows = [] };
        }
    }
}

using Terminology.Issues;
using Terminology.Mapping.Rows;
using Terminology.Maps;

namespace Terminology.Mapping.Quality.Shape;

/// <summary>MQ-306: conditions of one code that hold together, or that leave out a value that the list has.</summary>
internal static class ConditionGaps
{
    private const int MostShown = 5;

    public static QualityRule Rule { get; } = new("MQ-306", FindingSeverity.Warning, "Conditions overlap or leave something out", RuleScope.Code, Find);

    private static IEnumerable<Said> Find(RuleCase at)
    {
        var targets = at.Rows.SelectMany(row => row.Content.Targets.Select(target => (Row: row, Target: target))).Where(pair => pair.Target.DependsOn.Count > 0).ToArray();
        if (targets.Length == 0) yield break;
        for (var i = 0; i < targets.Length; i++)
        {
            for (var j = i + 1; j < targets.Length; j++)
            {
                var (first, second) = (targets[i].Target, targets[j].Target);
                if (first.System != second.System || first.Code == second.Code || (first.Priority != second.Priority && first.Priority > 0 && second.Priority > 0) || first.RuleGroup != second.RuleGroup || !Hold(first, second)) continue;
                yield return new(QualityMessages.ConditionsOverlap(at.Key, first.Code, second.Code, Words(first.DependsOn.Concat(second.DependsOn)))) { Severity = FindingSeverity.Error, Rows = [.. new[] { targets[i].Row.Key, targets[j].Row.Key }.Distinct()] };
            }
        }
        foreach (var said in Gaps(at, targets)) yield return said;
    }

    /// <summary>Can both conditions hold at once? Not when they ask one property for different values.</summary>
    private static bool Hold(RowTarget first, RowTarget second)
        => !first.DependsOn.Any(one => second.DependsOn.Any(other => other.Property == one.Property && !string.Equals(other.Value, one.Value, StringComparison.OrdinalIgnoreCase)));

    /// <summary>Values that rows of the code have in the list and no condition names, where no target holds without condition.</summary>
    private static IEnumerable<Said> Gaps(RuleCase at, (RowFacts Row, RowTarget Target)[] targets)
    {
        if (at.Rows.Any(row => row.Content.Targets.Any(target => target.DependsOn.Count == 0))) yield break;
        foreach (var property in targets.SelectMany(pair => pair.Target.DependsOn).GroupBy(condition => condition.Property, StringComparer.Ordinal))
        {
            var named = property.Select(condition => condition.Value).ToHashSet(StringComparer.OrdinalIgnoreCase);
            string[] left = [.. at.Rows.Select(row => row.In(property.Key)).Where(value => value.Length > 0 && !named.Contains(value)).Distinct(StringComparer.OrdinalIgnoreCase)];
            if (left.Length > 0) yield return new(QualityMessages.ConditionsLeaveOut(at.Key, property.Key, string.Join(", ", left.Take(MostShown))));
        }
    }

    private static string Words(IEnumerable<MapDependency> conditions) => string.Join(", ", conditions.Select(condition => $"{condition.Property} = {condition.Value}").Distinct(StringComparer.Ordinal));
}

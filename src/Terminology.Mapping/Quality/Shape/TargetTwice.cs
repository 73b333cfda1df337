using Terminology.Issues;
using Terminology.Mapping.Rows;

namespace Terminology.Mapping.Quality.Shape;

/// <summary>MQ-309: a row names one target twice under the same conditions, be it with another relationship or priority.</summary>
internal static class TargetTwice
{
    public static QualityRule Rule { get; } = new("MQ-309", FindingSeverity.Error, "Target twice in one row", RuleScope.Row, Find);

    private static IEnumerable<Said> Find(RuleCase at)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (target, i) in at.Row.Content.Targets.Select((target, i) => (target, i)))
        {
            if (target.Code.Length > 0 && !seen.TryAdd(Place(target), i)) yield return new(QualityMessages.TargetTwice(at.Row.Quoted, target.Code, seen[Place(target)] + 1, i + 1), new($"content.targets[{i}]", target.Code, ""));
        }
    }

    private static string Place(RowTarget target)
        => $"{target.System}|{target.Code}|{target.RuleGroup}|{target.Rule}|{target.EffectiveFrom}|{string.Join('&', target.DependsOn.Select(condition => $"{condition.Property}={condition.System}#{condition.Value}").Order(StringComparer.Ordinal))}";
}

using Terminology.Issues;
using Terminology.Mapping.Rows;

namespace Terminology.Mapping.Quality.Shape;

/// <summary>MQ-307: rules of a map of SNOMED CT: groups without gaps, a last row that always holds, nothing after it, no rule twice, no advice without a rule.</summary>
/// <remarks>SNOMED CT <see href="https://docs.snomed.org/implementation-guides/icd-10-mapping-technical-guide">ICD-10 mapping technical guide</see>.</remarks>
internal static class MapRules
{
    public static QualityRule Rule { get; } = new("MQ-307", FindingSeverity.Error, "Map rules out of order", RuleScope.Row, Find);

    private static IEnumerable<Said> Find(RuleCase at)
    {
        var ruled = at.Row.Content.Targets.Where(target => !string.IsNullOrWhiteSpace(target.Rule)).ToArray();
        foreach (var target in at.Row.Content.Targets.Where(target => Advises(target.Comment) && (string.IsNullOrWhiteSpace(target.Rule) || AlwaysHolds(target.Rule!))))
        {
            yield return new(QualityMessages.AdviceWithoutRule(at.Row.Quoted, target.Code, target.Comment!));
        }
        if (ruled.Length == 0) yield break;
        int[] groups = [.. ruled.Select(target => target.RuleGroup).Distinct().Order()];
        if (!groups.SequenceEqual(Enumerable.Range(1, groups.Length)) && groups is not [0]) yield return new(QualityMessages.GroupsNotConsecutive(at.Row.Quoted, string.Join(", ", groups)));
        foreach (var group in ruled.GroupBy(target => target.RuleGroup))
        {
            foreach (var said in Of(at.Row, group.Key, [.. group.OrderBy(target => target.Priority)])) yield return said;
        }
    }

    private static IEnumerable<Said> Of(RowFacts row, int group, RowTarget[] rules)
    {
        var always = Array.FindIndex(rules, target => AlwaysHolds(target.Rule!));
        if (always >= 0 && always < rules.Length - 1) yield return new(QualityMessages.TrueNotLast(row.Quoted, group, rules[always].Code, rules.Length - 1 - always));
        if (always < 0) yield return new(QualityMessages.OtherwiseMissing(row.Quoted, group, rules[^1].Rule!));
        foreach (var twice in rules.Where(target => !AlwaysHolds(target.Rule!)).GroupBy(target => Plain(target.Rule!), StringComparer.Ordinal).Where(same => same.Count() > 1)) yield return new(QualityMessages.RuleTwice(row.Quoted, group, twice.Key));
    }

    private static bool AlwaysHolds(string rule) => Plain(rule) is "TRUE" or "OTHERWISE TRUE";

    private static bool Advises(string? advice) => advice is not null && advice.TrimStart().StartsWith("IF ", StringComparison.Ordinal);

    private static string Plain(string rule) => string.Join(' ', rule.ToUpperInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries));
}

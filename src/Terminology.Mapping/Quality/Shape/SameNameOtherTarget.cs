using Terminology.Issues;
using Terminology.Mapping.Lists;

namespace Terminology.Mapping.Quality.Shape;

/// <summary>MQ-311: rows of the same name, specimen, unit, value type and method whose targets are not the same.</summary>
internal static class SameNameOtherTarget
{
    private const int MostShown = 5;

    public static QualityRule Rule { get; } = new("MQ-311", FindingSeverity.Warning, "Same name, other target", RuleScope.Name, Find);

    private static IEnumerable<Said> Find(RuleCase at)
    {
        foreach (var group in at.Rows.GroupBy(Context, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            // Conditions say when which target holds; what they tell apart is not meant here.
            string[] targets = [.. group.Select(Answer).Distinct(StringComparer.Ordinal)];
            if (targets.Length < 2) continue;
            var named = group.Select(row => Named(at, row)).Distinct(StringComparer.Ordinal);
            // Where each target has a department of its own, that may be what tells them apart.
            var isTold = group.GroupBy(Answer, StringComparer.Ordinal).Select(rows => string.Join('|', rows.Select(RuleKeys.DepartmentOf).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))).ToArray() is var departments && departments.Distinct(StringComparer.Ordinal).Count() == departments.Length;
            yield return new(QualityMessages.SameNameOtherTarget(group.First().Name, group.Count(), string.Join("; ", named.Take(MostShown)))) { Rows = [.. group.Select(row => row.Key)], Severity = isTold ? FindingSeverity.Question : null };
        }
    }

    private static string Named(RuleCase at, RowFacts row)
        => row.Content.NoMap is not null ? "none" : string.Join(" and ", row.Content.Targets.Select(target => QualityMessages.Named(target.Code, at.Scene.Targets.Find(target.System, target.Code)?.Display ?? target.Display)));

    /// <summary>What tells rows of one name apart.</summary>
    internal static string Context(RowFacts row)
        => string.Join('|', row.Specimen is { } specimen ? SpecimenWords.Normal(specimen.Text) : "", row.Dimension, row.In("valueType").ToLowerInvariant(), row.In("method").ToLowerInvariant(), row.In("category").ToLowerInvariant());

    private static string Answer(RowFacts row) => row.Content.NoMap is not null ? "-" : string.Join('+', row.Content.Targets.Select(target => $"{target.System}|{target.Code}|{string.Join('&', target.DependsOn.Select(condition => condition.Value))}").Order(StringComparer.Ordinal));
}

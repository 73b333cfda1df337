using Terminology.Issues;

namespace Terminology.Mapping.Quality.Shape;

/// <summary>MQ-315: a target far more general than those of the neighbours of its row: fewer steps below the top than the usual spread allows.</summary>
internal static class OutlierDepth
{
    private const int Fewest = 20;
    private const double Spread = 1.5; // Tukey's fence

    public static QualityRule Rule { get; } = new("MQ-315", FindingSeverity.Question, "Target far more general than its neighbours'", RuleScope.Department, Find) { AsksReleases = true };

    private static IEnumerable<Said> Find(RuleCase at)
    {
        var deep = at.Rows.SelectMany(row => row.Content.Targets.Take(1).Select(target => (Row: row, Concept: at.Scene.Targets.Find(target.System, target.Code)))).Where(pair => pair.Concept?.Depth is not null).ToArray();
        foreach (var system in deep.GroupBy(pair => pair.Concept!.System, StringComparer.Ordinal).Where(group => group.Count() >= Fewest))
        {
            int[] depths = [.. system.Select(pair => pair.Concept!.Depth!.Value).Order()];
            var (low, middle, high) = (depths[depths.Length / 4], depths[depths.Length / 2], depths[depths.Length * 3 / 4]);
            foreach (var (row, concept) in system.Where(pair => pair.Concept!.Depth < low - Math.Max(1, Spread * (high - low))))
            {
                yield return new(QualityMessages.Outlier(row.Quoted, QualityMessages.Named(concept!.Code, concept.Display), concept.Depth!.Value, middle, at.Key)) { Rows = [row.Key] };
            }
        }
    }
}

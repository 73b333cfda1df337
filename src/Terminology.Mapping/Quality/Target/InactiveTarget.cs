using Terminology.Issues;

namespace Terminology.Mapping.Quality.Target;

/// <summary>MQ-102: the target is not to be used any more; what takes its place is proposed.</summary>
internal static class InactiveTarget
{
    private const int MostShown = 5;

    public static QualityRule Rule { get; } = new("MQ-102", FindingSeverity.Error, "Target inactive", RuleScope.Row, Find) { AsksReleases = true };

    private static IEnumerable<Said> Find(RuleCase at)
    {
        foreach (var (target, i) in at.Row.Content.Targets.Select((target, i) => (target, i)))
        {
            if (at.Scene.Targets.Find(target.System, target.Code) is not { Status: TargetStatus.Inactive } concept) continue;
            var instead = at.Scene.Targets.Replacements(target.System, target.Code);
            var text = string.Join("; ", instead.Take(MostShown).Select(one => QualityMessages.Replacement(one.How, one.Code, one.Display)));
            // Only what means the same can be taken without choosing.
            var fix = instead.Where(one => one.IsCertain).ToArray() is [var only] ? new FixIt($"content.targets[{i}].code", target.Code, only.Code) : null;
            yield return new(QualityMessages.InactiveTarget(at.Row.Quoted, target.Code, concept.Display, concept.StatusWord ?? "inactive", text), fix);
        }
    }
}

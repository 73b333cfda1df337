using Terminology.Issues;

namespace Terminology.Mapping.Quality.Target;

/// <summary>MQ-103: the target is valid, and better not used for data: discouraged, on trial, a header.</summary>
internal static class DiscouragedTarget
{
    public static QualityRule Rule { get; } = new("MQ-103", FindingSeverity.Warning, "Target discouraged, on trial or a header", RuleScope.Row, Find) { AsksReleases = true };

    private static IEnumerable<Said> Find(RuleCase at)
    {
        foreach (var target in at.Row.Content.Targets)
        {
            if (at.Scene.Targets.Find(target.System, target.Code) is not { Status: TargetStatus.Discouraged or TargetStatus.Header } concept) continue;
            yield return new(concept.Status == TargetStatus.Header
                ? QualityMessages.HeaderTarget(at.Row.Quoted, target.Code, concept.Display)
                : QualityMessages.DiscouragedTarget(at.Row.Quoted, target.Code, concept.Display, concept.StatusWord ?? "discouraged"));
        }
    }
}

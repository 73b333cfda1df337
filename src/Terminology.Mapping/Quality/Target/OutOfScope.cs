using Terminology.Issues;

namespace Terminology.Mapping.Quality.Target;

/// <summary>MQ-104: the target is not in the value set that the map goes to. What no release can say is not said; unknown codes are MQ-101's.</summary>
internal static class OutOfScope
{
    public static QualityRule Rule { get; } = new("MQ-104", FindingSeverity.Error, "Target outside the scope of the map", RuleScope.Row, Find) { AsksReleases = true };

    private static IEnumerable<Said> Find(RuleCase at)
    {
        if (at.Scene.Map.TargetScope is not { Length: > 0 } scope) yield break;
        foreach (var target in at.Row.Content.Targets.Where(target => target.Code.Length > 0 && at.Scene.Targets.Find(target.System, target.Code) is not null))
        {
            if (at.Scene.Targets.IsIn(scope, target.System, target.Code) == false) yield return new(QualityMessages.OutOfScope(at.Row.Quoted, target.Code, at.Scene.Targets.Find(target.System, target.Code)!.Display, scope));
        }
    }
}

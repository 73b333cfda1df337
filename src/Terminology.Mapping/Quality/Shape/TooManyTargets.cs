using Terminology.Issues;

namespace Terminology.Mapping.Quality.Shape;

/// <summary>MQ-304: more targets than the map allows. Steps are refused by the policy itself, so that this does not refuse them a second time.</summary>
internal static class TooManyTargets
{
    public static QualityRule Rule { get; } = new("MQ-304", FindingSeverity.Error, "More targets than the map allows", RuleScope.Row, Find) { StopsSteps = false };

    private static IEnumerable<Said> Find(RuleCase at)
    {
        var most = at.Scene.Map.Policy.MostTargets;
        if (most > 0 && at.Row.Content.Targets.Count > most) yield return new(QualityMessages.TooManyTargets(at.Row.Quoted, at.Row.Content.Targets.Count, most));
    }
}

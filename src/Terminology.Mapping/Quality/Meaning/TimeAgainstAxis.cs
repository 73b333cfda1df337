using Terminology.Issues;

namespace Terminology.Mapping.Quality.Meaning;

/// <summary>MQ-207: a day's collection against a point in time; words for what was given or done before that one side has alone.</summary>
internal static class TimeAgainstAxis
{
    public static QualityRule Rule { get; } = new("MQ-207", FindingSeverity.Warning, "Time or challenge does not fit", RuleScope.Row, Find) { AsksReleases = true };

    private static IEnumerable<Said> Find(RuleCase at)
    {
        foreach (var target in at.Row.Content.Targets)
        {
            if (at.Scene.Targets.Find(target.System, target.Code) is not { Axes: { } axes } concept) continue;
            var named = QualityMessages.Named(target.Code, concept.Display);
            var (said, meant) = (at.Row.IsOfDay, TimeWords.IsDay(axes.Time));
            if (said && axes.Time == "Pt") yield return new(QualityMessages.TimeAgainstAxis(at.Row.Quoted, "24 hours", named, axes.Time));
            if (!said && meant && at.Row.Words.Count > 0) yield return new(QualityMessages.TimeAgainstAxis(at.Row.Quoted, "nothing of 24 hours", named, axes.Time));
            var (source, challenge) = (TimeWords.Challenge(at.Row), TimeWords.ChallengeOf(axes.Component));
            if (source is not null && challenge is null) yield return new(QualityMessages.ChallengeIgnored(at.Row.Quoted, source, named));
            else if (source is null && challenge is "peak" or "trough") yield return new(QualityMessages.ChallengeUnsaid(at.Row.Quoted, challenge, named));
        }
    }
}

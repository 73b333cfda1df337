using Terminology.Issues;

namespace Terminology.Mapping.Quality.Governance;

/// <summary>MQ-402: nobody answers for the map, or it was to be looked through again before now.</summary>
internal static class StewardAndReview
{
    public static QualityRule Rule { get; } = new("MQ-402", FindingSeverity.Error, "Steward missing or review overdue", RuleScope.Map, Find) { StopsSteps = false };

    private static IEnumerable<Said> Find(RuleCase at)
    {
        var (map, whole) = (at.Scene.Map, at.Scene.Whole);
        if (whole.HasSteward == false) yield return new(QualityMessages.NoSteward(map.Steward, map.Domain)) { Rows = [] };
        if (map.Policy.ReviewBy is { } due && due < DateOnly.FromDateTime(whole.Now.UtcDateTime)) yield return new(QualityMessages.ReviewOverdue(due, whole.Now)) { Rows = [], Severity = FindingSeverity.Warning };
    }
}

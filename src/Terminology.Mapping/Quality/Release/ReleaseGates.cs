using Terminology.Issues;

namespace Terminology.Mapping.Quality.Release;

/// <summary>MQ-602 and MQ-604: red tests and the share of wrong rows, as whoever runs tests and samples found them.</summary>
internal static class ReleaseGates
{
    public static QualityRule Tests { get; } = new("MQ-602", FindingSeverity.Error, "Test of the map does not pass", RuleScope.Map, FindTests) { StopsSteps = false, AsksServer = true };

    public static QualityRule Errors { get; } = new("MQ-604", FindingSeverity.Error, "Too many rows may be wrong", RuleScope.Map, FindErrors) { StopsSteps = false, AsksServer = true };

    private static IEnumerable<Said> FindTests(RuleCase at) => at.Scene.Whole.RedTests.Select(test => new Said(QualityMessages.RedTest(test)) { Rows = [] });

    private static IEnumerable<Said> FindErrors(RuleCase at)
    {
        var most = at.Scene.Map.Policy.MostErrors;
        if (most > 0 && at.Scene.Whole.ErrorBound is { } bound && bound * 100 > most) yield return new(QualityMessages.TooManyErrors(bound, most)) { Rows = [] };
    }
}

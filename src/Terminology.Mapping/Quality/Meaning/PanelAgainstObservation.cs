using Terminology.Issues;

namespace Terminology.Mapping.Quality.Meaning;

/// <summary>MQ-206: a panel for a single result, or a single observation for what calls itself a panel.</summary>
internal static class PanelAgainstObservation
{
    public static QualityRule Rule { get; } = new("MQ-206", FindingSeverity.Error, "Panel for an observation or the reverse", RuleScope.Row, Find) { AsksReleases = true };

    private static readonly string[] PanelWords = ["panel", "paneel", "paket", "paketti", "profile", "profiel", "battery", "batterij"];

    private static IEnumerable<Said> Find(RuleCase at)
    {
        var word = Array.Find(PanelWords, word => at.Row.HasWord(word));
        var result = at.Row.UnitCode is not null ? $"unit {at.Row.Unit}" : SampleValues.Of(at.Row.In("samples")).Median is not null ? $"samples {at.Row.In("samples")}" : null;
        foreach (var target in at.Row.Content.Targets)
        {
            if (at.Scene.Targets.Find(target.System, target.Code) is not { Axes: { } axes } concept) continue;
            var named = QualityMessages.Named(target.Code, concept.Display);
            if (axes.IsPanel && result is not null) yield return new(QualityMessages.PanelForObservation(at.Row.Quoted, result, named));
            // What calls itself a panel and comes with a unit is one result of it.
            else if (!axes.IsPanel && word is not null && result is null) yield return new(QualityMessages.ObservationForPanel(at.Row.Quoted, word, named)) { Severity = FindingSeverity.Warning };
        }
    }
}

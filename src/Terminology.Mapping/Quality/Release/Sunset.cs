using Terminology.Issues;
using Terminology.Mapping.Releases;
using Terminology.Mapping.Rows;

namespace Terminology.Mapping.Quality.Release;

/// <summary>MQ-605: a row of the release that answers is gone, or withdrawn from its list, and neither a last day of its target nor a window of the release says what becomes of it.</summary>
internal static class Sunset
{
    public static QualityRule Rule { get; } = new("MQ-605", FindingSeverity.Error, "Removed row without a last day or window", RuleScope.Map, Find) { StopsSteps = false, AsksServer = true };

    private static IEnumerable<Said> Find(RuleCase at)
    {
        if (at.Scene.Whole.Active is not { } active) yield break;
        var rows = at.Rows.ToDictionary(row => row.Key, StringComparer.Ordinal);
        var windows = at.Scene.Whole.Windows ?? ReleaseWindows.None;
        foreach (var released in active.Rows.Where(row => !windows.IsSaid(row.Key) && row.Approved.Content.Targets.Any(target => target.EffectiveTo is null)))
        {
            var targets = string.Join(", ", released.Approved.Content.Targets.Where(target => target.EffectiveTo is null).Select(target => target.Code));
            if (!rows.TryGetValue(released.Key, out var row) || row.Row.Approved is null) yield return new(QualityMessages.RemovedWithoutSunset(Named(released), targets)) { Rows = [released.Key] };
            else if (row.Row.State == MapRowState.Retired) yield return new(QualityMessages.WithdrawnWithoutSunset(Named(released), targets)) { Rows = [released.Key], Severity = FindingSeverity.Warning };
        }
    }

    private static string Named(ReleasedRow row) => $"'{row.Display ?? row.Code}'";
}

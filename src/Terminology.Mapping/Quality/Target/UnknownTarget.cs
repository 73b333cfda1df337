using Terminology.Issues;

namespace Terminology.Mapping.Quality.Target;

/// <summary>MQ-101: the target is not in the release. Where no release of its system is loaded, that is said once, for the map.</summary>
internal static class UnknownTarget
{
    public static QualityRule Rule { get; } = new("MQ-101", FindingSeverity.Error, "Target unknown in the release", RuleScope.Row, Find) { AsksReleases = true };

    public static QualityRule Unloaded { get; } = new("MQ-101", FindingSeverity.Warning, "No release of the target system", RuleScope.Map, FindUnloaded) { AsksReleases = true };

    private static IEnumerable<Said> Find(RuleCase at)
    {
        foreach (var (target, i) in at.Row.Content.Targets.Select((target, i) => (target, i)))
        {
            if (target.Code.Length == 0 || at.Scene.Targets.VersionOf(target.System) is not { } version || at.Scene.Targets.Find(target.System, target.Code) is not null) continue;
            var elsewhere = WrongSystem.Siblings(target.System).FirstOrDefault(system => at.Scene.Targets.Find(system, target.Code) is not null);
            if (elsewhere is not null) continue; // that is MQ-107's to say
            var trimmed = target.Code.Trim();
            var fix = trimmed != target.Code && at.Scene.Targets.Find(target.System, trimmed) is not null ? new FixIt($"content.targets[{i}].code", target.Code, trimmed) : null;
            yield return new(QualityMessages.UnknownTarget(at.Row.Quoted, target.Code, target.System, version), fix);
        }
    }

    private static IEnumerable<Said> FindUnloaded(RuleCase at)
        => at.Rows.Where(row => row.IsDecided).SelectMany(row => row.Content.Targets, (row, target) => (row.Key, target.System)).GroupBy(pair => pair.System, StringComparer.Ordinal)
            .Where(group => at.Scene.Targets.VersionOf(group.Key) is null).Select(group => new Said(QualityMessages.NoRelease(group.Key, group.Select(pair => pair.Key).Distinct().Count())) { Rows = [] });
}

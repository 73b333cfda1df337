using System.Globalization;
using Terminology.Issues;

namespace Terminology.Mapping.Quality.Release;

/// <summary>MQ-606: rows were mapped to an older release than the one that is loaded, or an older one is loaded than the one in force.</summary>
internal static class OldRelease
{
    private const string Icd10Cm = "http://hl7.org/fhir/sid/icd-10-cm";

    public static QualityRule Rule { get; } = new("MQ-606", FindingSeverity.Warning, "Older release than the one in force", RuleScope.Map, Find) { StopsSteps = false, AsksReleases = true };

    private static IEnumerable<Said> Find(RuleCase at)
    {
        var pinned = at.Rows.Where(row => row.IsDecided).SelectMany(row => row.Content.Targets, (row, target) => (row.Key, target.System, target.Version)).Where(one => one.Version is { Length: > 0 }).GroupBy(one => (one.System, one.Version));
        foreach (var group in pinned.OrderBy(group => group.Key.System, StringComparer.Ordinal).ThenBy(group => group.Key.Version, StringComparer.Ordinal))
        {
            if (at.Scene.Targets.VersionOf(group.Key.System) is not { Length: > 0 } live || !IsOlder(group.Key.Version!, live)) continue;
            string[] keys = [.. group.Select(one => one.Key).Distinct(StringComparer.Ordinal)];
            yield return new(QualityMessages.OlderThanLoaded(group.Key.System, keys.Length, group.Key.Version!, live)) { Rows = keys };
        }
        foreach (var system in at.Scene.Map.TargetSystems.Where(system => system == Icd10Cm))
        {
            if (at.Scene.Targets.VersionOf(system) is { Length: >= 4 } live && YearOf(live) is { } year && year < FiscalYear(at.Scene.Whole.Now)) yield return new(QualityMessages.OlderThanInForce(system, live, FiscalYear(at.Scene.Whole.Now).ToString(CultureInfo.InvariantCulture))) { Rows = [] };
        }
    }

    /// <summary>ICD-10-CM is in force from 1 October before its year; what comes in April has the same year.</summary>
    private static int FiscalYear(DateTimeOffset now) => now.Month >= 10 ? now.Year + 1 : now.Year;

    private static int? YearOf(string version) => int.TryParse(version.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var year) ? year : null;

    /// <summary>Number by number; other texts are not compared. Editions of SNOMED CT are compared by their dates.</summary>
    internal static bool IsOlder(string version, string than)
    {
        string[] first = version.Split('/', '.', '-'), second = than.Split('/', '.', '-');
        if (version.Contains('/', StringComparison.Ordinal) || than.Contains('/', StringComparison.Ordinal)) return first.Length == second.Length && first.AsSpan(0, first.Length - 1).SequenceEqual(second.AsSpan(0, second.Length - 1)) && string.CompareOrdinal(first[^1], second[^1]) < 0;
        for (var i = 0; i < Math.Min(first.Length, second.Length); i++)
        {
            if (!long.TryParse(first[i], NumberStyles.None, CultureInfo.InvariantCulture, out var one) || !long.TryParse(second[i], NumberStyles.None, CultureInfo.InvariantCulture, out var other)) return false;
            if (one != other) return one < other;
        }
        return false;
    }
}

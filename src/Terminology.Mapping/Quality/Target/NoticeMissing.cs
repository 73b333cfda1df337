using Terminology.Issues;

namespace Terminology.Mapping.Quality.Target;

/// <summary>MQ-106: what is exported needs a notice that the map does not carry.</summary>
internal static class NoticeMissing
{
    private const int Compared = 40;

    public static QualityRule OfRow { get; } = new("MQ-106", FindingSeverity.Information, "Notice of a third party needed", RuleScope.Row, FindOfRow) { AsksReleases = true };

    public static QualityRule OfMap { get; } = new("MQ-106", FindingSeverity.Information, "Licence notice needed", RuleScope.Map, FindOfMap);

    /// <summary>Code systems that may be used under a licence alone, and its holder.</summary>
    private static readonly Dictionary<string, string> Licensed = new(StringComparer.Ordinal)
    {
        ["http://snomed.info/sct"] = "SNOMED International", ["http://loinc.org"] = "Regenstrief Institute", ["http://hl7.org/fhir/sid/icd-10"] = "the World Health Organization", ["http://www.ama-assn.org/go/cpt"] = "the American Medical Association",
    };

    private static IEnumerable<Said> FindOfRow(RuleCase at)
    {
        foreach (var target in at.Row.Content.Targets)
        {
            if (at.Scene.Targets.Find(target.System, target.Code) is not { Notice: { Length: > 0 } notice }) continue;
            if (at.Scene.Map.Copyright?.Contains(notice[..Math.Min(notice.Length, Compared)], StringComparison.OrdinalIgnoreCase) != true) yield return new(QualityMessages.NoticeOfOthers(at.Row.Quoted, target.Code, notice));
        }
    }

    private static IEnumerable<Said> FindOfMap(RuleCase at)
    {
        if (!string.IsNullOrWhiteSpace(at.Scene.Map.Copyright)) yield break;
        foreach (var system in at.Rows.Where(row => row.IsDecided).SelectMany(row => row.Content.Targets).Select(target => target.System).Distinct(StringComparer.Ordinal).Where(Licensed.ContainsKey))
        {
            yield return new(QualityMessages.LicenceNotice(system, Licensed[system])) { Rows = [] };
        }
    }
}

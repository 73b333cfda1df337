using Terminology.Issues;

namespace Terminology.Mapping.Quality.Target;

/// <summary>MQ-107: the code is one of a neighbouring classification, or of another edition than the row says.</summary>
internal static class WrongSystem
{
    public static QualityRule Rule { get; } = new("MQ-107", FindingSeverity.Warning, "Code of another classification or edition", RuleScope.Row, Find) { AsksReleases = true };

    /// <summary>Classifications whose codes look alike and are taken for one another.</summary>
    private static readonly string[][] Families =
    [
        ["http://hl7.org/fhir/sid/icd-10", "http://hl7.org/fhir/sid/icd-10-cm", "http://fhir.de/CodeSystem/bfarm/icd-10-gm", "http://hl7.org/fhir/sid/icd-10-de"],
        ["http://hl7.org/fhir/sid/icd-9-cm", "http://hl7.org/fhir/sid/icd-9"],
    ];

    private const string Snomed = "http://snomed.info/sct";

    /// <summary>The other systems of the family of a system.</summary>
    public static IEnumerable<string> Siblings(string system) => Families.Where(family => family.Contains(system)).SelectMany(family => family).Where(other => other != system);

    private static IEnumerable<Said> Find(RuleCase at)
    {
        foreach (var (target, i) in at.Row.Content.Targets.Select((target, i) => (target, i)))
        {
            if (target.Code.Length > 0 && at.Scene.Targets.VersionOf(target.System) is not null && at.Scene.Targets.Find(target.System, target.Code) is null
                && Siblings(target.System).FirstOrDefault(system => at.Scene.Targets.Find(system, target.Code) is not null) is { } other)
            {
                yield return new(QualityMessages.OtherClassification(at.Row.Quoted, target.Code, target.System, other), new($"content.targets[{i}].system", target.System, other));
            }
            if (target.System == Snomed && Edition(target.Version) is { } said && Edition(at.Scene.Targets.VersionOf(Snomed)) is { } live && said != live)
            {
                yield return new(QualityMessages.OtherEdition(at.Row.Quoted, target.Code, said, live));
            }
        }
    }

    /// <summary>The module in a SNOMED CT version (<c>http://snomed.info/sct/MODULE/version/DATE</c>); null when there is none.</summary>
    private static string? Edition(string? version) => version is not null && version.StartsWith(Snomed + "/", StringComparison.Ordinal) ? version[(Snomed.Length + 1)..].Split('/')[0] : null;
}

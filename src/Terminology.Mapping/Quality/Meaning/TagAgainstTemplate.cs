using Terminology.Issues;

namespace Terminology.Mapping.Quality.Meaning;

/// <summary>MQ-201: a diagnosis that maps to a procedure, a drug that maps to a finding: the kind of concept is not the one that such rows have.</summary>
internal static class TagAgainstTemplate
{
    public static QualityRule Rule { get; } = new("MQ-201", FindingSeverity.Warning, "Kind of concept does not fit the row", RuleScope.Row, Find) { AsksReleases = true };

    private static IEnumerable<Said> Find(RuleCase at)
    {
        if (SemanticTemplates.For(at.Row, at.Scene.Map.Domain) is not { } template) yield break;
        foreach (var target in at.Row.Content.Targets)
        {
            if (at.Scene.Targets.Find(target.System, target.Code) is not { SemanticTag: { } tag } concept || template.Tags.Contains(tag)) continue;
            yield return new(QualityMessages.TagAgainstTemplate(at.Row.Quoted, template.Name, QualityMessages.Named(target.Code, concept.Display), tag, string.Join(", ", template.Tags)));
        }
    }
}

using Terminology.Issues;

namespace Terminology.Mapping.Quality.Meaning;

/// <summary>MQ-201: a diagnosis that maps to a procedure, a drug that maps to a finding: the kind of concept is not the one that such rows have.</summary>
internal static class TagAgainstTemplate
{
    public static QualityRule Rule { get; } = new("MQ-201", FindingSeverity.Warning, "Kind of concept does not fit the row", RuleScope.Row, Find) { AsksReleases = true };

    private static IEnumerable<Said> Find(RuleCase at)
    {
        if (SemanticTemplates.For(at.Row, at.Scene.Map.Domain) is not { } template) yield break;
        var concepts = at.Row.Content.Targets.Select(target => at.Scene.Targets.Find(target.System, target.Code)).Where(concept => concept?.SemanticTag is not null).ToArray();
        // A row that is put together of several concepts has one of the kind, and others that say more.
        if (Array.Exists(concepts, concept => template.Tags.Contains(concept!.SemanticTag))) yield break;
        foreach (var concept in concepts)
        {
            yield return new(QualityMessages.TagAgainstTemplate(at.Row.Quoted, template.Name, QualityMessages.Named(concept!.Code, concept.Display), concept.SemanticTag!, string.Join(", ", template.Tags)));
        }
    }
}

using Terminology.Issues;

namespace Terminology.Mapping.Quality.Meaning;

/// <summary>MQ-210: negation, history, suspicion, family, side, severity, course or age is said on one side only, or otherwise on the other. All targets of a row count together.</summary>
internal static class QualifierOnOneSide
{
    public static QualityRule Rule { get; } = new("MQ-210", FindingSeverity.Warning, "Qualifier on one side only", RuleScope.Row, Find) { AsksReleases = true };

    private static IEnumerable<Said> Find(RuleCase at)
    {
        // Terms of LOINC say such things in their axes, units in none.
        var concepts = at.Row.Content.Targets.Select(target => at.Scene.Targets.Find(target.System, target.Code)).OfType<TargetConcept>().ToArray();
        if (concepts.Length == 0 || at.Row.Words.Count == 0 || Array.Exists(concepts, concept => concept.Axes is not null)) yield break;
        var source = at.Row.Qualifiers;
        var said = concepts.SelectMany(concept => concept.Words).SelectMany(QualifierWords.Of).ToArray();
        var named = string.Join(" and ", concepts.Select(concept => QualityMessages.Named(concept.Code, concept.Display)));
        foreach (var (group, meaning, word) in source.Where(one => !Array.Exists(said, other => other.Group == one.Group && other.Meaning == one.Meaning)))
        {
            yield return new(Array.Find(said, other => other.Group == group) is { Word: not null } other ? QualityMessages.OtherQualifier(at.Row.Quoted, word, named, other.Word) : QualityMessages.QualifierOfSource(at.Row.Quoted, word, named));
        }
        foreach (var concept in concepts)
        {
            foreach (var (group, _, word) in QualifierWords.Of(concept.ShownWords).Where(one => source.All(other => other.Group != one.Group))) yield return new(QualityMessages.QualifierOfTarget(at.Row.Quoted, word, QualityMessages.Named(concept.Code, concept.Display)));
        }
    }
}

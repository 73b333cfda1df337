using Terminology.Issues;
using Terminology.Search;

namespace Terminology.Mapping.Quality.Meaning;

/// <summary>MQ-210: negation, history, suspicion, family, side, severity, course or age is said on one side only, or otherwise on the other.</summary>
internal static class QualifierOnOneSide
{
    public static QualityRule Rule { get; } = new("MQ-210", FindingSeverity.Warning, "Qualifier on one side only", RuleScope.Row, Find) { AsksReleases = true };

    private static IEnumerable<Said> Find(RuleCase at)
    {
        foreach (var target in at.Row.Content.Targets)
        {
            // Terms of LOINC say such things in their axes, units in none.
            if (at.Scene.Targets.Find(target.System, target.Code) is not { Axes: null } concept || at.Row.Words.Count == 0) continue;
            var named = QualityMessages.Named(target.Code, concept.Display);
            var source = QualifierWords.Of(at.Row.Words).ToArray();
            var said = concept.Names.Append(concept.Display).SelectMany(name => QualifierWords.Of(TermFolding.Words(name))).ToArray();
            var shown = QualifierWords.Of(TermFolding.Words(concept.Display)).ToArray();
            foreach (var (group, meaning, word) in source.Where(one => !Array.Exists(said, other => other.Group == one.Group && other.Meaning == one.Meaning)))
            {
                yield return new(Array.Find(said, other => other.Group == group) is { Word: not null } other ? QualityMessages.OtherQualifier(at.Row.Quoted, word, named, other.Word) : QualityMessages.QualifierOfSource(at.Row.Quoted, word, named));
            }
            foreach (var (group, _, word) in shown.Where(one => !Array.Exists(source, other => other.Group == one.Group))) yield return new(QualityMessages.QualifierOfTarget(at.Row.Quoted, word, named));
        }
    }
}

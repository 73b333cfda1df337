using Terminology.Issues;
using Terminology.Maps;
using Terminology.Search;

namespace Terminology.Mapping.Quality.Meaning;

/// <summary>MQ-213: one side leaves open which (other, unspecified, NEC, NOS), and the other does not, while they are said to be equivalent.</summary>
internal static class OpenOnOneSide
{
    public static QualityRule Rule { get; } = new("MQ-213", FindingSeverity.Question, "'Other' or 'unspecified' on one side only", RuleScope.Row, Find) { AsksReleases = true };

    private static IEnumerable<Said> Find(RuleCase at)
    {
        if (at.Row.Words.Count == 0) yield break;
        foreach (var (target, i) in at.Row.Content.Targets.Select((target, i) => (target, i)).Where(pair => pair.target.Relationship == MapRelationship.Equivalent))
        {
            if (at.Scene.Targets.Find(target.System, target.Code) is not { } concept) continue;
            var named = QualityMessages.Named(target.Code, concept.Display);
            var (source, shown) = (OpenWords.In(at.Row.Words), OpenWords.In(TermFolding.Words(concept.Display)));
            var fix = new FixIt($"content.targets[{i}].relationship", "equivalent", "source-is-broader-than-target");
            if (source is not null && shown is null && concept.Names.All(name => OpenWords.In(TermFolding.Words(name)) is null)) yield return new(QualityMessages.OpenSource(at.Row.Quoted, source, named), fix);
            else if (source is null && shown is not null) yield return new(QualityMessages.OpenTarget(at.Row.Quoted, shown, named), fix);
        }
    }
}

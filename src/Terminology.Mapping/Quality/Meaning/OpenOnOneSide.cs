using Terminology.Issues;
using Terminology.Maps;

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
            if (at.Scene.Targets.Find(target.System, target.Code) is not { } concept || concept is { System: "http://loinc.org", Axes: null }) continue;
            var named = QualityMessages.Named(target.Code, concept.Display);
            // Of terms of LOINC the component alone says what is measured; what stands in parentheses of names for them says where.
            var (source, shown) = concept.Axes is { } axes ? (OpenWords.In(WithoutParentheses(at.Row.Name)), axes.Component.Contains(" other", StringComparison.Ordinal) ? "other" : OpenWords.In(axes.Component)) : (OpenWords.In(at.Row.Name), OpenWords.In(concept.Display));
            if (source is not null && shown is null && concept.Names.All(name => OpenWords.In(name) is null))
            {
                yield return new(QualityMessages.OpenSource(at.Row.Quoted, source, named));
                yield break; // once for a row, however many targets it is put together of
            }
            if (source is null && shown is not null) yield return new(QualityMessages.OpenTarget(at.Row.Quoted, shown, named), new($"content.targets[{i}].relationship", "equivalent", "source-is-broader-than-target"));
        }
    }

    private static string WithoutParentheses(string name)
    {
        var (open, close) = (name.LastIndexOf('('), name.LastIndexOf(')'));
        return open >= 0 && close > open ? name[..open] + name[(close + 1)..] : name;
    }
}

using Terminology.Issues;
using Terminology.Maps;

namespace Terminology.Mapping.Quality.Shape;

/// <summary>MQ-310: differently named codes are said to mean the same as one target, and so as one another. Synonyms do; the question is one key.</summary>
internal static class SameTargetClaimed
{
    private const int MostShown = 4, MostCompared = 50;

    public static QualityRule Rule { get; } = new("MQ-310", FindingSeverity.Question, "Differently named codes equivalent to one target", RuleScope.Target, Find);

    private static IEnumerable<Said> Find(RuleCase at)
    {
        var claiming = at.Rows.Select(row => (Row: row, Target: row.Content.Targets.First(target => $"{target.System}|{target.Code}" == at.Key)))
            .Where(pair => pair.Target.Relationship == MapRelationship.Equivalent && pair.Target.DependsOn.Count == 0).ToArray();
        var names = new List<(RowFacts Row, Rows.RowTarget Target)>();
        foreach (var pair in claiming.Where(pair => pair.Row.Words.Count > 0).DistinctBy(pair => NameLikeness.Key(pair.Row)))
        {
            // With very many names a few that are alike do not matter any more, and comparing each with each would.
            if (names.Count > MostCompared || !names.Exists(other => NameLikeness.AreSame(other.Row, pair.Row))) names.Add(pair);
        }
        if (names.Count < 2) yield break;
        var target = claiming[0].Target;
        var display = at.Scene.Targets.Find(target.System, target.Code)?.Display ?? target.Display;
        yield return new(QualityMessages.SameTargetClaimed(names.Count, string.Join(", ", names.Take(MostShown).Select(pair => pair.Row.Quoted)), names.Count > MostShown, target.Code, display)) { Rows = [.. claiming.Select(pair => pair.Row.Key)] };
    }
}

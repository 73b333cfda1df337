using Terminology.Issues;
using Terminology.Mapping.Review;

namespace Terminology.Mapping.Quality.Shape;

/// <summary>MQ-313: another map from the same code system has approved something else for the same code.</summary>
internal static class OtherMap
{
    public static QualityRule Rule { get; } = new("MQ-313", FindingSeverity.Warning, "Another map says something else", RuleScope.Row, Find);

    private static IEnumerable<Said> Find(RuleCase at)
    {
        foreach (var (map, content) in at.Scene.Whole.Elsewhere(at.Row.Row.Code))
        {
            // Maps to other systems say nothing of one another; that there is no target is said of all of them.
            var isComparable = content.NoMap is not null || at.Row.Content.NoMap is not null || content.Targets.Any(target => at.Row.Content.Targets.Any(own => own.System == target.System));
            if (isComparable && !AnswerComparison.IsSame(content, at.Row.Content))
            {
                yield return new(QualityMessages.OtherMap(at.Row.Quoted, Words(at.Row.Content), map, Words(content)));
            }
        }
    }

    private static string Words(Rows.RowContent content) => content.NoMap is not null ? "nothing" : string.Join(" and ", content.Targets.Select(target => $"{target.Code} ({ContradictoryContent.Words(target.Relationship)})"));
}

using Terminology.Issues;
using Terminology.Maps;

namespace Terminology.Mapping.Quality.Shape;

/// <summary>MQ-302: a row that says two things at once: no target and a target, a target without a relationship, a relationship without a target.</summary>
internal static class ContradictoryContent
{
    public static QualityRule Rule { get; } = new("MQ-302", FindingSeverity.Error, "Target and relationship contradict one another", RuleScope.Row, Find);

    /// <summary>Words of formats for "there is none" and "nobody said".</summary>
    private static readonly string[] None = ["unmatched", "disjoint", "nomap", "no-map"], Unsaid = ["unreviewed", "unspecified"];

    private static IEnumerable<Said> Find(RuleCase at)
    {
        var (row, content) = (at.Row, at.Row.Content);
        if (content.NoMap is { } none && content.Targets.Count > 0)
        {
            yield return new(QualityMessages.NoMapWithTarget(row.Quoted, none.Reason, content.Targets[0].Code), new("content.noMap", none.Reason ?? "", ""));
        }
        foreach (var (target, i) in content.Targets.Select((target, i) => (target, i)))
        {
            var original = target.OriginalRelationship?.ToLowerInvariant() ?? "";
            if (target.Code.Trim() is "" or "0") yield return new(QualityMessages.RelationshipWithoutTarget(row.Quoted, Words(target.Relationship)), new($"content.targets[{i}]", target.Code, ""));
            else if (None.Contains(original)) yield return new(QualityMessages.UnmatchedWithTarget(row.Quoted, original, target.Code));
            else if (Unsaid.Contains(original)) yield return new(QualityMessages.TargetWithoutRelationship(row.Quoted, target.Code, original));
        }
    }

    /// <summary>A relationship as R5 writes it.</summary>
    internal static string Words(MapRelationship relationship) => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(relationship.ToString());
}

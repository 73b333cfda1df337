using Terminology.Issues;
using Terminology.Mapping.Rows;

namespace Terminology.Mapping.Maps;

/// <summary>What of a row goes against the rules of its map: it may be a draft so, and no more.</summary>
public static class PolicyCheck
{
    /// <summary>One sentence for each breach; empty when there is none.</summary>
    public static IReadOnlyList<string> Errors(RowContent content, MapProject map) => [.. Find(content, map)];

    private static IEnumerable<string> Find(RowContent content, MapProject map)
    {
        var policy = map.Policy;
        if (policy.MostTargets > 0 && content.Targets.Count > policy.MostTargets) yield return MappingMessages.TooManyTargets(content.Targets.Count, policy.MostTargets);
        foreach (var target in content.Targets)
        {
            if (!map.TargetSystems.Contains(target.System)) yield return MappingMessages.OtherSystem(target.System, string.Join(", ", map.TargetSystems));
            if (policy.Relationships.Count > 0 && !policy.Relationships.Contains(target.Relationship)) yield return MappingMessages.RelationshipNotAllowed(target.Relationship.ToString(), target.Code);
            if (policy.NeedComment.Contains(target.Relationship) && string.IsNullOrWhiteSpace(target.Comment)) yield return MappingMessages.CommentNeeded(target.Relationship.ToString(), target.Code);
        }
        if (content.NoMap is not { } none) yield break;
        if (string.IsNullOrWhiteSpace(none.Reason)) yield return MappingMessages.NoMapReasonNeeded();
        else if (policy.NoMapReasons.Count > 0 && !policy.NoMapReasons.Contains(none.Reason)) yield return MappingMessages.UnknownReason(none.Reason, string.Join(", ", policy.NoMapReasons));
    }
}

using Terminology.Mapping.Rows;

namespace Terminology.Mapping.Review;

/// <summary>How far two answers for one row are from each other.</summary>
public enum AnswerDistance
{
    /// <summary>The same targets in the same relationship, or both none.</summary>
    Same,

    /// <summary>A close miss: neighbours in the hierarchy, or the same in all but what matters little.</summary>
    Near,

    /// <summary>Something else.</summary>
    Far,
}

/// <summary>Compares two answers.</summary>
public static class AnswerComparison
{
    /// <summary>Do two answers say the same? Comments, confidence and what else is noted beside them do not count.</summary>
    public static bool IsSame(RowContent first, RowContent second)
        => Text(first) == Text(second);

    /// <summary>What an answer says, as a text that is the same for the same answers.</summary>
    public static string Text(RowContent content) => string.Join('\n', content.Targets.Select(Key).Distinct().Order(StringComparer.Ordinal).Prepend(content.NoMap is null ? "" : "no map"));

    /// <summary>Are two targets the same code under the same conditions, however the source stands to it?</summary>
    public static bool IsSameTarget(RowTarget one, RowTarget other) => (one.System, one.Code, one.Rule) == (other.System, other.Code, other.Rule) && one.DependsOn.ToHashSet().SetEquals(other.DependsOn);

    /// <summary>The distance of two answers.</summary>
    /// <param name="first">One.</param>
    /// <param name="second">The other.</param>
    /// <param name="isNear">Are two different targets neighbours? Asked for answers of one target each.</param>
    public static AnswerDistance Measure(RowContent first, RowContent second, Func<RowTarget, RowTarget, bool> isNear)
    {
        if (IsSame(first, second)) return AnswerDistance.Same;
        if (first.Targets is not [var one] || second.Targets is not [var other]) return AnswerDistance.Far;
        return (one.System, one.Code) == (other.System, other.Code) || isNear(one, other) ? AnswerDistance.Near : AnswerDistance.Far;
    }

    private static string Key(RowTarget target)
        => $"{target.System}|{target.Code}|{target.Relationship}|{target.RuleGroup}|{target.Priority}|{target.Rule}|{string.Join('&', target.DependsOn.Select(condition => $"{condition.Property}={condition.System}#{condition.Value}"))}";
}

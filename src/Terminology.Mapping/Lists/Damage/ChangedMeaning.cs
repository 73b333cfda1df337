using Terminology.Mapping.Quality;

namespace Terminology.Mapping.Lists.Damage;

/// <summary>MQ-007: a code means something else than in the version before.</summary>
public static class ChangedMeaning
{
    /// <summary>Id of the rule.</summary>
    public const string RuleId = "MQ-007";

    /// <summary>An error for each row whose meaning changed, with both sides; its map row is to be looked at again.</summary>
    public static IEnumerable<Finding> Find(ListDiff diff)
    {
        foreach (var change in diff.Changes.Where(change => change.Class == RowClass.MeaningChanged))
        {
            var row = change.After[0];
            var sides = string.Join(", ", change.Fields.Where(field => field.Field is not ("frequency" or "lastUsed")).Select(field => $"{field.Field} {DamageScan.Quoted(field.Before)} became {DamageScan.Quoted(field.After)}"));
            yield return new(RuleId, [row.Key], FindingSeverity.Error, $"The code {DamageScan.Quoted(row.Code)} in line {row.Line} means something else than in the last list: {sides}.");
        }
    }
}

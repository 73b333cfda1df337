using Terminology.Mapping.Quality;

namespace Terminology.Mapping.Lists.Damage;

/// <summary>MQ-008: a code was withdrawn and is used again for something else.</summary>
public static class ReusedCode
{
    /// <summary>Id of the rule.</summary>
    public const string RuleId = "MQ-008";

    /// <summary>An error for each row that is back with another meaning: results of before and after must not share a map row.</summary>
    public static IEnumerable<Finding> Find(ListDiff diff)
    {
        foreach (var change in diff.Changes.Where(change => change.Class == RowClass.BackAgain && change.MeansOther))
        {
            var row = change.After[0];
            yield return new(RuleId, [row.Key], FindingSeverity.Error, $"The code {DamageScan.Quoted(row.Code)} in line {row.Line} was withdrawn as {DamageScan.Quoted(change.Earlier!.Display)} and is back as {DamageScan.Quoted(row.Display)}; split the row by date.");
        }
    }
}

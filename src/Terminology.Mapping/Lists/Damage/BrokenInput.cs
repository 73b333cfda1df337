using Terminology.Mapping.Quality;

namespace Terminology.Mapping.Lists.Damage;

/// <summary>MQ-001: the file is broken at a row: an open quote, uneven columns, bytes that are no text.</summary>
public static class BrokenInput
{
    /// <summary>Id of the rule.</summary>
    public const string RuleId = "MQ-001";

    /// <summary>One error for each problem in reading; it names the row where one was kept.</summary>
    public static IEnumerable<Finding> Find(ListTable table, SourceList list)
    {
        if (table.Problems.Count == 0) yield break;
        var byLine = new Dictionary<int, string>();
        foreach (var row in list.Rows) byLine[row.Line] = row.Key;
        foreach (var problem in table.Problems)
        {
            yield return new(RuleId, byLine.TryGetValue(problem.Line, out var key) ? [key] : [], FindingSeverity.Error, problem.Text);
        }
    }
}

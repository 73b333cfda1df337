using Terminology.Mapping.Lists;
using Terminology.Search;

namespace Terminology.Mapping.Quality;

/// <summary>What a row shares with others: the keys by which rules look at rows together, and by which a change of one reaches the rules that depend on it.</summary>
internal static class RuleKeys
{
    /// <summary>The keys of a row; those of other rows with the same are its neighbours.</summary>
    public static IEnumerable<(RuleScope Scope, string Key)> Of(RowFacts row)
    {
        yield return (RuleScope.Row, row.Key);
        if (!row.IsDecided)
        {
            if (row.Row.Approved is { } former) yield return (RuleScope.Approver, former.By);
            yield break;
        }
        foreach (var target in row.Content.Targets.Select(target => $"{target.System}|{target.Code}").Distinct(StringComparer.Ordinal)) yield return (RuleScope.Target, target);
        if (row.Words.Count > 0) yield return (RuleScope.Name, string.Join(' ', row.Words));
        yield return (RuleScope.Code, row.Row.Code);
        if (DepartmentOf(row) is { Length: > 0 } department) yield return (RuleScope.Department, department);
        if (row.Row.Approved is { } approved) yield return (RuleScope.Approver, approved.By);
    }

    /// <summary>Where the row belongs: panel, department or category, folded; empty when the list does not say.</summary>
    public static string DepartmentOf(RowFacts row) => string.Join(' ', TermFolding.Words(TextRepair.Visible($"{row.In("department")} {row.In("panel")}")));
}

using Terminology.Issues;
using Terminology.Mapping.Rows;
using Terminology.Maps;

namespace Terminology.Mapping.Quality.Shape;

/// <summary>MQ-305: several targets and nothing that says when to which, within a row or over the rows of one code: whoever asks gets all of them.</summary>
internal static class AmbiguousTargets
{
    private const int MostShown = 5;

    public static QualityRule Rule { get; } = new("MQ-305", FindingSeverity.Error, "Several targets without condition or priority", RuleScope.Code, Find);

    private static IEnumerable<Said> Find(RuleCase at)
    {
        foreach (var row in at.Rows)
        {
            if (Clash(row.Content.Targets) is not var (first, second)) continue;
            var isClaimed = first.Relationship == MapRelationship.Equivalent && second.Relationship == MapRelationship.Equivalent;
            yield return new(QualityMessages.Ambiguous(row.Quoted, first.Code, second.Code)) { Rows = [row.Key], Severity = isClaimed ? null : FindingSeverity.Warning };
        }
        // Rows of one code: what tells them apart in the list must tell their targets apart, too.
        var open = at.Rows.SelectMany(row => row.Content.Targets.Where(target => target.DependsOn.Count == 0 && target.Rule is null).Select(target => (row.Key, target.System, target.Code))).ToArray();
        var systems = open.GroupBy(one => one.System, StringComparer.Ordinal).Where(group => group.Select(one => one.Key).Distinct().Count() > 1 && group.Select(one => one.Code).Distinct(StringComparer.Ordinal).Count() > 1);
        foreach (var group in systems)
        {
            string[] codes = [.. group.Select(one => one.Code).Distinct(StringComparer.Ordinal)], keys = [.. group.Select(one => one.Key).Distinct(StringComparer.Ordinal)];
            yield return new(QualityMessages.AmbiguousCode(at.Key, keys.Length, string.Join(", ", codes.Take(MostShown)))) { Rows = keys };
        }
    }

    /// <summary>Two targets of which nothing says which holds.</summary>
    private static (RowTarget First, RowTarget Second)? Clash(IReadOnlyList<RowTarget> targets)
    {
        for (var i = 0; i < targets.Count; i++)
        {
            for (var j = i + 1; j < targets.Count; j++)
            {
                var (first, second) = (targets[i], targets[j]);
                if (first.System != second.System || first.Code == second.Code || first.RuleGroup != second.RuleGroup || (first.Priority != second.Priority && first.Priority > 0 && second.Priority > 0)) continue;
                // What is a case of both at once is put together of them, and both are to come out.
                if (first.Relationship == MapRelationship.SourceIsNarrowerThanTarget && second.Relationship == MapRelationship.SourceIsNarrowerThanTarget) continue;
                if (!first.DependsOn.SequenceEqual(second.DependsOn) || first.Rule != second.Rule || Apart(first, second) || Apart(second, first)) continue;
                return (first, second);
            }
        }
        return null;
    }

    /// <summary>Does one end before the other begins?</summary>
    private static bool Apart(RowTarget first, RowTarget second) => first.EffectiveTo is { } end && second.EffectiveFrom is { } begin && end < begin;
}

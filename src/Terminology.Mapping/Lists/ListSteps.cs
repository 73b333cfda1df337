using Terminology.Mapping.Rows;

namespace Terminology.Mapping.Lists;

/// <summary>What a new version of a list does to one row of the map.</summary>
/// <param name="Key">The row.</param>
/// <param name="Source">As the list has it; null: nothing of it changes.</param>
/// <param name="Verb">The step that follows: <see cref="RowVerb.Enter"/> (its texts alone), <see cref="RowVerb.Restore"/>, <see cref="RowVerb.Recheck"/>, <see cref="RowVerb.Retire"/>.</param>
/// <param name="Reason">Why, in one sentence.</param>
public sealed record ListStep(string Key, SourceRow? Source, RowVerb Verb, string Reason);

/// <summary>The steps that the difference of two versions of a list makes.</summary>
public static class ListSteps
{
    /// <summary>The steps, in order of the difference; rows that did not change have none.</summary>
    /// <param name="diff">What changed.</param>
    /// <param name="policy">What is done for each class.</param>
    public static IEnumerable<ListStep> Of(ListDiff diff, DiffPolicy policy)
    {
        foreach (var change in diff.Changes.Where(change => change.Class is not (RowClass.Unchanged or RowClass.VolumeShift)))
        {
            var (does, why) = (policy[change.Class], Why(change));
            var kept = change.After.Select(row => row.Key).ToHashSet(StringComparer.Ordinal);
            foreach (var gone in change.Before.Where(row => !kept.Contains(row.Key)))
            {
                if (does != RowPolicy.Keep || change.Class != RowClass.Withdrawn) yield return new(gone.Key, null, RowVerb.Retire, why);
            }
            foreach (var row in change.After)
            {
                yield return new(row.Key, row, change.Class == RowClass.BackAgain ? RowVerb.Restore : does == RowPolicy.Recheck ? RowVerb.Recheck : RowVerb.Enter, why);
            }
        }
    }

    private static string Why(RowChange change) => change.Class switch
    {
        RowClass.Added => "new in the list",
        RowClass.BackAgain => "back in the list",
        RowClass.Withdrawn => "not in the list any more",
        RowClass.KeySplit => $"its key became several: {string.Join(", ", change.After.Select(row => row.Key).Take(5))}",
        RowClass.KeyMerged => $"several keys became one: {string.Join(", ", change.Before.Select(row => row.Key).Take(5))}",
        _ => (change.Class == RowClass.MeaningChanged ? "means something else now: " : "") + string.Join("; ", change.Fields.Take(5).Select(field => $"{field.Field} '{field.Before}' became '{field.After}'")),
    };
}

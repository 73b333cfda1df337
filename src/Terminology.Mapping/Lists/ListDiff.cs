namespace Terminology.Mapping.Lists;

/// <summary>
/// What became of every row of the version before, and where every row of the new one comes from. Each row of either side is in exactly one change, and with the
/// duplicates and rejected rows of the new file the counts add up.
/// </summary>
public sealed record ListDiff
{
    private ListDiff(SourceList before, SourceList after, IReadOnlyList<RowChange> changes)
    {
        var (old, current) = (changes.Sum(change => change.Before.Count), changes.Sum(change => change.After.Count));
        if (old != before.Rows.Count || current + after.Duplicates.Count + after.Rejected.Count != after.Input)
        {
            throw new InvalidOperationException($"{before.Rows.Count} old rows of which {old} are accounted for, {after.Input} new ones of which {current} + {after.Duplicates.Count} + {after.Rejected.Count} are.");
        }
        Changes = changes;
    }

    /// <summary>All changes, unchanged rows among them: in order of the new list, then what was withdrawn in order of the old one.</summary>
    public IReadOnlyList<RowChange> Changes { get; }

    /// <summary>Rows of the new list in a class; of <see cref="RowClass.Withdrawn"/> those of the old.</summary>
    public int Count(RowClass rowClass) => Changes.Where(change => change.Class == rowClass).Sum(change => rowClass == RowClass.Withdrawn ? change.Before.Count : change.After.Count);

    /// <summary>The changes to whose map rows a policy does something.</summary>
    public IEnumerable<RowChange> Touched(DiffPolicy policy) => Changes.Where(change => policy[change.Class] != RowPolicy.Keep);

    /// <summary>Compares two versions of a list.</summary>
    /// <param name="before">The version before.</param>
    /// <param name="after">The new version.</param>
    /// <param name="units">Reads units, see <see cref="MeaningFingerprint"/>.</param>
    /// <param name="withdrawn">Rows of still earlier versions that <paramref name="before"/> has not, by key as they last were; null: none are known.</param>
    /// <param name="shift">How many times more or less often makes a shift of volume; at least 1.</param>
    public static ListDiff Between(SourceList before, SourceList after, UnitReader? units, IReadOnlyDictionary<string, SourceRow>? withdrawn = null, double shift = 3)
        => new(before, after, new ListComparing(before, after, units, withdrawn, shift).Changes());
}

/// <summary>One change of a list.</summary>
/// <param name="Class">What kind it is.</param>
/// <param name="Before">Rows as they were: one; several that were merged; none that was added. Of a row that is back again, none: see <see cref="Earlier"/>.</param>
/// <param name="After">Rows as they are: one; several of a split; none of a withdrawn one.</param>
/// <param name="Fields">What differs, with old and new text; empty for classes that compare no two rows.</param>
public sealed record RowChange(RowClass Class, IReadOnlyList<SourceRow> Before, IReadOnlyList<SourceRow> After, IReadOnlyList<FieldChange> Fields)
{
    /// <summary>A row that is back again as it was when it was withdrawn; null otherwise.</summary>
    public SourceRow? Earlier { get; init; }

    /// <summary>Fingerprints before and after differ; always so for <see cref="RowClass.MeaningChanged"/>, possible for <see cref="RowClass.BackAgain"/>.</summary>
    public bool MeansOther { get; init; }
}

/// <summary>A field of a row that differs.</summary>
/// <param name="Field">Its name: <c>code</c>, <c>key</c>, <c>display[en]</c>, <c>unit</c>, a column of the file.</param>
/// <param name="Before">As it was; empty when it was not there.</param>
/// <param name="After">As it is; empty when it is gone.</param>
public readonly record struct FieldChange(string Field, string Before, string After);

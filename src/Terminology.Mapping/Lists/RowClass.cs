namespace Terminology.Mapping.Lists;

/// <summary>How a row of a list stands to the version before.</summary>
public enum RowClass
{
    /// <summary>Says word for word what it said.</summary>
    Unchanged,

    /// <summary>Was not there, and never was as far as known.</summary>
    Added,

    /// <summary>Was there in an earlier version, not in the last, and is again.</summary>
    BackAgain,

    /// <summary>Is there no longer.</summary>
    Withdrawn,

    /// <summary>Writes what it means in another way.</summary>
    WordingOnly,

    /// <summary>Means something else than before: its fingerprint changed.</summary>
    MeaningChanged,

    /// <summary>Means the same; something beside it changed that does not make its meaning.</summary>
    ContextChanged,

    /// <summary>Says the same and is used far more or far less than before.</summary>
    VolumeShift,

    /// <summary>One key became several: the old row and all new ones.</summary>
    KeySplit,

    /// <summary>Several keys became one: the old rows and the new one.</summary>
    KeyMerged,
}

/// <summary>What happens to the map rows of a class.</summary>
public enum RowPolicy
{
    /// <summary>Decisions stay as they are.</summary>
    Keep,

    /// <summary>Decisions stay and are served; a person looks again.</summary>
    Recheck,

    /// <summary>Decisions are kept; the row is served until its sunset and then no more.</summary>
    Retire,
}

/// <summary>The policy of each class.</summary>
public sealed record DiffPolicy
{
    private static readonly Dictionary<RowClass, RowPolicy> Usual = new()
    {
        [RowClass.Unchanged] = RowPolicy.Keep, [RowClass.Added] = RowPolicy.Keep, [RowClass.WordingOnly] = RowPolicy.Keep, [RowClass.ContextChanged] = RowPolicy.Keep, [RowClass.VolumeShift] = RowPolicy.Keep,
        [RowClass.BackAgain] = RowPolicy.Recheck, [RowClass.MeaningChanged] = RowPolicy.Recheck, [RowClass.KeySplit] = RowPolicy.Recheck, [RowClass.KeyMerged] = RowPolicy.Recheck, [RowClass.Withdrawn] = RowPolicy.Retire,
    };

    /// <summary>Withdrawn is retired; back again, meaning changed, split and merged are looked at again; all else is kept.</summary>
    public static DiffPolicy Default { get; } = new();

    /// <summary>What is another than by default.</summary>
    public IReadOnlyDictionary<RowClass, RowPolicy> Changed { get; init; } = new Dictionary<RowClass, RowPolicy>();

    /// <summary>The policy of a class.</summary>
    public RowPolicy this[RowClass rowClass] => Changed.TryGetValue(rowClass, out var policy) ? policy : Usual[rowClass];
}

namespace Terminology.Mapping.Releases;

/// <summary>One release: never changed but for where it stands. A mistake in it is mended by the next.</summary>
public sealed record MapRelease
{
    /// <summary>From 1 in its map; the version of the released ConceptMap.</summary>
    public required int Number { get; init; }

    /// <summary>SHA-256 of its content in hexadecimal digits: same content, same digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Hash of the last event before it was frozen: what it was made of.</summary>
    public required string Head { get; init; }

    /// <summary>Rows in it.</summary>
    public required int Rows { get; init; }

    /// <summary>Where it stands.</summary>
    public required ReleaseState State { get; init; }

    /// <summary>Who froze it.</summary>
    public required string FrozenBy { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset FrozenAt { get; init; }

    /// <summary>The authors of its rows, each once.</summary>
    public IReadOnlyList<string> Authors { get; init; } = [];

    /// <summary>What the gates said when it was checked.</summary>
    public IReadOnlyList<GateResult> Gates { get; init; } = [];

    /// <summary>Who signed.</summary>
    public IReadOnlyList<Signature> Signatures { get; init; } = [];

    /// <summary>What changed since the release before, in words.</summary>
    public ReleaseDifference? Difference { get; init; }

    /// <summary>For how long old targets are answered besides, as it was said when it was frozen; null: nothing was said.</summary>
    public ReleaseWindows? Windows { get; init; }

    /// <summary>Notes for those who use it, or null.</summary>
    public string? Notes { get; init; }

    /// <summary>When it was last made active, or null.</summary>
    public DateTimeOffset? ActiveFrom { get; init; }

    /// <summary>From when on it is to answer by itself, or null.</summary>
    public DateTimeOffset? ScheduledFor { get; init; }

    /// <summary>How it was taken back while it answered, or null.</summary>
    public Withdrawal? Withdrawal { get; init; }
}

/// <summary>What one gate said.</summary>
/// <param name="Gate">Its name, for example <c>coverage</c>.</param>
/// <param name="Passed">May the release go on?</param>
/// <param name="Text">What was found, in one sentence.</param>
public sealed record GateResult(string Gate, bool Passed, string Text);

/// <summary>What is different between two releases.</summary>
/// <param name="Added">Rows that are new.</param>
/// <param name="Removed">Rows that are gone.</param>
/// <param name="Changed">Rows that say something else.</param>
/// <param name="Unchanged">How many say the same.</param>
public sealed record ReleaseDifference(IReadOnlyList<RowDifference> Added, IReadOnlyList<RowDifference> Removed, IReadOnlyList<RowDifference> Changed, int Unchanged)
{
    /// <summary>Old targets that the later one answers besides, marked, and for how long.</summary>
    public IReadOnlyList<RowDifference> Superseded { get; init; } = [];
}

/// <summary>One row that is different.</summary>
/// <param name="Key">Which.</param>
/// <param name="Text">What is different, in one sentence.</param>
public sealed record RowDifference(string Key, string Text);

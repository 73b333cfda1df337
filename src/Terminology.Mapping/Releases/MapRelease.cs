namespace Terminology.Mapping.Releases;

/// <summary>Where a release of a map stands.</summary>
public enum ReleaseState
{
    /// <summary>Its content is fixed, by its hash.</summary>
    Frozen,

    /// <summary>All its gates are passed.</summary>
    Checked,

    /// <summary>As many have signed as the map demands.</summary>
    Signed,

    /// <summary>It answers.</summary>
    Active,

    /// <summary>Another answers in its place; it can be made active again at once.</summary>
    Superseded,

    /// <summary>Taken back; it never answers again.</summary>
    Withdrawn,

    /// <summary>Signed, and answers from a moment on.</summary>
    Scheduled,
}

/// <summary>What is done with a release.</summary>
public enum ReleaseVerb
{
    /// <summary>Fixes the approved rows as they are now.</summary>
    Freeze,

    /// <summary>Goes through the gates.</summary>
    Check,

    /// <summary>Signs.</summary>
    Sign,

    /// <summary>Makes it answer; of an earlier one: rolls back.</summary>
    Activate,

    /// <summary>Another was made active.</summary>
    Supersede,

    /// <summary>Takes it back; of the one that answers: at once, in an emergency, and the one before answers again.</summary>
    Withdraw,

    /// <summary>Another person looks at an emergency afterwards.</summary>
    Review,

    /// <summary>Lets it answer from a moment on; said again: from another one.</summary>
    Schedule,
}

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

/// <summary>Somebody answers for a release.</summary>
/// <param name="By">Who.</param>
/// <param name="At">When.</param>
/// <param name="Sha256">The content that was signed.</param>
public sealed record Signature(string By, DateTimeOffset At, string Sha256)
{
    /// <summary>The signature of a key of theirs over the bytes of the content, or null when they signed by name alone.</summary>
    public KeySignature? Key { get; init; }
}

/// <summary>What a key file made of the bytes of a release: whoever has these bytes and the public key can check it, without any server.</summary>
/// <param name="PublicKey">PEM; an elliptic curve or RSA.</param>
/// <param name="Value">Base64; SHA-256, of elliptic curves in the form of RFC 3279, of RSA by PKCS #1.</param>
public sealed record KeySignature(string PublicKey, string Value);

/// <summary>A release that was taken back while it answered: one person may do so at once, another looks at it within three days.</summary>
/// <param name="By">Who took it back.</param>
/// <param name="At">When.</param>
/// <param name="Reason">Why.</param>
/// <param name="Due">Until when another person must have looked at it.</param>
public sealed record Withdrawal(string By, DateTimeOffset At, string Reason, DateTimeOffset Due)
{
    /// <summary>Who looked at it afterwards, or null: nobody yet.</summary>
    public string? ReviewedBy { get; init; }

    /// <summary>When, or null.</summary>
    public DateTimeOffset? ReviewedAt { get; init; }

    /// <summary>Is it overdue?</summary>
    public bool IsOverdue(DateTimeOffset now) => ReviewedBy is null && now > Due;
}

/// <summary>What is different between two releases.</summary>
/// <param name="Added">Rows that are new.</param>
/// <param name="Removed">Rows that are gone.</param>
/// <param name="Changed">Rows that say something else.</param>
/// <param name="Unchanged">How many say the same.</param>
public sealed record ReleaseDifference(IReadOnlyList<RowDifference> Added, IReadOnlyList<RowDifference> Removed, IReadOnlyList<RowDifference> Changed, int Unchanged);

/// <summary>One row that is different.</summary>
/// <param name="Key">Which.</param>
/// <param name="Text">What is different, in one sentence.</param>
public sealed record RowDifference(string Key, string Text);

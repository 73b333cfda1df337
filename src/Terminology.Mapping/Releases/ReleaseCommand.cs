namespace Terminology.Mapping.Releases;

/// <summary>What comes with a step of a release.</summary>
public sealed record ReleaseCommand
{
    /// <summary>Why; needed to withdraw the release that answers.</summary>
    public string? Reason { get; init; }

    /// <summary>From when on it answers, to schedule.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>The signature of a key over the bytes of the content, to sign; null: by name alone.</summary>
    public KeySignature? Signature { get; init; }
}

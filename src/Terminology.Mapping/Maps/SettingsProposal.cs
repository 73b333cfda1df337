namespace Terminology.Mapping.Maps;

/// <summary>Where a proposal stands.</summary>
public enum ProposalState
{
    /// <summary>Waits for a second person.</summary>
    Open,

    /// <summary>Holds since.</summary>
    Approved,

    /// <summary>Was refused, or taken back by who made it.</summary>
    Rejected,
}

/// <summary>Other rules for a map, as somebody proposed them. A map has one proposal at a time.</summary>
public sealed record SettingsProposal
{
    /// <summary>The rules, all of them; the day of review goes on as it is.</summary>
    public required MapPolicy Policy { get; init; }

    /// <summary>Who proposed them.</summary>
    public required string By { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>Where it stands.</summary>
    public ProposalState State { get; init; }

    /// <summary>Who decided on it; null while it is open.</summary>
    public string? DecidedBy { get; init; }
}

/// <summary>What comes with a decision on a proposal.</summary>
public sealed record SettingsVerdict
{
    /// <summary>Why, in words; needed to reject.</summary>
    public string? Reason { get; init; }
}

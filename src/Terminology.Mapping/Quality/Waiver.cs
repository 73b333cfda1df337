using System.Text.Json.Serialization;

namespace Terminology.Mapping.Quality;

/// <summary>A finding set aside for a time, by whom and why. It covers what was seen: when the facts change, the finding is open again.</summary>
public sealed record Waiver
{
    /// <summary>Id of the finding.</summary>
    public required string Finding { get; init; }

    /// <summary>Its rule.</summary>
    public required string RuleId { get; init; }

    /// <summary>What it said.</summary>
    public required string Text { get; init; }

    /// <summary>How much it weighed.</summary>
    public required FindingSeverity Severity { get; init; }

    /// <summary>Why it may stand.</summary>
    public required string Reason { get; init; }

    /// <summary>The last day on which it may.</summary>
    public required DateOnly Until { get; init; }

    /// <summary>Who set it aside.</summary>
    public required string By { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The second person, whom an error needs; null until there is one, and where none is needed.</summary>
    public string? ConfirmedBy { get; init; }

    /// <summary>Was it taken back?</summary>
    public bool IsWithdrawn { get; init; }

    /// <summary>Have all agreed who must?</summary>
    [JsonIgnore]
    public bool IsComplete => Severity != FindingSeverity.Error || ConfirmedBy is not null;

    /// <summary>Does it cover its finding on a day?</summary>
    public bool Holds(DateOnly today) => IsComplete && !IsWithdrawn && today <= Until;
}

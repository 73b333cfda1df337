namespace Terminology.Mapping.Releases;

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
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace Terminology.Mapping.Quality;

/// <summary>A finding that stands now: the cause is there. When the cause goes, so does it.</summary>
/// <param name="Subject">What it is about within its rule: a row, a target, a name …</param>
/// <param name="Finding">What was found.</param>
public sealed record StandingFinding(string Subject, Finding Finding)
{
    private string? _id;

    /// <summary>Same rule, subject and facts: same id. Other facts are another finding, which no earlier waiver covers.</summary>
    public string Id => _id ??= Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Finding.RuleId}\n{Subject}\n{Finding.Text}")))[..16];

    /// <summary>The waiver that covers it, or waits for a second person; null when there is none.</summary>
    public Waiver? Waiver { get; init; }

    /// <summary>Is it set aside now?</summary>
    public bool IsWaived { get; init; }

    /// <summary>Is it an error that nobody has set aside?</summary>
    [JsonIgnore]
    public bool IsOpenError => Finding.Severity == FindingSeverity.Error && !IsWaived;
}

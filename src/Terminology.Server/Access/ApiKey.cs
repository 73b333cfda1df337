using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Terminology.Issues;

namespace Terminology.Server.Access;

/// <summary>A key that a program shows to be let in. The key itself is known to its owner alone; kept is its SHA-256, enough for 256 random bits.</summary>
/// <param name="Name">Who it belongs to: the author of what is written with it.</param>
/// <param name="Hash">SHA-256 of the key.</param>
/// <param name="Scopes">What it allows.</param>
/// <param name="Expires">From then on it is refused; null for never.</param>
internal sealed record ApiKey(string Name, byte[] Hash, Scope Scopes, DateTimeOffset? Expires)
{
    private const string Prefix = "tk_";

    /// <summary>A new key: a prefix by which scanners find it in what should not hold it, and 256 random bits.</summary>
    public static string NewSecret() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    public bool IsExpired(DateTimeOffset now) => Expires <= now;
}

/// <summary>What a key is asked to be.</summary>
/// <param name="Name">1 to 64 letters, digits, hyphens, underscores and dots.</param>
/// <param name="Scopes">Names of scopes.</param>
/// <param name="Expires">A date or a moment; null for never.</param>
internal sealed record KeyRequest(string Name, string[] Scopes, string? Expires = null)
{
    /// <exception cref="TerminologyException">Value, Required: something in it is not right.</exception>
    public (string Name, Scope Scopes, DateTimeOffset? Expires) Check(DateTimeOffset now)
    {
        var isName = Name is { Length: > 0 and <= 64 } && Name.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.');
        if (!isName) throw new TerminologyException(IssueType.Value, "INVALID_NAME", AccessMessages.InvalidName(Name ?? ""));
        var scopes = Access.Scopes.Parse(Scopes ?? []);
        if (Expires is null) return (Name!, scopes, null);
        var isMoment = DateTimeOffset.TryParse(Expires, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var expires);
        return isMoment && expires > now ? (Name!, scopes, expires) : throw new TerminologyException(IssueType.Value, "INVALID_EXPIRY", AccessMessages.InvalidExpiry(Expires));
    }
}

/// <summary>A key as it is listed; just made it carries the key itself, never again.</summary>
/// <param name="Name">Whose it is.</param>
/// <param name="Scopes">Names of its scopes.</param>
/// <param name="Created">When it was made.</param>
/// <param name="Expires">When it ends; null for never.</param>
internal sealed record KeyInfo(string Name, string[] Scopes, DateTimeOffset Created, DateTimeOffset? Expires)
{
    /// <summary>The key, in the answer that made it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Key { get; init; }
}

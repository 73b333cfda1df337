namespace Terminology.Mapping.Releases;

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

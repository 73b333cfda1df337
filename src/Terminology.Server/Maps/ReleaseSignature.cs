using System.Security.Cryptography;
using Terminology.Mapping.Releases;

namespace Terminology.Server.Maps;

/// <summary>Signatures of key files over the bytes of a release, as <c>openssl dgst -sha256 -sign</c> makes them; elliptic curves and RSA.</summary>
internal static class ReleaseSignature
{
    /// <summary>Signs bytes with a private key.</summary>
    /// <param name="pem">The key: PKCS #8, SEC 1 or PKCS #1, not encrypted.</param>
    /// <param name="content">The bytes.</param>
    /// <exception cref="CryptographicException">It is no such key.</exception>
    public static KeySignature Sign(string pem, byte[] content)
    {
        using var key = Read(pem);
        return key switch
        {
            ECDsa curve => new(curve.ExportSubjectPublicKeyInfoPem(), Convert.ToBase64String(curve.SignData(content, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence))),
            RSA rsa => new(rsa.ExportSubjectPublicKeyInfoPem(), Convert.ToBase64String(rsa.SignData(content, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))),
            _ => throw new CryptographicException("An elliptic curve or RSA is needed."),
        };
    }

    /// <summary>Does a signature hold?</summary>
    /// <returns>Null when it does, else why not.</returns>
    public static string? Fault(KeySignature signature, byte[] content)
    {
        try
        {
            var value = Convert.FromBase64String(signature.Value);
            using var key = Read(signature.PublicKey);
            var holds = key switch
            {
                ECDsa curve => curve.VerifyData(content, value, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence),
                RSA rsa => rsa.VerifyData(content, value, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
                _ => false,
            };
            return holds ? null : "the key did not sign these bytes.";
        }
        catch (FormatException)
        {
            return "its value is not base64.";
        }
        catch (CryptographicException)
        {
            return "its public key is no PEM of an elliptic curve or RSA.";
        }
    }

    private static AsymmetricAlgorithm Read(string pem)
    {
        AsymmetricAlgorithm key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            return key;
        }
        catch (Exception other) when (other is CryptographicException or ArgumentException)
        {
            key.Dispose();
        }
        key = RSA.Create();
        try
        {
            key.ImportFromPem(pem);
            return key;
        }
        catch (ArgumentException none)
        {
            key.Dispose();
            throw new CryptographicException(none.Message, none);
        }
    }
}

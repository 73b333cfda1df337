using System.Security.Cryptography;
using Terminology.Mapping.People;

namespace Terminology.Server.Access;

/// <summary>
/// What the verbs of this machine show to the running server: a key of this run alone, in a file of the data folder that only its owner can read. Whoever reads it
/// could as well stop the server and open the journal.
/// </summary>
internal sealed class OwnerSecret
{
    private readonly byte[] _hash;

    public OwnerSecret()
    {
        Value = ApiKey.NewSecret();
        _hash = ApiKey.HashOf(Value);
    }

    public static Caller Owner { get; } = new("owner", Scope.Read | Scope.Write | Scope.Metrics | Scope.Admin | Scope.Maps)
    {
        // Who has the machine may look at everything, and neither maps nor approves.
        Person = new("owner", ActorKind.Person, new Dictionary<string, MapRole> { ["*"] = MapRole.Auditor | MapRole.Admin }),
    };

    public string Value { get; }

    /// <summary>Is it the one with this hash?</summary>
    public bool Is(ReadOnlySpan<byte> hash) => CryptographicOperations.FixedTimeEquals(_hash, hash);
}

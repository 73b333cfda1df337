using System.Security.Cryptography;
using System.Text.Json;
using Terminology.Issues;
using Terminology.Journal;

namespace Terminology.Server.Access;

/// <summary>Where keys are made and taken back: the journal of this process, or the server that has it.</summary>
internal interface IKeyring
{
    /// <summary>Makes a key; the answer alone carries it.</summary>
    /// <exception cref="TerminologyException">The request is not right; Conflict: the name is taken.</exception>
    Task<KeyInfo> CreateAsync(KeyRequest request, string author);

    /// <summary>All that were not revoked, by name.</summary>
    Task<IReadOnlyList<KeyInfo>> ListAsync();

    /// <summary>Takes a key back: from the moment of the answer it is refused.</summary>
    /// <exception cref="TerminologyException">NotFound: no such key.</exception>
    Task RevokeAsync(string name, string author);
}

/// <summary>The keys in the journal.</summary>
/// <remarks>Thread-safe; looking a key up costs one SHA-256.</remarks>
internal sealed class ApiKeys : IKeyring
{
    private const string Collection = "ApiKey";
    private readonly IJournal _journal;
    private readonly TimeProvider _clock;
    private volatile ILookup<ulong, ApiKey> _byHash;
    private volatile bool _any;

    public ApiKeys(IJournal journal, TimeProvider clock)
    {
        (_journal, _clock) = (journal, clock);
        (_byHash, _any) = (Index(), journal.Current.Count(Collection) > 0);
        journal.Committed += documents =>
        {
            if (documents.Any(document => document.Collection == Collection)) (_byHash, _any) = (Index(), true);
        };
    }

    /// <summary>Was ever one made? Those that were revoked count.</summary>
    public bool Any => _any;

    /// <summary>Is there one that lets in now?</summary>
    public bool AnyValid => _byHash.SelectMany(keys => keys).Any(key => !key.IsExpired(_clock.GetUtcNow()));

    /// <summary>The key with this hash, expired or not; null when there is none, or it was revoked.</summary>
    public ApiKey? Find(byte[] hash)
    {
        ApiKey? found = null;
        foreach (var key in _byHash[Place(hash)])
        {
            if (CryptographicOperations.FixedTimeEquals(key.Hash, hash)) found = key;
        }
        return found;
    }

    public async Task<KeyInfo> CreateAsync(KeyRequest request, string author)
    {
        var (name, scopes, expires) = request.Check(_clock.GetUtcNow());
        return await AddAsync(name, scopes, expires, author);
    }

    /// <summary>As <see cref="CreateAsync"/>, whatever the expiry.</summary>
    internal async Task<KeyInfo> AddAsync(string name, Scope scopes, DateTimeOffset? expires, string author)
    {
        var secret = ApiKey.NewSecret();
        var kept = JsonSerializer.SerializeToUtf8Bytes(new Kept(ApiKey.HashOf(secret), Scopes.Names(scopes), expires));
        var document = await _journal.ChangeAsync(turn => turn.State.TryFind(Collection, name, out _)
            ? throw new TerminologyException(IssueType.Conflict, "KEY_EXISTS", AccessMessages.NameTaken(name))
            : turn.Write(Collection, name, author, kept));
        return new(name, Scopes.Names(scopes), document.Instant, expires) { Key = secret };
    }

    public Task<IReadOnlyList<KeyInfo>> ListAsync() => Task.FromResult<IReadOnlyList<KeyInfo>>(
        [.. Existing().Select(document => (document, kept: Read(document))).Select(key => new KeyInfo(key.document.Id, key.kept.Scopes, key.document.Instant, key.kept.Expires)).OrderBy(key => key.Name, StringComparer.Ordinal)]);

    public Task RevokeAsync(string name, string author) => _journal.ChangeAsync(turn => turn.State.TryFind(Collection, name, out _)
        ? turn.Delete(Collection, name, author)
        : throw new TerminologyException(IssueType.NotFound, "UNKNOWN_KEY_NAME", AccessMessages.NoSuchKey(name)));

    private IEnumerable<JournalDocument> Existing() => _journal.Current.All(Collection).Where(document => !document.Deleted);

    private ILookup<ulong, ApiKey> Index() => Existing()
        .Select(document => (document.Id, Kept: Read(document)))
        .Select(key => new ApiKey(key.Id, key.Kept.Hash, Scopes.Parse(key.Kept.Scopes), key.Kept.Expires))
        .ToLookup(key => Place(key.Hash));

    private static ulong Place(byte[] hash) => BitConverter.ToUInt64(hash);

    private static Kept Read(JournalDocument document) => JsonSerializer.Deserialize<Kept>(document.Body.Span)!;

    /// <summary>What the journal keeps of a key.</summary>
    private sealed record Kept(byte[] Hash, string[] Scopes, DateTimeOffset? Expires);
}

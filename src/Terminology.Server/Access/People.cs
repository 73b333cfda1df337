using System.Security.Cryptography;
using System.Text.Json;
using Terminology.Issues;
using Terminology.Journal;
using Terminology.Mapping.People;

namespace Terminology.Server.Access;

/// <summary>A person as listed.</summary>
/// <param name="Name">1 to 64 letters, digits, hyphens, underscores and dots; no colon, which names of programs have.</param>
/// <param name="Roles">Names of roles by domain; <c>*</c> for all domains.</param>
internal sealed record UserInfo(string Name, IReadOnlyDictionary<string, string[]> Roles);

/// <summary>A token as it is made: the only time that it is shown.</summary>
/// <param name="Id">To take it back.</param>
/// <param name="User">Whose it is.</param>
/// <param name="Expires">From then on it is refused; null for never.</param>
/// <param name="Token">The token.</param>
internal sealed record TokenInfo(string Id, string User, DateTimeOffset? Expires, string? Token);

/// <summary>Where people and tokens are made: the journal of this process, or the server that has it.</summary>
internal interface IPeople
{
    /// <summary>All, by name.</summary>
    IEnumerable<UserInfo> All { get; }

    /// <summary>Makes a person, or gives one other roles.</summary>
    /// <exception cref="TerminologyException">Value: a name or role that cannot be. Conflict: the name differs from another by case alone.</exception>
    Task<UserInfo> PutAsync(UserInfo user, string author);

    /// <summary>Makes a token for somebody.</summary>
    /// <exception cref="TerminologyException">NotFound: no such person.</exception>
    Task<TokenInfo> IssueAsync(string user, DateTimeOffset? expires, string author);

    /// <summary>Takes a token back.</summary>
    /// <exception cref="TerminologyException">NotFound: no such token.</exception>
    Task RevokeAsync(string id, string author);
}

/// <summary>The people who work on maps, and the tokens by which they are known. A token acts as its person; kept is its SHA-256.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class People : IPeople
{
    private const string Users = "User", Tokens = "Token";
    private readonly IJournal _journal;
    private volatile Index _index;

    public People(IJournal journal)
    {
        _journal = journal;
        _index = Read();
        journal.Committed += documents =>
        {
            if (documents.Any(document => document.Collection is Users or Tokens)) _index = Read();
        };
    }

    /// <summary>Was ever a token made?</summary>
    public bool Any => _journal.Current.Count(Tokens) > 0;

    public IEnumerable<UserInfo> All => _index.People.Values.Select(Info).OrderBy(user => user.Name, StringComparer.Ordinal);

    /// <summary>A person by name; null when there is none.</summary>
    public Person? Find(string name) => _index.People.GetValueOrDefault(name);

    /// <summary>Whose token has this hash; null when there is none, or it was taken back.</summary>
    public (Person Person, DateTimeOffset? Expires)? Find(byte[] hash)
    {
        foreach (var kept in _index.Tokens[BitConverter.ToUInt64(hash)])
        {
            if (CryptographicOperations.FixedTimeEquals(kept.Hash, hash) && _index.People.GetValueOrDefault(kept.User) is { } person) return (person, kept.Expires);
        }
        return null;
    }

    public async Task<UserInfo> PutAsync(UserInfo user, string author)
    {
        CheckName(user.Name);
        foreach (var role in user.Roles.Values.SelectMany(roles => roles).Where(role => MapRoles.Parse(role) == MapRole.None))
        {
            throw new TerminologyException(IssueType.Value, "UNKNOWN_ROLE", AccessMessages.UnknownRole(role, MapRoles.Known)) { Expression = "roles" };
        }
        // Who makes people and tokens could otherwise be the second pair of eyes of his own work.
        string[] roles = [.. user.Roles.Values.SelectMany(given => given)];
        if (roles.Contains("admin") && roles.Any(role => role != "admin")) throw new TerminologyException(IssueType.BusinessRule, "ADMIN_ALONE", AccessMessages.AdminAlone(user.Name)) { Expression = "roles" };
        await _journal.ChangeAsync(turn => turn.State.All(Users).Any(other => !other.Deleted && other.Id != user.Name && string.Equals(other.Id, user.Name, StringComparison.OrdinalIgnoreCase))
            ? throw new TerminologyException(IssueType.Conflict, "NAME_TAKEN", AccessMessages.NameTaken(user.Name))
            : turn.Write(Users, user.Name, author, JsonSerializer.SerializeToUtf8Bytes(user)));
        return user;
    }

    public async Task<TokenInfo> IssueAsync(string user, DateTimeOffset? expires, string author)
    {
        var (token, id) = (ApiKey.NewSecret(), Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6)));
        var kept = JsonSerializer.SerializeToUtf8Bytes(new KeptToken(user, ApiKey.HashOf(token), expires));
        await _journal.ChangeAsync(turn => turn.State.TryFind(Users, user, out _) ? turn.Write(Tokens, id, author, kept) : throw new TerminologyException(IssueType.NotFound, "UNKNOWN_USER", AccessMessages.NoSuchUser(user)));
        return new(id, user, expires, token);
    }

    public Task RevokeAsync(string id, string author) => _journal.ChangeAsync(turn => turn.State.TryFind(Tokens, id, out _)
        ? turn.Delete(Tokens, id, author)
        : throw new TerminologyException(IssueType.NotFound, "UNKNOWN_TOKEN", AccessMessages.NoSuchToken(id)));

    private static void CheckName(string? name)
    {
        var isName = name is { Length: > 0 and <= 64 } && name.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.');
        if (!isName || name is "system" or "anonymous" or "owner") throw new TerminologyException(IssueType.Value, "INVALID_NAME", AccessMessages.InvalidName(name ?? "")) { Expression = "name" };
    }

    private Index Read()
    {
        var people = _journal.Current.All(Users).Where(document => !document.Deleted).Select(document => JsonSerializer.Deserialize<UserInfo>(document.Body.Span)!)
            .ToDictionary(user => user.Name, user => new Person(user.Name, ActorKind.Person, user.Roles.ToDictionary(pair => pair.Key, pair => pair.Value.Aggregate(MapRole.None, (roles, name) => roles | MapRoles.Parse(name)))), StringComparer.Ordinal);
        return new(people, _journal.Current.All(Tokens).Where(document => !document.Deleted).Select(document => JsonSerializer.Deserialize<KeptToken>(document.Body.Span)!).ToLookup(token => BitConverter.ToUInt64(token.Hash)));
    }

    private static UserInfo Info(Person person) => new(person.Name, person.Roles.ToDictionary(pair => pair.Key, pair => MapRoles.Names(pair.Value).ToArray()));

    private sealed record KeptToken(string User, byte[] Hash, DateTimeOffset? Expires);

    private sealed record Index(Dictionary<string, Person> People, ILookup<ulong, KeptToken> Tokens);
}

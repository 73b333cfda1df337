namespace Terminology.Issues;

/// <summary>What clients read when they may not do what they ask for.</summary>
public static class AccessMessages
{
    /// <summary>An admin with other roles.</summary>
    public static string AdminAlone(string name) => $"{name} cannot be admin and have another role: whoever makes people and tokens does not map, approve or sign. Give the other role to another person.";

    /// <summary>No key was sent.</summary>
    public static string KeyNeeded(string scope) => $"This needs an API key with the scope '{scope}', sent as 'Authorization: Bearer KEY'.";

    /// <summary>The header Authorization has another scheme.</summary>
    public static string OtherScheme() => "The header Authorization must be 'Bearer KEY' or 'ApiKey KEY'.";

    /// <summary>No such key.</summary>
    public static string UnknownKey() => "This API key is not known here, or was revoked.";

    /// <summary>Its time is over.</summary>
    public static string ExpiredKey(string name, DateTimeOffset expired) => $"The API key '{name}' expired at {expired.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}.";

    /// <summary>A key that may do other things.</summary>
    public static string WrongScope(string name, string scope) => $"The API key '{name}' does not have the scope '{scope}', which this needs.";

    /// <summary>The server takes no writes.</summary>
    public static string ReadOnly() => "This server only reads.";

    /// <summary>The header Host names somebody else.</summary>
    public static string OtherHost() => "The header Host names another server. As long as writing is open to this machine, only its own names are answered; 'serve --host NAME' adds one.";

    /// <summary>A page of another origin, or a proxy, writes without a key.</summary>
    public static string FromElsewhere() => "Writing without a key is open to this machine alone; this comes from another origin or through a proxy. Create a key with 'terminology key create'.";

    /// <summary>A name that no key can have.</summary>
    public static string InvalidName(string name) => $"'{name}' is no name for a key: 1 to 64 letters, digits, hyphens, underscores and dots.";

    /// <summary>A scope that does not exist.</summary>
    public static string UnknownScope(string scope, string known) => $"'{scope}' is no scope; there are {known}.";

    /// <summary>A key without scopes.</summary>
    public static string NoScope(string known) => $"A key needs at least one scope: {known}.";

    /// <summary>The name is taken.</summary>
    public static string NameTaken(string name) => $"There is a key called '{name}'; revoke it first, or choose another name.";

    /// <summary>No key of this name.</summary>
    public static string NoSuchKey(string name) => $"There is no key called '{name}'; 'terminology key list' shows those there are.";

    /// <summary>An expiry that is none.</summary>
    public static string InvalidExpiry(string text) => $"'{text}' is no date in the future; write 2030-01-31 or 2030-01-31T12:00:00Z.";

    /// <summary>Listening for others with nothing that protects what is kept.</summary>
    public static string Unprotected(string urls) => $"""
        {urls} can be reached by other machines, and no valid API key exists. Choose one of:
          terminology key create --name NAME --scope write    writing needs a key from then on
          serve --read-only                                   nobody writes
          serve --open-writes-to-anyone                       whoever reaches the server can change and delete what is stored
        """;

    /// <summary>No such role.</summary>
    public static string UnknownRole(string role, string known) => $"'{role}' is no role; roles are {known}.";

    /// <summary>No such person.</summary>
    public static string NoSuchUser(string name) => $"There is no user '{name}'; 'terminology user add {name} --role ROLE --domain DOMAIN' makes one.";

    /// <summary>No such token.</summary>
    public static string NoSuchToken(string id) => $"There is no token '{id}'.";

    /// <summary>Map work is personal.</summary>
    public static string PersonOrKeyNeeded() => "Work on maps is done in somebody's name: send a personal token ('terminology token create --user NAME') or, for a program, an API key as 'Authorization: Bearer TOKEN'.";
}

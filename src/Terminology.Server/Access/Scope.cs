using Terminology.Issues;

namespace Terminology.Server.Access;

/// <summary>What a key allows. None includes another: a key that reads and writes has both.</summary>
[Flags]
internal enum Scope
{
    /// <summary>Open to everybody.</summary>
    None = 0,

    /// <summary>Asking, where reading needs a key.</summary>
    Read = 1,

    /// <summary>Changing stored resources and closure tables.</summary>
    Write = 2,

    /// <summary>The figures of the server.</summary>
    Metrics = 4,

    /// <summary>Keys and backups.</summary>
    Admin = 8,

    /// <summary>Working on maps; what exactly is a matter of roles. Every personal token has it.</summary>
    Maps = 16,
}

/// <summary>Scopes as texts: <c>read</c>, <c>write</c>, <c>metrics</c>, <c>admin</c>, <c>maps</c>.</summary>
internal static class Scopes
{
    private static readonly Scope[] All = [Scope.Read, Scope.Write, Scope.Metrics, Scope.Admin, Scope.Maps];

    public static string Known { get; } = string.Join(", ", All.Select(Name));

    public static string Name(Scope scope) => scope switch
    {
        Scope.Read => "read",
        Scope.Write => "write",
        Scope.Metrics => "metrics",
        Scope.Admin => "admin",
        Scope.Maps => "maps",
        _ => throw new ArgumentOutOfRangeException(nameof(scope)),
    };

    public static string[] Names(Scope scopes) => [.. All.Where(scope => scopes.HasFlag(scope)).Select(Name)];

    /// <exception cref="TerminologyException">Value: one of them is no scope, or there is none.</exception>
    public static Scope Parse(IEnumerable<string> names)
    {
        var scopes = Scope.None;
        foreach (var name in names)
        {
            var scope = All.FirstOrDefault(scope => Name(scope) == name);
            if (scope == Scope.None) throw new TerminologyException(IssueType.Value, "UNKNOWN_SCOPE", AccessMessages.UnknownScope(name, Known));
            scopes |= scope;
        }
        return scopes == Scope.None ? throw new TerminologyException(IssueType.Required, "NO_SCOPE", AccessMessages.NoScope(Known)) : scopes;
    }
}

/// <summary>The scope that an endpoint needs; every endpoint has one.</summary>
/// <param name="Scope">One scope, or none.</param>
internal sealed record Needs(Scope Scope);

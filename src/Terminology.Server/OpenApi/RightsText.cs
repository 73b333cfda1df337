using Terminology.Mapping.People;
using Terminology.Server.Access;

namespace Terminology.Server.OpenApi;

/// <summary>Who may use an endpoint, said from the tables of rights.</summary>
internal static class RightsText
{
    /// <summary>In one or two sentences, for people.</summary>
    public static string Of(Scope needs, IReadOnlyList<Right> rights)
    {
        if (rights.Count == 0) return needs switch
        {
            Scope.None => "Open to everybody.",
            Scope.Read => "Open to everybody, unless the server asks for a key to read; then a token, or a key with the scope `read`.",
            Scope.Admin => $"Takes the token of somebody who is admin, or a key with the scope `{Scopes.Name(needs)}`.",
            Scope.Maps => "Takes a token, or a key with the scope `maps`; what is shown depends on the roles.",
            _ => $"Takes a key with the scope `{Scopes.Name(needs)}`.",
        };
        if (rights is [{ Step: null } one]) return $"Takes the token of somebody who is {Roles(one)} in the domain of the map{Programs(one)}.";
        return "Takes a token, in the domain of the map, by step:\n\n" + string.Join('\n', rights.Select(right => $"- `{right.Step}`: {Roles(right)}{Programs(right)}"));
    }

    /// <summary>The roles that may, and <c>key</c> where a program may: for programs.</summary>
    public static IEnumerable<string> Names(Right right) => [.. MapRoles.Names(Permissions.Having(right.Action)), .. MayPrograms(right) ? ["key"] : Array.Empty<string>()];

    private static string Roles(Right right) => MapRoles.Names(Permissions.Having(right.Action)) is var names && names.Count == MapRoles.Each.Count ? "anything" : string.Join(", ", names);

    private static string Programs(Right right) => MayPrograms(right) ? ", or a key with the scope `maps`" : "";

    private static bool MayPrograms(Right right) => !right.ByPersonsAlone && Permissions.AllowsPrograms(right.Action);
}

namespace Terminology.Mapping.People;

/// <summary>What a person is trusted with in a domain. Nobody has a right that no role of hers gives.</summary>
[Flags]
public enum MapRole
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Reads what was released.</summary>
    Viewer = 1,

    /// <summary>Reads drafts, comments and suggests.</summary>
    Contributor = 2,

    /// <summary>Maps rows and proposes them.</summary>
    Author = 4,

    /// <summary>Approves what others mapped.</summary>
    Reviewer = 8,

    /// <summary>Decides where two authors disagree.</summary>
    Adjudicator = 16,

    /// <summary>Answers for the map: policy, import, freezing a release.</summary>
    Steward = 32,

    /// <summary>Signs releases.</summary>
    ReleaseApprover = 64,

    /// <summary>Answers for an interface that uses the map.</summary>
    InterfaceOwner = 128,

    /// <summary>Reads everything and changes nothing.</summary>
    Auditor = 256,

    /// <summary>Users, tokens and backups; neither maps nor approves.</summary>
    Admin = 512,
}

/// <summary>Roles as texts, for example <c>release-approver</c>.</summary>
public static class MapRoles
{
    private static readonly (MapRole Role, string Name)[] All =
    [
        (MapRole.Viewer, "viewer"), (MapRole.Contributor, "contributor"), (MapRole.Author, "author"), (MapRole.Reviewer, "reviewer"), (MapRole.Adjudicator, "adjudicator"),
        (MapRole.Steward, "steward"), (MapRole.ReleaseApprover, "release-approver"), (MapRole.InterfaceOwner, "interface-owner"), (MapRole.Auditor, "auditor"), (MapRole.Admin, "admin"),
    ];

    /// <summary>Every role, in order of the table of permissions.</summary>
    public static IReadOnlyList<MapRole> Each { get; } = [.. All.Select(role => role.Role)];

    /// <summary>The names of all roles, for messages.</summary>
    public static string Known { get; } = string.Join(", ", All.Select(role => role.Name));

    /// <summary>The names of the roles in a set, in order of the table.</summary>
    public static IReadOnlyList<string> Names(MapRole roles) => [.. All.Where(role => roles.HasFlag(role.Role)).Select(role => role.Name)];

    /// <summary>The role of a name; None when it is none.</summary>
    public static MapRole Parse(string name) => All.FirstOrDefault(role => role.Name == name).Role;
}

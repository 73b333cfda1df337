namespace Terminology.Mapping.People;

/// <summary>Something that needs a right.</summary>
public enum MapAction
{
    /// <summary>Read a map as it was released, and why.</summary>
    ReadReleased,

    /// <summary>Read drafts and comments.</summary>
    ReadDrafts,

    /// <summary>Suggest, comment, report a wrong mapping.</summary>
    Comment,

    /// <summary>Ask questions, answer those asked of oneself, enter what a sender answered.</summary>
    Ask,

    /// <summary>Answer in place of others, withdraw what others asked.</summary>
    TendQuestions,

    /// <summary>Bring a list or a map in, create a map.</summary>
    Import,

    /// <summary>Map rows and propose them.</summary>
    MapRows,

    /// <summary>Say what a map must answer: its tests.</summary>
    WriteTests,

    /// <summary>Approve rows of others, ask for changes.</summary>
    Approve,

    /// <summary>Decide between two authors.</summary>
    Adjudicate,

    /// <summary>Say who is to do what with rows.</summary>
    Assign,

    /// <summary>Set aside a warning or question.</summary>
    WaiveWarning,

    /// <summary>Set aside an error; a second person confirms.</summary>
    WaiveError,

    /// <summary>Change policy, owner and templates of a map.</summary>
    ChangePolicy,

    /// <summary>Propose another policy, for a second person to agree to.</summary>
    ProposePolicy,

    /// <summary>Freeze a release and take it through its gates.</summary>
    Freeze,

    /// <summary>Let a release answer, roll back, take one back.</summary>
    Activate,

    /// <summary>Sign a release.</summary>
    Sign,

    /// <summary>Make users and tokens, back up.</summary>
    ManageUsers,

    /// <summary>Read the log of events and check its chain.</summary>
    ReadEvents,
}

/// <summary>Who may do what: one table, what is not in it is refused.</summary>
public static class Permissions
{
    private const MapRole Everybody = (MapRole)1023;
    private const MapRole Workers = MapRole.Contributor | MapRole.Author | MapRole.Reviewer | MapRole.Adjudicator | MapRole.Steward | MapRole.ReleaseApprover | MapRole.InterfaceOwner;

    /// <summary>What a program with an API key may do; the scope of the key says whether it may write at all. Its rows come in as drafts.</summary>
    private static readonly HashSet<MapAction> OfPrograms = [MapAction.ReadReleased, MapAction.ReadDrafts, MapAction.Import, MapAction.MapRows, MapAction.WriteTests, MapAction.Freeze];

    private static readonly Dictionary<MapAction, MapRole> Table = new()
    {
        [MapAction.ReadReleased] = Everybody,
        [MapAction.ReadDrafts] = Workers | MapRole.Auditor | MapRole.Admin,
        [MapAction.Comment] = Workers | MapRole.Viewer,
        [MapAction.Ask] = Workers,
        [MapAction.TendQuestions] = MapRole.Steward,
        [MapAction.Import] = MapRole.Author | MapRole.Steward,
        [MapAction.MapRows] = MapRole.Author | MapRole.Steward,
        [MapAction.WriteTests] = MapRole.Author | MapRole.Steward | MapRole.InterfaceOwner,
        [MapAction.Approve] = MapRole.Reviewer | MapRole.Adjudicator | MapRole.Steward,
        [MapAction.Adjudicate] = MapRole.Adjudicator,
        [MapAction.Assign] = MapRole.Steward,
        [MapAction.WaiveWarning] = MapRole.Reviewer | MapRole.Adjudicator | MapRole.Steward,
        [MapAction.WaiveError] = MapRole.Steward,
        [MapAction.ChangePolicy] = MapRole.Steward,
        [MapAction.ProposePolicy] = MapRole.Author | MapRole.Steward,
        [MapAction.Freeze] = MapRole.Steward,
        [MapAction.Activate] = MapRole.Steward,
        [MapAction.Sign] = MapRole.ReleaseApprover,
        [MapAction.ManageUsers] = MapRole.Admin,
        [MapAction.ReadEvents] = MapRole.Steward | MapRole.Auditor,
    };

    /// <summary>May somebody do this in a domain?</summary>
    /// <remarks>An engine may map rows and nothing else; the system needs no right, its moves are its own.</remarks>
    public static bool Allow(Person who, MapAction action, string domain) => who.Kind switch
    {
        ActorKind.Person => (who.In(domain) & Table[action]) != MapRole.None,
        ActorKind.Program => OfPrograms.Contains(action),
        ActorKind.Engine => action is MapAction.MapRows or MapAction.ReadDrafts,
        _ => false,
    };

    /// <summary>The roles that have a right; for messages and pages.</summary>
    public static MapRole Having(MapAction action) => Table[action];

    /// <summary>May a program with an API key do it? For messages and pages.</summary>
    public static bool AllowsPrograms(MapAction action) => OfPrograms.Contains(action);
}

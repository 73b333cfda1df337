using Terminology.Mapping.Events;
using Terminology.Mapping.Maps;
using Terminology.Mapping.People;
using Terminology.Mapping.Releases;
using Terminology.Mapping.Rows;

namespace Terminology.Server.MapApi;

/// <summary>A list of rows that comes in.</summary>
/// <param name="Rows">All of them: a row of the map that is not among them is withdrawn when <paramref name="IsWhole"/>.</param>
/// <param name="IsWhole">Is this the whole list? Otherwise it only adds.</param>
internal sealed record RowImport(IReadOnlyList<RowInput> Rows, bool IsWhole = false);

/// <summary>A row that comes in.</summary>
/// <param name="Code">Source code.</param>
internal sealed record RowInput(string Code)
{
    /// <summary>Unique in the map; the code unless told otherwise.</summary>
    public string? Key { get; init; }

    /// <summary>Its display, or null.</summary>
    public string? Display { get; init; }

    /// <summary>What stands beside the code; name to value, in order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Context { get; init; } = [];

    /// <summary>What it is said to map to, by whoever sends it: a draft.</summary>
    public RowContent? Content { get; init; }

    /// <summary>What is known of it from where it comes; it goes with the draft.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Evidence { get; init; } = [];
}

/// <summary>What became of a list: every row of it is entered, changed, unchanged or back; of those with content the drafted ones are counted, and those refused are named.</summary>
/// <param name="Read">Rows of the list.</param>
/// <param name="Entered">New ones.</param>
/// <param name="Changed">With another display or context than before.</param>
/// <param name="Unchanged">As before.</param>
/// <param name="Drafted">Whose content became a draft.</param>
/// <param name="Back">That were withdrawn and are there again.</param>
/// <param name="Withdrawn">That are not in the list any more.</param>
/// <param name="Refused">Whose content was not taken, and why.</param>
internal sealed record RowImportResult(int Read, int Entered, int Changed, int Unchanged, int Drafted, int Back, int Withdrawn, IReadOnlyList<BulkRefusal> Refused);

/// <summary>One command for many rows.</summary>
/// <param name="Command">What to do.</param>
internal sealed record BulkRequest(RowCommand Command)
{
    /// <summary>Which rows; empty: all that <see cref="State"/> names.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    /// <summary>All rows of a state; null: of any.</summary>
    public MapRowState? State { get; init; }

    /// <summary>Only say what would become of them.</summary>
    public bool DryRun { get; init; }
}

/// <summary>What became of many rows.</summary>
/// <param name="Done">Rows that took the step.</param>
/// <param name="Refused">Rows that could not.</param>
/// <param name="DryRun">Was nothing changed?</param>
internal sealed record BulkResult(int Done, IReadOnlyList<BulkRefusal> Refused, bool DryRun);

/// <summary>A row that was not touched, and why.</summary>
/// <param name="Key">Of the row.</param>
/// <param name="Code">Stable id of the message.</param>
/// <param name="Detail">In words.</param>
internal sealed record BulkRefusal(string Key, string Code, string Detail);

/// <summary>A map as it is listed; its tests have an address of their own.</summary>
/// <param name="Map">What it is.</param>
/// <param name="Sequence">Place of the last event of its log.</param>
/// <param name="Head">Hash of that.</param>
/// <param name="Rows">How many rows it has.</param>
/// <param name="States">How many of them are in a state.</param>
/// <param name="ActiveRelease">Number of the release that answers; null for none.</param>
/// <param name="Version">Of what it is and what is proposed: changes with them, and goes into <c>If-Match</c>.</param>
internal sealed record MapView(MapProject Map, long Sequence, string Head, int Rows, IReadOnlyDictionary<string, int> States, int? ActiveRelease, string Version)
{
    /// <summary>Other rules that somebody proposed and nobody has decided on yet, or null.</summary>
    public SettingsProposal? Proposal { get; init; }

    public static MapView Of(MapState state)
    {
        var (project, proposal) = (state.Project with { Tests = [] }, state.Settings is { State: ProposalState.Open } open ? open : null);
        var states = Enum.GetValues<MapRowState>().Where(one => state.CountOf(one) > 0).ToDictionary(one => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(one.ToString()), state.CountOf);
        return new(project, state.Sequence, state.Head, state.Rows.Count, states, state.Active?.Number, ContentTag.Of((object?[])[project, proposal])) { Proposal = proposal };
    }
}

/// <summary>A row with its version.</summary>
/// <param name="Version">Rises with each step; goes into <c>If-Match</c>.</param>
/// <param name="Row">The row.</param>
internal sealed record RowView(int Version, MapRow Row)
{
    /// <summary>Does somebody see all that a row says? There is nothing to be hidden of a row that is none.</summary>
    public static bool IsWhole(MapState map, string key, Person who) => map.Find(key) is not { } entry || Of(entry, who, map.Project).Row == entry.Row;

    /// <summary>
    /// As somebody may see it: who may not read drafts sees what was approved; of two authors who work blindly neither sees the other's answer before both have handed in.
    /// </summary>
    public static RowView Of(RowEntry entry, Person who, MapProject map)
    {
        var row = entry.Row;
        if (!Permissions.Allow(who, MapAction.ReadDrafts, map.Domain)) return new(entry.Version, new() { Key = row.Key, Number = row.Number, Code = row.Code, Display = row.Display, State = row.State, Content = row.Approved?.Content ?? RowContent.Empty, Approved = row.Approved });
        if (row.Blind.Count == 0 || row.State is not (MapRowState.Draft or MapRowState.Parked)) return new(entry.Version, row);
        return new(entry.Version, row with { Blind = [.. row.Blind.Where(answer => answer.By == who.Name)], ContentBy = [.. row.ContentBy.Where(author => author == who.Name)], LastBy = row.LastBy == who.Name ? who.Name : null });
    }
}

/// <summary>A page of rows.</summary>
/// <param name="Total">How many fit the question.</param>
/// <param name="Rows">Those of this page.</param>
/// <param name="Next">Where the next page begins, for <c>cursor</c>; null at the end.</param>
internal sealed record RowPage(int Total, IReadOnlyList<RowView> Rows, string? Next);

/// <summary>What to freeze.</summary>
/// <param name="Notes">For those who use the release, or null.</param>
/// <param name="Windows">For how long the old targets of rows changed or withdrawn are answered besides; null: changed ones not at all, and withdrawn rows go on answering.</param>
internal sealed record FreezeRequest(string? Notes = null, ReleaseWindows? Windows = null);

/// <summary>What checking the log of a map came to.</summary>
/// <param name="Valid">Does it hold?</param>
/// <param name="Events">How many events it has.</param>
/// <param name="Head">Hash of the last.</param>
/// <param name="Faults">A sentence for each fault.</param>
internal sealed record ChainReport(bool Valid, long Events, string Head, IReadOnlyList<string> Faults);

/// <summary>What happened to a row.</summary>
/// <param name="Key">Of the row.</param>
/// <param name="Events">The newest first, with those of questions about it.</param>
internal sealed record RowHistory(string Key, IEnumerable<MapEvent> Events);

/// <summary>The releases of a map.</summary>
/// <param name="Releases">In order of their numbers.</param>
internal sealed record ReleaseList(IReadOnlyList<MapRelease> Releases);

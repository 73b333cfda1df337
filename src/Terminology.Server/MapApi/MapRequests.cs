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

    public string? Display { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>> Context { get; init; } = [];

    /// <summary>What it is said to map to, by whoever sends it: a draft.</summary>
    public RowContent? Content { get; init; }

    /// <summary>What is known of it from where it comes; it goes with the draft.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Evidence { get; init; } = [];
}

/// <summary>What became of a list: every row of it is entered, changed, unchanged or back; of those with content the drafted ones are counted, and those refused are named.</summary>
internal sealed record RowImportResult(int Read, int Entered, int Changed, int Unchanged, int Drafted, int Back, int Withdrawn, IReadOnlyList<BulkRefusal> Refused);

/// <summary>One command for many rows.</summary>
/// <param name="Command">What to do.</param>
internal sealed record BulkRequest(RowCommand Command)
{
    /// <summary>Which rows; empty: all that <see cref="State"/> names.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    public MapRowState? State { get; init; }

    /// <summary>Only say what would become of them.</summary>
    public bool DryRun { get; init; }
}

/// <summary>What became of many rows.</summary>
internal sealed record BulkResult(int Done, IReadOnlyList<BulkRefusal> Refused, bool DryRun);

/// <summary>A row that was not touched, and why.</summary>
internal sealed record BulkRefusal(string Key, string Code, string Detail);

/// <summary>A map as it is listed; its tests have an address of their own.</summary>
internal sealed record MapView(MapProject Map, long Sequence, string Head, int Rows, IReadOnlyDictionary<string, int> States, int? ActiveRelease)
{
    public static MapView Of(MapState state) => new(state.Project with { Tests = [] }, state.Sequence, state.Head, state.Rows.Count,
        Enum.GetValues<MapRowState>().Where(one => state.CountOf(one) > 0).ToDictionary(one => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(one.ToString()), state.CountOf), state.Active?.Number);
}

/// <summary>A row with its version.</summary>
internal sealed record RowView(int Version, MapRow Row)
{
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
internal sealed record RowPage(int Total, IReadOnlyList<RowView> Rows, string? Next);

/// <summary>What to freeze.</summary>
/// <param name="Notes">For those who use the release, or null.</param>
/// <param name="Windows">For how long the old targets of rows changed or withdrawn are answered besides; null: changed ones not at all, and withdrawn rows go on answering.</param>
internal sealed record FreezeRequest(string? Notes = null, ReleaseWindows? Windows = null);

/// <summary>The releases of a map.</summary>
internal sealed record ReleaseList(IReadOnlyList<MapRelease> Releases);

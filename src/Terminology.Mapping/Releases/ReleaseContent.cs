using System.Security.Cryptography;
using System.Text.Json;
using Terminology.Mapping.Maps;
using Terminology.Mapping.Rows;
using Terminology.Maps;

namespace Terminology.Mapping.Releases;

/// <summary>One row as it is released: what was approved, by whom and when.</summary>
/// <param name="Key">Of the row.</param>
/// <param name="Code">Source code.</param>
/// <param name="Display">Its display, or null.</param>
/// <param name="Approved">What was approved.</param>
public sealed record ReleasedRow(string Key, string Code, string? Display, Approval Approved);

/// <summary>
/// What a release holds: the approved content of every row, in order of its keys. A row being edited is in it as it was last approved; one that never was is not in it.
/// The same rows have the same bytes. Behind the rows stand the old targets that are answered besides for a while (<see cref="SupersededRow"/>), for they are signed with the rest.
/// </summary>
public sealed class ReleaseContent
{
    private ReleaseContent(MapProject map, IReadOnlyList<ReleasedRow> rows, IReadOnlyList<SupersededRow> superseded)
    {
        (Map, Rows, Superseded) = (map, rows, superseded);
        Bytes = Write(map, rows, superseded);
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(Bytes));
    }

    /// <summary>The map as it was.</summary>
    public MapProject Map { get; }

    /// <summary>In ordinal order of their keys.</summary>
    public IReadOnlyList<ReleasedRow> Rows { get; }

    /// <summary>Old targets that are answered besides, in ordinal order of the keys of their rows, the newest first; empty when there is none.</summary>
    public IReadOnlyList<SupersededRow> Superseded { get; }

    /// <summary>A line of JSON for the map, one for each row, and one for each old target set, which has the member <c>superseded</c>.</summary>
    public byte[] Bytes { get; }

    /// <summary>Of the bytes.</summary>
    public string Sha256 { get; }

    /// <summary>What a release made now would hold.</summary>
    public static ReleaseContent Of(MapProject map, IEnumerable<MapRow> rows)
        => new(map, [.. rows.Where(row => row.Approved is not null).Select(row => new ReleasedRow(row.Key, row.Code, row.Display, row.Approved!)).OrderBy(row => row.Key, StringComparer.Ordinal)], []);

    /// <summary>What the release after another holds, with what was said of windows.</summary>
    /// <param name="map">The map.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="former">The release before; null: this is the first.</param>
    /// <param name="number">Number of that.</param>
    /// <param name="windows">For how long old targets are answered besides.</param>
    /// <param name="today">In UTC.</param>
    /// <exception cref="Issues.TerminologyException">Value: a window for a row that is neither changed nor withdrawn.</exception>
    public static ReleaseContent After(MapProject map, IEnumerable<MapRow> rows, ReleaseContent? former, int number, ReleaseWindows windows, DateOnly today)
    {
        var content = Of(map, Supersession.Released(rows, former, windows));
        var superseded = Supersession.Of(content.Rows, former ?? Of(map, []), number, windows, today);
        return superseded.Count == 0 ? content : new(map, content.Rows, superseded);
    }

    /// <summary>What was kept of a release.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static ReleaseContent Read(ReadOnlySpan<byte> bytes)
    {
        MapProject? map = null;
        var (rows, superseded) = (new List<ReleasedRow>(), new List<SupersededRow>());
        while (!bytes.IsEmpty)
        {
            var end = bytes.IndexOf((byte)'\n');
            var line = end < 0 ? bytes : bytes[..end];
            bytes = end < 0 ? default : bytes[(end + 1)..];
            if (map is null) map = JsonSerializer.Deserialize<MapProject>(line, MappingJson.Options);
            else if (line.StartsWith(SupersededStart)) superseded.Add(JsonSerializer.Deserialize<SupersededLine>(line, MappingJson.Options)!.Superseded);
            else rows.Add(JsonSerializer.Deserialize<ReleasedRow>(line, MappingJson.Options)!);
        }
        return new(map ?? throw new JsonException("A release begins with its map."), rows, superseded);
    }

    /// <summary>The authors of all rows, each once.</summary>
    public IReadOnlyList<string> Authors => [.. Rows.SelectMany(row => row.Approved.Authors).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>As a ConceptMap; groups by target system, in order of the map.</summary>
    public (ConceptMapInfo Info, IReadOnlyList<(int Group, MapElement Element)> Elements) ToConceptMap(string version)
    {
        // The version of a group is that of its targets when all have the same.
        var systems = Rows.Select(row => row.Approved).Concat(Superseded.Select(row => row.Approved)).SelectMany(approved => approved.Content.Targets).GroupBy(target => target.System, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Select(target => target.Version).Distinct().ToArray() is [var only] ? only : null, StringComparer.Ordinal);
        string[] order = [.. Map.TargetSystems, .. systems.Keys.Except(Map.TargetSystems).Order(StringComparer.Ordinal)];
        var elements = new List<(int Group, MapElement Element)>();
        foreach (var row in Rows)
        {
            var content = row.Approved.Content;
            if (content.NoMap is { } none) elements.Add((0, new(row.Code, []) { Display = row.Display, NoMap = true, Comment = none.Text ?? none.Reason }));
            foreach (var group in content.Targets.GroupBy(target => Array.IndexOf(order, target.System)))
            {
                elements.Add((group.Key, new(row.Code, [.. group.Select(target => ToTarget(target, row.Approved))]) { Display = row.Display }));
            }
        }
        elements.AddRange(Superseded.SelectMany(row => row.Approved.Content.Targets.GroupBy(target => Array.IndexOf(order, target.System)), (row, group) => (group.Key, new MapElement(row.Code, [.. group.Select(target => ToTarget(target, row))]) { Display = row.Display })));
        var days = elements.SelectMany(element => element.Element.Targets).Select(TargetDays.Of).Where(days => days != default).ToArray();
        var info = new ConceptMapInfo
        {
            Url = Map.Url,
            Version = version,
            Title = Map.Title,
            Name = Map.Id,
            Status = PublicationStatus.Active,
            Copyright = Map.Copyright,
            TargetScope = Map.TargetScope,
            Days = days.Length == 0 ? null : [.. days.SelectMany(target => target.Changes()).Distinct().Order()],
            Groups = [.. order.Select(system => new MapGroup(new(Map.SourceSystem), new(system, systems.GetValueOrDefault(system))))],
        };
        return (info, elements);
    }

    private static MapTarget ToTarget(RowTarget target, SupersededRow row)
    {
        var old = ToTarget(target, row.Approved);
        return old with { Properties = [.. old.Properties, .. TargetDays.Superseded(row.Window.Until, row.Window.Kind == WindowKind.OptIn)] };
    }

    private static MapTarget ToTarget(RowTarget target, Approval approved) => new()
    {
        Code = target.Code,
        Display = target.Display,
        Relationship = target.Relationship,
        OriginalRelationship = target.OriginalRelationship,
        Comment = target.Comment,
        DependsOn = target.DependsOn,
        Products = target.Products,
        RuleGroup = target.RuleGroup,
        Priority = target.Priority,
        Rule = target.Rule,
        Properties =
        [
            .. target.Properties.Where(property => !TargetDays.IsProperty(property.Key)),
            .. TargetDays.Effective(target.EffectiveFrom, target.EffectiveTo),
            new("approvedBy", approved.By),
            new("approvedAt", approved.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture)),
        ],
    };

    private static byte[] Write(MapProject map, IReadOnlyList<ReleasedRow> rows, IReadOnlyList<SupersededRow> superseded)
    {
        using var bytes = new MemoryStream();
        JsonSerializer.Serialize(bytes, map, MappingJson.Options);
        foreach (var row in rows)
        {
            bytes.WriteByte((byte)'\n');
            JsonSerializer.Serialize(bytes, row, MappingJson.Options);
        }
        foreach (var row in superseded)
        {
            bytes.WriteByte((byte)'\n');
            JsonSerializer.Serialize(bytes, new SupersededLine(row), MappingJson.Options);
        }
        return bytes.ToArray();
    }

    private static ReadOnlySpan<byte> SupersededStart => "{\"superseded\":"u8;

    /// <summary>A line that is no row.</summary>
    private sealed record SupersededLine(SupersededRow Superseded);
}

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
/// The same rows have the same bytes.
/// </summary>
public sealed class ReleaseContent
{
    private ReleaseContent(MapProject map, IReadOnlyList<ReleasedRow> rows)
    {
        (Map, Rows) = (map, rows);
        Bytes = Write(map, rows);
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(Bytes));
    }

    /// <summary>The map as it was.</summary>
    public MapProject Map { get; }

    /// <summary>In ordinal order of their keys.</summary>
    public IReadOnlyList<ReleasedRow> Rows { get; }

    /// <summary>A line of JSON for the map and one for each row.</summary>
    public byte[] Bytes { get; }

    /// <summary>Of the bytes.</summary>
    public string Sha256 { get; }

    /// <summary>What a release made now would hold.</summary>
    public static ReleaseContent Of(MapProject map, IEnumerable<MapRow> rows)
        => new(map, [.. rows.Where(row => row.Approved is not null).Select(row => new ReleasedRow(row.Key, row.Code, row.Display, row.Approved!)).OrderBy(row => row.Key, StringComparer.Ordinal)]);

    /// <summary>What was kept of a release.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static ReleaseContent Read(ReadOnlySpan<byte> bytes)
    {
        MapProject? map = null;
        var rows = new List<ReleasedRow>();
        while (!bytes.IsEmpty)
        {
            var end = bytes.IndexOf((byte)'\n');
            var line = end < 0 ? bytes : bytes[..end];
            bytes = end < 0 ? default : bytes[(end + 1)..];
            if (map is null) map = JsonSerializer.Deserialize<MapProject>(line, MappingJson.Options);
            else rows.Add(JsonSerializer.Deserialize<ReleasedRow>(line, MappingJson.Options)!);
        }
        return new(map ?? throw new JsonException("A release begins with its map."), rows);
    }

    /// <summary>The authors of all rows, each once.</summary>
    public IReadOnlyList<string> Authors => [.. Rows.SelectMany(row => row.Approved.Authors).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>As a ConceptMap; groups by target system, in order of the map.</summary>
    public (ConceptMapInfo Info, IReadOnlyList<(int Group, MapElement Element)> Elements) ToConceptMap(string version)
    {
        // The version of a group is that of its targets when all have the same.
        var systems = Rows.SelectMany(row => row.Approved.Content.Targets).GroupBy(target => target.System, StringComparer.Ordinal)
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
        var info = new ConceptMapInfo
        {
            Url = Map.Url,
            Version = version,
            Title = Map.Title,
            Name = Map.Id,
            Status = PublicationStatus.Active,
            Copyright = Map.Copyright,
            TargetScope = Map.TargetScope,
            Groups = [.. order.Select(system => new MapGroup(new(Map.SourceSystem), new(system, systems.GetValueOrDefault(system))))],
        };
        return (info, elements);
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
            .. target.Properties,
            .. Day("effectiveFrom", target.EffectiveFrom),
            .. Day("effectiveTo", target.EffectiveTo),
            new("approvedBy", approved.By),
            new("approvedAt", approved.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture)),
        ],
    };

    private static KeyValuePair<string, string>[] Day(string name, DateOnly? day)
        => day is { } known ? [new(name, known.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture))] : [];

    private static byte[] Write(MapProject map, IReadOnlyList<ReleasedRow> rows)
    {
        using var bytes = new MemoryStream();
        JsonSerializer.Serialize(bytes, map, MappingJson.Options);
        foreach (var row in rows)
        {
            bytes.WriteByte((byte)'\n');
            JsonSerializer.Serialize(bytes, row, MappingJson.Options);
        }
        return bytes.ToArray();
    }
}

using System.Text.Json;
using Terminology.Fhir.Maps;
using Terminology.Issues;
using Terminology.Mapping;
using Terminology.Mapping.Maps;
using Terminology.Mapping.Rows;
using Terminology.Mapping.Tests;
using Terminology.Maps;

namespace Terminology.Loaders.Maps.Folders;

/// <summary>Reads a map from the text of its files. Every fault is told with file, line and column, and what mends it; nothing is passed over.</summary>
internal sealed class MapFolderReader(IReadOnlyDictionary<string, byte[]> files)
{
    private readonly List<FolderProblem> _problems = [];

    public (MapFolder? Folder, IReadOnlyList<FolderProblem> Problems) Read()
    {
        if (ReadMap() is not { } map) return (null, _problems);
        if (!files.ContainsKey(MapFolder.RowsFile)) _problems.Add(new(MapFolder.RowsFile, 0, 0, FolderMessages.NoRowsFile()));
        var rows = ReadRows(map);
        map = map with { Tests = [.. ReadTests().OrderBy(test => test.Id, StringComparer.Ordinal)] };
        var folder = new MapFolder { Map = map, Rows = [.. Approved(rows).OrderBy(row => row.Key, StringComparer.Ordinal)], Waivers = FolderWaiver.Read(Lines(MapFolder.WaiversFile, FolderColumns.Waivers, ["finding", "rule", "reason", "until", "by", "at"], line => line)) };
        _problems.AddRange(MapFolderCheck.Of(folder, files));
        return (folder, [.. _problems.OrderBy(problem => MapFolder.Files.ToList().IndexOf(problem.File)).ThenBy(problem => problem.Line).ThenBy(problem => problem.Column)]);
    }

    private MapProject? ReadMap()
    {
        if (!files.TryGetValue(MapFolder.MapFile, out var bytes))
        {
            _problems.Add(new(MapFolder.MapFile, 0, 0, FolderMessages.NoMapFile()));
            return null;
        }
        try
        {
            var map = JsonSerializer.Deserialize<MapProject>(bytes.AsSpan(bytes.AsSpan().StartsWith<byte>([0xEF, 0xBB, 0xBF]) ? 3 : 0), MappingJson.Requests);
            if (map is { TargetSystems.Count: > 0 }) return map;
            _problems.Add(new(MapFolder.MapFile, 0, 0, FolderMessages.NoTargetSystem()));
        }
        catch (JsonException problem)
        {
            _problems.Add(new(MapFolder.MapFile, (int)(problem.LineNumber ?? 0) + 1, (int)(problem.BytePositionInLine ?? 0) + 1, FolderMessages.NotTheJson(JsonFaults.Of<MapProject>(bytes) is [var fault, ..] ? $"{fault.Path}: {fault.Text}" : problem.Message.Split(" Path:")[0])));
        }
        return null;
    }

    private List<FolderRow> ReadRows(MapProject map)
    {
        var rows = new Dictionary<string, (FolderRow Row, List<RowTarget> Targets)>(StringComparer.Ordinal);
        foreach (var line in Lines(MapFolder.RowsFile, FolderColumns.Rows, ["key", "code"], line => line).ToArray())
        {
            var (key, code, context) = (line.Needed("key"), line.Needed("code"), Pairs(line, "context"));
            var (target, none) = (Target(line, map), None(line));
            if (line.IsFaulty) continue;
            var row = new FolderRow(key, code, line["display"], new() { NoMap = none }) { Context = context, Line = line.Line };
            if (!rows.TryGetValue(key, out var known)) rows[key] = (row, target is null ? [] : [target]);
            else if (known.Row.Code != code || known.Row.Display != row.Display || !known.Row.Context.SequenceEqual(context)) line.Fault("key", FolderMessages.OtherSource(key, known.Row.Line));
            else if (target is null || known.Targets.Count == 0) line.Fault("key", FolderMessages.KeyTwice(key, known.Row.Line));
            else known.Targets.Add(target);
        }
        return [.. rows.Values.Select(pair => pair.Row with { Content = pair.Row.Content with { Targets = pair.Targets } })];
    }

    private static RowTarget? Target(FolderLine line, MapProject map)
    {
        string? code = line["target"], word = line["relationship"];
        if (code is null)
        {
            if (word is not null) line.Fault("relationship", FolderMessages.RelationshipAlone());
            return null;
        }
        if (word is null) line.Fault("relationship", FolderMessages.Missing("relationship"));
        return new()
        {
            System = line["targetSystem"] ?? map.TargetSystems[0],
            Code = code,
            Display = line["targetDisplay"],
            Version = line["targetVersion"],
            Relationship = line.Value<MapRelationship>("relationship", Equivalence.TryReadRelationship, FolderMessages.Relationships()),
            OriginalRelationship = line["originalRelationship"],
            Comment = line["comment"],
            DependsOn = Dependencies(line, "dependsOn"),
            Products = Dependencies(line, "products"),
            RuleGroup = line.Value<int>("ruleGroup", Sheet.TryInteger, "a whole number"),
            Priority = line.Value<int>("priority", Sheet.TryInteger, "a whole number"),
            Rule = line["rule"],
            EffectiveFrom = line.Value<DateOnly?>("effectiveFrom", Sheet.TryDay, "a day such as 2026-11-26"),
            EffectiveTo = line.Value<DateOnly?>("effectiveTo", Sheet.TryDay, "a day such as 2026-11-26"),
            Confidence = line.Value<double?>("confidence", Sheet.TryNumber, "a number from 0 to 1"),
            Justification = line["justification"],
            Properties = Pairs(line, "properties"),
        };
    }

    private static NoMap? None(FolderLine line)
    {
        var isNone = line.Value<bool>("noMap", TryYes, FolderColumns.Yes);
        if (isNone && line["target"] is not null) line.Fault("noMap", FolderMessages.TargetAndNoMap());
        if (line["noMap"] is null && line["noMapReason"] is not null) line.Fault("noMapReason", FolderMessages.ReasonAlone());
        return isNone ? new(line["noMapReason"], line["noMapText"]) { Request = line["noMapRequest"] } : null;
    }

    private IEnumerable<MapTest> ReadTests() => Lines(MapFolder.TestsFile, FolderColumns.Tests, ["id", "code"], line => new MapTest
    {
        Id = line.Needed("id"),
        System = line["system"],
        Code = line.Needed("code"),
        Context = Pairs(line, "context"),
        Target = line["target"],
        TargetSystem = line["targetSystem"],
        NoMap = line.Value<bool>("noMap", TryYes, FolderColumns.Yes),
        Relationship = line.Value<MapRelationship?>("relationship", TryRelationship, FolderMessages.Relationships()),
        Owner = line["owner"],
    });

    /// <summary>The rows with what the text says of their approvals.</summary>
    private List<FolderRow> Approved(List<FolderRow> rows)
    {
        var places = rows.Index().ToDictionary(pair => pair.Item.Key, pair => pair.Index, StringComparer.Ordinal);
        foreach (var line in Lines(MapFolder.ApprovalsFile, FolderColumns.Approvals, ["key"], line => line).ToArray())
        {
            var (key, state, by, at) = (line.Needed("key"), line.Value<MapRowState?>("state", TryState, StateWords.Known), line["approvedBy"], line.Value<DateTimeOffset?>("approvedAt", Sheet.TryMoment, "a moment such as 2026-11-26T08:30:00Z"));
            if (line.IsFaulty) continue;
            if (!places.TryGetValue(key, out var place)) line.Fault("key", FolderMessages.NoSuchRow(key));
            else if (by is null != at is null) line.Fault("approvedBy", FolderMessages.HalfApproved());
            else rows[place] = rows[place] with { State = state, Approval = by is null ? null : new(line["authors"]?.Split(FolderColumns.Between) ?? [], by, at!.Value) };
        }
        return rows;
    }

    private IEnumerable<T> Lines<T>(string file, string[] columns, string[] needed, Func<FolderLine, T> read)
        where T : class
        => files.TryGetValue(file, out var bytes) ? new FolderTable(file, bytes, columns, needed, _problems).Read(read) : [];

    private static IReadOnlyList<KeyValuePair<string, string>> Pairs(FolderLine line, string column)
    {
        if (line[column] is not { } text) return [];
        if (PairsText.TryRead(text, out IReadOnlyList<KeyValuePair<string, string>> pairs, out var problem)) return pairs;
        line.Fault(column, problem + ".");
        return [];
    }

    private static IReadOnlyList<MapDependency> Dependencies(FolderLine line, string column)
    {
        if (line[column] is not { } text) return [];
        if (PairsText.TryRead(text, out IReadOnlyList<MapDependency> dependencies, out var problem)) return dependencies;
        line.Fault(column, problem + ".");
        return [];
    }

    private static bool TryYes(string text, out bool value) => value = text == FolderColumns.Yes;

    private static bool TryRelationship(string text, out MapRelationship? value)
    {
        var isOne = Equivalence.TryReadRelationship(text, out var relationship);
        value = relationship;
        return isOne;
    }

    private static bool TryState(string text, out MapRowState? value)
    {
        var isOne = StateWords.TryRead(text, out var state);
        value = state;
        return isOne;
    }
}

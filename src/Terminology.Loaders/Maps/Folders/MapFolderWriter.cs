using System.Globalization;
using System.Text.Json;
using Terminology.Fhir.Maps;
using Terminology.Mapping;
using Terminology.Mapping.Maps;
using Terminology.Mapping.Rows;
using Terminology.Mapping.Tests;

namespace Terminology.Loaders.Maps.Folders;

/// <summary>Writes a map as the text of its files: UTF-8 without a mark, lines ended by LF, rows in ordinal order of their keys.</summary>
internal sealed class MapFolderWriter(MapFolder folder)
{
    private static readonly JsonSerializerOptions Indented = new(MappingJson.Options) { WriteIndented = true, NewLine = "\n" };

    public IReadOnlyDictionary<string, byte[]> Write() => new Dictionary<string, byte[]>
    {
        [MapFolder.MapFile] = [.. JsonSerializer.SerializeToUtf8Bytes(folder.Map with { Tests = [] }, Indented), (byte)'\n'],
        [MapFolder.RowsFile] = Table(FolderColumns.Rows, folder.Rows.OrderBy(row => row.Key, StringComparer.Ordinal).SelectMany(Lines)),
        [MapFolder.TestsFile] = Table(FolderColumns.Tests, folder.Map.Tests.OrderBy(test => test.Id, StringComparer.Ordinal).Select(Line)),
        [MapFolder.ApprovalsFile] = Table(FolderColumns.Approvals, folder.Rows.Where(row => row.State is not null || row.Approval is not null).OrderBy(row => row.Key, StringComparer.Ordinal).Select(Line)),
        [MapFolder.WaiversFile] = Table(FolderColumns.Waivers, folder.Waivers.OrderBy(waiver => waiver.Finding, StringComparer.Ordinal).Select(Line)),
    };

    private IEnumerable<string?[]> Lines(FolderRow row)
    {
        string?[] source = [row.Key, row.Code, row.Display, PairsText.Write(row.Context)];
        if (row.Content.Targets.Count == 0)
        {
            var none = row.Content.NoMap;
            yield return [.. source, .. new string?[17], none is null ? null : FolderColumns.Yes, none?.Reason, none?.Text, none?.Request];
            yield break;
        }
        foreach (var target in row.Content.Targets) yield return [.. source, .. Cells(target, folder.Map), null, null, null, null];
    }

    private static string?[] Cells(RowTarget target, MapProject map) =>
    [
        target.System == map.TargetSystems[0] ? null : target.System, target.Code, target.Display, target.Version, Equivalence.R5(target.Relationship), target.OriginalRelationship, target.Comment,
        PairsText.Write(target.DependsOn), PairsText.Write(target.Products), MapText.Number(target.RuleGroup), MapText.Number(target.Priority), target.Rule,
        MapText.Day(target.EffectiveFrom), MapText.Day(target.EffectiveTo), MapText.Number(target.Confidence), target.Justification, PairsText.Write(target.Properties),
    ];

    private static string?[] Line(MapTest test) =>
    [
        test.Id, test.System, test.Code, PairsText.Write(test.Context), test.Target, test.TargetSystem, test.NoMap ? FolderColumns.Yes : null, test.Relationship is { } relationship ? Equivalence.R5(relationship) : null, test.Owner,
    ];

    private static string?[] Line(FolderRow row) =>
    [
        row.Key, row.State is { } state ? StateWords.Of(state) : null, row.Approval is { } approval ? string.Join(FolderColumns.Between, approval.Authors) : null, row.Approval?.By,
        row.Approval is { } approved ? Moment(approved.At) : null,
    ];

    private static string?[] Line(FolderWaiver waiver) => [waiver.Finding, waiver.RuleId, waiver.Text, waiver.Reason, MapText.Day(waiver.Until), waiver.By, Moment(waiver.At), waiver.ConfirmedBy];

    private static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    private static byte[] Table(string[] columns, IEnumerable<string?[]> lines)
    {
        using var bytes = new MemoryStream();
        using (var writer = MapText.Writer(bytes))
        {
            CsvText.Write(writer, columns, end: "\n");
            foreach (var line in lines) CsvText.Write(writer, line.Select(FolderCell.Write), end: "\n");
        }
        return bytes.ToArray();
    }
}

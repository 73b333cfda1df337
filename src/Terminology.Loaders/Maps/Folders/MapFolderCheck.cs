using System.Text;
using Terminology.Issues;
using Terminology.Mapping.Maps;
using Terminology.Mapping.Releases;
using Terminology.Mapping.Rows;
using Terminology.Mapping.Tests;

namespace Terminology.Loaders.Maps.Folders;

/// <summary>What is wrong in a map that could be read: what goes against the rules of maps, against its own rules, and tests that are red.</summary>
internal static class MapFolderCheck
{
    private const string Here = "text", Nobody = "nobody";

    /// <summary>Everything that is wrong; of a map that is none by its own account, that alone.</summary>
    public static IEnumerable<FolderProblem> Of(MapFolder folder, IReadOnlyDictionary<string, byte[]> files)
    {
        FolderProblem[] ofMap = [.. OfMap(folder.Map, Text(files, MapFolder.MapFile))];
        return ofMap.Length > 0 ? ofMap : folder.Rows.SelectMany(row => OfRow(row, folder.Map)).Concat(OfTests(folder, Text(files, MapFolder.TestsFile)));
    }

    private static IEnumerable<FolderProblem> OfMap(MapProject map, string[] lines)
    {
        foreach (var error in new MapProjectRules().Validate(map with { Tests = [] }).Errors)
        {
            var name = error.PropertyName.Split('.', '[')[error.PropertyName.StartsWith("Policy.", StringComparison.Ordinal) ? 1 : 0];
            yield return new(MapFolder.MapFile, LineOf(lines, $"\"{char.ToLowerInvariant(name[0])}{name[1..]}\""), 0, $"{char.ToLowerInvariant(name[0])}{name[1..]}: {error.ErrorMessage}");
        }
    }

    private static IEnumerable<FolderProblem> OfRow(FolderRow row, MapProject map)
    {
        if (row.Content.IsEmpty) yield break;
        foreach (var error in new RowCommandRules().Validate(new RowCommand(RowVerb.Decide) { Content = row.Content }).Errors) yield return new(MapFolder.RowsFile, row.Line, 0, $"'{row.Key}': {error.PropertyName}: {error.ErrorMessage}");
        foreach (var error in PolicyCheck.Errors(row.Content, map)) yield return new(MapFolder.RowsFile, row.Line, 0, $"'{row.Key}': {error}");
        foreach (var twice in row.Content.Targets.GroupBy(target => (target.System, target.Code, target.RuleGroup, target.Rule, PairsText.Write(target.DependsOn))).Where(group => group.Count() > 1))
        {
            yield return new(MapFolder.RowsFile, row.Line, 0, $"'{row.Key}': {MappingMessages.TargetTwice(twice.Key.Code)}");
        }
    }

    private static IEnumerable<FolderProblem> OfTests(MapFolder folder, string[] lines)
    {
        foreach (var error in new MapTestRules().Validate(new MapTestSet { Tests = folder.Map.Tests }).Errors)
        {
            var test = folder.Map.Tests.FirstOrDefault(test => error.PropertyName.StartsWith($"Tests[{folder.Map.Tests.ToList().IndexOf(test)}]", StringComparison.OrdinalIgnoreCase));
            yield return new(MapFolder.TestsFile, test is null ? 0 : LineOf(lines, test.Id), 0, error.ErrorMessage);
        }
        // As if all of it were approved: what the text says is what is tested.
        var rows = folder.Rows.Where(row => !row.Content.IsEmpty).Select(row => new MapRow { Key = row.Key, Code = row.Code, Display = row.Display, Approved = new(row.Content, [Here], Nobody, DateTimeOffset.UnixEpoch) });
        foreach (var red in MapTestRun.Of(ReleaseContent.Of(folder.Map, rows)).Where(result => !result.Passed)) yield return new(MapFolder.TestsFile, LineOf(lines, red.Id), 0, $"MQ-602: the test '{red.Id}' is red: {red.Text}");
    }

    private static string[] Text(IReadOnlyDictionary<string, byte[]> files, string name) => files.TryGetValue(name, out var bytes) ? Encoding.UTF8.GetString(bytes).Split('\n') : [];

    /// <summary>One-based; 0 when no line has it.</summary>
    private static int LineOf(string[] lines, string text)
    {
        var isKey = text.StartsWith('"');
        return Array.FindIndex(lines, line => isKey ? line.Contains(text, StringComparison.Ordinal) : line.StartsWith(text + ",", StringComparison.Ordinal) || line.StartsWith($"\"{text}\",", StringComparison.Ordinal)) + 1;
    }
}

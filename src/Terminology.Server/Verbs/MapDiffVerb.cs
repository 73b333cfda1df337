using System.CommandLine;
using Terminology.Issues;
using Terminology.Loaders.Maps.Folders;

namespace Terminology.Server.Verbs;

/// <summary><c>terminology map diff A B</c>: two maps as text, or one at the server, in words or as a table.</summary>
internal static class MapDiffVerb
{
    public static Command Command()
    {
        var (a, b) = (Side("A"), Side("B"));
        var table = new Option<bool>("--table") { Description = "As a table: what, part, key, before, after, separated by tabulators." };
        var command = MapVerbs.Asking("diff", "Says what is different between two maps, the map itself, rows and tests.\nExit code 0: nothing; 1: something.", "terminology map diff mappings/lab lab@3", a, b, table);
        command.SetAction(async parsed =>
        {
            var differences = FolderComparison.Between(await ReadAsync(parsed, parsed.GetValue(a)!), await ReadAsync(parsed, parsed.GetValue(b)!));
            if (parsed.GetValue(table))
            {
                Console.WriteLine("what\tpart\tkey\tbefore\tafter");
                foreach (var one in differences) Console.WriteLine(string.Join('\t', new[] { one.What, one.Part, one.Key, one.Before, one.After }.Select(Cell)));
            }
            else Show(differences);
            return differences.Count == 0 ? CommandLine.Done : CommandLine.Finding;
        });
        return command;
    }

    /// <summary>Sentences, and how many.</summary>
    public static void Show(IReadOnlyList<FolderDifference> differences)
    {
        foreach (var difference in differences) Console.WriteLine(difference);
        Console.WriteLine(differences.Count == 0 ? "Nothing is different." : string.Join(", ", differences.GroupBy(one => $"{one.Part}s {one.What}").Select(group => $"{group.Count():N0} {group.Key}")) + ".");
    }

    private static Argument<string> Side(string name) => new(name) { Description = "Folder of a map, or the id of a map at the server: MAP for what is said now, MAP@N for release N." };

    private static async Task<MapFolder> ReadAsync(ParseResult parsed, string side)
    {
        if (!Directory.Exists(side))
        {
            var at = side.LastIndexOf('@');
            int? release = at > 0 ? int.TryParse(side[(at + 1)..], out var number) ? number : throw new TerminologyException(IssueType.Value, "WRONG_USAGE", FolderMessages.NoSide(side)) : null;
            return await MapDesk.AskAsync(parsed, client => client.ExportAsync(at > 0 ? side[..at] : side, release));
        }
        var (folder, problems) = MapFolder.Load(side);
        return folder ?? throw new TerminologyException(IssueType.Invalid, "NO_MAP", string.Join("\n", problems));
    }

    private static string Cell(string text) => text.Replace('\t', ' ').Replace('\r', ' ').Replace('\n', ' ');
}

using System.CommandLine;
using System.Text;
using Terminology.CodeSystems;
using Terminology.Issues;
using Terminology.Loaders.Maps.Folders;

namespace Terminology.Server.Verbs;

/// <summary><c>terminology map check DIR…</c>: for the CI of a team. It needs neither server nor token.</summary>
internal static class MapCheckVerb
{
    public static Command Command()
    {
        var dirs = new Argument<string[]>("DIR") { Description = "Folders of maps, or a folder of such folders.", Arity = ArgumentArity.OneOrMore };
        var codes = new Option<bool>("--codes") { Description = "Look the target codes up in the releases of the data folder too." };
        var command = CommandLine.Verb(
            "check", "Checks maps as text: form, rules of the map, tests. Every fault is told as file:line:column, with how to mend it.\nExit code 0: nothing found; 1: something found; 2: wrong usage; 3: cannot be read.",
            "terminology map check mappings");
        command.Arguments.Add(dirs);
        command.Options.Add(codes);
        command.SetAction(parsed =>
        {
            string[] folders = [.. parsed.GetValue(dirs)!.SelectMany(Folders)];
            if (folders.Length == 0) throw new TerminologyException(IssueType.NotFound, "NO_MAPS", FolderMessages.NoMaps(string.Join(", ", parsed.GetValue(dirs)!)));
            var service = parsed.GetValue(codes) ? Asking.Open(parsed) : null;
            var found = 0;
            foreach (var path in folders)
            {
                var (folder, problems) = MapFolder.Load(path);
                FolderProblem[] all = [.. problems, .. folder is null || service is null ? [] : Codes(folder, service)];
                foreach (var problem in all) Console.WriteLine(Path.Combine(path, problem.ToString()));
                Console.WriteLine($"{path}: {(folder is null ? "no map" : $"{folder.Rows.Count:N0} rows, {folder.Map.Tests.Count:N0} tests")}, {(all.Length == 0 ? "nothing found" : $"{all.Length:N0} found")}.");
                found += all.Length;
            }
            return found == 0 ? CommandLine.Done : CommandLine.Finding;
        });
        return command;
    }

    /// <summary>Is it only that a test is red? Such a map can be brought in: its rows may be in the making.</summary>
    public static bool IsOfTests(FolderProblem problem) => problem.Text.StartsWith("MQ-602", StringComparison.Ordinal);

    private static IEnumerable<string> Folders(string path)
        => File.Exists(Path.Combine(path, "map.json")) || !Directory.Exists(path) ? [path] : Directory.EnumerateDirectories(path).Where(below => File.Exists(Path.Combine(below, "map.json"))).Order(StringComparer.Ordinal);

    /// <summary>Target codes that the releases do not have, or have as inactive; a fragment, and what is not loaded, says nothing.</summary>
    private static IEnumerable<FolderProblem> Codes(MapFolder folder, TerminologyService service)
    {
        foreach (var row in folder.Rows)
        {
            foreach (var target in row.Content.Targets)
            {
                if ((service.FindCodeSystem(target.System, target.Version) ?? service.FindCodeSystem(target.System)) is not { Info.Content: "complete" } system) continue;
                var release = new VersionedUrl(system.Info.Url.Value, system.Info.Version);
                if (!system.TryFind(Encoding.UTF8.GetBytes(target.Code), out var concept)) yield return new("rows.csv", row.Line, 0, FolderMessages.UnknownTarget(row.Key, target.Code, release));
                else if (system.Flags(concept).HasFlag(ConceptFlags.Inactive)) yield return new("rows.csv", row.Line, 0, FolderMessages.InactiveTarget(row.Key, target.Code, release));
            }
        }
    }
}

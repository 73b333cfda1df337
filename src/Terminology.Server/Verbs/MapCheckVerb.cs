using System.CommandLine;
using Terminology.Fhir.Resources;
using Terminology.Issues;
using Terminology.Loaders.BuiltIn;
using Terminology.Loaders.Maps.Folders;
using Terminology.Mapping.Quality;
using Terminology.Server.Maps;

namespace Terminology.Server.Verbs;

/// <summary><c>terminology map check DIR…</c>: for the CI of a team. It needs neither server nor token.</summary>
internal static class MapCheckVerb
{
    public static Command Command()
    {
        var dirs = new Argument<string[]>("DIR") { Description = "Folders of maps, or a folder of such folders.", Arity = ArgumentArity.OneOrMore };
        var codes = new Option<bool>("--codes") { Description = "Ask the releases of the data folder about targets too, as --data does." };
        var strict = new Option<bool>("--strict") { Description = "Warnings make the exit code 1, as errors do." };
        var command = CommandLine.Verb(
            "check", "Checks maps as text: form, rules of the map, tests, rules of quality; with --data those about targets too, by the releases there. Everything is told as file:line:column, with how to mend it.\nExit code 0: no fault and no error that is not waived; 1: there is one; 2: wrong usage; 3: cannot be read.",
            "terminology map check mappings");
        command.Arguments.Add(dirs);
        command.Options.Add(codes);
        command.Options.Add(strict);
        command.SetAction(parsed =>
        {
            string[] paths = [.. parsed.GetValue(dirs)!.SelectMany(Folders)];
            if (paths.Length == 0) throw new TerminologyException(IssueType.NotFound, "NO_MAPS", FolderMessages.NoMaps(string.Join(", ", parsed.GetValue(dirs)!)));
            var asksReleases = parsed.GetValue(codes) || parsed.GetResult(CommandLine.Data) is { Implicit: false };
            var targets = new TargetFacts(asksReleases ? Asking.Open(parsed) : TerminologyService.Create([], new FhirResourceReader(), BuiltInSystems.Content));
            var (read, now, fails) = (paths.Select(path => (Path: path, Read: MapFolder.Load(path))).ToArray(), TimeProvider.System.GetUtcNow(), false);
            foreach (var (path, (folder, problems)) in read)
            {
                foreach (var problem in problems) Console.WriteLine(Path.Combine(path, problem.ToString()));
                var whole = folder is null ? MapFacts.None : new() { Now = now, Elsewhere = FolderQuality.Elsewhere(folder, read.Select(one => one.Read.Folder).OfType<MapFolder>()) };
                var found = folder is null ? [] : FolderQuality.Of(folder, problems, new(folder.Map, targets, targets.Units) { Whole = whole }, asksReleases);
                foreach (var rule in found.GroupBy(one => one.Found.Finding.RuleId)) Show(path, rule.Key, [.. rule]);
                var open = found.Where(one => !one.Found.IsWaived).CountBy(one => one.Found.Finding.Severity).ToDictionary();
                Console.WriteLine($"{path}: {(folder is null ? "no map" : $"{folder.Rows.Count:N0} rows, {folder.Map.Tests.Count:N0} tests")}, {Summary(problems.Count, found.Count - open.Values.Sum(), open)}.");
                fails |= problems.Count > 0 || open.ContainsKey(FindingSeverity.Error) || (parsed.GetValue(strict) && open.ContainsKey(FindingSeverity.Warning));
            }
            return fails ? CommandLine.Finding : CommandLine.Done;
        });
        return command;
    }

    /// <summary>Is it only that a test is red? Such a map can be brought in: its rows may be in the making.</summary>
    public static bool IsOfTests(FolderProblem problem) => problem.Text.StartsWith("MQ-602", StringComparison.Ordinal);

    private static IEnumerable<string> Folders(string path)
        => File.Exists(Path.Combine(path, "map.json")) || !Directory.Exists(path) ? [path] : Directory.EnumerateDirectories(path).Where(below => File.Exists(Path.Combine(below, "map.json"))).Order(StringComparer.Ordinal);

    /// <summary>A rule with what it finds; of what is waived the number.</summary>
    private static void Show(string path, string rule, FolderFinding[] found)
    {
        var waived = found.Count(one => one.Found.IsWaived);
        Console.WriteLine($"{path}: {rule} {QualityRules.Find(rule)!.Title}: {found.Length - waived:N0}{(waived == 0 ? "" : $", and {waived:N0} waived")}");
        foreach (var one in found.Where(one => !one.Found.IsWaived)) Console.WriteLine(Path.Combine(path, one.ToString()));
    }

    private static string Summary(int faults, int waived, Dictionary<FindingSeverity, int> open)
    {
        int Of(FindingSeverity severity) => open.GetValueOrDefault(severity);
        (int Count, string What)[] parts = [(faults, "faults"), (Of(FindingSeverity.Error), "errors"), (Of(FindingSeverity.Warning), "warnings"), (Of(FindingSeverity.Question), "questions"), (Of(FindingSeverity.Information), "to know"), (waived, "waived")];
        string[] said = [.. parts.Where(part => part.Count > 0).Select(part => $"{part.Count:N0} {part.What}")];
        return said.Length == 0 ? "nothing found" : string.Join(", ", said);
    }
}

using System.CommandLine;
using Terminology.Loaders.Maps.Folders;
using Terminology.Server.Api;

namespace Terminology.Server.Verbs;

/// <summary><c>terminology map export | import | check | diff | publish | sign | verify | rollback</c>: maps as text that a team keeps in git, and as releases.</summary>
internal static class MapVerbs
{
    private const string DefaultFolder = "mappings";

    public static Command Command() => new("map", "Maps as text in git and as releases: export, import, check, diff, publish, sign, verify, rollback.")
    {
        Export(), Import(), MapCheckVerb.Command(), MapDiffVerb.Command(), MapPublishVerbs.Publish(), MapSignVerbs.Sign(), MapSignVerbs.Verify(), MapPublishVerbs.Rollback(),
    };

    /// <summary>A verb that asks a server.</summary>
    public static Command Asking(string name, string description, string example, params Symbol[] symbols)
    {
        var command = CommandLine.Verb(name, description, example);
        foreach (var symbol in symbols)
        {
            if (symbol is Argument argument) command.Arguments.Add(argument);
            else command.Options.Add((Option)symbol);
        }
        command.Options.Add(MapDesk.Token);
        command.Options.Add(MapDesk.Server);
        return command;
    }

    private static Command Export()
    {
        var map = new Argument<string>("MAP") { Description = "Id of the map." };
        var to = new Option<string>("--to") { Description = "Folder above that of the map.", HelpName = "DIR", DefaultValueFactory = _ => DefaultFolder };
        var release = new Option<int?>("--release") { Description = "What was released under this number. Default: what is said now, drafts included.", HelpName = "N" };
        var command = Asking("export", "Writes a map as text into DIR/MAP: map.json, rows.csv, tests.csv, approvals.csv, waivers.csv.", "terminology map export lab --to mappings", map, to, release);
        command.SetAction(async parsed =>
        {
            var folder = await MapDesk.AskAsync(parsed, client => client.ExportAsync(parsed.GetValue(map)!, parsed.GetValue(release)));
            var path = Path.Combine(parsed.GetValue(to)!, folder.Map.Id);
            folder.Save(path);
            Console.WriteLine($"{path}: {folder.Rows.Count:N0} rows, {folder.Map.Tests.Count:N0} tests.");
            return CommandLine.Done;
        });
        return command;
    }

    private static Command Import()
    {
        var dir = new Argument<string>("DIR") { Description = "Folder of the map, with map.json and rows.csv." };
        var whole = new Option<bool>("--whole") { Description = "Withdraw rows that are not in the text." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what is different, change nothing." };
        var command = Asking(
            "import", "Brings the text of a map in. What it says of rows are drafts of who brings it; approvals in it are evidence. The map is made where there is none.\nExit code 1: some rows could not take what the text says.",
            "terminology map import mappings/lab --token $TOKEN", dir, whole, dryRun);
        command.SetAction(async parsed =>
        {
            var (folder, problems) = MapFolder.Load(parsed.GetValue(dir)!);
            foreach (var problem in problems) await Console.Error.WriteLineAsync(Path.Combine(parsed.GetValue(dir)!, problem.ToString()));
            if (folder is null || problems.Any(problem => !MapCheckVerb.IsOfTests(problem))) return CommandLine.BadInput;
            return await MapDesk.AskAsync(parsed, client => parsed.GetValue(dryRun) ? CompareAsync(client, folder) : ImportAsync(client, folder, parsed.GetValue(whole)));
        });
        return command;
    }

    private static async Task<int> CompareAsync(MapClient client, MapFolder folder)
    {
        if (!await client.ExistsAsync(folder.Map.Id)) Console.WriteLine($"The map '{folder.Map.Id}' would be made with {folder.Rows.Count:N0} rows and {folder.Map.Tests.Count:N0} tests.");
        else MapDiffVerb.Show(FolderComparison.Between(await client.ExportAsync(folder.Map.Id, null), folder));
        return CommandLine.Done;
    }

    private static async Task<int> ImportAsync(MapClient client, MapFolder folder, bool isWhole)
    {
        var id = folder.Map.Id;
        if (!await client.ExistsAsync(id))
        {
            await client.CreateAsync(folder.Map with { Tests = [] });
            Console.WriteLine($"The map '{id}' is made.");
        }
        var here = await client.ExportAsync(id, null);
        foreach (var difference in FolderComparison.Between(here, folder).Where(difference => difference.Part == "map")) await Console.Error.WriteLineAsync($"Left as it is at the server: {difference}");
        var imported = await client.ImportAsync(id, folder.Rows);
        foreach (var refusal in imported.Refused) await Console.Error.WriteLineAsync($"{refusal.Key}: {refusal.Detail}");
        Console.WriteLine($"{imported.Read:N0} rows: {imported.Entered:N0} entered, {imported.Changed:N0} with another display or context, {imported.Back:N0} back, {imported.Unchanged:N0} as they were; {imported.Drafted:N0} say something else and are drafts.");
        var (kept, refused) = (folder.Rows.Select(row => row.Key).ToHashSet(StringComparer.Ordinal), imported.Refused.Count);
        string[] gone = [.. here.Rows.Select(row => row.Key).Where(key => !kept.Contains(key))];
        if (gone.Length > 0 && !isWhole) Console.WriteLine($"{gone.Length:N0} rows of the map are not in the text and stay; --whole withdraws them.");
        else if (gone.Length > 0)
        {
            var withdrawn = await client.WithdrawAsync(id, gone);
            refused += withdrawn.Refused.Given().Count;
            foreach (var refusal in withdrawn.Refused.Given()) await Console.Error.WriteLineAsync($"{refusal.Key}: {refusal.Detail}");
            Console.WriteLine($"{withdrawn.Done:N0} rows are withdrawn.");
        }
        var tests = await client.PutTestsAsync(id, folder.Map.Tests);
        Console.WriteLine($"{tests.Tests.Given().Count:N0} tests, {tests.Red:N0} of them red over what is approved now.");
        return refused == 0 ? CommandLine.Done : CommandLine.Finding;
    }
}

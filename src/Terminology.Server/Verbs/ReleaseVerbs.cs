using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using Terminology.Journal;
using Terminology.Server.Api;
using Terminology.Server.Maps;
using Terminology.Store;
using Terminology.Store.Data;

namespace Terminology.Server.Verbs;

/// <summary>What is loaded, what is live: <c>status</c>, <c>activate</c>, <c>remove</c>, <c>verify</c>.</summary>
internal static class ReleaseVerbs
{
    private static Argument<string> Release() => new("SYSTEM|VERSION")
    {
        Description = "The release, for example 'http://loinc.org|2.82'; the version may be left out where only one is loaded.",
        HelpName = "SYSTEM|VERSION",
    };

    public static Command Status()
    {
        var json = new Option<bool>("--json") { Description = "As JSON." };
        var command = CommandLine.Verb("status", "Lists the releases, which of them are live, and the log of activations.", "terminology status --json");
        command.Options.Add(json);
        command.SetAction(parsed =>
        {
            var manifest = DataFolder.Open(parsed.GetValue(CommandLine.Data)!, TimeProvider.System).Read();
            if (parsed.GetValue(json)) Console.WriteLine(ManifestText(manifest));
            else Show(manifest);
            return CommandLine.Done;
        });
        return command;
    }

    public static Command Activate()
    {
        var release = Release();
        var command = CommandLine.Verb(
            "activate", "Makes a loaded release the one that answers when no version is asked for. Going back is activating the old one.",
            "terminology activate 'http://loinc.org|2.82'");
        command.Arguments.Add(release);
        command.SetAction(parsed =>
        {
            var id = VersionedUrl.Parse(parsed.GetValue(release)!);
            OwnedCanonicals.Refuse(parsed.GetValue(CommandLine.Data)!, [id.Url]);
            var entry = DataFolder.Open(parsed.GetValue(CommandLine.Data)!, TimeProvider.System).Activate(id, Environment.UserName);
            Console.WriteLine($"{entry.Id} is live.");
            return CommandLine.Done;
        });
        return command;
    }

    public static Command Remove()
    {
        var release = Release();
        var command = CommandLine.Verb("remove", "Takes a release away.", "terminology remove 'http://loinc.org|2.80'");
        command.Arguments.Add(release);
        command.SetAction(parsed =>
        {
            var id = VersionedUrl.Parse(parsed.GetValue(release)!);
            OwnedCanonicals.Refuse(parsed.GetValue(CommandLine.Data)!, [id.Url]);
            DataFolder.Open(parsed.GetValue(CommandLine.Data)!, TimeProvider.System).Remove(id, Environment.UserName);
            Console.WriteLine($"{id} is removed.");
            return CommandLine.Done;
        });
        return command;
    }

    public static Command Verify()
    {
        var command = CommandLine.Verb("verify", "Reads every byte of every release and every event of every map, and names what is damaged.", "terminology verify");
        command.SetAction(async parsed =>
        {
            var folder = DataFolder.Open(parsed.GetValue(CommandLine.Data)!, TimeProvider.System);
            var damaged = 0;
            foreach (var release in folder.Read().Releases)
            {
                var findings = File.Exists(folder.FilePath(release)) ? StoredRelease.Verify(folder.FilePath(release)) : ["the file is missing"];
                Console.WriteLine($"{(findings.Count == 0 ? "ok     " : "DAMAGED")} {release.Id}  ({release.File}, {release.Bytes:N0} bytes)");
                foreach (var finding in findings) Console.WriteLine($"        {finding}");
                if (findings.Count > 0) damaged++;
            }
            if (damaged > 0) Console.WriteLine($"{damaged} damaged: import these releases again.");
            var broken = 0;
            foreach (var (map, faults) in await Owner.AskAsync(folder.Path, journal => ChainsAsync(journal, folder.Path), server => new RemoteMaps(server).ChainsAsync()))
            {
                Console.WriteLine($"{(faults.Count == 0 ? "ok     " : "DAMAGED")} map {map}");
                foreach (var fault in faults) Console.WriteLine($"        {fault}");
                if (faults.Count > 0) broken++;
            }
            if (broken > 0) Console.WriteLine($"{broken} maps with a damaged log: compare them with a backup.");
            return damaged + broken == 0 ? CommandLine.Done : CommandLine.Finding;
        });
        return command;
    }

    private static async Task<IReadOnlyList<(string Map, IReadOnlyList<string> Faults)>> ChainsAsync(IJournal journal, string data)
    {
        using var book = new MapBook(journal, new(data), new(data));
        var chains = new List<(string Map, IReadOnlyList<string> Faults)>();
        foreach (var map in book.All) chains.Add((map.Project.Id, book.Verify(map.Project.Id)));
        foreach (var gone in new MapAnchors(data).Maps.Except(book.All.Select(map => map.Project.Id))) chains.Add((gone, ["its log is missing, of which a release was made: the journal was put back to an earlier state."]));
        return chains;
    }

    private static string ManifestText(Manifest manifest)
        => JsonSerializer.Serialize(manifest, Asking.Indented);

    private static void Show(Manifest manifest)
    {
        if (manifest.Releases.Count == 0)
        {
            Console.WriteLine("Nothing is loaded. 'terminology import PATH' loads a release.");
            return;
        }
        var table = new Table().Border(TableBorder.Rounded).AddColumns("", "System", "Version", "Title", "Concepts", "MB", "Loaded");
        foreach (var release in manifest.Releases.OrderBy(release => release.Url, StringComparer.Ordinal).ThenBy(release => release.Version, StringComparer.Ordinal))
        {
            table.AddRow(
                release.Live ? "live" : "",
                Markup.Escape(release.Url),
                Markup.Escape(release.Version),
                Markup.Escape(release.Title),
                release.Concepts.ToString("N0", CultureInfo.InvariantCulture),
                (release.Bytes / 1e6).ToString("N1", CultureInfo.InvariantCulture),
                release.Loaded.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture));
        }
        // A pipe has no width: long urls stay in one piece for grep.
        if (Console.IsOutputRedirected) AnsiConsole.Profile.Width = 400;
        AnsiConsole.Write(table);
        foreach (var change in manifest.Log.TakeLast(10))
        {
            var before = change.Before is null ? "" : $" (before: {change.Before})";
            Console.WriteLine($"{change.Time:yyyy-MM-dd HH:mm:ss}Z  {change.Actor}  {change.Action}  {change.Url}|{change.Version}{before}");
        }
    }
}

using System.CommandLine;
using Terminology.Issues;
using Terminology.Journal;
using Terminology.Server.Backup;
using Terminology.Store.Data;

namespace Terminology.Server.Verbs;

/// <summary><c>terminology backup</c> and <c>restore</c>: what people wrote, and the list of releases.</summary>
internal static class BackupVerbs
{
    public static Command Backup()
    {
        var target = new Argument<string>("DIR|FILE") { Description = "A folder, in which the backup gets a name with the moment; or the file itself. An existing file is not overwritten." };
        var command = CommandLine.Verb("backup", "Writes what people stored, and the list of releases, into one file. The server goes on working.", "terminology backup /var/backups/terminology");
        command.Arguments.Add(target);
        command.SetAction(async parsed =>
        {
            var data = parsed.GetValue(CommandLine.Data)!;
            var path = PathOf(parsed.GetValue(target)!);
            var aside = path + ".new";
            await using (var file = NewFile(aside))
            {
                await Owner.AskAsync(data, journal => WriteAsync(data, journal, file), server => FetchAsync(server, file));
                file.Flush(flushToDisk: true);
            }
            File.Move(aside, path);
            Console.WriteLine($"{path}  {new FileInfo(path).Length:N0} bytes");
            return CommandLine.Done;
        });
        return command;
    }

    public static Command Restore()
    {
        var source = new Argument<string>("FILE") { Description = "A backup." };
        var command = CommandLine.Verb("restore", "Makes a new data folder of a backup. Copy the old folder's releases/ into it before, or import the releases again.", "terminology restore terminology-20260131T020000Z.zip --data /srv/new");
        command.Arguments.Add(source);
        command.SetAction(parsed =>
        {
            var data = Path.GetFullPath(parsed.GetValue(CommandLine.Data)!);
            Directory.CreateDirectory(data);
            var missing = BackupFile.Restore(parsed.GetValue(source)!, data);
            Console.WriteLine($"{data} is restored.");
            if (missing.Count == 0) return CommandLine.Done;
            Console.WriteLine("The files of these releases are not here; import them again:");
            foreach (var release in missing) Console.WriteLine($"  {(release.Live ? "live " : "     ")} {release.Id}  {release.Title}");
            return CommandLine.Finding;
        });
        return command;
    }

    private static string PathOf(string target)
    {
        var path = Directory.Exists(target) ? Path.Combine(target, $"terminology-{TimeProvider.System.GetUtcNow():yyyyMMdd'T'HHmmss'Z'}.zip") : target;
        return File.Exists(path) ? throw new TerminologyException(IssueType.Conflict, "FILE_EXISTS", $"{path} exists; a backup overwrites nothing.") : Path.GetFullPath(path);
    }

    /// <summary>A file that only its owner reads: what is kept may be of patients, and hashes of keys are in it.</summary>
    private static FileStream NewFile(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.ReadWrite };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new(path, options);
    }

    private static async Task<bool> WriteAsync(string data, IJournal journal, Stream target)
    {
        await BackupFile.WriteAsync(DataFolder.Open(data, TimeProvider.System), journal, target);
        return true;
    }

    private static async Task<bool> FetchAsync(HttpClient server, Stream target)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("api/backup", UriKind.Relative));
        using var response = await server.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        if (!response.IsSuccessStatusCode) throw new TerminologyException(IssueType.Processing, "REFUSED_BY_SERVER", $"The server answered {(int)response.StatusCode}.");
        await response.Content.CopyToAsync(target);
        return true;
    }
}

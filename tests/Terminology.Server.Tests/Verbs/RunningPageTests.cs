using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Terminology.Server.Verbs;

/// <summary>The commands that docs/running.md marks <c>console</c> work, in the order of the page.</summary>
public sealed partial class RunningPageTests
{
    [Test]
    public async Task Page_Commands_Work()
    {
        if (OperatingSystem.IsWindows()) Assert.Ignore("The page is for a Unix shell.");
        var page = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "running.md"));
        var commands = Blocks().Matches(page).SelectMany(block => block.Groups["lines"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries)).Select(line => line[2..]).ToArray();
        Assert.That(commands, Has.Length.GreaterThan(10));
        using var program = new TerminologyProgram();
        foreach (var content in new[] { "terminologies", "mappings" }) Directory.CreateSymbolicLink(Path.Combine(program.Folder, content), Path.Combine(Repository.Root, content));
        await RunAsync(program.Folder, $"terminology import {program.CodeList("1", 20)} --as 'http://example.org/lab|1'");
        File.Copy(program.CodeList("2", 20), Path.Combine(program.Folder, "lab-2.csv"));
        foreach (var command in commands)
        {
            if (command.StartsWith("terminology serve", StringComparison.Ordinal)) await ServeAsync(program, command);
            else await RunAsync(program.Folder, command);
        }
    }

    /// <summary>A server on a port of its own, told to stop when it serves.</summary>
    private static async Task ServeAsync(TerminologyProgram program, string command)
    {
        var arguments = Port().Replace(command, ":0").Split(' ')[1..];
        using var server = program.Start([.. arguments.Select(argument => argument.EndsWith(".pem", StringComparison.Ordinal) ? Path.Combine(program.Folder, argument) : argument)]);
        Assert.That(await TerminologyProgram.AddressOf(server), Does.StartWith(command.Contains("https", StringComparison.Ordinal) ? "https" : "http://"));
        Assert.That(program.Run("key", "list").Output, Does.Contain("prometheus"), "verbs reach it");
        using (var stop = Process.Start("kill", ["-TERM", $"{server.Id}"])) await stop.WaitForExitAsync();
        await server.WaitForExitAsync();
        Assert.That(server.ExitCode, Is.Zero);
    }

    private static async Task RunAsync(string folder, string command)
    {
        var script = $"set -e -o pipefail; terminology() {{ dotnet '{Path.Combine(AppContext.BaseDirectory, "terminology.dll")}' \"$@\"; }}; {command}";
        var start = new ProcessStartInfo("bash", ["-c", script]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["TERMINOLOGY_DATA"] = Path.Combine(folder, "data");
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        // A restored backup without its releases says so with 1.
        Assert.That(process.ExitCode, Is.EqualTo(command.Contains(" restore ", StringComparison.Ordinal) ? 1 : 0), $"{command}\n{output}{await error}");
    }

    [GeneratedRegex("```console\n(?<lines>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Blocks();

    [GeneratedRegex(@":\d{4}\b")]
    private static partial Regex Port();
}

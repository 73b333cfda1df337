using System.Diagnostics;
using System.Text.Json;

namespace Terminology.Server;

/// <summary>The program as an operator runs it: a process of its own over a data folder of its own.</summary>
/// <param name="data">The data folder, or null for an empty one of its own.</param>
internal sealed class TerminologyProgram(string? data = null) : IDisposable
{
    /// <summary>The program as it was published, where one is named; else the one that the tests were built with.</summary>
    private static string? Shipped => Environment.GetEnvironmentVariable("TERMINOLOGY_PROGRAM");

    public string Folder { get; } = Directory.CreateTempSubdirectory("terminology-program").FullName;

    public string Data => data ?? Path.Combine(Folder, "data");

    /// <summary>Runs a verb to its end.</summary>
    public (int ExitCode, string Output) Run(params string[] arguments)
    {
        using var process = Start(arguments);
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.GetAwaiter().GetResult());
    }

    /// <summary>Starts a verb and leaves it running.</summary>
    public Process Start(params string[] arguments) => StartUnder([], arguments);

    /// <summary>As <see cref="Start"/>, under a program that watches it.</summary>
    public Process StartUnder(string[] watcher, params string[] arguments)
    {
        string[] command = [.. watcher, .. Shipped is null ? ["dotnet", Path.Combine(AppContext.BaseDirectory, "terminology.dll")] : (string[])[Shipped]];
        var start = new ProcessStartInfo(command[0])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var argument in command.Skip(1)) start.ArgumentList.Add(argument);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        start.ArgumentList.Add("--data");
        start.ArgumentList.Add(Data);
        return Process.Start(start)!;
    }

    /// <summary>Waits until a server says where it serves.</summary>
    public static async Task<string> AddressOf(Process server)
    {
        while (await server.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("Serving", StringComparison.Ordinal)) return line[line.IndexOf("http", StringComparison.Ordinal)..];
        }
        throw new InvalidOperationException("The server ended: " + await server.StandardError.ReadToEndAsync());
    }

    /// <summary>Starts a server, asks once, kills it.</summary>
    /// <returns>A string parameter of the answer.</returns>
    public async Task<string> AskServerAsync(string path, string parameter)
    {
        using var server = Start("serve", "--urls", "http://127.0.0.1:0");
        try
        {
            using var client = new HttpClient();
            return await AskAsync(client, $"{await AddressOf(server)}/{path}", parameter);
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync();
        }
    }

    /// <summary>Asks a server.</summary>
    /// <returns>A string parameter of the answer.</returns>
    public static async Task<string> AskAsync(HttpClient client, string url, string parameter)
    {
        using var answer = JsonDocument.Parse(await client.GetStringAsync(new Uri(url)));
        return answer.RootElement.GetProperty("parameter").EnumerateArray().First(part => part.GetProperty("name").GetString() == parameter).GetProperty("valueString").GetString()!;
    }

    /// <summary>Writes a code list of this many rows, whose displays all name the version.</summary>
    public string CodeList(string version, int rows)
    {
        var path = Path.Combine(Folder, $"list-{version}.csv");
        using var file = new StreamWriter(path);
        file.WriteLine("code,display");
        for (var i = 0; i < rows; i++) file.WriteLine($"C{i},Thing number {i} as of {version}");
        return path;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}

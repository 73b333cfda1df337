using System.Diagnostics;

namespace Terminology.Server;

/// <summary>The program as an operator runs it: a process of its own over a data folder of its own.</summary>
internal sealed class TerminologyProgram : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("terminology-program").FullName;

    public string Data => Path.Combine(Folder, "data");

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
    public Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "terminology.dll"));
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

using System.CommandLine;
using Terminology.Issues;

namespace Terminology.Server.Verbs;

/// <summary>The verbs of the program and what their exit codes mean: 0 done, 1 a finding or a miss, 2 wrong usage, 3 bad input.</summary>
internal static class CommandLine
{
    /// <summary>How long a server that is told to stop may take for the requests it has.</summary>
    private static readonly TimeSpan Draining = TimeSpan.FromSeconds(40);

    public const int Done = 0, Finding = 1, WrongUsage = 2, BadInput = 3;

    public static Option<string> Data { get; } = new("--data")
    {
        Description = "Data folder. Default: $TERMINOLOGY_DATA, else the platform's place for application data.",
        HelpName = "DIR",
        Recursive = true,
        DefaultValueFactory = _ => DefaultDataFolder(),
    };

    public static async Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("Terminology: SNOMED CT, LOINC, ICD-10, RxNorm and your own codes, served as FHIR and mapped to each other.")
        {
            Data,
            ServeVerb.Command(),
            ImportVerb.Command(),
            ReleaseVerbs.Status(),
            ReleaseVerbs.Activate(),
            ReleaseVerbs.Remove(),
            ReleaseVerbs.Verify(),
            LookupVerb.Command(),
            ValidateVerb.Command(),
            TranslateVerb.Command(),
            SearchVerb.Command(),
            ImpactVerb.Command(),
            MapVerbs.Command(),
            KeyVerbs.Command(),
            PeopleVerbs.Users(),
            PeopleVerbs.Tokens(),
            BackupVerbs.Backup(),
            BackupVerbs.Restore(),
        };
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors) await Console.Error.WriteLineAsync(error.Message);
            var verb = parsed.CommandResult.Command == root ? "" : parsed.CommandResult.Command.Name + " ";
            await Console.Error.WriteLineAsync($"'terminology {verb}--help' shows how it is used.");
            return WrongUsage;
        }
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = Draining });
        }
        catch (TerminologyException problem)
        {
            await Console.Error.WriteLineAsync(problem.Message);
            return problem.MessageId == "WRONG_USAGE" ? WrongUsage : BadInput;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or HttpRequestException)
        {
            await Console.Error.WriteLineAsync(problem.Message);
            return BadInput;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Stopped; nothing was changed.");
            return Finding;
        }
    }

    /// <summary>A command whose help ends with an example.</summary>
    public static Command Verb(string name, string description, string example) => new(name, $"{description}\n\nExample:\n  {example}");

    private static string DefaultDataFolder()
        => Environment.GetEnvironmentVariable("TERMINOLOGY_DATA") is { Length: > 0 } named
            ? named
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "terminology");
}

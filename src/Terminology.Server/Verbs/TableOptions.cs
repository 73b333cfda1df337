using System.CommandLine;
using System.Diagnostics;
using Terminology.Issues;
using Terminology.Loaders.Tables;
using Terminology.Server.Bulk;

namespace Terminology.Server.Verbs;

/// <summary>Streaming a CSV of codes through a question: options, progress, and the codes not found with their counts at the end.</summary>
internal sealed class TableOptions
{
    private const int ListedMisses = 50, CountedMisses = 100_000;

    private readonly Option<string?> _in = new("--in") { Description = "CSV with a header line; '-' is standard input.", HelpName = "FILE" };
    private readonly Option<string?> _out = new("--out") { Description = "Where to write; default: standard output.", HelpName = "FILE" };
    private readonly Option<string?> _system = new("--system") { Description = "Code system of all rows, when there is no column for it.", HelpName = "URL" };
    private readonly Option<string> _codeColumn = new("--code-column") { Description = "Column of the code.", DefaultValueFactory = _ => "code", HelpName = "NAME" };
    private readonly Option<string?> _systemColumn = new("--system-column") { Description = "Column of the code system.", HelpName = "NAME" };
    private readonly Option<string?> _columns = new("--columns") { Description = "The columns to append, separated by commas; default: all.", HelpName = "NAMES" };
    private readonly Option<string?> _displayColumn = new("--display-column") { Description = "Column of the display; default: display, where there is one.", HelpName = "NAME" };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _in, _out, _system, _codeColumn, _systemColumn, _displayColumn, _columns }) command.Options.Add(option);
    }

    public bool Asked(ParseResult parsed) => parsed.GetValue(_in) is not null;

    /// <param name="parsed">The command line.</param>
    /// <param name="columns">The columns that can be appended.</param>
    /// <param name="others">Further columns that decide.</param>
    /// <param name="ask">The answers to system, code and the further columns, in this order.</param>
    /// <param name="aborted">Ends it.</param>
    /// <returns>0 when every row was found, else 1.</returns>
    public async Task<int> RunAsync(ParseResult parsed, BulkColumns columns, Func<CodeTable, IEnumerable<int>> others, Func<string[], (bool Found, IReadOnlyList<IReadOnlyList<string>> Lines)> ask, CancellationToken aborted)
    {
        var path = parsed.GetValue(_in)!;
        var appended = columns.Choose(parsed.GetValue(_columns));
        using var table = path == "-" ? CodeTable.Open(Console.OpenStandardInput(), "standard input") : CodeTable.Open(path);
        var (system, systemColumn) = SystemOf(parsed, table);
        int[] question = [.. systemColumn is { } at ? [at] : Array.Empty<int>(), table.Column(parsed.GetValue(_codeColumn)!), .. others(table)];
        var target = parsed.GetValue(_out);
        var aside = target is null ? null : target + ".part";
        var misses = new Dictionary<string, (long First, long Count)>(StringComparer.Ordinal);
        var (watch, next) = (Stopwatch.StartNew(), TimeSpan.FromSeconds(1));
        BulkCounts counts;
        using (var stream = aside is null ? Console.OpenStandardOutput() : File.Create(aside))
        {
            counts = await new BulkTable(table, question, appended, parts => ask(systemColumn is null ? [system!, .. parts] : parts))
            {
                Missed = miss => Count(misses, miss.Parts[systemColumn is null ? 0 : 1], miss),
                Progress = (rows, missed) =>
                {
                    if (watch.Elapsed < next) return;
                    next = watch.Elapsed + TimeSpan.FromSeconds(1);
                    Console.Error.WriteLine($"{rows:N0} rows, {rows / watch.Elapsed.TotalSeconds:N0}/s, {missed:N0} not found");
                },
            }.RunAsync(stream, aborted);
        }
        if (aside is not null) File.Move(aside, target!, overwrite: true);
        Tell(misses);
        Console.Error.WriteLine($"{counts.Rows:N0} rows, {counts.Rows - counts.NotFound:N0} found, {counts.NotFound:N0} not found; sha256 {counts.Sha256}");
        return counts.NotFound == 0 ? CommandLine.Done : CommandLine.Finding;
    }

    /// <summary>The column of the display; none when there is none.</summary>
    public IEnumerable<int> Display(ParseResult parsed, CodeTable table)
    {
        if (parsed.GetValue(_displayColumn) is { } shown) return [table.Column(shown)];
        return table.Columns.Contains("display", StringComparer.OrdinalIgnoreCase) ? [table.Column("display")] : [];
    }

    private (string? System, int? Column) SystemOf(ParseResult parsed, CodeTable table)
    {
        if (parsed.GetValue(_systemColumn) is { } named) return (null, table.Column(named));
        if (parsed.GetValue(_system) is { } system) return (system, null);
        return table.Columns.Contains("system", StringComparer.OrdinalIgnoreCase)
            ? (null, table.Column("system"))
            : throw new TerminologyException(IssueType.Required, "WRONG_USAGE", "Say which code system the codes are of: --system URL or --system-column NAME.");
    }

    private static void Count(Dictionary<string, (long First, long Count)> misses, string code, BulkMiss miss)
    {
        if (misses.TryGetValue(code, out var known)) misses[code] = known with { Count = known.Count + miss.Count };
        else if (misses.Count < CountedMisses) misses[code] = (miss.Line, miss.Count);
    }

    /// <summary>The most frequent first; a person works from the top.</summary>
    private static void Tell(Dictionary<string, (long First, long Count)> misses)
    {
        foreach (var (miss, (first, count)) in misses.OrderByDescending(miss => miss.Value.Count).ThenBy(miss => miss.Value.First).Take(ListedMisses))
        {
            Console.Error.WriteLine($"not found: {miss}  {count:N0} times, first in line {first:N0}");
        }
        if (misses.Count > ListedMisses) Console.Error.WriteLine($"… and {misses.Count - ListedMisses:N0} more codes{(misses.Count == CountedMisses ? ", perhaps further ones" : "")}; the rows written say which");
    }
}

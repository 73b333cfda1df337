using System.CommandLine;
using System.Diagnostics;
using Terminology.Issues;
using Terminology.Loaders.Tables;

namespace Terminology.Server.Verbs;

/// <summary>What is found out about one row of a table.</summary>
/// <param name="Found">Does the row count as done?</param>
/// <param name="Rows">What to append, once for each line to write; at least one.</param>
internal readonly record struct RowAnswer(bool Found, IReadOnlyList<IReadOnlyList<string>> Rows);

/// <summary>Streaming a CSV of codes through a question: options, progress, and the codes not found with their counts at the end.</summary>
internal sealed class TableOptions
{
    private const int ListedMisses = 50, CountedMisses = 100_000;

    private readonly Option<string?> _in = new("--in") { Description = "CSV with a header line; '-' is standard input.", HelpName = "FILE" };
    private readonly Option<string?> _out = new("--out") { Description = "Where to write; default: standard output.", HelpName = "FILE" };
    private readonly Option<string?> _system = new("--system") { Description = "Code system of all rows, when there is no column for it.", HelpName = "URL" };
    private readonly Option<string> _codeColumn = new("--code-column") { Description = "Column of the code.", DefaultValueFactory = _ => "code", HelpName = "NAME" };
    private readonly Option<string?> _systemColumn = new("--system-column") { Description = "Column of the code system.", HelpName = "NAME" };
    private readonly Option<string?> _displayColumn = new("--display-column") { Description = "Column of the display; default: display, where there is one.", HelpName = "NAME" };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _in, _out, _system, _codeColumn, _systemColumn, _displayColumn }) command.Options.Add(option);
    }

    public bool Asked(ParseResult parsed) => parsed.GetValue(_in) is not null;

    /// <returns>0 when every row was found, else 1.</returns>
    public int Run(ParseResult parsed, IReadOnlyList<string> columns, Func<Coding, RowAnswer> ask)
    {
        var path = parsed.GetValue(_in)!;
        using var table = path == "-" ? CodeTable.Open(Console.OpenStandardInput(), "standard input") : CodeTable.Open(path);
        var code = table.Column(parsed.GetValue(_codeColumn)!);
        int? systemColumn = parsed.GetValue(_systemColumn) is { } named ? table.Column(named) : null;
        int? display = parsed.GetValue(_displayColumn) is { } shown ? table.Column(shown) : table.Columns.Contains("display", StringComparer.OrdinalIgnoreCase) ? table.Column("display") : null;
        var system = parsed.GetValue(_system);
        if (system is null && systemColumn is null)
        {
            systemColumn = table.Columns.Contains("system", StringComparer.OrdinalIgnoreCase)
                ? table.Column("system")
                : throw new TerminologyException(IssueType.Required, "WRONG_USAGE", "Say which code system the codes are of: --system URL or --system-column NAME.");
        }
        var target = parsed.GetValue(_out);
        var aside = target is null ? null : target + ".part";
        var misses = new Dictionary<(string System, string Code), (long First, long Count)>();
        long rows = 0, missed = 0;
        using (var stream = aside is null ? Console.OpenStandardOutput() : File.Create(aside))
        using (var writer = new CodeTableWriter(stream))
        {
            writer.Write([.. table.Columns, .. columns]);
            var watch = Stopwatch.StartNew();
            var next = TimeSpan.FromSeconds(1);
            while (table.Read())
            {
                rows++;
                var coding = new Coding(systemColumn is { } at ? table.Fields[at] : system, table.Fields[code], Display: display is { } d && table.Fields[d].Length > 0 ? table.Fields[d] : null);
                var answer = Ask(ask, coding, columns.Count);
                foreach (var row in answer.Rows) writer.Write([.. table.Fields, .. row]);
                if (!answer.Found)
                {
                    missed++;
                    Count(misses, (coding.System ?? "", coding.Code ?? ""), table.Line);
                }
                if (watch.Elapsed < next) continue;
                next = watch.Elapsed + TimeSpan.FromSeconds(1);
                Console.Error.WriteLine($"{rows:N0} rows, {rows / watch.Elapsed.TotalSeconds:N0}/s, {missed:N0} not found");
            }
        }
        if (aside is not null) File.Move(aside, target!, overwrite: true);
        Tell(misses);
        Console.Error.WriteLine($"{rows:N0} rows, {rows - missed:N0} found, {missed:N0} not found");
        return missed == 0 ? CommandLine.Done : CommandLine.Finding;
    }

    private static void Count(Dictionary<(string System, string Code), (long First, long Count)> misses, (string System, string Code) miss, long line)
    {
        if (misses.TryGetValue(miss, out var known)) misses[miss] = known with { Count = known.Count + 1 };
        else if (misses.Count < CountedMisses) misses[miss] = (line, 1);
    }

    /// <summary>The most frequent first; a person works from the top.</summary>
    private static void Tell(Dictionary<(string System, string Code), (long First, long Count)> misses)
    {
        foreach (var (miss, (first, count)) in misses.OrderByDescending(miss => miss.Value.Count).ThenBy(miss => miss.Value.First).Take(ListedMisses))
        {
            Console.Error.WriteLine($"not found: {miss.Code}  {count:N0} times, first in line {first:N0}");
        }
        if (misses.Count > ListedMisses) Console.Error.WriteLine($"… and {misses.Count - ListedMisses:N0} more codes{(misses.Count == CountedMisses ? ", perhaps further ones" : "")}; the rows written say which");
    }

    private static RowAnswer Ask(Func<Coding, RowAnswer> ask, Coding coding, int columns)
    {
        try
        {
            return ask(coding);
        }
        catch (TerminologyException problem) when (problem.Type is IssueType.NotFound or IssueType.CodeInvalid or IssueType.Value or IssueType.Required)
        {
            return new(false, [[.. Enumerable.Repeat("", columns - 1), problem.Message]]);
        }
    }
}

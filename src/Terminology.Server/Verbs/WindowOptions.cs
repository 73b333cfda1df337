using System.CommandLine;
using System.Globalization;
using Terminology.Issues;
using Terminology.Mapping.Releases;

namespace Terminology.Server.Verbs;

/// <summary>
/// How <c>map publish</c> is told for how long old targets are answered: <c>--window</c>, as often as wanted, with a window for all rows or <c>KEY=WINDOW</c> for one, and <c>--windows</c> with a
/// file that has a line <c>KEY=WINDOW</c> for each. A window is <c>immediate</c>, <c>until:DAY</c>, <c>opt-in</c> or <c>opt-in:DAY</c>. Whether a row can have one is for who freezes the release.
/// </summary>
internal static class WindowOptions
{
    private static readonly Dictionary<string, WindowKind> Kinds = new() { ["immediate"] = WindowKind.Immediate, ["until"] = WindowKind.UntilDate, ["until-date"] = WindowKind.UntilDate, ["opt-in"] = WindowKind.OptIn };

    public static Option<string[]> Window { get; } = new("--window") { Description = "For how long old targets of rows changed or withdrawn are answered besides: immediate, until:YYYY-MM-DD, opt-in or opt-in:YYYY-MM-DD; of one row by its key: KEY=until:YYYY-MM-DD. Several times.", HelpName = "[KEY=]WINDOW" };

    public static Option<FileInfo?> File { get; } = new("--windows") { Description = "A file with a line KEY=WINDOW for each row that has a window of its own.", HelpName = "FILE" };

    public static Option<DateOnly?> Until { get; } = new("--until") { Description = "The last day of the window for all rows.", HelpName = "YYYY-MM-DD" };

    /// <summary>What was said; null when nothing was.</summary>
    /// <exception cref="TerminologyException">Value, Required: what is no window, or a row twice; with the place in the file. NotFound: there is no such file.</exception>
    public static ReleaseWindows? Read(ParseResult parsed)
    {
        var (all, rows) = ((DeprecationWindow?)null, new Dictionary<string, DeprecationWindow>(StringComparer.Ordinal));
        var (file, until) = (parsed.GetValue(File), parsed.GetValue(Until));
        if (file is { Exists: false }) throw Wrong(DayMessages.NoWindowsFile(file.FullName), "--windows");
        (string Text, string Place)[] said =
        [
            .. (parsed.GetValue(Window) ?? []).Select(text => (text, "--window")),
            .. file is null ? [] : System.IO.File.ReadLines(file.FullName).Select((text, at) => (text, $"{file.Name}:{at + 1}")).Where(line => !string.IsNullOrWhiteSpace(line.text)),
        ];
        foreach (var (text, place) in said)
        {
            var end = text.LastIndexOf('='); // no window has one, keys may
            var window = Parse(text[(end + 1)..].Trim(), end < 0 ? until : null) ?? throw Wrong(DayMessages.NoWindow(text.Trim()), place);
            if (end < 0 && place != "--window") throw Wrong(DayMessages.WindowNeedsKey(text.Trim()), place);
            if (end < 0 && all is not null) throw Wrong(DayMessages.WindowTwice(), place);
            if (end < 0) all = window;
            else if (!rows.TryAdd(text[..end].Trim(), window)) throw Wrong(DayMessages.WindowTwice(text[..end].Trim()), place);
        }
        if (until is not null && all is null) throw Wrong(DayMessages.WindowNeeded(), "--until");
        return all is null && rows.Count == 0 ? null : new() { All = all, Rows = rows };
    }

    /// <summary>The window that a text says; null when it says none. Whether it needs a day, or has one too many, is for who freezes the release.</summary>
    private static DeprecationWindow? Parse(string text, DateOnly? until)
    {
        var parts = text.Split(':', 2);
        if (!Kinds.TryGetValue(parts[0], out var kind)) return null;
        if (parts.Length == 1) return new(kind) { Until = until };
        return DateOnly.TryParseExact(parts[1], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var last) ? new(kind) { Until = last } : null;
    }

    private static TerminologyException Wrong(string text, string place) => new(IssueType.Value, "WRONG_USAGE", $"{place}: {text}") { Expression = place };
}

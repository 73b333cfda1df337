using System.Globalization;

namespace Terminology.Issues;

/// <summary>What is said of targets that hold on some days only, and of maps for which nobody answers.</summary>
public static class DayMessages
{
    /// <summary>Nothing of a row is answered.</summary>
    public static string NoneAnswers(string map, string code, IEnumerable<string> targets) => $"The map {map} lists '{code}', but no target of it answers: {string.Join("; ", targets)}.";

    /// <summary>For those who ask.</summary>
    public static string OnlyWhoAsks(string? target) => $"'{target}' is superseded and answered only to those who ask for it (includeSuperseded=true)";

    /// <summary>Not yet.</summary>
    public static string HoldsFrom(string? target, DateOnly day) => $"'{target}' holds from {Text(day)}";

    /// <summary>No more.</summary>
    public static string HeldUntil(string? target, DateOnly day, bool isSuperseded) => $"'{target}' {(isSuperseded ? "is superseded and was answered" : "held")} until {Text(day)}";

    /// <summary>In the trace.</summary>
    public static string Row(string code, string why) => $"row '{code}': {why}.";

    /// <summary>In the list of changes of a release.</summary>
    public static string StillAnswered(string code, string targets, DateOnly? until, bool isOptIn)
        => $"{code} was mapped to {targets}; that is answered besides, marked as superseded, {(isOptIn ? "to those who ask for it" : "to everybody")}{(until is { } day ? $", until {Text(day)}" : "")}.";

    /// <summary>Null.</summary>
    public static string WindowNeeded() => "Say the kind of the window: immediate, until-date or opt-in.";

    /// <summary>A text of another kind.</summary>
    public static string NoWindow(string text) => $"'{text}' says no window; expected is immediate, until:2027-03-31, opt-in or opt-in:2027-03-31, and before it KEY= for a single row.";

    /// <summary>A line for no row.</summary>
    public static string WindowNeedsKey(string text) => $"'{text}' names no row; expected is KEY={text}. The window of all rows is said by --window.";

    /// <summary>Twice.</summary>
    public static string WindowTwice(string? key = null) => key is null ? "The window of all rows is said already; a single row has its own by KEY=WINDOW." : $"The window of row '{key}' is said already.";

    /// <summary>No file.</summary>
    public static string NoWindowsFile(string file) => $"There is no file '{file}'.";

    /// <summary>Too late.</summary>
    public static string FrozenAlready(int release) => $"Release {release} is frozen already, and windows are said when it is: withdraw it and publish again, or leave the window out.";

    /// <summary>No last day.</summary>
    public static string WindowNeedsEnd() => "Say until which day the old target is answered, for example 2027-03-31.";

    /// <summary>A last day of nothing.</summary>
    public static string WindowHasNoEnd() => "An immediate window has no last day: leave it out, or make it until-date.";

    /// <summary>A last day gone by.</summary>
    public static string WindowPast(DateOnly until) => $"{Text(until)} has gone by; name today or a later day, or make the window immediate.";

    /// <summary>A window of nothing.</summary>
    public static string NoOldTarget(string key, int former)
        => former == 0 ? $"There is no release before, so that row '{key}' has no old target." : $"Row '{key}' has no old target: it says what it said in release {former}, or is not in it.";

    /// <summary>On a page.</summary>
    public static string Days(DateOnly? from, DateOnly? to, bool isSuperseded)
        => string.Join(", ", new[] { isSuperseded ? "superseded" : null, from is { } first ? $"from {Text(first)}" : null, to is { } last ? $"until {Text(last)}" : null }.OfType<string>());

    /// <summary>Of a map that was not made and released here.</summary>
    public static string Ungoverned() => "Nobody here answers for this map: it came as a resource, package or file.";

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

using Terminology.Issues;
using Terminology.Mapping.Review;
using Terminology.Mapping.Rows;

namespace Terminology.Mapping.Releases;

/// <summary>What a row said in an earlier release and does not say any more, and is answered besides for a while.</summary>
/// <param name="Key">Of the row.</param>
/// <param name="Code">Source code.</param>
/// <param name="Display">Its display, or null.</param>
/// <param name="Approved">What was approved then, with those of its targets that are superseded.</param>
/// <param name="Window">For how long, and to whom.</param>
/// <param name="Release">The last release that said it.</param>
public sealed record SupersededRow(string Key, string Code, string? Display, Approval Approved, DeprecationWindow Window, int Release);

/// <summary>What of the release before goes on being answered in the next.</summary>
public static class Supersession
{
    /// <summary>
    /// The rows that go into a release: all approved ones, but of those withdrawn from their list only such as the release before answers, and of which no window is said. A withdrawn
    /// row with a window is out, and its targets are superseded.
    /// </summary>
    /// <param name="rows">The rows of the map.</param>
    /// <param name="former">The release before; null: there is none.</param>
    /// <param name="windows">What was said of windows.</param>
    public static IEnumerable<MapRow> Released(IEnumerable<MapRow> rows, ReleaseContent? former, ReleaseWindows windows)
    {
        if (former is null) return rows;
        var answering = former.Rows.Select(row => row.Key).ToHashSet(StringComparer.Ordinal);
        return rows.Where(row => row.State != MapRowState.Retired || (answering.Contains(row.Key) && !windows.IsSaid(row.Key)));
    }

    /// <summary>The old targets that are answered besides, in order of their rows, the newest first: those that this release supersedes, and those of earlier ones whose windows are open.</summary>
    /// <param name="rows">What the release holds.</param>
    /// <param name="former">The release before.</param>
    /// <param name="number">Its number.</param>
    /// <param name="windows">What was said of windows.</param>
    /// <param name="today">In UTC.</param>
    /// <exception cref="TerminologyException">Value: a window for a row that needs none.</exception>
    public static IReadOnlyList<SupersededRow> Of(IReadOnlyList<ReleasedRow> rows, ReleaseContent former, int number, ReleaseWindows windows, DateOnly today)
    {
        var now = rows.ToDictionary(row => row.Key, row => row.Approved.Content, StringComparer.Ordinal);
        SupersededRow[] old =
        [
            .. former.Rows.Select(row => Left(new(row.Key, row.Code, row.Display, row.Approved, windows.Of(row.Key), number), now)),
            .. former.Superseded.Select(row => Left(row with { Window = windows.Rows.GetValueOrDefault(row.Key) ?? row.Window }, now)),
        ];
        old = [.. old.Where(row => row.Approved.Content.Targets.Count > 0)];
        if (windows.Rows.Keys.FirstOrDefault(key => Array.TrueForAll(old, row => row.Key != key)) is { } other)
        {
            throw new TerminologyException(IssueType.Value, "NO_OLD_TARGET", DayMessages.NoOldTarget(other, number)) { Expression = $"windows.rows['{other}']" };
        }
        return [.. old.Where(row => row.Window.IsOpenOn(today)).OrderBy(row => row.Key, StringComparer.Ordinal).ThenByDescending(row => row.Release)];
    }

    /// <summary>With the targets that the row does not have any more.</summary>
    private static SupersededRow Left(SupersededRow row, Dictionary<string, RowContent> now)
    {
        IReadOnlyList<RowTarget> present = now.GetValueOrDefault(row.Key)?.Targets ?? [];
        var content = row.Approved.Content;
        return row with { Approved = row.Approved with { Content = new() { Targets = [.. content.Targets.Where(target => !present.Any(other => AnswerComparison.IsSameTarget(target, other)))] } } };
    }
}

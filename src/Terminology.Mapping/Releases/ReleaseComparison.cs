using Terminology.Issues;
using Terminology.Mapping.Review;
using Terminology.Mapping.Rows;

namespace Terminology.Mapping.Releases;

/// <summary>What changed from one release to the next, in rows and in words.</summary>
public static class ReleaseComparison
{
    /// <summary>Compares two contents; null for the first: everything is new.</summary>
    public static ReleaseDifference Compare(ReleaseContent? before, ReleaseContent after)
    {
        var old = (before?.Rows ?? []).ToDictionary(row => row.Key, StringComparer.Ordinal);
        var (added, changed, unchanged) = (new List<RowDifference>(), new List<RowDifference>(), 0);
        foreach (var row in after.Rows)
        {
            if (!old.Remove(row.Key, out var former)) added.Add(new(row.Key, $"{row.Code} maps to {Text(row.Approved.Content)}."));
            else if (AnswerComparison.IsSame(former.Approved.Content, row.Approved.Content)) unchanged++;
            else changed.Add(new(row.Key, $"{row.Code} maps to {Text(row.Approved.Content)}; before to {Text(former.Approved.Content)}."));
        }
        return new(added, [.. old.Values.Select(row => new RowDifference(row.Key, $"{row.Code} is gone; it mapped to {Text(row.Approved.Content)}."))], changed, unchanged)
        {
            Superseded = [.. after.Superseded.Select(row => new RowDifference(row.Key, DayMessages.StillAnswered(row.Code, Text(row.Approved.Content), row.Window.Until, row.Window.Kind == WindowKind.OptIn)))],
        };
    }

    private static string Text(RowContent content)
        => content.NoMap is { } none ? $"nothing ({none.Reason})"
        : string.Join(", ", content.Targets.Select(target => $"{target.Code}{(target.Display is null ? "" : $" {target.Display}")} ({System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(target.Relationship.ToString())})"));
}

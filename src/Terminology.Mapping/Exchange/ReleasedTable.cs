using System.Globalization;
using Terminology.Mapping.Releases;
using Terminology.Mapping.Rows;

namespace Terminology.Mapping.Exchange;

/// <summary>A release of a map as formats write it.</summary>
public static class ReleasedTable
{
    /// <summary>Every row with what was approved, by whom and when, and the old targets that are answered besides; the number and hash of the release are properties of the whole.</summary>
    public static MapTable Of(ReleaseContent content, MapRelease release) => new()
    {
        Url = content.Map.Url,
        Version = release.Number.ToString(CultureInfo.InvariantCulture),
        Title = content.Map.Title,
        Copyright = content.Map.Copyright,
        Properties = [new("release", release.Number.ToString(CultureInfo.InvariantCulture)), new("sha256", release.Sha256)],
        Lines = [.. content.Rows.Select(row => Line(content, row.Code, row.Display, row.Approved))],
        Superseded = [.. content.Superseded.Select(row => new SupersededLine(Line(content, row.Code, row.Display, row.Approved), row.Window))],
    };

    private static MapLine Line(ReleaseContent content, string code, string? display, Approval approved) => new()
    {
        System = content.Map.SourceSystem,
        Code = code,
        Display = display,
        Content = approved.Content,
        State = MapRowState.Approved,
        Author = string.Join("|", approved.Authors),
        Reviewer = approved.By,
        ReviewedAt = approved.At,
    };
}

using System.Globalization;
using Terminology.Mapping.Releases;
using Terminology.Mapping.Rows;

namespace Terminology.Mapping.Exchange;

/// <summary>A release of a map as formats write it.</summary>
public static class ReleasedTable
{
    /// <summary>Every row with what was approved, by whom and when; the number and hash of the release are properties of the whole.</summary>
    public static MapTable Of(ReleaseContent content, MapRelease release) => new()
    {
        Url = content.Map.Url,
        Version = release.Number.ToString(CultureInfo.InvariantCulture),
        Title = content.Map.Title,
        Copyright = content.Map.Copyright,
        Properties = [new("release", release.Number.ToString(CultureInfo.InvariantCulture)), new("sha256", release.Sha256)],
        Lines = [.. content.Rows.Select(row => new MapLine
        {
            System = content.Map.SourceSystem,
            Code = row.Code,
            Display = row.Display,
            Content = row.Approved.Content,
            State = MapRowState.Approved,
            Author = string.Join("|", row.Approved.Authors),
            Reviewer = row.Approved.By,
            ReviewedAt = row.Approved.At,
        })],
    };
}

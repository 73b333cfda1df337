using System.Text.Json;
using Terminology.Issues;
using Terminology.Mapping.Quality;
using Terminology.Mapping.Rows;

namespace Terminology.Loaders.Maps.Folders;

/// <summary>What a rule of quality says of a map as text.</summary>
/// <param name="Found">What stands, with its waiver.</param>
/// <param name="Line">Line of <c>rows.csv</c> on which the first of its rows begins; 0 when it is about the map as a whole.</param>
public sealed record FolderFinding(StandingFinding Found, int Line)
{
    /// <summary><c>file:line: severity rule 'row': sentence</c>, what mends it, and the id by which it is waived.</summary>
    public override string ToString()
    {
        var finding = Found.Finding;
        var mend = finding.FixIt is { } fix ? FolderMessages.Mend(fix.Field.Replace("content.", "", StringComparison.Ordinal), fix.OldValue, fix.NewValue) : "";
        var half = Found.Waiver is { IsComplete: false } waiver ? FolderMessages.WaiverOfOne(waiver.By) : "";
        var key = finding.RowKeys.Count == 0 ? "" : $" '{finding.RowKeys[0]}'";
        return new FolderProblem(Line == 0 ? MapFolder.MapFile : MapFolder.RowsFile, Line, 0, $"{JsonNamingPolicy.CamelCase.ConvertName(finding.Severity.ToString())} {finding.RuleId}{key}: {finding.Text}{mend}{half} [{Found.Id}]").ToString();
    }
}

/// <summary>
/// The rules of quality over a map as text: those of the server, but for what only a server knows (how rows were approved, what was released). What the text says is looked at as
/// if it were in the map; a line with a fault of form is looked at when that is mended.
/// </summary>
public static class FolderQuality
{
    /// <summary>What stands, by rule, then row; what its waivers cover is marked, and what they do not cover any more is an error of its own.</summary>
    /// <param name="folder">The map.</param>
    /// <param name="problems">What is wrong in its form.</param>
    /// <param name="scene">What surrounds its rows; the moment in what is known of the whole.</param>
    /// <param name="asksReleases">Are there releases that can be asked? Else rules about targets say nothing.</param>
    public static IReadOnlyList<FolderFinding> Of(MapFolder folder, IReadOnlyList<FolderProblem> problems, QualityScene scene, bool asksReleases)
    {
        var faulty = problems.Where(problem => problem.File == MapFolder.RowsFile).Select(problem => problem.Line).ToHashSet();
        var lines = folder.Rows.ToDictionary(row => row.Key, row => row.Line, StringComparer.Ordinal);
        var book = new QualityBook(scene, [.. QualityRules.All.Where(rule => !rule.AsksServer && (asksReleases || !rule.AsksReleases))]);
        book.Put(folder.Rows.Where(row => !faulty.Contains(row.Line)).Select(Row));
        var (found, given) = (book.All(scene.Whole), folder.Waivers.ToDictionary(waiver => waiver.Finding, StringComparer.Ordinal));
        var waivers = found.Where(one => given.TryGetValue(one.Id, out var waiver) && waiver.RuleId == one.Finding.RuleId).DistinctBy(one => one.Id).ToDictionary(one => one.Id, one => given[one.Id].For(one.Finding), StringComparer.Ordinal);
        return
        [
            .. WaivedFindings.Of(found, waivers, DateOnly.FromDateTime(scene.Whole.Now.UtcDateTime)).Select(one => new FolderFinding(one, one.Finding.RowKeys.Count == 0 ? 0 : lines[one.Finding.RowKeys[0]]))
                .OrderBy(one => one.Found.Finding.RuleId, StringComparer.Ordinal).ThenBy(one => one.Line),
        ];
    }

    /// <summary>What other maps as text from the same system, to one that both go to, say of a code; by their titles.</summary>
    public static Func<string, IEnumerable<(string Map, RowContent Content)>> Elsewhere(MapFolder folder, IEnumerable<MapFolder> all)
    {
        var others = all.Where(other => other.Map.Id != folder.Map.Id && other.Map.SourceSystem == folder.Map.SourceSystem && other.Map.TargetSystems.Intersect(folder.Map.TargetSystems).Any())
            .Select(other => (other.Map.Title, Rows: other.Rows.Where(row => !row.Content.IsEmpty).ToLookup(row => row.Code, StringComparer.Ordinal))).ToArray();
        return code => others.SelectMany(other => other.Rows[code], (other, row) => (other.Title, row.Content));
    }

    private static MapRow Row(FolderRow row, int place) => new()
    {
        Key = row.Key,
        Number = place + 1,
        Code = row.Code,
        Display = row.Display,
        Context = row.Context,
        Content = row.Content,
        ContentBy = row.Approval?.Authors ?? [],
        State = row.State ?? (row.Content.IsEmpty ? MapRowState.Unmapped : MapRowState.Draft),
        Approved = row.Approval is { } approval ? new(row.Content, approval.Authors, approval.By, approval.At) : null,
    };
}

using Terminology.Mapping.Maps;
using Terminology.Mapping.Releases;
using Terminology.Mapping.Rows;

namespace Terminology.Mapping.Quality;

/// <summary>Whether what is released has errors that nobody set aside. A row being edited is looked at as it was approved, for that is what is released.</summary>
public static class QualityGate
{
    private const int MostShown = 5;

    /// <summary>What the gate says.</summary>
    /// <param name="book">The findings of the map, with all its rows.</param>
    /// <param name="state">The map.</param>
    /// <param name="content">What is to be released.</param>
    /// <param name="whole">What is known of the map as a whole.</param>
    public static GateResult Of(QualityBook book, MapState state, ReleaseContent content, MapFacts whole)
    {
        var today = DateOnly.FromDateTime(whole.Now.UtcDateTime);
        var (released, edited) = (content.Rows.Select(row => row.Key).ToHashSet(StringComparer.Ordinal), Edited(state, content));
        var found = book.All(whole).Where(found => found.Finding.RowKeys.Count == 0 || found.Finding.RowKeys.Any(key => released.Contains(key) && !edited.ContainsKey(key))).Concat(edited.Values.SelectMany(row => book.Try(row, isForErrors: true)));
        var errors = WaivedFindings.Of(found, state.Waivers, today).Where(found => found.IsOpenError).DistinctBy(found => found.Id).ToArray();
        return errors.Length == 0
            ? new("quality", true, "No error is open in what is released.")
            : new("quality", false, $"{errors.Length} errors are open: {string.Join(" ", errors.Take(MostShown).Select(Sentence))}{(errors.Length > MostShown ? " …" : "")}");
    }

    /// <summary>A finding as messages quote it.</summary>
    public static string Sentence(StandingFinding found) => $"{found.Finding.RuleId}: {found.Finding.Text}";

    /// <summary>Rows whose content is not what is released, as they were approved.</summary>
    private static Dictionary<string, MapRow> Edited(MapState state, ReleaseContent content)
    {
        var edited = new Dictionary<string, MapRow>(StringComparer.Ordinal);
        foreach (var released in content.Rows)
        {
            if (state.Find(released.Key)?.Row is not { } row || row.Content.Equals(released.Approved.Content)) continue;
            edited[row.Key] = row with { Content = released.Approved.Content, Approved = released.Approved, ContentBy = released.Approved.Authors, State = row.State == MapRowState.Retired ? row.State : MapRowState.Approved };
        }
        return edited;
    }
}

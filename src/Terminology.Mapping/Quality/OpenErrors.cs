using Terminology.Mapping.Rows;

namespace Terminology.Mapping.Quality;

/// <summary>The errors that stand in the way of a step with a row.</summary>
public static class OpenErrors
{
    /// <summary>Does a step ask for them?</summary>
    public static bool AreAsked(RowVerb verb) => verb is RowVerb.Propose or RowVerb.Approve or RowVerb.Adjudicate;

    /// <summary>A sentence for each error, not waived, that the row would have as the step leaves it; what the policy of the map says is not among them.</summary>
    /// <param name="book">The findings of the map.</param>
    /// <param name="row">The row before the step.</param>
    /// <param name="command">The step.</param>
    /// <param name="who">Who takes it: of two authors who do not see one another each is asked about her own answer.</param>
    /// <param name="waivers">Waivers of the map.</param>
    /// <param name="now">The moment.</param>
    public static IReadOnlyList<string> Of(QualityBook book, MapRow row, RowCommand command, string who, IReadOnlyDictionary<string, Waiver> waivers, DateTimeOffset now)
    {
        var content = command.Content ?? row.Blind.FirstOrDefault(answer => answer.By == (command.Taken ?? who))?.Content ?? row.Content;
        var found = book.Try(row with { Content = content }, isForErrors: true).Where(found => found.Finding.Severity == FindingSeverity.Error && QualityRules.Find(found.Finding.RuleId) is { StopsSteps: true });
        return [.. WaivedFindings.Of(found, waivers, DateOnly.FromDateTime(now.UtcDateTime)).Where(found => found.IsOpenError && found.Finding.RuleId != Governance.ExpiredWaiver.Rule.Id).Select(QualityGate.Sentence)];
    }
}

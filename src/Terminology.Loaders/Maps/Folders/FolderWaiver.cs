using Terminology.Issues;
using Terminology.Mapping.Quality;

namespace Terminology.Loaders.Maps.Folders;

/// <summary>A finding set aside, as the text has it. How much it weighs is the finding's to say and not the text's: an error needs two people, whatever is written.</summary>
/// <param name="Finding">Id of the finding.</param>
/// <param name="RuleId">Its rule.</param>
/// <param name="Text">What it said, for people; or null.</param>
/// <param name="Reason">Why it may stand.</param>
/// <param name="Until">The last day on which it may.</param>
/// <param name="By">Who set it aside.</param>
/// <param name="At">When.</param>
/// <param name="ConfirmedBy">The second person, whom an error needs; or null.</param>
public sealed record FolderWaiver(string Finding, string RuleId, string? Text, string Reason, DateOnly Until, string By, DateTimeOffset At, string? ConfirmedBy)
{
    /// <summary>As the text has a waiver of a server.</summary>
    public static FolderWaiver Of(Waiver waiver) => new(waiver.Finding, waiver.RuleId, waiver.Text, waiver.Reason, waiver.Until, waiver.By, waiver.At, waiver.ConfirmedBy);

    /// <summary>As the waiver of a finding that stands.</summary>
    public Waiver For(Finding found) => new() { Finding = Finding, RuleId = found.RuleId, Text = found.Text, Severity = found.Severity, Reason = Reason, Until = Until, By = By, At = At, ConfirmedBy = ConfirmedBy };

    internal static IReadOnlyList<FolderWaiver> Read(IEnumerable<FolderLine> lines)
    {
        var waivers = new Dictionary<string, (FolderWaiver Waiver, int Line)>(StringComparer.Ordinal);
        foreach (var line in lines.ToArray())
        {
            var (finding, rule, reason, by, second) = (line.Needed("finding"), line.Needed("rule"), line.Needed("reason"), line.Needed("by"), line["confirmedBy"]);
            line.Needed("until");
            line.Needed("at");
            var (until, at) = (line.Value<DateOnly?>("until", Sheet.TryDay, "a day such as 2026-11-26"), line.Value<DateTimeOffset?>("at", Sheet.TryMoment, "a moment such as 2026-11-26T08:30:00Z"));
            if (line.IsFaulty) continue;
            var (first, last) = (DateOnly.FromDateTime(at!.Value.UtcDateTime), DateOnly.FromDateTime(at.Value.UtcDateTime).AddDays(WaiverDecision.Longest));
            if (QualityRules.Find(rule) is not { CanBeWaived: true }) line.Fault("rule", WaiverMessages.CannotBeWaived(rule));
            else if (until < first || until > last) line.Fault("until", WaiverMessages.InvalidEnd(until!.Value, first, last));
            else if (second == by) line.Fault("confirmedBy", WaiverMessages.SecondPersonNeeded(by));
            else if (waivers.TryGetValue(finding, out var known)) line.Fault("finding", FolderMessages.WaivedTwice(finding, known.Line));
            else waivers[finding] = (new(finding, rule, line["text"], reason, until!.Value, by, at.Value, second), line.Line);
        }
        return [.. waivers.Values.Select(pair => pair.Waiver).OrderBy(waiver => waiver.Finding, StringComparer.Ordinal)];
    }
}

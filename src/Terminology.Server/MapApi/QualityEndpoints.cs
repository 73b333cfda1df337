using System.Globalization;
using Terminology.Issues;
using Terminology.Mapping.Maps;
using Terminology.Mapping.People;
using Terminology.Mapping.Quality;
using Terminology.Server.Maps;
using Terminology.Server.OpenApi;

namespace Terminology.Server.MapApi;

/// <summary>What is asked of findings, waived by whom.</summary>
/// <param name="Finding">Id of the finding.</param>
/// <param name="Reason">Why it may stand.</param>
/// <param name="Until">The last day on which it may.</param>
internal sealed record WaiverRequest(string? Finding = null, string? Reason = null, DateOnly? Until = null);

/// <summary>How often a rule was found, and how much of it is open.</summary>
/// <param name="Rule">Its id.</param>
/// <param name="Title">Its title.</param>
/// <param name="Severity">How much it weighs here.</param>
/// <param name="Findings">How often it was found.</param>
/// <param name="Open">How many of them nobody waived.</param>
/// <param name="Rows">In how many rows.</param>
internal sealed record RuleCount(string Rule, string Title, FindingSeverity Severity, int Findings, int Open, int Rows);

/// <summary>A page of findings; the counts are of all that fit the question.</summary>
/// <param name="Total">How many fit.</param>
/// <param name="Rules">By rules.</param>
/// <param name="Findings">Those of this page.</param>
/// <param name="Next">Where the next page begins, for <c>cursor</c>; null at the end.</param>
internal sealed record FindingPage(int Total, IReadOnlyList<RuleCount> Rules, IReadOnlyList<StandingFinding> Findings, string? Next);

/// <summary>Findings of quality, and setting them aside.</summary>
internal static class QualityEndpoints
{
    private const int LargestPage = 1000, UsualPage = 100;

    public static void Map(RouteGroupBuilder maps, MapWork work, MapBook book, MapQuality quality)
    {
        maps.MapGet("/{map}/findings", (HttpContext context, string map) => MapEndpoints.Answer(context, who =>
        {
            var state = work.Find(map, who, MapAction.ReadDrafts);
            var found = (string?)context.Request.Query["row"] is { } row ? quality.Of(state, row) : quality.Findings(state);
            return Task.FromResult(Problems.Json(Page(Seen(found, state, who), context.Request.Query)));
        }))
            .Says<FindingPage>("What rules of quality find", MapAction.ReadDrafts, said => said with { Query = [new("rule", "Id of a rule, for example `MQ-202`."), new("row", "Key of a row."), Asked.Word<FindingSeverity>("severity", "How much it weighs."), new("state", "Only those that are open, or waived.") { Choices = ["open", "waived"] }, .. Asked.Page(UsualPage, LargestPage)] });
        maps.MapGet("/{map}/waivers", (HttpContext context, string map) => MapEndpoints.Answer(context, who =>
        {
            var state = work.Find(map, who, MapAction.ReadDrafts);
            return Task.FromResult(Problems.Json(Waivers(state, quality, who)));
        }))
            .Says<IReadOnlyList<Waiver>>("Findings that were set aside", MapAction.ReadDrafts, said => said with { More = "Those whose end has passed are among them; those taken back are not." });
        maps.MapPost("/{map}/waivers", (HttpContext context, string map) => MapEndpoints.Answer(context, async who =>
        {
            work.Find(map, who, MapAction.WaiveWarning); // the least that it takes; an error takes more
            return Problems.Json(await WaiveAsync(book, quality, map, await Problems.ReadAsync<WaiverRequest>(context.Request), who), StatusCodes.Status201Created);
        }))
            .Says<WaiverRequest, Waiver>("Sets a finding aside for a time", new(MapAction.WaiveWarning, ByPersonsAlone: true), """{"finding":"0","reason":"Both analysers report it so.","until":"2099-01-31"}""", said => said with { More = "An error takes two stewards: it is waived when the second agrees, by the same call.", Status = StatusCodes.Status201Created });
        maps.MapDelete("/{map}/waivers/{finding}", (HttpContext context, string map, string finding) => MapEndpoints.Answer(context, async who =>
        {
            work.Find(map, who, MapAction.WaiveWarning);
            return Problems.Json(await book.ChangeAsync(turn =>
            {
                var state = turn.Find(map);
                var waiver = state.Waivers.GetValueOrDefault(finding) ?? throw new TerminologyException(IssueType.NotFound, "UNKNOWN_WAIVER", WaiverMessages.NoSuchWaiver(finding));
                return turn.Put(map, WaiverDecision.Withdraw(waiver, who, state.Project), who);
            }));
        }))
            .Says<Waiver>("Takes a waiver back", new(MapAction.WaiveWarning, ByPersonsAlone: true));
    }

    /// <summary>The finding is looked for first; that it still stands is asked again where it is decided.</summary>
    private static Task<Waiver> WaiveAsync(MapBook book, MapQuality quality, string map, WaiverRequest request, Person who)
    {
        TerminologyException None() => new(IssueType.NotFound, "UNKNOWN_FINDING", WaiverMessages.NoSuchFinding(request.Finding ?? "")) { Expression = "finding" };
        var seen = quality.Findings(book.Find(map)).FirstOrDefault(found => found.Id == request.Finding) ?? throw None();
        return book.ChangeAsync(turn =>
        {
            var state = turn.Find(map);
            var found = quality.Again(state, seen) ?? throw None();
            return turn.Put(map, WaiverDecision.Take(found, found.Waiver, request.Reason, request.Until, who, state.Project, turn.Now), who);
        });
    }

    /// <summary>In order of coming. What they say of a finding is seen by who sees the finding.</summary>
    private static Waiver[] Waivers(MapState state, MapQuality quality, Person who)
    {
        var waivers = state.Waivers.Values.Where(waiver => !waiver.IsWithdrawn);
        if (state.Project.Policy.Review != ReviewMode.SingleAndReview)
        {
            var seen = Seen(quality.Findings(state), state, who).Select(found => found.Id).ToHashSet(StringComparer.Ordinal);
            waivers = waivers.Where(waiver => seen.Contains(waiver.Finding));
        }
        return [.. waivers.OrderBy(waiver => waiver.At).ThenBy(waiver => waiver.Finding, StringComparer.Ordinal)];
    }

    /// <summary>Of two authors who do not see one another neither reads in findings what the other says.</summary>
    private static IEnumerable<StandingFinding> Seen(IReadOnlyList<StandingFinding> found, MapState state, Person who)
        => state.Project.Policy.Review == ReviewMode.SingleAndReview ? found
            : found.Where(one => one.Finding.RowKeys.All(key => RowView.IsWhole(state, key, who)));

    private static FindingPage Page(IEnumerable<StandingFinding> found, IQueryCollection query)
    {
        var limit = int.TryParse(query["limit"], out var wanted) && wanted is > 0 and <= LargestPage ? wanted : UsualPage;
        var start = int.TryParse(query["cursor"], out var cursor) && cursor > 0 ? cursor : 0;
        var (rule, row, severity, state) = ((string?)query["rule"], (string?)query["row"], Severity(query["severity"]), State(query["state"]));
        var fitting = found.Where(one => (rule is null || one.Finding.RuleId == rule) && (row is null || one.Finding.RowKeys.Contains(row)) && (severity is null || one.Finding.Severity == severity) && (state is null || one.IsWaived == state)).ToArray();
        var rules = fitting.GroupBy(one => (one.Finding.RuleId, one.Finding.Severity)).OrderBy(group => group.Key.RuleId, StringComparer.Ordinal).ThenByDescending(group => group.Key.Severity)
            .Select(group => new RuleCount(group.Key.RuleId, QualityRules.Find(group.Key.RuleId)?.Title ?? "", group.Key.Severity, group.Count(), group.Count(one => !one.IsWaived), group.SelectMany(one => one.Finding.RowKeys).Distinct(StringComparer.Ordinal).Count()));
        return new(fitting.Length, [.. rules], [.. fitting.Skip(start).Take(limit)], start + limit < fitting.Length ? (start + limit).ToString(CultureInfo.InvariantCulture) : null);
    }

    private static FindingSeverity? Severity(string? text) => text is null ? null
        : Enum.TryParse<FindingSeverity>(text, ignoreCase: true, out var severity) && Enum.IsDefined(severity) ? severity
        : throw new TerminologyException(IssueType.Value, "INVALID_PARAMETER", MappingMessages.InvalidChoice(text, "severity", string.Join(", ", Enum.GetNames<FindingSeverity>()).ToLowerInvariant())) { Expression = "severity" };

    /// <summary>True: waived; false: open; null: all.</summary>
    private static bool? State(string? text) => text switch
    {
        null => null,
        "open" => false,
        "waived" => true,
        _ => throw new TerminologyException(IssueType.Value, "INVALID_PARAMETER", MappingMessages.InvalidChoice(text, "state", "open, waived")) { Expression = "state" },
    };
}

using System.Text.Json;
using Terminology.Issues;
using Terminology.Mapping.Maps;
using Terminology.Mapping.People;
using Terminology.Server.Maps;
using Terminology.Server.OpenApi;

namespace Terminology.Server.MapApi;

/// <summary>Changes to a map itself over HTTP: at once, or proposed and decided on.</summary>
internal static class SettingsEndpoints
{
    public static void MapSettings(this RouteGroupBuilder maps, MapWork work, MapBook book)
    {
        maps.MapGet("/{map}", (HttpContext context, string map) => MapEndpoints.Answer(context, who => Task.FromResult(View(context, work.Find(map, who, MapAction.ReadDrafts)))))
            .Says<MapView>("A map: what it is, and where it stands", MapAction.ReadDrafts, said => said with { HasTag = true });
        maps.MapPatch("/{map}", (HttpContext context, string map) => MapEndpoints.Answer(context, async who =>
        {
            work.Find(map, who, MapAction.ProposePolicy); // the least that it takes
            var (seen, change) = (ContentTag.Needed(context.Request), await Problems.ReadAsync(context.Request, new MapChangeRules()));
            return View(context, await ChangeAsync(book, map, seen, (turn, state) => Change(turn, state, change, who)));
        }))
            .Says<MapChange, MapView>("Changes a map, or proposes other rules for it", null, """{"title":"Laboratory","reviewBy":"2099-12-31","policy":{"signatures":2,"leastCoverage":95},"reason":"Two sign since the audit."}""", said => said with
            {
                More = "What is left out stays; id, url, systems and domain never change. A `policy` holds when another person approved it.",
                Rights = [new(MapAction.ChangePolicy, "title, copyright, steward, targetScope, reviewBy", true), new(MapAction.ProposePolicy, "policy", true)],
                HasTag = true,
                IsConditional = true,
            });
        maps.MapPost("/{map}/settings:approve", (HttpContext context, string map) => MapEndpoints.Answer(context, async who =>
        {
            work.Find(map, who, MapAction.ChangePolicy);
            var (seen, verdict) = (ContentTag.Needed(context.Request), await VerdictAsync(context.Request));
            return View(context, await ChangeAsync(book, map, seen, (turn, state) =>
            {
                var (project, proposal) = SettingsDecision.Approve(state.Project, state.Settings, BlindRows(state), who);
                turn.Put(map, proposal, who, "approve-settings", verdict.Reason);
                return turn.Put(project, who, proposal.Reason);
            }));
        }))
            .Says(() => Decision("Agrees to proposed rules", "Another person than who proposed them; they hold at once.", MapAction.ChangePolicy, "Agreed in the board."));
        maps.MapPost("/{map}/settings:reject", (HttpContext context, string map) => MapEndpoints.Answer(context, async who =>
        {
            work.Find(map, who, MapAction.ProposePolicy);
            var (seen, verdict) = (ContentTag.Needed(context.Request), await VerdictAsync(context.Request));
            return View(context, await ChangeAsync(book, map, seen, (turn, state) => turn.Put(map, SettingsDecision.Reject(state.Project, state.Settings, verdict.Reason, who), who, "reject-settings", verdict.Reason)));
        }))
            .Says(() => Decision("Refuses proposed rules", "An author can take back what is her own.", MapAction.ProposePolicy, "One signature is enough."));
    }

    private static Said Decision(string summary, string more, MapAction action, string reason)
        => new(summary) { More = more, Rights = [new(action, ByPersonsAlone: true)], Request = new(typeof(SettingsVerdict), Example: JsonSerializer.Serialize(new { reason })), Answer = new(typeof(MapView)), HasTag = true, IsConditional = true };

    private static IResult View(HttpContext context, MapState state)
    {
        var view = MapView.Of(state);
        ContentTag.Send(context.Response, view.Version);
        return Problems.Json(view);
    }

    private static Task<SettingsVerdict> VerdictAsync(HttpRequest request) => request.ContentLength is null or 0 ? Task.FromResult(new SettingsVerdict()) : Problems.ReadAsync<SettingsVerdict>(request);

    /// <summary>Decides on the map as it was seen.</summary>
    private static Task<MapState> ChangeAsync(MapBook book, string map, string seen, Func<MapBook.Turn, MapState, MapState> decide) => book.ChangeAsync(turn =>
    {
        var state = turn.Find(map);
        var now = MapView.Of(state);
        return now.Version == seen ? decide(turn, state) : throw new Outdated(SettingsMessages.Changed("settings", map), now);
    });

    private static MapState Change(MapBook.Turn turn, MapState state, MapChange change, Person who)
    {
        var project = change.IsOfMap() ? SettingsDecision.Change(state.Project, change, who) : state.Project;
        var proposal = change.Policy is null ? null : SettingsDecision.Propose(project, state.Settings, change, who, turn.Now);
        Problems.Check(proposal is null ? project : project with { Policy = proposal.Policy }, new MapProjectRules());
        if (project != state.Project) state = turn.Put(project, who, change.Reason);
        return proposal is null ? state : turn.Put(state.Project.Id, proposal, who, "propose-settings", change.Reason);
    }

    private static IEnumerable<string> BlindRows(MapState state)
        => SettingsDecision.BlindWork.SelectMany(one => state.RowsFrom(0, one)).Where(entry => entry.Row.Blind.Count > 0).Select(entry => entry.Row.Key);
}

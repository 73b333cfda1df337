using Terminology.Mapping.Impact;
using Terminology.Server.Impact;

namespace Terminology.Server.MapApi;

/// <summary>What a release does to a map, over HTTP: the report, drafts of its repairs, rows to look at again.</summary>
internal static class ImpactEndpoints
{
    private const int UsualPage = 1000, LargestPage = 100_000;

    public static void MapImpact(this RouteGroupBuilder maps)
    {
        var impact = ((IEndpointRouteBuilder)maps).ServiceProvider.GetRequiredService<MapImpact>();
        maps.MapGet("/{map}/impact", (HttpContext context, string map) => MapEndpoints.Answer(context, who =>
        {
            var query = context.Request.Query;
            var report = impact.Report(map, Given(query["system"]), Given(query["version"]), Given(query["from"]), who);
            return Task.FromResult(Problems.Json(Page(report, query)));
        }));
        maps.MapPost("/{map}/impact:accept", (HttpContext context, string map) => MapEndpoints.Answer(context, async who => Problems.Json(await impact.AcceptAsync(map, await Problems.ReadAsync(context.Request, new ImpactAcceptanceRules()), who))));
        maps.MapPost("/{map}/impact:recheck", (HttpContext context, string map) => MapEndpoints.Answer(context, async who => Problems.Json(await impact.RecheckAsync(map, await Problems.ReadAsync<ImpactRecheck>(context.Request), who))));
    }

    private static string? Given(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;

    private static ImpactReport Page(ImpactReport report, IQueryCollection query)
    {
        var limit = int.TryParse(query["limit"], out var wanted) && wanted is > 0 and <= LargestPage ? wanted : UsualPage;
        var start = int.TryParse(query["cursor"], out var cursor) && cursor > 0 ? cursor : 0;
        return report with { List = [.. report.List.Skip(start).Take(limit)], Next = start + limit < report.List.Count ? start + limit : null };
    }
}

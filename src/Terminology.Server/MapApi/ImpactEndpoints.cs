using Terminology.Mapping.Impact;
using Terminology.Mapping.People;
using Terminology.Server.Impact;
using Terminology.Server.OpenApi;

namespace Terminology.Server.MapApi;

/// <summary>What a release does to a map, over HTTP: the report, drafts of its repairs, rows to look at again.</summary>
internal static class ImpactEndpoints
{
    private const int UsualPage = 1000, LargestPage = 100_000;

    public static void MapImpact(this RouteGroupBuilder maps)
    {
        var impact = ((IEndpointRouteBuilder)maps).ServiceProvider.GetRequiredService<MapImpact>();
        maps.MapGet("/{map}/impact", (HttpContext context, string map) => MapEndpoints.Answer(context, async who =>
        {
            var query = context.Request.Query;
            return Problems.Json(Page(await impact.ReportAsync(map, Given(query["system"]), Given(query["version"]), Given(query["from"]), who, context.RequestAborted), query));
        }))
            .Says<ImpactReport>("What a release of a code system does to the map", MapAction.ReadDrafts, said => said with { Query = [new("system", "Canonical of the code system.", "http://hospital.example/standard") { IsRequired = true }, new("version", "Version of the new release; it need not be live.", "2") { IsRequired = true }, new("from", "Version to compare with; else that which the rows name, the one that is live, or the one before."), .. Asked.Page(UsualPage, LargestPage)] });
        maps.MapPost("/{map}/impact:accept", (HttpContext context, string map) => MapEndpoints.Answer(context, async who => Problems.Json(await impact.AcceptAsync(map, await Problems.ReadAsync(context.Request, new ImpactAcceptanceRules()), who, context.RequestAborted))))
            .Says<ImpactAcceptance, BulkResult>("Makes drafts of repairs", MapAction.MapRows, """{"system":"http://hospital.example/standard","version":"2","kinds":["same-as","replaced-by"],"dryRun":true}""");
        maps.MapPost("/{map}/impact:recheck", (HttpContext context, string map) => MapEndpoints.Answer(context, async who => Problems.Json(await impact.RecheckAsync(map, await Problems.ReadAsync<ImpactRecheck>(context.Request), who, context.RequestAborted))))
            .Says<ImpactRecheck, BulkResult>("Lets approved rows be looked at again", MapAction.ChangePolicy, """{"system":"http://hospital.example/standard","version":"2","dryRun":true}""");
    }

    private static string? Given(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;

    private static ImpactReport Page(ImpactReport report, IQueryCollection query)
    {
        var limit = int.TryParse(query["limit"], out var wanted) && wanted is > 0 and <= LargestPage ? wanted : UsualPage;
        var start = int.TryParse(query["cursor"], out var cursor) && cursor > 0 ? cursor : 0;
        return report with { List = [.. report.List.Skip(start).Take(limit)], Next = start + limit < report.List.Count ? start + limit : null };
    }
}

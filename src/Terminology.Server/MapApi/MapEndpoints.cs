using Terminology.Issues;
using Terminology.Mapping.Maps;
using Terminology.Mapping.People;
using Terminology.Mapping.Releases;
using Terminology.Mapping.Review;
using Terminology.Mapping.Rows;
using Terminology.Server.Access;
using Terminology.Server.Maps;

namespace Terminology.Server.MapApi;

/// <summary>Map work over HTTP: every verb is one call under <c>/api/maps</c>.</summary>
internal static class MapEndpoints
{
    private const int LargestPage = 1000, UsualPage = 100;

    public static void MapMaps(this RouteGroupBuilder api, MapWork work, MapLists lists, MapExchange exchange, MapBook book, ReleasedMaps files, MapQuality quality)
    {
        var maps = api.MapGroup("/maps").WithMetadata(new Needs(Scope.Maps));
        Task<IResult> List(Person who) => Done(Problems.Json(work.All(who).Select(MapView.Of)));
        maps.MapGet("", (HttpContext context) => Answer(context, List));
        maps.MapPost("", (HttpContext context) => Answer(context, async who =>
        {
            var map = await work.CreateAsync(await Problems.ReadAsync(context.Request, new MapProjectRules()), who);
            context.Response.Headers.Location = $"/api/maps/{map.Project.Id}";
            return Problems.Json(MapView.Of(map), StatusCodes.Status201Created);
        }));
        maps.MapGet("/{map}", (HttpContext context, string map) => Answer(context, who => Done(Problems.Json(MapView.Of(work.Find(map, who, MapAction.ReadDrafts))))));
        maps.MapGet("/{map}/verify", (HttpContext context, string map) => Answer(context, async who =>
        {
            work.Find(map, who, MapAction.ReadEvents);
            var faults = book.Verify(map);
            return Problems.Json(new { valid = faults.Count == 0, events = book.Find(map).Sequence, head = book.Find(map).Head, faults });
        }));
        maps.MapGet("/{map}/agreement", (HttpContext context, string map) => Answer(context, who => Done(Problems.Json(AgreementOf(work.Find(map, who, MapAction.ReadDrafts))))));
        maps.MapGet("/{map}/lists", (HttpContext context, string map) => Answer(context, who => Done(Problems.Json(work.Find(map, who, MapAction.ReadDrafts).Lists))));
        maps.MapPost("/{map}/lists:preview", (HttpContext context, string map) => Answer(context, async who =>
        {
            work.Find(map, who, MapAction.Import); // before anything of the file is read
            return Problems.Json(lists.Preview(map, (await UploadedList.ReadAsync(context.Request)).List, who));
        }));
        maps.MapPost("/{map}/lists:import", (HttpContext context, string map) => Answer(context, async who =>
        {
            work.Find(map, who, MapAction.Import);
            var (list, policy) = await UploadedList.ReadAsync(context.Request);
            return Problems.Json(await lists.ImportAsync(map, list, policy, who));
        }));
        MapRows(maps, work, book);
        MapReleases(maps, work, files);
        MapExchange.Map(maps, exchange);
        maps.MapEvents(work, book);
        maps.MapImpact();
        maps.MapTests(work, book, files);
        QualityEndpoints.Map(maps, work, book, quality);
        RelationshipEndpoints.Map(maps, work, quality);
    }

    private static void MapRows(RouteGroupBuilder maps, MapWork work, MapBook book)
    {
        maps.MapPost("/{map}/rows:import", (HttpContext context, string map) => Answer(context, async who => Problems.Json(await work.ImportAsync(map, await Problems.ReadAsync<RowImport>(context.Request), who))));
        maps.MapPost("/{map}/rows:bulk", (HttpContext context, string map) => Answer(context, async who => Problems.Json(await work.BulkAsync(map, await Problems.ReadAsync<BulkRequest>(context.Request), who))));
        maps.MapGet("/{map}/rows", (HttpContext context, string map) => Answer(context, who => Done(Problems.Json(Page(work.Find(map, who, MapAction.ReadDrafts), context.Request.Query, who)))));
        maps.MapGet("/{map}/rows/{key}", (HttpContext context, string map, string key) => Answer(context, who =>
        {
            var state = work.Find(map, who, MapAction.ReadDrafts);
            return Done(Row(context, MapWork.Row(state, Decoded(key)), who, state.Project));
        }));
        maps.MapGet("/{map}/rows/{key}/why", (HttpContext context, string map, string key) => Answer(context, async who =>
        {
            var state = work.Find(map, who, MapAction.ReadDrafts);
            var entry = MapWork.Row(state, Decoded(key));
            // Of two authors who work blindly neither reads the other's steps before both have handed in.
            var isHidden = RowView.Of(entry, who, state.Project).Row != entry.Row;
            var events = book.History(map, Decoded(key));
            return Problems.Json(new { key = Decoded(key), events = events.Where(happened => !isHidden || happened.Actor == who.Name || happened.Verb == "enter") });
        }));
        maps.MapPatch("/{map}/rows/{key}", (HttpContext context, string map, string key) => Answer(context, async who =>
        {
            var command = await Problems.ReadAsync(context.Request, new RowCommandRules());
            return Row(context, await work.StepAsync(map, Decoded(key), SeenVersion(context.Request), command, who), who, book.Find(map).Project);
        }));
    }

    private static void MapReleases(RouteGroupBuilder maps, MapWork work, ReleasedMaps files)
    {
        maps.MapGet("/{map}/releases", (HttpContext context, string map) => Answer(context, who => Done(Problems.Json(new ReleaseList(work.Find(map, who, MapAction.ReadReleased).Releases)))));
        maps.MapPost("/{map}/releases:freeze", (HttpContext context, string map) => Answer(context, async who =>
        {
            var request = context.Request.ContentLength is null or 0 ? new() : await Problems.ReadAsync<FreezeRequest>(context.Request);
            return Problems.Json(await work.FreezeAsync(map, request, who), StatusCodes.Status201Created);
        }));
        foreach (var verb in new[] { ReleaseVerb.Check, ReleaseVerb.Sign, ReleaseVerb.Activate, ReleaseVerb.Withdraw, ReleaseVerb.Review, ReleaseVerb.Schedule })
        {
            maps.MapPost($"/{{map}}/releases/{{number:int}}:{verb.ToString().ToLowerInvariant()}", (HttpContext context, string map, int number) => Answer(context, async who =>
            {
                var command = context.Request.ContentLength is null or 0 ? new() : await Problems.ReadAsync<ReleaseCommand>(context.Request);
                return Problems.Json(await work.StepAsync(map, number, verb, who, command));
            }));
        }
        maps.MapGet("/{map}/releases/{number:int}", (HttpContext context, string map, int number) => Answer(context, who => Done(Problems.Json(MapWork.Release(work.Find(map, who, MapAction.ReadReleased), number)))));
        maps.MapGet("/{map}/releases/{number:int}/content", (HttpContext context, string map, int number) => Answer(context, who => Done(Results.Bytes(files.Read(MapWork.Release(work.Find(map, who, MapAction.ReadReleased), number)).Bytes, "application/x-ndjson"))));
        maps.MapGet("/{map}/releases:diff", (HttpContext context, string map, int a, int b) => Answer(context, who =>
        {
            var state = work.Find(map, who, MapAction.ReadReleased);
            return Done(Problems.Json(ReleaseComparison.Compare(files.Read(MapWork.Release(state, a)), files.Read(MapWork.Release(state, b)))));
        }));
    }

    internal static Task Answer(HttpContext context, Func<Person, Task<IResult>> answer) => Problems.AnswerAsync(context, () =>
    {
        context.Response.Headers.CacheControl = "no-store";
        return answer(Caller.Of(context).Person ?? throw new TerminologyException(IssueType.Login, "PERSON_OR_KEY_NEEDED", AccessMessages.PersonOrKeyNeeded()));
    });

    private static Task<IResult> Done(IResult result) => Task.FromResult(result);

    private static IResult Row(HttpContext context, RowEntry entry, Person who, MapProject map)
    {
        context.Response.Headers.ETag = $"\"{entry.Version}\"";
        return Problems.Json(RowView.Of(entry, who, map));
    }

    /// <summary>A slash in a key stays encoded in a path.</summary>
    internal static string Decoded(string key) => key.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    private static int SeenVersion(HttpRequest request) => int.TryParse(request.Headers.IfMatch.ToString().Trim('"'), out var version)
        ? version : throw new TerminologyException(IssueType.Required, "IF_MATCH_NEEDED", MappingMessages.IfMatchNeeded()) { Expression = "If-Match" };

    private static RowPage Page(MapState map, IQueryCollection query, Person who)
    {
        var limit = int.TryParse(query["limit"], out var wanted) && wanted is > 0 and <= LargestPage ? wanted : UsualPage;
        var start = int.TryParse(query["cursor"], out var cursor) && cursor > 0 ? cursor : 0;
        var (state, text) = ((string?)query["state"], (string?)query["q"]);
        MapRowState? only = state is null ? null : Enum.TryParse<MapRowState>(state, ignoreCase: true, out var parsed) && Enum.IsDefined(parsed) ? parsed
            : throw new TerminologyException(IssueType.Value, "INVALID_PARAMETER", $"'{state}' is no state; states are {string.Join(", ", Enum.GetNames<MapRowState>()).ToLowerInvariant()}.") { Expression = "state" };
        var fits = string.IsNullOrEmpty(text) ? (Func<RowEntry, bool>?)null : entry => entry.Row.Code.Contains(text, StringComparison.OrdinalIgnoreCase) || entry.Row.Display?.Contains(text, StringComparison.OrdinalIgnoreCase) == true;
        IEnumerable<RowEntry> From(int place) => fits is null ? map.RowsFrom(place, only) : map.RowsFrom(place, only).Where(fits);
        var rows = From(start).Take(limit + 1).ToArray();
        var next = rows.Length > limit ? (rows[limit].Row.Number - 1).ToString(System.Globalization.CultureInfo.InvariantCulture) : null;
        var total = fits is not null ? From(0).Count() : only is { } one ? map.CountOf(one) : map.Rows.Count;
        return new(total, [.. rows.Take(limit).Select(entry => RowView.Of(entry, who, map.Project))], next);
    }

    /// <summary>How well pairs of authors agreed, on rows where both have handed in.</summary>
    private static Agreement AgreementOf(MapState map)
    {
        var pairs = map.Rows.Select(entry => entry.Row.Blind).Where(answers => answers is [{ IsProposed: true }, { IsProposed: true }]).Select(answers => (answers[0].Content, answers[1].Content)).ToArray();
        static string Text(RowContent content) => content.NoMap is not null ? "no map" : string.Join('+', content.Targets.Select(target => target.Code).Order(StringComparer.Ordinal));
        return Agreement.Of([.. pairs.Select(pair => (Text(pair.Item1), Text(pair.Item2)))]);
    }
}

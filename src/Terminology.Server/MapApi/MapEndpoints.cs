using System.Text.Json;
using Terminology.Issues;
using Terminology.Mapping.Lists;
using Terminology.Mapping.Maps;
using Terminology.Mapping.People;
using Terminology.Mapping.Releases;
using Terminology.Mapping.Review;
using Terminology.Mapping.Rows;
using Terminology.Server.Access;
using Terminology.Server.Maps;
using Terminology.Server.OpenApi;

namespace Terminology.Server.MapApi;

/// <summary>Map work over HTTP: every verb is one call under <c>/api/maps</c>.</summary>
internal static class MapEndpoints
{
    private const int LargestPage = 1000, UsualPage = 100;

    public static void MapMaps(this RouteGroupBuilder api, MapWork work, MapLists lists, MapExchange exchange, MapBook book, ReleasedMaps files, MapQuality quality)
    {
        var maps = api.MapGroup("/maps").WithMetadata(new Needs(Scope.Maps));
        Task<IResult> List(Person who) => Done(Problems.Json(work.All(who).Select(MapView.Of)));
        maps.MapGet("", (HttpContext context) => Answer(context, List))
            .Says<IEnumerable<MapView>>("All maps whose drafts one may read");
        maps.MapPost("", (HttpContext context) => Answer(context, async who =>
        {
            var map = await work.CreateAsync(await Problems.ReadAsync(context.Request, new MapProjectRules()), who);
            context.Response.Headers.Location = $"/api/maps/{map.Project.Id}";
            return Problems.Json(MapView.Of(map), StatusCodes.Status201Created);
        }))
            .Says<MapProject, MapView>("Makes a map", MapAction.Import, """{"id":"lab","url":"http://hospital.example/fhir/ConceptMap/lab","title":"Laboratory","sourceSystem":"http://hospital.example/lab","targetSystems":["http://hospital.example/standard"],"domain":"lab","steward":"sue"}""", said => said with { More = "Nobody else may store or load a ConceptMap under its url from then on.", Status = StatusCodes.Status201Created, Headers = [("Location", "Its address.")] });
        maps.MapGet("/{map}/verify", (HttpContext context, string map) => Answer(context, async who =>
        {
            work.Find(map, who, MapAction.ReadEvents);
            var faults = book.Verify(map);
            return Problems.Json(new ChainReport(faults.Count == 0, book.Find(map).Sequence, book.Find(map).Head, faults));
        }))
            .Says<ChainReport>("Checks the log of a map, event by event", MapAction.ReadEvents, said => said with { More = "Also against the heads that were noted outside the journal." });
        maps.MapGet("/{map}/agreement", (HttpContext context, string map) => Answer(context, who => Done(Problems.Json(AgreementOf(work.Find(map, who, MapAction.ReadDrafts), quality.Facts().Targets)))))
            .Says<AgreementReport>("How well pairs of authors agreed", MapAction.ReadDrafts, said => said with { More = "Over rows on which both have handed in, where two work without seeing one another; strictly, and with close misses." });
        maps.MapGet("/{map}/lists", (HttpContext context, string map) => Answer(context, who => Done(Problems.Json(work.Find(map, who, MapAction.ReadDrafts).Lists))))
            .Says<IEnumerable<ListVersion>>("The versions of its list", MapAction.ReadDrafts);
        maps.MapPost("/{map}/lists:preview", (HttpContext context, string map) => Answer(context, async who =>
        {
            work.Find(map, who, MapAction.Import); // before anything of the file is read
            return Problems.Json(lists.Preview(map, (await UploadedList.ReadAsync(context.Request)).List, who));
        }))
            .Says(() => new Said("How a list would be read") { More = "CSV, TSV, XLSX, FHIR CodeSystem or ValueSet: roles of its columns with reasons, key, damage found. Nothing is changed.", Rights = [MapAction.Import], Request = UploadedList.Form, Answer = new(typeof(ListPreview)) });
        maps.MapPost("/{map}/lists:import", (HttpContext context, string map) => Answer(context, async who =>
        {
            work.Find(map, who, MapAction.Import);
            var (list, policy) = await UploadedList.ReadAsync(context.Request);
            return Problems.Json(await lists.ImportAsync(map, list, policy, who));
        }))
            .Says(() => new Said("Brings a list in as its next version") { More = "Says what each row is against the version before; what means something else is looked at again.", Rights = [MapAction.Import], Request = UploadedList.Form, Answer = new(typeof(ListImport)) });
        MapRows(maps, work, book);
        MapReleases(maps, work, files);
        MapExchange.Map(maps, exchange);
        maps.MapEvents(work, book);
        CommentEndpoints.Map(maps, work, book);
        maps.MapImpact();
        maps.MapTests(work, book, files);
        maps.MapSettings(work, book);
        QualityEndpoints.Map(maps, work, book, quality);
        maps.MapSamples(work, new SampleWork(work, book, quality));
        maps.MapAssignments(work, book);
        maps.MapQuestions(work, book);
        RelationshipEndpoints.Map(maps, work, quality);
    }

    private static void MapRows(RouteGroupBuilder maps, MapWork work, MapBook book)
    {
        maps.MapPost("/{map}/rows:import", (HttpContext context, string map) => Answer(context, async who => Problems.Json(await work.ImportAsync(map, await Problems.ReadAsync<RowImport>(context.Request), who))))
            .Says<RowImport, RowImportResult>("Brings rows in", MapAction.Import, """{"rows":[{"code":"GLU","display":"Glucose"},{"code":"NA","display":"Sodium","context":[{"key":"unit","value":"mmol/L"}]}]}""", said => said with { More = "New ones enter, known ones take display and context; `content` becomes a draft of who sends it." });
        maps.MapPost("/{map}/rows:bulk", (HttpContext context, string map) => Answer(context, async who => Problems.Json(await work.BulkAsync(map, await Problems.ReadAsync<BulkRequest>(context.Request), who))))
            .Says<BulkRequest, BulkResult>("One step with many rows", null, """{"command":{"verb":"comment","reason":"Asked the laboratory."},"keys":["GLU"],"dryRun":true}""", said => said with { More = "Each row by itself; those that cannot take it are named.", Rights = Steps() });
        maps.MapGet("/{map}/rows", (HttpContext context, string map) => Answer(context, who => Done(Problems.Json(Page(work.Find(map, who, MapAction.ReadDrafts), context.Request.Query, who)))))
            .Says<RowPage>("A page of rows", MapAction.ReadDrafts, said => said with { Query = [Asked.Word<MapRowState>("state", "Only rows that stand there."), new("q", "Only rows whose code or display has this text, whatever its case.", "GLU"), new("assignee", "Only rows assigned to this person, or to `me`."), Asked.Flag("unassigned", "Only rows assigned to nobody."), .. Asked.Page(UsualPage, LargestPage)] });
        maps.MapGet("/{map}/rows/{key}", (HttpContext context, string map, string key) => Answer(context, who =>
        {
            var state = work.Find(map, who, MapAction.ReadDrafts);
            return Done(Row(context, MapWork.Row(state, Decoded(key)), who, state.Project));
        }))
            .Says<RowView>("A row", MapAction.ReadDrafts, said => said with { HasTag = true });
        maps.MapGet("/{map}/rows/{key}/why", (HttpContext context, string map, string key) => Answer(context, async who =>
        {
            var state = work.Find(map, who, MapAction.ReadDrafts);
            MapWork.Row(state, Decoded(key));
            // Of two authors who work blindly neither reads the other's steps before both have handed in.
            var isWhole = RowView.IsWhole(state, Decoded(key), who);
            var events = book.History(map, Decoded(key));
            return Problems.Json(new RowHistory(Decoded(key), events.Where(happened => happened.Question is { } question ? QuestionView.IsShown(question, state, who) : isWhole || happened.Actor == who.Name || happened.Verb == "enter")));
        }))
            .Says<RowHistory>("Everything that happened to a row, and to questions about it", MapAction.ReadDrafts);
        maps.MapPatch("/{map}/rows/{key}", (HttpContext context, string map, string key) => Answer(context, async who =>
        {
            var command = await Problems.ReadAsync(context.Request, new RowCommandRules());
            return Row(context, await work.StepAsync(map, Decoded(key), SeenVersion(context.Request), command, who), who, book.Find(map).Project);
        }))
            .Says<RowCommand, RowView>("One step with a row", null, """{"verb":"decide","reason":"Same analyte, same specimen.","content":{"targets":[{"system":"http://hospital.example/standard","code":"S1","display":"Standard S1","relationship":"equivalent"}]}}""", said => said with { More = "Which steps there are depends on where the row stands. Whoever has a part in what it says cannot approve it.", Rights = Steps(), HasTag = true, IsConditional = true });
    }

    private static void MapReleases(RouteGroupBuilder maps, MapWork work, ReleasedMaps files)
    {
        maps.MapGet("/{map}/releases", (HttpContext context, string map) => Answer(context, who => Done(Problems.Json(new ReleaseList(work.Find(map, who, MapAction.ReadReleased).Releases)))))
            .Says<ReleaseList>("The releases of a map", MapAction.ReadReleased);
        maps.MapPost("/{map}/releases:freeze", (HttpContext context, string map) => Answer(context, async who =>
        {
            var request = context.Request.ContentLength is null or 0 ? new() : await Problems.ReadAsync<FreezeRequest>(context.Request);
            return Problems.Json(await work.FreezeAsync(map, request, who), StatusCodes.Status201Created);
        }))
            .Says(() => new Said("Fixes what is approved now as a release") { More = "`windows` says for how long old targets are answered besides.", Rights = [MapAction.Freeze], Request = new(typeof(FreezeRequest), Example: """{"notes":"New analyser."}""", IsOptional: true), Answer = new(typeof(MapRelease)), Status = StatusCodes.Status201Created });
        foreach (var verb in new[] { ReleaseVerb.Check, ReleaseVerb.Sign, ReleaseVerb.Activate, ReleaseVerb.Withdraw, ReleaseVerb.Review, ReleaseVerb.Schedule })
        {
            maps.MapPost($"/{{map}}/releases/{{number:int}}:{verb.ToString().ToLowerInvariant()}", (HttpContext context, string map, int number) => Answer(context, async who =>
            {
                var command = context.Request.ContentLength is null or 0 ? new() : await Problems.ReadAsync<ReleaseCommand>(context.Request);
                return Problems.Json(await work.StepAsync(map, number, verb, who, command));
            }))
                .Says(() => Step(verb));
        }
        maps.MapGet("/{map}/releases/{number:int}", (HttpContext context, string map, int number) => Answer(context, who => Done(Problems.Json(MapWork.Release(work.Find(map, who, MapAction.ReadReleased), number)))))
            .Says<MapRelease>("A release: what it holds, who signed, where it stands", MapAction.ReadReleased);
        maps.MapGet("/{map}/releases/{number:int}/content", (HttpContext context, string map, int number) => Answer(context, who => Done(Results.Bytes(files.Read(MapWork.Release(work.Find(map, who, MapAction.ReadReleased), number)).Bytes, "application/x-ndjson"))))
            .Says(() => new Said("The content of a release") { More = "The SHA-256 of these bytes is what was signed.", Rights = [MapAction.ReadReleased], Answer = new(null, "application/x-ndjson") { Meaning = "A line for the map, one for each row, and one for what a row said before and is answered besides." } });
        maps.MapGet("/{map}/releases:diff", (HttpContext context, string map, int a, int b) => Answer(context, who =>
        {
            var state = work.Find(map, who, MapAction.ReadReleased);
            return Done(Problems.Json(ReleaseComparison.Compare(files.Read(MapWork.Release(state, a)), files.Read(MapWork.Release(state, b)))));
        }))
            .Says<ReleaseDifference>("What changed between two releases", MapAction.ReadReleased, said => said with { Query = [Asked.Number("a", "The earlier release.", "1") with { IsRequired = true }, Asked.Number("b", "The later one.", "1") with { IsRequired = true }] });
    }

    /// <summary>The steps of a row that somebody takes, with the right of each.</summary>
    private static Right[] Steps() => [.. RowMoves.All.Where(move => move.Needs is not null).GroupBy(move => (move.Verb, Needs: move.Needs!.Value))
        .Select(moves => new Right(moves.Key.Needs, JsonNamingPolicy.KebabCaseLower.ConvertName(moves.Key.Verb.ToString()), moves.Key.Verb == RowVerb.Propose || moves.All(move => move.Guards.HasFlag(RowGuard.IsPerson))))];

    private static Said Step(ReleaseVerb verb)
    {
        var (summary, example) = verb switch
        {
            ReleaseVerb.Check => ("Takes a release through its gates", """{"reason":"Monthly release."}"""),
            ReleaseVerb.Sign => ("Signs a release", """{"reason":"Looked at what changed."}"""),
            ReleaseVerb.Activate => ("Lets a release answer; of an earlier one: rolls back", """{"reason":"The analyser is in use."}"""),
            ReleaseVerb.Withdraw => ("Takes a release back for good", """{"reason":"A target is wrong."}"""),
            ReleaseVerb.Review => ("Looks at a withdrawal that was an emergency", """{"reason":"The target was wrong."}"""),
            _ => ("Lets a release answer by itself from a moment on", """{"at":"2099-01-01T00:00:00Z"}"""),
        };
        return new(summary) { Rights = [ReleaseMoves.All.First(move => move.Verb == verb && move.Needs is not null).Needs!.Value], Request = new(typeof(ReleaseCommand), Example: example, IsOptional: true), Answer = new(typeof(MapRelease)) };
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
        var assigned = AssignEndpoints.Asked(query, who);
        var fits = string.IsNullOrEmpty(text) ? assigned : entry => assigned?.Invoke(entry) != false && (entry.Row.Code.Contains(text, StringComparison.OrdinalIgnoreCase) || entry.Row.Display?.Contains(text, StringComparison.OrdinalIgnoreCase) == true);
        IEnumerable<RowEntry> From(int place) => fits is null ? map.RowsFrom(place, only) : map.RowsFrom(place, only).Where(fits);
        var rows = From(start).Take(limit + 1).ToArray();
        var next = rows.Length > limit ? (rows[limit].Row.Number - 1).ToString(System.Globalization.CultureInfo.InvariantCulture) : null;
        var total = fits is not null ? From(0).Count() : only is { } one ? map.CountOf(one) : map.Rows.Count;
        return new(total, [.. rows.Take(limit).Select(entry => RowView.Of(entry, who, map.Project))], next);
    }

    /// <summary>How well pairs of authors agreed, on rows where both have handed in.</summary>
    private static AgreementReport AgreementOf(MapState map, Mapping.Quality.ITargetFacts targets)
        => AgreementReport.Of(map.Rows.Select(entry => entry.Row.Blind).Where(answers => answers is [{ IsProposed: true }, { IsProposed: true }]).Select(answers => (answers[0].Content, answers[1].Content)), (one, other) => NearTargets.AreNear(targets, one, other));
}

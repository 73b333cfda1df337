using System.Globalization;
using Terminology.Mapping.Maps;
using Terminology.Mapping.People;
using Terminology.Mapping.Review;
using Terminology.Server.OpenApi;

namespace Terminology.Server.MapApi;

/// <summary>A sample as it is listed, with how many rows were drawn and how many of them somebody has looked at; the rows are read page by page.</summary>
internal sealed record SampleView(int Number, SampleState State, string By, DateTimeOffset At, string Seed, double Wanted, SamplingBound Bound, int Drawn, int Judged, string? Cause, SampleApproval? Approval)
{
    public static SampleView Of(Sample sample)
        => new(sample.Number, sample.State, sample.By, sample.At, sample.Seed, sample.Wanted, sample.Bound, sample.Rows.Count, sample.Rows.Count(row => row.Verdict is not null), sample.Cause, sample.Approval);
}

/// <summary>The samples of a map, in order of their numbers.</summary>
internal sealed record SampleList(IReadOnlyList<SampleView> Samples);

/// <summary>What was drawn, or would be.</summary>
/// <param name="Sample">The sample; null for a dry run.</param>
/// <param name="Wanted">Share that may be wrong at most.</param>
/// <param name="Bound">What it shows when all drawn rows are right.</param>
/// <param name="LeftOut">Rows asked for that are not in the group, and why.</param>
/// <param name="DryRun">Was nothing drawn?</param>
internal sealed record SampleDrawn(SampleView? Sample, double Wanted, SamplingBound Bound, IReadOnlyList<LeftRow> LeftOut, bool DryRun);

/// <summary>A drawn row as it is now, and what was found of it.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Drawn">Its version at the draw.</param>
/// <param name="View">As it is now.</param>
/// <param name="Verdict">What was found; null: nobody has looked.</param>
internal sealed record SampledRowView(string Key, int Drawn, RowView View, SampleVerdict? Verdict);

/// <summary>A sample with a page of its rows, in the order of the draw.</summary>
internal sealed record SamplePage(SampleView Sample, IReadOnlyList<SampledRowView> Rows, string? Next);

/// <summary>A step with a sample.</summary>
/// <param name="Reason">Why, in words; needed where a sample is given up.</param>
internal sealed record SampleStep(string? Reason = null);

/// <summary>Groups of rows approved by samples, over HTTP.</summary>
internal static class SampleEndpoints
{
    private const int LargestPage = 1000, UsualPage = 100;

    public static void MapSamples(this RouteGroupBuilder maps, MapWork work, SampleWork samples)
    {
        maps.MapGet("/{map}/samples", (HttpContext context, string map) => MapEndpoints.Answer(context, who =>
            Task.FromResult(Problems.Json(new SampleList([.. work.Find(map, who, MapAction.ReadDrafts).Samples.Select(SampleView.Of)])))))
            .Says<SampleList>("The samples of a map", MapAction.ReadDrafts);
        maps.MapPost("/{map}/samples", (HttpContext context, string map) => MapEndpoints.Answer(context, async who =>
        {
            work.Find(map, who, MapAction.Approve);
            var drawn = await samples.DrawAsync(map, await Problems.ReadAsync(context.Request, new SampleRequestRules()), who);
            if (drawn.Sample is { } sample) context.Response.Headers.Location = $"/api/maps/{map}/samples/{sample.Number}";
            return Problems.Json(drawn, drawn.DryRun ? StatusCodes.Status200OK : StatusCodes.Status201Created);
        }))
            .Says<SampleRequest, SampleDrawn>("Draws a sample of proposed rows", MapAction.Approve, """{"bound":0.05}""", said => said with { More = "When none of its rows is wrong, the whole group may be approved in one step. With `dryRun` nothing is drawn, and the status is 200.", Status = StatusCodes.Status201Created, Headers = [("Location", "Its address.")] });
        maps.MapGet("/{map}/samples/{number:int}", (HttpContext context, string map, int number) => MapEndpoints.Answer(context, who =>
        {
            var state = work.Find(map, who, MapAction.ReadDrafts);
            return Task.FromResult(Problems.Json(Page(SampleWork.Find(state, number), state, context.Request.Query, who)));
        }))
            .Says<SamplePage>("A sample, with a page of the rows to be looked at", MapAction.ReadDrafts, said => said with { Query = Asked.Page(UsualPage, LargestPage) });
        maps.MapPost("/{map}/samples/{number:int}/verdicts", (HttpContext context, string map, int number) => MapEndpoints.Answer(context, async who =>
        {
            work.Find(map, who, MapAction.Approve);
            return Problems.Json(SampleView.Of(await samples.JudgeAsync(map, number, await Problems.ReadAsync(context.Request, new JudgementRules()), who)));
        }))
            .Says<JudgementRequest, SampleView>("Says of drawn rows whether they are right", MapAction.Approve, """{"verdicts":[{"key":"GLU","verdict":"right"}]}""", said => said with { More = "One that is wrong makes the sample fail, and goes back to its author." });
        maps.MapPost("/{map}/samples/{number:int}:approve", (HttpContext context, string map, int number) => MapEndpoints.Answer(context, async who =>
        {
            work.Find(map, who, MapAction.Approve);
            return Problems.Json(SampleView.Of(await samples.ApproveAsync(map, number, (await StepAsync(context.Request)).Reason, who)));
        }))
            .Says(() => new Said("Approves the group of a sample that passed") { More = "Rows that have changed since the draw fall out and are named.", Rights = [MapAction.Approve], Request = new(typeof(SampleStep), Example: """{"reason":"Looked at with the laboratory."}""", IsOptional: true), Answer = new(typeof(SampleView)) });
        maps.MapPost("/{map}/samples/{number:int}:withdraw", (HttpContext context, string map, int number) => MapEndpoints.Answer(context, async who =>
        {
            work.Find(map, who, MapAction.Approve);
            return Problems.Json(SampleView.Of(await samples.WithdrawAsync(map, number, (await StepAsync(context.Request)).Reason, who)));
        }))
            .Says<SampleStep, SampleView>("Gives a sample up", MapAction.Approve, """{"reason":"The rows of another department."}""");
    }

    private static async Task<SampleStep> StepAsync(HttpRequest request) => request.ContentLength is null or 0 ? new() : await Problems.ReadAsync<SampleStep>(request);

    private static SamplePage Page(Sample sample, MapState map, IQueryCollection query, Person who)
    {
        var limit = int.TryParse(query["limit"], out var wanted) && wanted is > 0 and <= LargestPage ? wanted : UsualPage;
        var start = int.TryParse(query["cursor"], out var cursor) && cursor > 0 ? cursor : 0;
        var rows = sample.Rows.Skip(start).Take(limit).Select(row => new SampledRowView(row.Key, row.Version, RowView.Of(MapWork.Row(map, row.Key), who, map.Project), row.Verdict));
        return new(SampleView.Of(sample), [.. rows], start + limit < sample.Rows.Count ? (start + limit).ToString(CultureInfo.InvariantCulture) : null);
    }
}

using System.Security.Cryptography;
using Terminology.Issues;
using Terminology.Mapping.Maps;
using Terminology.Mapping.People;
using Terminology.Mapping.Review;
using Terminology.Mapping.Rows;
using Terminology.Server.Maps;

namespace Terminology.Server.MapApi;

/// <summary>Approving groups of rows by samples, over the book.</summary>
internal sealed class SampleWork(MapWork work, MapBook book, MapQuality quality)
{
    private const int SeedDigits = 32;

    /// <summary>Draws a sample; a dry run says what the group would be, and draws nothing.</summary>
    public Task<SampleDrawn> DrawAsync(string id, SampleRequest request, Person who)
    {
        SampleDecision.Authorize(who, work.Find(id, who, MapAction.Approve).Project, "draw a sample");
        quality.Prepare(book.Find(id));
        SampleDrawn Go(MapState map, DateTimeOffset now, Func<Sample, SampleGroup, Sample>? put)
        {
            var selection = Select(map, request, who, now);
            if (put is null)
            {
                var (size, wanted) = request.Aim(map.Project.Policy);
                var looked = Math.Min(size, selection.Rows.Count);
                return new(null, wanted, SamplingBound.Of(selection.Rows.Count, looked, 0), selection.LeftOut, true);
            }
            var (sample, group) = SampleDecision.Draw(map.Samples.Count + 1, selection.Rows, request, RandomNumberGenerator.GetHexString(SeedDigits, lowercase: true), who, map.Project, now);
            return new(SampleView.Of(put(sample, group)), sample.Wanted, sample.Bound, selection.LeftOut, false);
        }
        if (request.DryRun) return Task.FromResult(Go(book.Find(id), DateTimeOffset.UnixEpoch, null));
        return book.ChangeAsync(turn => Go(turn.Find(id), turn.Now, (sample, group) => turn.Put(id, sample, group, who)));
    }

    public Task<Sample> JudgeAsync(string id, int number, JudgementRequest request, Person who)
        => StepAsync(id, number, SampleVerb.Judge, who, (sample, map, now) => SampleDecision.Judge(sample, request.Verdicts, who, map, now));

    public Task<Sample> ApproveAsync(string id, int number, string? reason, Person who)
    {
        quality.Prepare(work.Find(id, who, MapAction.Approve));
        return StepAsync(id, number, SampleVerb.Approve, who, (sample, map, now) => SampleDecision.Approve(sample, who, map, now, Errors(map, who)), reason);
    }

    public Task<Sample> WithdrawAsync(string id, int number, string? reason, Person who)
        => StepAsync(id, number, SampleVerb.Withdraw, who, (sample, map, _) => new(SampleDecision.Withdraw(sample, reason, who, map), []));

    public static Sample Find(MapState map, int number)
        => map.Samples.Find(sample => sample.Number == number) ?? throw new TerminologyException(IssueType.NotFound, "UNKNOWN_SAMPLE", SamplingMessages.NoSuchSample(number, map.Project.Id));

    private Task<Sample> StepAsync(string id, int number, SampleVerb verb, Person who, Func<Sample, MapState, DateTimeOffset, SampleOutcome> take, string? reason = null)
    {
        work.Find(id, who, MapAction.Approve);
        return book.ChangeAsync(turn =>
        {
            var map = turn.Find(id);
            var outcome = take(Find(map, number), map, turn.Now);
            var against = work.Against(map.Project);
            foreach (var step in outcome.Steps) turn.Put(id, step.Row, who, step.Command with { Reason = step.Command.Reason ?? reason }, against);
            return turn.Put(id, outcome.Sample, who, verb);
        });
    }

    private SampleSelection Select(MapState map, SampleRequest request, Person who, DateTimeOffset now)
    {
        RowEntry[] asked = request.Keys.Count > 0
            ? [.. request.Keys.Distinct(StringComparer.Ordinal).Select(key => MapWork.Row(map, key))]
            : [.. map.RowsFrom(0, MapRowState.Proposed).Where(entry => request.By is null || entry.Row.ContentBy.Contains(request.By))];
        if (asked.Length > SampleDecision.MostRows) throw new TerminologyException(IssueType.TooCostly, "TOO_MANY_ROWS", SamplingMessages.TooManyRows(asked.Length, SampleDecision.MostRows));
        return SampleSelection.Of(asked, map, who, now, Errors(map, who));
    }

    private Func<MapRow, IReadOnlyList<string>> Errors(MapState map, Person who) => row => quality.OpenErrors(map, row, new(RowVerb.Approve), who);
}

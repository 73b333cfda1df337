using Terminology.Issues;
using Terminology.Mapping.Impact;
using Terminology.Mapping.People;
using Terminology.Mapping.Rows;
using Terminology.Server.Hosting;
using Terminology.Server.Limits;
using Terminology.Server.MapApi;
using Terminology.Server.Maps;

namespace Terminology.Server.Impact;

/// <summary>What a release does to the maps that people work on, and what they make of it: drafts, and rows to look at again. Nothing changes by itself.</summary>
internal sealed class MapImpact(MapBook book, MapWork work, ReleasedMaps files, LiveService live, HeavyWork heavy, TimeProvider clock)
{
    /// <summary>The whole report, as heavy work: a map of a million rows takes seconds, for which nobody else waits. It ends when whoever asked is gone.</summary>
    /// <exception cref="TerminologyException">NotFound: no such map, or the release is not loaded. Forbidden. Transient: too much of such work is under way.</exception>
    public Task<ImpactReport> ReportAsync(string map, string? system, string? version, string? from, Person who, CancellationToken aborted)
    {
        var (state, release) = (work.Find(map, who, MapAction.ReadDrafts), Release(system, version));
        return heavy.RunAsync(() => Task.FromResult(new Impacts(live.Current, release, from).Of(state, files, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), aborted)), aborted);
    }

    /// <summary>Makes drafts of repairs, each through the one way by which rows change; rows that cannot take it are named.</summary>
    public async Task<BulkResult> AcceptAsync(string map, ImpactAcceptance wanted, Person who, CancellationToken aborted)
    {
        work.Find(map, who, MapAction.MapRows);
        if (wanted.Choices.Count == 0 && wanted.Kinds.Count == 0) throw new TerminologyException(IssueType.Required, "NOTHING_CHOSEN", ImpactMessages.NothingChosen()) { Expression = "choices" };
        var release = Release(wanted.System, wanted.Version);
        var report = await ReportAsync(map, wanted.System, wanted.Version, wanted.From, who, aborted);
        var named = wanted.Choices.Select(choice => choice.Key).ToHashSet(StringComparer.Ordinal);
        var touched = report.List.Where(row => named.Count == 0 || wanted.Kinds.Count > 0 || named.Contains(row.Key)).ToArray();
        var strays = named.Except(touched.Select(row => row.Key)).Select(key => new BulkRefusal(key, "NOT_TOUCHED", ImpactMessages.NotTouched(key, string.Join(", ", wanted.Choices.Where(choice => choice.Key == key).Select(choice => choice.Code))))).ToArray();
        return await ChangeAsync(map, touched, wanted.DryRun, strays, (turn, row, entry) => Accept(turn, map, row, entry, wanted, release, who));
    }

    /// <summary>Marks approved rows to be looked at again; the cause says what the release does to them.</summary>
    public async Task<BulkResult> RecheckAsync(string map, ImpactRecheck wanted, Person who, CancellationToken aborted)
    {
        work.Find(map, who, MapAction.ChangePolicy);
        var release = Release(wanted.System, wanted.Version);
        var report = await ReportAsync(map, wanted.System, wanted.Version, wanted.From, who, aborted);
        var classes = wanted.Classes.Count > 0 ? wanted.Classes.ToHashSet() : ImpactRules.All.Where(rule => rule.AsksForRecheck).Select(rule => rule.Class).ToHashSet();
        var keys = wanted.Keys.ToHashSet(StringComparer.Ordinal);
        var touched = report.List.Where(row => (keys.Count == 0 || keys.Contains(row.Key)) && (keys.Count == 0 ? row.ClassesOfTheRow() : row.ClassesOfAll()).Any(classes.Contains) && (keys.Count > 0 || row.State is MapRowState.Approved or MapRowState.Recheck)).ToArray();
        var strays = keys.Except(touched.Select(row => row.Key)).Select(key => new BulkRefusal(key, "NOT_TOUCHED", ImpactMessages.NotTouched(key, release.Url))).ToArray();
        return await ChangeAsync(map, touched, wanted.DryRun, strays, (turn, row, entry) => Recheck(turn, map, row, entry, release));
    }

    private async Task<BulkResult> ChangeAsync(string map, IReadOnlyList<ImpactedRow> touched, bool dryRun, IReadOnlyList<BulkRefusal> strays, Func<MapBook.Turn, ImpactedRow, MapRow, bool> change)
    {
        BulkResult Go(MapBook.Turn turn)
        {
            var (done, refused) = (0, new List<BulkRefusal>(strays));
            foreach (var row in touched)
            {
                try
                {
                    if (change(turn, row, MapWork.Row(turn.Find(map), row.Key).Row)) done++;
                }
                catch (TerminologyException problem)
                {
                    refused.Add(new(row.Key, problem.MessageId, problem.Message));
                }
            }
            return new(done, refused, dryRun);
        }
        try
        {
            return await book.ChangeAsync(turn => Go(turn) is var result && dryRun ? throw new Rehearsed(result) : result);
        }
        catch (Rehearsed rehearsed)
        {
            return rehearsed.Result; // what a turn throws out of writes nothing
        }
    }

    private static bool Accept(MapBook.Turn turn, string map, ImpactedRow touched, MapRow row, ImpactAcceptance wanted, VersionedUrl release, Person who)
    {
        var chosen = RepairedRow.Chosen(touched, wanted);
        if (chosen.Count == 0) return false;
        var (repaired, situation, against) = (RepairedRow.Of(row, chosen, release), new RowSituation(turn.Find(map).Project, turn.Now), new[] { release.ToString() });
        // What is touched may be what is served, and the row say something else by now.
        if (repaired.Command.Content is { } content && content.Equals(row.Content)) throw new TerminologyException(IssueType.Conflict, "SAYS_ELSE", ImpactMessages.SaysElse(row.Key));
        var next = RowDecision.Take(row, repaired.Command, who, situation);
        if (repaired.Successor is { } successor)
        {
            var known = turn.Find(map).Find(successor.Code)?.Row;
            var entered = known ?? new MapRow { Key = successor.Code, Code = successor.Code, Display = successor.Display, Number = turn.Find(map).Rows.Count + 1 };
            var command = successor.Command with { Content = successor.Content };
            var drafted = known is { Content.IsEmpty: false } ? null : RowDecision.Take(entered, command, who, situation);
            if (known is null) turn.Put(map, entered, who, new(RowVerb.Enter) { Reason = command.Reason }, against);
            if (drafted is not null) turn.Put(map, drafted, who, command, against);
        }
        turn.Put(map, next, who, repaired.Command, against);
        return true;
    }

    private static bool Recheck(MapBook.Turn turn, string map, ImpactedRow touched, MapRow row, VersionedUrl release)
    {
        var cause = ImpactMessages.Cause(release, string.Join(" ", touched.Codes.Select(code => code.Text)));
        if (row.Causes.Contains(cause)) return false;
        var command = new RowCommand(RowVerb.Recheck) { Reason = cause, Evidence = [new("impact", release.ToString())] };
        turn.Put(map, RowDecision.Take(row, command, Person.System, new(turn.Find(map).Project, turn.Now)), Person.System, command, [release.ToString()]);
        return true;
    }

    private static VersionedUrl Release(string? system, string? version)
        => new(string.IsNullOrWhiteSpace(system) ? throw new TerminologyException(IssueType.Required, "VERSION_NEEDED", ImpactMessages.VersionNeeded("a code system")) { Expression = "system" } : system, version);

    /// <summary>What would have become of it; thrown so that nothing does.</summary>
    private sealed class Rehearsed(BulkResult result) : Exception
    {
        public BulkResult Result => result;
    }
}

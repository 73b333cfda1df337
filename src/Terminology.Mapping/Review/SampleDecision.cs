using Terminology.Issues;
using Terminology.Mapping.Maps;
using Terminology.Mapping.People;
using Terminology.Mapping.Rows;

namespace Terminology.Mapping.Review;

/// <summary>What a step with a sample comes to.</summary>
/// <param name="Sample">The sample after it.</param>
/// <param name="Steps">What becomes of rows: the group is approved, or a wrong row goes back to its author.</param>
public sealed record SampleOutcome(Sample Sample, IReadOnlyList<RowStep> Steps);

/// <summary>
/// The one way by which many rows are approved without each having been looked at: a random sample of them has no error. It takes what approving one row takes: a person who may,
/// and has no part in any of them. What an engine proposed needs nobody who takes it first.
/// </summary>
public static class SampleDecision
{
    /// <summary>Rows that a group has at most: approving them is one change, during which nobody else changes anything.</summary>
    public const int MostRows = 5000;

    /// <summary>Draws a sample.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="rows">The group, as <see cref="SampleSelection"/> has it.</param>
    /// <param name="asked">What is to be shown.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="who">Who has it drawn.</param>
    /// <param name="map">The map.</param>
    /// <param name="now">The moment.</param>
    /// <returns>The sample; all rows of the group when it has no more than are to be drawn.</returns>
    /// <exception cref="TerminologyException">Forbidden: not for this actor. BusinessRule: not in this map, or there is no row.</exception>
    public static (Sample Sample, SampleGroup Group) Draw(int number, IReadOnlyList<RowEntry> rows, SampleRequest asked, string seed, Person who, MapProject map, DateTimeOffset now)
    {
        Authorize(who, map, "draw a sample");
        if (rows.Count == 0) throw new TerminologyException(IssueType.BusinessRule, "NO_ROWS", SamplingMessages.NoRows());
        GroupRow[] group = [.. rows.Select(entry => new GroupRow(entry.Row.Key, entry.Version, RowMark.Of(entry.Row)))];
        var (size, wanted) = asked.Aim(map.Policy);
        DrawnRow[] drawn = [.. RandomDraw.Take(seed, group, row => row.Key, size).Select(row => new DrawnRow(row.Key, row.Version, row.Mark))];
        return (new() { Number = number, By = who.Name, At = now, Seed = seed, Wanted = wanted, Bound = SamplingBound.Of(group.Length, drawn.Length, 0), Rows = drawn }, new(number, group));
    }

    /// <summary>The sample after somebody has looked at drawn rows. One that is wrong goes back to its author; one that is not what was drawn makes the sample fail before anything else.</summary>
    /// <exception cref="TerminologyException">Conflict: no such move. Forbidden: not for this actor. Value: a row was not drawn.</exception>
    public static SampleOutcome Judge(Sample sample, IReadOnlyList<RowJudgement> verdicts, Person who, MapState map, DateTimeOffset now)
    {
        Begin(sample, SampleVerb.Judge, who, map);
        var given = verdicts.ToDictionary(verdict => verdict.Key, StringComparer.Ordinal);
        for (var i = 0; i < verdicts.Count; i++)
        {
            if (sample.Rows.All(row => row.Key != verdicts[i].Key)) throw new TerminologyException(IssueType.Value, "NOT_DRAWN", SamplingMessages.NotDrawn(verdicts[i].Key, sample.Number)) { Expression = $"verdicts[{i}].key" };
        }
        if (sample.Rows.FirstOrDefault(row => !IsAsDrawn(row, map)) is { } other) return new(sample with { State = SampleState.Failed, Cause = SamplingMessages.DrawnRowChanged(other.Key) }, []);
        DrawnRow[] rows = [.. sample.Rows.Select(row => given.TryGetValue(row.Key, out var verdict) ? row with { Verdict = new(verdict.Verdict!.Value, who.Name, now, verdict.Reason) } : row)];
        var wrong = rows.Where(row => row.Verdict?.Verdict == RowVerdict.Wrong).ToArray();
        if (wrong is [var first, ..])
        {
            var steps = wrong.Select(row => (Row: map.Find(row.Key)!.Row, Command: new RowCommand(RowVerb.RequestChanges) { Reason = row.Verdict!.Reason, Evidence = Evidence(sample.Number) }))
                .Select(step => new RowStep(RowDecision.Take(step.Row, step.Command, who, new(map.Project, now)), step.Command));
            return new(sample with { State = SampleState.Failed, Rows = rows, Cause = SamplingMessages.WrongRow(first.Key, who.Name, first.Verdict!.Reason!) }, [.. steps]);
        }
        return new(sample with { State = rows.All(row => row.Verdict is not null) ? SampleState.Passed : SampleState.Open, Rows = rows }, []);
    }

    /// <summary>
    /// Approves the group. Rows that are not what they were at the draw, or cannot be approved now, fall out and are named; the bound is that of the whole group, put on those that
    /// are left. When that is more than was wanted, or a drawn row is among those that fell out, the sample fails and nothing is approved.
    /// </summary>
    /// <param name="sample">The sample.</param>
    /// <param name="who">Who approves.</param>
    /// <param name="map">The map.</param>
    /// <param name="now">The moment.</param>
    /// <param name="errors">What stands in the way of approving a row.</param>
    /// <exception cref="TerminologyException">Conflict: no such move. Forbidden: not for this actor.</exception>
    public static SampleOutcome Approve(Sample sample, Person who, MapState map, DateTimeOffset now, Func<MapRow, IReadOnlyList<string>> errors)
    {
        Begin(sample, SampleVerb.Approve, who, map);
        SampleOutcome Fail(string cause) => new(sample with { State = SampleState.Failed, Cause = cause }, []);
        var (group, drawn, fallen, approved) = (map.GroupOf(sample.Number).Rows, sample.Rows.Select(row => row.Key).ToHashSet(StringComparer.Ordinal), new List<LeftRow>(), new List<MapRow>());
        foreach (var row in group)
        {
            if (!IsAsDrawn(row, map))
            {
                if (drawn.Contains(row.Key)) return Fail(SamplingMessages.DrawnRowChanged(row.Key));
                fallen.Add(new(row.Key, "CHANGED", SamplingMessages.RowChanged(row.Key)));
                continue;
            }
            var entry = map.Find(row.Key)!;
            var (next, refused) = RowDecision.Try(entry.Row, new(RowVerb.Approve), who, Basis(map.Project, now, sample.Number, 0, errors(entry.Row)));
            if (next is not null) approved.Add(next);
            else if (drawn.Contains(row.Key)) return Fail(SamplingMessages.DrawnRowRefused(row.Key, refused!.Detail));
            else fallen.Add(refused!);
        }
        var bound = sample.Bound.Without(fallen.Count);
        if (bound.Share > sample.Wanted) return Fail(SamplingMessages.BoundTooHigh(bound.Group, sample.Bound.Group, bound.Share, sample.Wanted));
        var steps = approved.Select(row => new RowStep(row with { Approved = row.Approved! with { MostWrong = bound.Share } }, new(RowVerb.Approve) { Evidence = Evidence(sample.Number) }));
        return new(sample with { State = SampleState.Approved, Approval = new(who.Name, now, bound) { Fallen = fallen } }, [.. steps]);
    }

    /// <summary>The sample when it is given up.</summary>
    /// <exception cref="TerminologyException">Conflict: no such move. Forbidden: not for this actor. Required: no reason.</exception>
    public static Sample Withdraw(Sample sample, string? reason, Person who, MapState map)
    {
        Begin(sample, SampleVerb.Withdraw, who, map);
        if (string.IsNullOrWhiteSpace(reason)) throw new TerminologyException(IssueType.Required, "REASON_NEEDED", MappingMessages.ReasonNeeded("withdraw")) { Expression = "reason" };
        return sample with { State = SampleState.Withdrawn, Cause = reason };
    }

    /// <summary>What approving a row of a sample rests on.</summary>
    internal static RowSituation Basis(MapProject map, DateTimeOffset now, int sample, double mostWrong, IReadOnlyList<string> errors) => new(map, now) { OpenErrors = errors, Sampled = new(sample, mostWrong) };

    /// <summary>May somebody have samples drawn in this map, and judge them?</summary>
    /// <exception cref="TerminologyException">Forbidden, or BusinessRule: not in this map.</exception>
    public static void Authorize(Person who, MapProject map, string what)
    {
        if (who.Kind != ActorKind.Person) throw new TerminologyException(IssueType.Forbidden, "PERSON_NEEDED", MappingMessages.PersonNeeded(who.Name, what));
        if (!Permissions.Allow(who, MapAction.Approve, map.Domain)) throw new TerminologyException(IssueType.Forbidden, "NO_RIGHT", MappingMessages.NoRight(who.Name, what, map.Domain, string.Join(", ", MapRoles.Names(Permissions.Having(MapAction.Approve)))));
        if (!map.Policy.SamplingLane) throw new TerminologyException(IssueType.BusinessRule, "NO_SAMPLING_LANE", SamplingMessages.NoLane(map.Id));
    }

    private static void Begin(Sample sample, SampleVerb verb, Person who, MapState map)
    {
        var name = verb.ToString().ToLowerInvariant();
        if (SampleMoves.Find(sample.State, verb) is null) throw new TerminologyException(IssueType.Conflict, "NO_MOVE", SamplingMessages.NoMove(sample.Number, sample.State.ToString().ToLowerInvariant(), name));
        Authorize(who, map.Project, $"{name} a sample");
        if (verb == SampleVerb.Withdraw) return; // gives nothing to anybody
        if (map.GroupOf(sample.Number).Rows.FirstOrDefault(row => map.Find(row.Key)?.Row.ContentBy.Contains(who.Name) == true) is { } own) throw new TerminologyException(IssueType.Forbidden, "FOUR_EYES", SamplingMessages.HasPart(who.Name, sample.Number, own.Key));
    }

    private static bool IsAsDrawn(GroupRow row, MapState map) => map.Find(row.Key)?.Row is { State: MapRowState.Proposed } now && RowMark.Of(now) == row.Mark;

    private static KeyValuePair<string, string>[] Evidence(int sample) => [new("sample", sample.ToString(System.Globalization.CultureInfo.InvariantCulture))];
}

using System.Text.Json;
using Terminology.Issues;
using Terminology.Mapping.Events;
using Terminology.Mapping.Maps;
using Terminology.Mapping.People;
using Terminology.Mapping.Quality;
using Terminology.Mapping.Quality.Governance;
using Terminology.Mapping.Rows;

namespace Terminology.Mapping.Review;

/// <summary>Groups approved by samples: four eyes hold, one error is enough, and what is not what was drawn is not approved.</summary>
public sealed class SampleTests
{
    private const string Seed = "0123456789abcdef";
    private static readonly MapProject Lane = Folk.Map with { Policy = new() { SamplingLane = true } };

    [Test]
    public void Approve_EveryDrawnRowIsRight_ApprovesWhatNobodyTook_WithItsBound()
    {
        var scene = Drawn(200);
        Assert.That((scene.Sample.Rows.Count, scene.Sample.Bound.Group, scene.Sample.Bound.Share <= 0.05), Is.EqualTo((59, 200, true)));
        scene = Approved(Judged(scene));
        Assert.That(scene.Sample.State, Is.EqualTo(SampleState.Approved));
        Assert.That(scene.Map.CountOf(MapRowState.Approved), Is.EqualTo(200));
        var approval = scene.Map.Rows[0].Row.Approved!;
        Assert.That((approval.By, approval.IsSampled, approval.Sample, approval.MostWrong), Is.EqualTo(("ria", true, 1, scene.Sample.Bound.Share)));
        Assert.That(approval.Authors, Is.EqualTo(new[] { "engine:lexical" }));
    }

    [Test]
    public void Approve_GroupNoLargerThanTheSample_IsLookedAtWhole()
    {
        var scene = Drawn(40);
        Assert.That((scene.Sample.Rows.Count, scene.Sample.Bound.MostWrong), Is.EqualTo((40, 0)));
    }

    [Test]
    public void Judge_OneWrong_FailsAndGivesTheWholeGroupBack()
    {
        var scene = Drawn(200);
        var key = scene.Sample.Rows[7].Key;
        scene = Step(scene, SampleVerb.Judge, SampleDecision.Judge(scene.Sample, [new() { Key = key, Verdict = RowVerdict.Wrong, Reason = "it is the ratio" }], Folk.Ria, scene.Map, Folk.Noon));
        Assert.That((scene.Sample.State, scene.Sample.Cause), Is.EqualTo((SampleState.Failed, $"'ria' finds row '{key}' wrong: it is the ratio")));
        Assert.That((scene.Map.CountOf(MapRowState.Proposed), scene.Map.Find(key)!.Row.State), Is.EqualTo((199, MapRowState.Draft)));
        Assert.That(Select(scene.Map, Folk.Ria).Rows, Is.Empty, "nobody draws until it passes");
        Assert.That(Select(scene.Map, Folk.Jo).LeftOut.Select(row => row.Code).Distinct(), Is.EquivalentTo(new[] { "WAS_IN_SAMPLE" }));
        var unread = scene.Map.RowsFrom(0, MapRowState.Proposed).First().Row;
        Assert.That(() => RowDecision.Take(unread, new(RowVerb.Approve), Folk.Ria, new(Lane, Folk.Noon)), Throws.InstanceOf<TerminologyException>().With.Message.Contains("comes from no person"));
        var other = scene.Sample.Rows[0].Key;
        scene = scene with { Map = With(scene.Map, scene.Map.Find(other)!.Row with { Content = Folk.To("9-9") }) };
        Assert.That(Select(scene.Map, Folk.Ria).Rows.Select(row => row.Row.Key), Is.EqualTo(new[] { other }), "it says something else now");
    }

    [Test]
    public void Select_RowsOfWhoAsks_AreLeftOutAndNamed()
    {
        var map = Proposed(30, row => row.Number <= 3 ? row with { ContentBy = ["engine:lexical", "sue"] } : row.Number == 4 ? row with { State = MapRowState.Draft } : row);
        var (rows, left) = (Select(map, Folk.Sue).Rows, Select(map, Folk.Sue).LeftOut);
        Assert.That(rows, Has.Count.EqualTo(26));
        Assert.That(left.Select(row => (row.Key, row.Code)), Is.EqualTo(new[] { ("R0001", "FOUR_EYES"), ("R0002", "FOUR_EYES"), ("R0003", "FOUR_EYES"), ("R0004", "NO_MOVE") }));
        Assert.That(SampleSelection.Of(map.Rows, map, Folk.Ria, Folk.Noon, row => row.Number == 9 ? ["MQ-102: retired."] : []).LeftOut.Select(row => row.Code), Is.EqualTo(new[] { "NO_MOVE", "OPEN_ERRORS" }));
    }

    [Test]
    public void Select_RowsOfAnOpenSample_AreNotDrawnTwice()
        => Assert.That(Select(Drawn(70).Map, Folk.Jo).LeftOut.Select(row => row.Code).Distinct(), Is.EqualTo(new[] { "IN_SAMPLE" }));

    [TestCase(SampleVerb.Judge)]
    [TestCase(SampleVerb.Approve)]
    public void Step_ByOneWhoHasAPartInOneRow_IsRefused(SampleVerb verb)
    {
        var scene = Drawn(100);
        if (verb == SampleVerb.Approve) scene = Judged(scene);
        var taken = With(scene.Map, scene.Map.Rows[42].Row with { ContentBy = ["engine:lexical", "sue"] });
        Assert.That(() => Take(verb, scene.Sample, Folk.Sue, taken), Throws.InstanceOf<TerminologyException>().With.Property("MessageId").EqualTo("FOUR_EYES").And.Message.Contains("R0043"));
    }

    [Test]
    public void Step_EveryStateVerbAndActor_IsInTheTableOrRefused()
    {
        Person[] people = [Folk.Ada, Folk.Ben, Folk.Ria, Folk.Jo, Folk.Sue, Folk.Kim, Folk.Engine, Folk.Program, Person.System];
        var scene = Judged(Drawn(70));
        foreach (var state in Enum.GetValues<SampleState>())
        {
            foreach (var verb in Enum.GetValues<SampleVerb>())
            {
                foreach (var who in people)
                {
                    var (sample, move) = (scene.Sample with { State = state }, SampleMoves.Find(state, verb));
                    var place = $"{state} {verb} by {who.Name}";
                    if (move is not null && (who.Name is "ria" or "jo" or "sue")) Assert.That(move.To, Does.Contain(Take(verb, sample, who, scene.Map).State), place);
                    else Assert.That(() => Take(verb, sample, who, scene.Map), Throws.InstanceOf<TerminologyException>().With.Property("Type").AnyOf(IssueType.Conflict, IssueType.Forbidden), place);
                }
            }
        }
    }

    [Test]
    public void Step_PolicyWithoutTheLane_IsRefused()
        => Assert.That(() => SampleDecision.Draw(1, [.. Proposed(3).Rows], new(), Seed, Folk.Ria, Folk.Map, Folk.Noon), Throws.InstanceOf<TerminologyException>().With.Property("MessageId").EqualTo("NO_SAMPLING_LANE"));

    [Test]
    public void Approve_RowsThatWereNotDrawnAndChanged_FallOutAndAreNamed()
    {
        var scene = Judged(Drawn(1000));
        var changed = Undrawn(scene).Take(20).ToArray();
        foreach (var key in changed) scene = scene with { Map = With(scene.Map, scene.Map.Find(key)!.Row with { Content = Folk.To("9-9") }) };
        scene = Approved(scene);
        Assert.That((scene.Sample.State, scene.Map.CountOf(MapRowState.Approved)), Is.EqualTo((SampleState.Approved, 980)));
        Assert.That(scene.Sample.Approval!.Fallen.Select(row => row.Key), Is.EquivalentTo(changed));
        Assert.That((scene.Sample.Approval.Bound.Group, scene.Sample.Approval.Bound.MostWrong), Is.EqualTo((980, scene.Sample.Bound.MostWrong)));
    }

    /// <summary>Who takes right rows out makes the share of wrong ones among the others larger.</summary>
    [Test]
    public void Approve_TooManyFellOut_Fails()
    {
        var scene = Judged(Drawn(1000));
        foreach (var key in Undrawn(scene).Take(300).ToArray()) scene = scene with { Map = With(scene.Map, scene.Map.Find(key)!.Row with { State = MapRowState.Retired }) };
        scene = Approved(scene);
        Assert.That((scene.Sample.State, scene.Map.CountOf(MapRowState.Approved)), Is.EqualTo((SampleState.Failed, 0)));
        Assert.That(scene.Sample.Cause, Does.Contain("700 of 1000").And.Contain("5.0 %"));
    }

    /// <summary>Mending a drawn row would hide the error that the sample was to find.</summary>
    [Test]
    public void Step_ADrawnRowIsAnother_Fails()
    {
        var open = Drawn(200);
        var mended = With(open.Map, open.Map.Find(open.Sample.Rows[3].Key)!.Row with { Content = Folk.To("9-9") });
        Assert.That(Take(SampleVerb.Judge, open.Sample, Folk.Ria, mended).State, Is.EqualTo(SampleState.Failed));
        var passed = Judged(open);
        Assert.That(Take(SampleVerb.Approve, passed.Sample, Folk.Ria, mended).State, Is.EqualTo(SampleState.Failed));
        var renamed = With(open.Map, open.Map.Find(open.Sample.Rows[3].Key)!.Row with { Display = "Something else" });
        Assert.That(Take(SampleVerb.Approve, passed.Sample, Folk.Ria, renamed).State, Is.EqualTo(SampleState.Failed), "the source means something else");
        var remarked = With(open.Map, open.Map.Find(open.Sample.Rows[3].Key)!.Row with { LastBy = "ben" });
        Assert.That(Take(SampleVerb.Approve, passed.Sample, Folk.Ria, remarked).State, Is.EqualTo(SampleState.Approved), "a remark changes nothing");
    }

    [Test]
    public void Draw_SameSeed_IsTheSameDraw_AndAnotherSeedAnother()
    {
        var rows = Enumerable.Range(0, 500).Select(i => $"R{i}").ToArray();
        Assert.That(RandomDraw.Take(Seed, rows.Reverse(), key => key, 59), Is.EqualTo(RandomDraw.Take(Seed, rows, key => key, 59)));
        Assert.That(RandomDraw.Take("f" + Seed, rows, key => key, 59), Is.Not.EqualTo(RandomDraw.Take(Seed, rows, key => key, 59)));
        var often = new int[500];
        for (var seed = 0; seed < 400; seed++) foreach (var key in RandomDraw.Take($"{seed}", rows, key => key, 50)) often[int.Parse(key[1..], System.Globalization.CultureInfo.InvariantCulture)]++;
        Assert.That(often, Is.All.InRange(15, 70), "each row is drawn about 40 times");
    }

    [Test]
    public void Quality_GroupThroughTheLane_IsNoBulkApproval_AndFeedsTheBound()
    {
        var scene = Approved(Judged(Drawn(200)));
        var bound = SampledErrors.Bound(scene.Map);
        Assert.That(bound, Is.EqualTo(scene.Sample.Approval!.Bound.Share));
        var strict = Lane with { Policy = Lane.Policy with { MostErrors = 3 } };
        var book = new QualityBook(new(strict, new TinyTargets(), null));
        book.Put(scene.Map.Rows.Select(entry => entry.Row));
        IEnumerable<string> Found(double? bound) => book.All(new() { ErrorBound = bound }).Select(found => found.Finding.RuleId).Where(id => id is "MQ-405" or "MQ-604");
        Assert.That(Found(bound), Is.EqualTo(new[] { "MQ-604" }), "5 % is more than 3 %");
        Assert.That(Found(null), Is.Empty);
        var alone = scene.Map.Rows.Take(60).Select(entry => entry.Row with { Approved = entry.Row.Approved! with { IsSampled = false, Sample = null, MostWrong = null } }).ToArray();
        book.Put(alone);
        Assert.That(Found(null), Is.EqualTo(new[] { "MQ-405" }));
        var map = alone.Aggregate(scene.Map, With);
        Assert.That(SampledErrors.Bound(map), Is.EqualTo(Math.Min(140, scene.Sample.Approval.Bound.MostWrong) / 140.0), "rows that were approved by themselves do not count");
        Assert.That(SampledErrors.Bound(Proposed(5)), Is.Null);
        Assert.That(BulkApproval.Most, Is.LessThan(alone.Length));
    }

    [Test]
    public void Quality_WithALargerSample_IsBelowThePolicy()
    {
        var scene = Approved(Judged(Drawn(1000, new() { Bound = 0.03 })));
        var strict = Lane with { Policy = Lane.Policy with { MostErrors = 3 } };
        Assert.That(scene.Sample.Rows, Has.Count.EqualTo(99));
        Assert.That(new QualityBook(new(strict, new TinyTargets(), null)).All(new() { ErrorBound = SampledErrors.Bound(scene.Map) }).Where(found => found.Finding.RuleId == "MQ-604"), Is.Empty);
        Assert.That(new SampleRequest().Aim(strict.Policy), Is.EqualTo((99, 0.03)), "the policy is what is wanted when nothing is said");
    }

    /// <summary>A release frozen before there were samples has the bytes that it had.</summary>
    [Test]
    public void Json_ApprovalAndPolicyWithoutSamples_SayNothingOfThem()
    {
        Assert.That(JsonSerializer.Serialize(new Approval(Folk.To("1"), ["ada"], "ria", Folk.Noon), MappingJson.Options), Does.Not.Contain("ample").And.Not.Contain("mostWrong"));
        Assert.That(JsonSerializer.Serialize(new MapPolicy(), MappingJson.Options), Does.Not.Contain("ampl").And.Not.Contain("dualShare"));
    }

    [Test]
    public void Event_SampleAndGroup_ComeBackFromTheChain()
    {
        var scene = Approved(Judged(Drawn(70)));
        var (kept, _) = EventChain.Write(new() { Map = "lab", Sequence = 1, Actor = "ria", Kind = ActorKind.Person, At = Folk.Noon, Verb = "approve-sample", Sample = scene.Sample, Group = scene.Map.GroupOf(1), Previous = EventChain.Beginning });
        var (back, _) = EventChain.Read(kept);
        Assert.That(JsonSerializer.Serialize(back.Sample, MappingJson.Options), Is.EqualTo(JsonSerializer.Serialize(scene.Sample, MappingJson.Options)));
        Assert.That(back.Group!.Rows, Is.EqualTo(scene.Map.GroupOf(1).Rows));
    }

    [Test]
    public void Rules_EachField_IsNamed()
    {
        Assert.That(Fields(new SampleRequest { Bound = 0.2 }), Is.EqualTo(new[] { "Bound" }));
        Assert.That(Fields(new SampleRequest { Size = 10 }), Is.EqualTo(new[] { "Size" }));
        Assert.That(Fields(new SampleRequest { Size = 99, Bound = 0.01 }), Is.EqualTo(new[] { "Size" }));
        Assert.That(Fields(new SampleRequest { Keys = ["A"], By = "ada" }), Is.EqualTo(new[] { "By" }));
        Assert.That(Fields(new SampleRequest { Size = 299 }), Is.Empty);
        Assert.That(Fields(new JudgementRequest()), Is.EqualTo(new[] { "Verdicts" }));
        Assert.That(Fields(new JudgementRequest { Verdicts = [new() { Key = "A", Verdict = RowVerdict.Right }, new() { Key = "B", Verdict = RowVerdict.Wrong }, new() { Key = "A" }] }),
            Is.EquivalentTo(new[] { "Verdicts[0]", "Verdicts[1].Reason", "Verdicts[2]", "Verdicts[2].Verdict" }));
    }

    private static string[] Fields(SampleRequest request) => [.. new SampleRequestRules().Validate(request).Errors.Select(error => error.PropertyName)];

    private static string[] Fields(JudgementRequest request) => [.. new JudgementRules().Validate(request).Errors.Select(error => error.PropertyName)];

    private sealed record Scene(MapState Map, Sample Sample);

    private static MapState Proposed(int count, Func<MapRow, MapRow>? change = null)
    {
        var map = MapState.Begin(Lane, 1, "");
        for (var i = 1; i <= count; i++)
        {
            var row = Folk.Row($"R{i:D4}") with { Number = i, State = MapRowState.Proposed, Content = Folk.To($"{i}-1"), ContentBy = ["engine:lexical"] };
            map = With(map, change?.Invoke(row) ?? row);
        }
        return map;
    }

    private static MapState With(MapState map, MapRow row) => map.With(Happened(map) with { Row = row }, "", new((map.StampOf(row.Key)?.Version ?? 0) + 1, map.Sequence + 1));

    private static MapEvent Happened(MapState map) => new() { Map = "lab", Sequence = map.Sequence + 1, Actor = "x", Kind = ActorKind.Person, At = Folk.Noon, Verb = "x", Previous = "" };

    private static SampleSelection Select(MapState map, Person who) => SampleSelection.Of(map.Rows, map, who, Folk.Noon, _ => []);

    private static Scene Drawn(int count, SampleRequest? request = null)
    {
        var map = Proposed(count);
        var (sample, group) = SampleDecision.Draw(1, Select(map, Folk.Ria).Rows, request ?? new(), Seed, Folk.Ria, Lane, Folk.Noon);
        return new(map.With(Happened(map) with { Sample = sample, Group = group }, "", default), sample);
    }

    private static Scene Judged(Scene scene) => Step(scene, SampleVerb.Judge, SampleDecision.Judge(scene.Sample, All(scene.Sample), Folk.Ria, scene.Map, Folk.Noon));

    private static Scene Approved(Scene scene) => Step(scene, SampleVerb.Approve, SampleDecision.Approve(scene.Sample, Folk.Ria, scene.Map, Folk.Noon, _ => []));

    private static RowJudgement[] All(Sample sample) => [.. sample.Rows.Select(row => new RowJudgement { Key = row.Key, Verdict = RowVerdict.Right })];

    private static IEnumerable<string> Undrawn(Scene scene) => scene.Map.Rows.Select(entry => entry.Row.Key).Except(scene.Sample.Rows.Select(row => row.Key));

    private static Sample Take(SampleVerb verb, Sample sample, Person who, MapState map) => verb switch
    {
        SampleVerb.Judge => SampleDecision.Judge(sample, All(sample), who, map, Folk.Noon).Sample,
        SampleVerb.Approve => SampleDecision.Approve(sample, who, map, Folk.Noon, _ => []).Sample,
        _ => SampleDecision.Withdraw(sample, "the wrong rows", who, map),
    };

    private static Scene Step(Scene scene, SampleVerb verb, SampleOutcome outcome)
    {
        Assert.That(SampleMoves.Find(scene.Sample.State, verb)!.To, Does.Contain(outcome.Sample.State));
        var map = outcome.Steps.Aggregate(scene.Map, (map, step) => With(map, step.Row));
        return new(map.With(Happened(map) with { Sample = outcome.Sample }, "", default), outcome.Sample);
    }
}

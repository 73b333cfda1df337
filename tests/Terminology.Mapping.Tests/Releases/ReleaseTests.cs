using System.Text;
using Terminology.Issues;
using Terminology.Mapping.Maps;
using Terminology.Mapping.People;
using Terminology.Mapping.Rows;

namespace Terminology.Mapping.Releases;

public sealed class ReleaseTests
{
    private static readonly MapRow[] Rows = [Approved("B", "2"), Approved("A", "1"), Folk.Row("C"), Folk.After(Approved("D", "4"), Folk.Situation, (Folk.Decide("5"), Folk.Ada))];

    private static MapRow Approved(string key, string code)
        => Folk.After(Folk.Row(key), Folk.Situation, (Folk.Decide(code), Folk.Ada), (new(RowVerb.Propose), Folk.Ada), (new(RowVerb.Approve), Folk.Ria));

    private static MapRelease Frozen(ReleaseContent content) => new()
    {
        Number = 1, Sha256 = content.Sha256, Head = "", Rows = content.Rows.Count, State = ReleaseState.Frozen, FrozenBy = "sue", FrozenAt = Folk.Noon, Authors = content.Authors,
    };

    private static MapRelease Take(MapRelease release, ReleaseVerb verb, Person who, ReleaseContent content, MapProject? map = null)
        => ReleaseMoves.Take(release, verb, who, map ?? Folk.Map, content, Rows, Folk.Noon, command: new() { Reason = "a reason", At = Folk.Noon.AddDays(1) });

    private static Withdrawal Withdrawn { get; } = new("sue", Folk.Noon, "wrong", Folk.Noon.AddHours(72));

    [Test]
    public void Withdraw_OfTheOneThatAnswers_NeedsAReason_AndAnotherWithinThreeDays()
    {
        var content = ReleaseContent.Of(Folk.Map, Rows);
        var active = Frozen(content) with { State = ReleaseState.Active };
        Assert.That(() => ReleaseMoves.Take(active, ReleaseVerb.Withdraw, Folk.Sue, Folk.Map, content, Rows, Folk.Noon), Throws.InstanceOf<TerminologyException>().With.Property("Expression").EqualTo("reason"));
        var withdrawn = Take(active, ReleaseVerb.Withdraw, Folk.Sue, content);
        Assert.That((withdrawn.State, withdrawn.Withdrawal!.By, withdrawn.Withdrawal.Due - Folk.Noon), Is.EqualTo((ReleaseState.Withdrawn, "sue", TimeSpan.FromHours(72))));
        var both = new Person("sue", ActorKind.Person, new Dictionary<string, MapRole> { ["lab"] = MapRole.Steward | MapRole.ReleaseApprover });
        Assert.That(() => Take(withdrawn, ReleaseVerb.Review, both, content), Throws.InstanceOf<TerminologyException>().With.Property("MessageId").EqualTo("FOUR_EYES"));
        var reviewed = Take(withdrawn, ReleaseVerb.Review, Folk.Kim, content);
        Assert.That((reviewed.Withdrawal!.ReviewedBy, reviewed.Withdrawal.ReviewedAt), Is.EqualTo(("kim", Folk.Noon)));
        Assert.That(() => Take(reviewed, ReleaseVerb.Review, Folk.Kim, content), Throws.InstanceOf<TerminologyException>());
    }

    [Test]
    public void Schedule_ComesByItself_NotBeforeItsMoment()
    {
        var content = ReleaseContent.Of(Folk.Map, Rows);
        var signed = Frozen(content) with { State = ReleaseState.Signed };
        MapRelease At(MapRelease release, ReleaseVerb verb, Person who, DateTimeOffset now, DateTimeOffset? at = null) => ReleaseMoves.Take(release, verb, who, Folk.Map, content, Rows, now, command: new() { At = at });
        Assert.That(() => At(signed, ReleaseVerb.Schedule, Folk.Sue, Folk.Noon), Throws.InstanceOf<TerminologyException>().With.Property("Expression").EqualTo("at"));
        Assert.That(() => At(signed, ReleaseVerb.Schedule, Folk.Sue, Folk.Noon, Folk.Noon), Throws.InstanceOf<TerminologyException>().With.Message.Contains("gone by"));
        var scheduled = At(signed, ReleaseVerb.Schedule, Folk.Sue, Folk.Noon, Folk.Noon.AddDays(1));
        Assert.That(() => At(scheduled, ReleaseVerb.Activate, Person.System, Folk.Noon.AddDays(1).AddSeconds(-1)), Throws.InstanceOf<TerminologyException>());
        var active = At(scheduled, ReleaseVerb.Activate, Person.System, Folk.Noon.AddDays(1));
        Assert.That((active.State, active.ActiveFrom, active.ScheduledFor), Is.EqualTo((ReleaseState.Active, Folk.Noon.AddDays(1), (DateTimeOffset?)null)));
        Assert.That(At(scheduled, ReleaseVerb.Activate, Folk.Sue, Folk.Noon).State, Is.EqualTo(ReleaseState.Active), "a steward may let it answer before");
    }

    [Test]
    public void Withdraw_OfOneThatDoesNotAnswer_NeedsNoReview()
        => Assert.That(Take(Frozen(ReleaseContent.Of(Folk.Map, Rows)), ReleaseVerb.Withdraw, Folk.Sue, ReleaseContent.Of(Folk.Map, Rows)).Withdrawal, Is.Null);

    [Test]
    public void Content_HoldsWhatIsApproved_InOrderOfKeys_AndSameRowsHaveSameBytes()
    {
        var content = ReleaseContent.Of(Folk.Map, Rows);
        Assert.That(content.Rows.Select(row => (row.Key, row.Approved.Content)), Is.EqualTo(new[] { ("A", Folk.To("1")), ("B", Folk.To("2")), ("D", Folk.To("4")) }));
        Assert.That(ReleaseContent.Of(Folk.Map, Rows.Reverse()).Sha256, Is.EqualTo(content.Sha256));
        var read = ReleaseContent.Read(content.Bytes);
        Assert.That((read.Sha256, read.Map.Url, read.Rows.Count), Is.EqualTo((content.Sha256, Folk.Map.Url, 3)));
    }

    /// <summary>A release is checked against the hash under which it was frozen, by whichever version of the program: what is added later must leave no trace where it is not used.</summary>
    [Test]
    public void Content_FrozenByAnEarlierVersion_KeepsItsBytes()
    {
        var earlier = Encoding.UTF8.GetBytes("""
            {"id":"lab","url":"http://example.org/fhir/ConceptMap/lab","title":"Laboratory","sourceSystem":"http://example.org/lab","targetSystems":["http://loinc.org"],"domain":"lab","steward":"sue","policy":{"review":"single-and-review","mostTargets":0,"signatures":1,"leastCoverage":0}}
            {"key":"A","code":"A","display":"Glucose","approved":{"content":{"targets":[{"system":"http://loinc.org","code":"1","relationship":"equivalent","ruleGroup":0,"priority":0}]},"authors":["ada"],"by":"ria","at":"2026-03-01T12:00:00+00:00"}}
            """.ReplaceLineEndings("\n"));
        Assert.That(Encoding.UTF8.GetString(ReleaseContent.Read(earlier).Bytes), Is.EqualTo(Encoding.UTF8.GetString(earlier)));
    }

    [Test]
    public void Take_EveryStateVerbAndActor_IsInTheTableOrRefused()
    {
        var content = ReleaseContent.Of(Folk.Map, Rows);
        Person[] everybody = [Folk.Ada, Folk.Ria, Folk.Sue, Folk.Kim, Folk.Program, Folk.Engine, Person.System];
        foreach (var state in Enum.GetValues<ReleaseState>())
        {
            foreach (var verb in Enum.GetValues<ReleaseVerb>())
            {
                foreach (var who in everybody)
                {
                    var move = ReleaseMoves.All.FirstOrDefault(move => move.From == state && move.Verb == verb);
                    var may = move is not null && (move.Needs is { } action ? Permissions.Allow(who, action, "lab") : who.Kind == ActorKind.System);
                    if (may) Assert.That(Take(Frozen(content) with { State = state, Withdrawal = Withdrawn }, verb, who, content).State, Is.EqualTo(move!.To), $"{state} {verb} by {who.Name}");
                    else Assert.That(() => Take(Frozen(content) with { State = state, Withdrawal = Withdrawn }, verb, who, content), Throws.InstanceOf<TerminologyException>(), $"{state} {verb} by {who.Name}");
                }
            }
        }
    }

    [Test]
    public void Sign_TakesAsManyAsTheMapDemands_OneOfThemNoAuthor()
    {
        var (map, content) = (Folk.Map with { Policy = new() { Signatures = 2 } }, ReleaseContent.Of(Folk.Map, Rows));
        var ready = Frozen(content) with { State = ReleaseState.Checked };
        var author = Folk.Of("ada", MapRole.ReleaseApprover);
        var once = Take(ready, ReleaseVerb.Sign, author, content, map);
        Assert.That(once.State, Is.EqualTo(ReleaseState.Checked));
        Assert.That(() => Take(once, ReleaseVerb.Sign, author, content, map), Throws.InstanceOf<TerminologyException>().With.Message.Contains("already"));
        Assert.That(Take(once, ReleaseVerb.Sign, Folk.Kim, content, map).State, Is.EqualTo(ReleaseState.Signed));
        Assert.That(Take(ready, ReleaseVerb.Sign, author, content).State, Is.EqualTo(ReleaseState.Checked), "an author's signature alone is not enough");
    }

    [Test]
    public void Check_ShutGate_SaysWhich()
    {
        var (map, content) = (Folk.Map with { Policy = new() { LeastCoverage = 90 } }, ReleaseContent.Of(Folk.Map, Rows));
        Assert.That(() => Take(Frozen(content), ReleaseVerb.Check, Folk.Sue, content, map), Throws.InstanceOf<TerminologyException>().With.Message.Contains("coverage: 3 of 4 rows").And.Message.Contains("75.0 %"));
    }

    [Test]
    public void Take_OtherContentThanWasFrozen_IsRefused()
        => Assert.That(() => Take(Frozen(ReleaseContent.Of(Folk.Map, Rows)), ReleaseVerb.Check, Folk.Sue, ReleaseContent.Of(Folk.Map, [Approved("A", "9")])), Throws.InstanceOf<TerminologyException>().With.Message.Contains("hash"));

    [Test]
    public void Compare_TwoReleases_TellsWhatChanged()
    {
        var difference = ReleaseComparison.Compare(ReleaseContent.Of(Folk.Map, [Approved("A", "1"), Approved("B", "2"), Approved("C", "3")]), ReleaseContent.Of(Folk.Map, [Approved("A", "1"), Approved("B", "9"), Approved("E", "5")]));
        Assert.That(difference.Unchanged, Is.EqualTo(1));
        Assert.That((difference.Added.Single().Key, difference.Removed.Single().Key), Is.EqualTo(("E", "C")));
        Assert.That(difference.Changed.Single().Text, Is.EqualTo("B maps to 9 (equivalent); before to 2 (equivalent)."));
    }

    [Test]
    public void ToConceptMap_CarriesTheApproval()
    {
        var dated = Folk.After(Folk.Row("AA"), Folk.Situation, (new(RowVerb.Decide) { Content = new() { Targets = [Folk.To("7").Targets[0] with { EffectiveTo = new(2026, 12, 31) }] } }, Folk.Ada), (new(RowVerb.Propose), Folk.Ada), (new(RowVerb.Approve), Folk.Ria));
        Assert.That(ReleaseContent.Of(Folk.Map, [dated]).ToConceptMap("1").Elements[0].Element.Targets[0].Properties, Has.Member(new KeyValuePair<string, string>("effectiveTo", "2026-12-31")));
        var (info, elements) = ReleaseContent.Of(Folk.Map, Rows).ToConceptMap("3");
        Assert.That((info.Url, info.Version, info.Groups.Single().Target!.Url), Is.EqualTo((Folk.Map.Url, "3", Folk.Loinc)));
        Assert.That(elements[0].Element.Targets.Single().Properties, Is.EqualTo(new KeyValuePair<string, string>[] { new("approvedBy", "ria"), new("approvedAt", "2026-03-01T12:00:00Z") }));
    }
}

using CsCheck;
using Terminology.Issues;
using Terminology.Mapping.Lists;
using Terminology.Mapping.People;
using Terminology.Maps;

namespace Terminology.Mapping.Rows;

public sealed class RowDecisionTests
{
    private static readonly RowCommand Propose = new(RowVerb.Propose), Approve = new(RowVerb.Approve);
    private static readonly Person[] Everybody = [Folk.Ada, Folk.Ben, Folk.Ria, Folk.Jo, Folk.Sue, Folk.Kim, Folk.All, Folk.Engine, Folk.Program, Person.System];

    [Test]
    public void Take_DecidedProposedApproved_IsApprovedByAnother()
    {
        var row = Folk.After(Folk.Row(), Folk.Situation, (Folk.Decide("2345-7"), Folk.Ada), (Propose, Folk.Ada), (Approve, Folk.Ria));
        Assert.That(row.State, Is.EqualTo(MapRowState.Approved));
        Assert.That(row.Approved, Is.EqualTo(new Approval(row.Content, row.ContentBy, "ria", Folk.Noon) { Meaning = MeaningFingerprint.Of(row).Hash }));
        Assert.That(row.ContentBy, Is.EqualTo(new[] { "ada" }));
    }

    [Test]
    public void Take_EveryStateVerbAndActor_IsInTheTableOrRefused()
    {
        foreach (var state in Enum.GetValues<MapRowState>())
        {
            foreach (var verb in Enum.GetValues<RowVerb>())
            {
                foreach (var who in Everybody)
                {
                    var row = Folk.Row() with { State = state, Content = Folk.To("1"), ContentBy = ["cem"], Blind = state == MapRowState.Conflict ? [new("cem", Folk.To("1"), true), new("dan", Folk.To("2"), true)] : [] };
                    var command = new RowCommand(verb) { Content = verb == RowVerb.Decide ? Folk.To("3") : null, Reason = "because", ParkedFor = "May", Taken = "cem" };
                    var move = RowMoves.Find(state, verb);
                    var may = move is not null && (move.Needs is { } action ? Permissions.Allow(who, action, "lab") : who.Kind == ActorKind.System)
                        && (who.Kind == ActorKind.Person || !move.Guards.HasFlag(RowGuard.IsPerson)) && !(who.Kind == ActorKind.Program && verb == RowVerb.Propose)
                        && !(state == MapRowState.Proposed && verb == RowVerb.Propose);
                    may |= move is not null && who.Kind == ActorKind.System && verb is RowVerb.Retire or RowVerb.Restore or RowVerb.Resume && move is not null && who.Kind == ActorKind.System;
                    var place = $"{state} {verb} by {who.Name}";
                    if (may) Assert.That(RowDecision.Take(row, command, who, Folk.Situation).State, Is.EqualTo(move!.To), place);
                    else Assert.That(() => RowDecision.Take(row, command, who, Folk.Situation), Throws.InstanceOf<TerminologyException>(), place);
                }
            }
        }
    }

    [TestCase(RowVerb.Approve, MapRowState.Proposed)]
    [TestCase(RowVerb.Confirm, MapRowState.Recheck)]
    [TestCase(RowVerb.Adjudicate, MapRowState.Conflict)]
    public void Take_ByOneWhoHasAPartInIt_IsRefused(RowVerb verb, MapRowState state)
    {
        var row = Folk.Row() with { State = state, Content = Folk.To("1"), ContentBy = ["ben", "all"], Blind = [new("ben", Folk.To("1"), true), new("all", Folk.To("2"), true)] };
        var refused = Assert.Throws<TerminologyException>(() => RowDecision.Take(row, new(verb) { Reason = "r", Taken = "ben" }, Folk.All, Folk.Situation));
        Assert.That(refused!.MessageId, Is.EqualTo("FOUR_EYES"));
    }

    [Test]
    public void Take_WhatAnEngineSays_NeedsAPersonWhoTakesItAndAnother()
    {
        var row = Folk.After(Folk.Row(), Folk.Situation, (Folk.Decide("2345-7"), Folk.Engine), (Propose, Folk.Engine));
        Assert.That(() => RowDecision.Take(row, Approve, Folk.Ria, Folk.Situation), Throws.InstanceOf<TerminologyException>().With.Message.Contains("no person"));
        var taken = RowDecision.Take(row, Propose, Folk.Ada, Folk.Situation);
        Assert.That(taken.ContentBy, Is.EqualTo(new[] { "engine:lexical", "ada" }));
        Assert.That(RowDecision.Take(taken, Approve, Folk.Ria, Folk.Situation).Approved!.By, Is.EqualTo("ria"));
    }

    [Test]
    public void Take_DraftOfAProgram_IsProposedByAPersonAlone()
    {
        var row = Folk.After(Folk.Row(), Folk.Situation, (Folk.Decide("2345-7"), Folk.Program));
        Assert.That(() => RowDecision.Take(row, Propose, Folk.Program, Folk.Situation), Throws.InstanceOf<TerminologyException>());
        Assert.That(Folk.After(row, Folk.Situation, (Propose, Folk.Ada)).ContentBy, Is.EqualTo(new[] { "key:feed", "ada" }));
    }

    [Test]
    public void Take_DualBlind_SameAnswers_AThirdApproves()
    {
        var row = Folk.After(Folk.Row(), Folk.Dual, (Folk.Decide("2345-7"), Folk.Ada), (Folk.Decide("2345-7"), Folk.Ben), (Propose, Folk.Ada));
        Assert.That(row.State, Is.EqualTo(MapRowState.Draft));
        row = RowDecision.Take(row, Propose, Folk.Ben, Folk.Dual);
        Assert.That((row.State, row.Content), Is.EqualTo((MapRowState.Proposed, Folk.To("2345-7"))));
        Assert.That(() => RowDecision.Take(row, Approve, Folk.Of("ben", MapRole.Reviewer), Folk.Dual), Throws.InstanceOf<TerminologyException>());
        Assert.That(RowDecision.Take(row, Approve, Folk.Ria, Folk.Dual).Approved!.Authors, Is.EqualTo(new[] { "ada", "ben" }));
    }

    [Test]
    public void Take_DualBlind_OtherAnswers_AreAdjudicated()
    {
        var row = Folk.After(Folk.Row(), Folk.Dual, (Folk.Decide("1"), Folk.Ada), (Propose, Folk.Ada), (Folk.Decide("2"), Folk.Ben), (Propose, Folk.Ben));
        Assert.That(row.State, Is.EqualTo(MapRowState.Conflict));
        Assert.That(() => Folk.After(row, Folk.Dual, (new(RowVerb.Adjudicate) { Taken = "ben" }, Folk.Jo)), Throws.InstanceOf<TerminologyException>().With.Message.Contains("reason"));
        Assert.That(() => Folk.After(row, Folk.Dual, (new(RowVerb.Adjudicate) { Taken = "kim", Reason = "r" }, Folk.Jo)), Throws.InstanceOf<TerminologyException>().With.Message.Contains("ada, ben"));
        var taken = Folk.After(row, Folk.Dual, (new(RowVerb.Adjudicate) { Taken = "ben", Reason = "method" }, Folk.Jo));
        Assert.That((taken.State, taken.Approved!.Content, taken.Approved.By), Is.EqualTo((MapRowState.Approved, Folk.To("2"), "jo")));
        Assert.That(taken.Blind.Select(answer => answer.By), Is.EqualTo(new[] { "ada", "ben" }), "how well they agreed is asked later");
        var strict = Folk.Dual with { Map = Folk.Dual.Map with { Policy = Folk.Dual.Map.Policy with { Relationships = [MapRelationship.RelatedTo] } } };
        Assert.That(() => Folk.After(row, strict, (new(RowVerb.Adjudicate) { Taken = "ben", Reason = "method" }, Folk.Jo)), Throws.InstanceOf<TerminologyException>().With.Message.Contains("Equivalent"));
        var third = Folk.After(row, Folk.Dual, (new(RowVerb.Adjudicate) { Content = Folk.To("3"), Reason = "neither" }, Folk.Jo));
        Assert.That((third.State, third.ContentBy.Single()), Is.EqualTo((MapRowState.Proposed, "jo")), "the adjudicator is its author now, and another approves");
    }

    [Test]
    public void Take_DualBlind_ThirdAuthorAndSecondThoughts_AreRefused()
    {
        var row = Folk.After(Folk.Row(), Folk.Dual, (Folk.Decide("1"), Folk.Ada), (Folk.Decide("2"), Folk.Ben));
        Assert.That(() => Folk.After(row, Folk.Dual, (Folk.Decide("3"), Folk.Sue)), Throws.InstanceOf<TerminologyException>().With.Message.Contains("two authors"));
        Assert.That(() => Folk.After(row, Folk.Dual, (Propose, Folk.Ada), (Folk.Decide("3"), Folk.Ada)), Throws.InstanceOf<TerminologyException>().With.Message.Contains("handed in"));
    }

    [Test]
    public void Take_EditOfWhatIsApproved_KeepsWhatIsServed()
    {
        var row = Folk.After(Folk.Row(), Folk.Situation, (Folk.Decide("1"), Folk.Ada), (Propose, Folk.Ada), (Approve, Folk.Ria), (Folk.Decide("2"), Folk.Ada));
        Assert.That((row.State, row.Content, row.Approved!.Content), Is.EqualTo((MapRowState.Draft, Folk.To("2"), Folk.To("1"))));
    }

    [Test]
    public void Take_AgainstThePolicy_IsADraftAndNoMore()
    {
        var strict = Folk.Situation with { Map = Folk.Map with { Policy = new() { MostTargets = 1, Relationships = [MapRelationship.Equivalent], NoMapReasons = ["no-code"] } } };
        var draft = Folk.After(Folk.Row(), strict, (new(RowVerb.Decide) { Content = Folk.To("1", MapRelationship.RelatedTo) }, Folk.Ada));
        Assert.That(() => RowDecision.Take(draft, Propose, Folk.Ada, strict), Throws.InstanceOf<TerminologyException>().With.Message.Contains("RelatedTo"));
        var none = Folk.After(Folk.Row(), strict, (new(RowVerb.Decide) { Content = new() { NoMap = new("other") } }, Folk.Ada));
        Assert.That(() => RowDecision.Take(none, Propose, Folk.Ada, strict), Throws.InstanceOf<TerminologyException>().With.Message.Contains("no-code"));
        Assert.That(() => RowDecision.Take(draft, Propose, Folk.Ada, Folk.Situation with { OpenErrors = ["MQ-102: inactive."] }), Throws.InstanceOf<TerminologyException>().With.Message.Contains("MQ-102"));
    }

    [Test]
    public void Take_WhatCannotBeSaid_IsRefused()
    {
        foreach (var content in new RowContent?[] { null, RowContent.Empty, Folk.To("1") with { NoMap = new("x") }, new() { Targets = [.. Folk.To("1").Targets, .. Folk.To("1").Targets] } })
        {
            Assert.That(() => Folk.After(Folk.Row(), Folk.Situation, (new(RowVerb.Decide) { Content = content }, Folk.Ada)), Throws.InstanceOf<TerminologyException>());
        }
    }

    [Test]
    public void Undo_OwnLastStep_IsTakenBack_AnothersIsNot()
    {
        var before = Folk.After(Folk.Row(), Folk.Situation, (Folk.Decide("1"), Folk.Ada));
        var after = Folk.After(before, Folk.Situation, (Folk.Decide("2"), Folk.Ada));
        Assert.That(RowDecision.Undo(after, before, Folk.Ada).Content, Is.EqualTo(Folk.To("1")));
        Assert.That(() => RowDecision.Undo(after, before, Folk.Ben), Throws.InstanceOf<TerminologyException>().With.Message.Contains("ada"));
        Assert.That(() => RowDecision.Undo(Folk.Row(), null, Folk.Ada), Throws.InstanceOf<TerminologyException>());
    }

    /// <summary>Whatever anybody does in whatever order: what is approved was said by a person and approved by another.</summary>
    [Test]
    public void Take_RandomSteps_NothingIsApprovedByFewerThanFourEyes()
    {
        var content = AnyOf(Folk.To("1"), Folk.To("2"), new RowContent { NoMap = new("no-code") });
        // Half of the steps are those that lead on: by chance alone few rows would ever be approved.
        var verb = Gen.OneOf(Gen.Enum<RowVerb>(), AnyOf(RowVerb.Decide, RowVerb.Propose, RowVerb.Approve, RowVerb.Adjudicate));
        var command = Gen.Select(verb, content, AnyOf("ada", "ben", "all"), Gen.Bool)
            .Select(step => new RowCommand(step.Item1) { Content = step.Item1 == RowVerb.Decide || (step.Item1 == RowVerb.Adjudicate && step.Item4) ? step.Item2 : null, Reason = "r", ParkedFor = "p", Taken = step.Item3 });
        var steps = Gen.Select(command, AnyOf([.. Everybody, Folk.Of("ria", (MapRole)1023), Folk.Of("ada", (MapRole)1023)])).Array[10, 60];
        var approvals = 0;
        Gen.Select(steps, Gen.Bool).Sample(run =>
        {
            var situation = run.Item2 ? Folk.Dual : Folk.Situation;
            var (row, before, said) = (Folk.Row(), (MapRow?)null, new HashSet<(string Content, string By)>());
            foreach (var (step, who) in run.Item1)
            {
                MapRow next;
                try
                {
                    next = step.Verb == RowVerb.Undo ? RowDecision.Undo(row, before, who) : RowDecision.Take(row, step, who, situation);
                }
                catch (TerminologyException)
                {
                    continue;
                }
                if (step.Content is { } told) said.Add((Text(told), who.Name));
                (before, row) = (row, next);
                if (row.Approved is not { } approved) continue;
                Interlocked.Increment(ref approvals);
                if (approved.Authors.Contains(approved.By) || approved.By.Contains(':') || approved.Authors.All(author => author.Contains(':')) || !approved.Authors.Any(author => said.Contains((Text(approved.Content), author)))) return false;
            }
            return true;
        }, iter: 10_000);
        Assert.That(approvals, Is.GreaterThan(1000), "a law that is never tried holds nothing");
    }

    private static Gen<T> AnyOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(place => values[place]);

    private static string Text(RowContent content) => content.NoMap?.Reason ?? content.Targets[0].Code;
}

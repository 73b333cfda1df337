using System.Text;
using FluentValidation;
using Terminology.Issues;
using Terminology.Mapping.Events;
using Terminology.Mapping.Maps;
using Terminology.Mapping.People;
using Terminology.Mapping.Rows;

namespace Terminology.Mapping.Questions;

/// <summary>Questions: who may ask whom, who answers, and what becomes of the rows that wait.</summary>
public sealed class QuestionTests
{
    private static readonly Person Otto = Folk.Of("otto", MapRole.Contributor), Vic = Folk.Of("vic", MapRole.Viewer);
    private static readonly Dictionary<string, MapRole> Known = new() { ["ada"] = MapRole.Author, ["ben"] = MapRole.Author, ["ria"] = MapRole.Reviewer, ["otto"] = MapRole.Contributor, ["aud"] = MapRole.Auditor };
    private static readonly QuestionRequest ToRia = new() { Rows = ["GLU"], Text = "Serum?", To = new() { Person = "ria" }, Park = true }, ToNorth = ToRia with { To = new() { Sender = "North" } };
    private static readonly AnswerRequest Yes = new("Yes.");

    [Test]
    public void Ask_WithPark_ParksWhatCanBe_AndNamesTheOthers()
    {
        var (map, asked) = After(Map("GLU", "NA"), ToRia with { Rows = ["GLU", "NA"], Due = new(2026, 3, 1) });
        Assert.That((asked.Question.Number, asked.Question.State, asked.Question.By, asked.Question.Due), Is.EqualTo((1, QuestionState.Open, "ada", new DateOnly(2026, 3, 1))));
        var row = map.Find("GLU")!.Row;
        Assert.That((row.State, row.Question, row.ParkedFor, row.LastBy), Is.EqualTo((MapRowState.Parked, 1, "Answer of 'ria' to question 1", "ada")));
        Assert.That(asked.NotParked.Select(left => (left.Key, left.Code)), Is.EqualTo(new[] { ("NA", "NO_MOVE") }));
        Assert.That(map.Find("NA")!.Row.State, Is.EqualTo(MapRowState.Unmapped));
    }

    [Test]
    public void Ask_WithoutPark_LeavesTheRowAlone() => Assert.That(After(Map("GLU"), ToRia with { Park = false }).Map.Find("GLU")!.Row.State, Is.EqualTo(MapRowState.Draft));

    [Test]
    public void Answer_ByWhoWasAsked_ResumesTheRowByItself()
    {
        var (map, asked) = After(Map("GLU"), ToRia);
        var answered = QuestionDecision.Answer(asked.Question, Yes, Folk.Ria, map, Folk.Noon);
        Assert.That((answered.Question.State, answered.Question.Answer), Is.EqualTo((QuestionState.Answered, new QuestionAnswer("Yes.", "ria", Folk.Noon))));
        var step = answered.Steps.Single();
        Assert.That((step.Row.State, step.Row.ParkedFor, step.Row.Question, step.Row.LastBy), Is.EqualTo((MapRowState.Draft, (string?)null, (int?)null, "system")));
        Assert.That((step.Command.Verb, step.Command.Reason, step.Command.Evidence.Single().Value), Is.EqualTo((RowVerb.Resume, "'ria' answered question 1.", "1")));
    }

    [Test]
    public void Answer_RowThatWaitsForSomethingElseByNow_StaysParked()
    {
        var (map, asked) = After(Map("GLU"), ToRia);
        map = With(map, Folk.After(map.Find("GLU")!.Row, Folk.Situation, (new(RowVerb.Resume), Folk.Ada), (new(RowVerb.Park) { ParkedFor = "June" }, Folk.Ada)));
        Assert.That(map.Find("GLU")!.Row.Question, Is.Null);
        Assert.That(QuestionDecision.Answer(asked.Question, Yes, Folk.Ria, map, Folk.Noon).Steps, Is.Empty);
    }

    [Test]
    public void Answer_OfAPerson_ByHerOrAStewardAlone()
    {
        var (map, asked) = After(Map("GLU"), ToRia);
        foreach (var who in new[] { Folk.Ada, Folk.Ben, Folk.Jo, Folk.Kim, Otto }) Assert.That(Refusal(() => QuestionDecision.Answer(asked.Question, Yes, who, map, Folk.Noon)), Is.EqualTo("ASKED_OF_ANOTHER"), who.Name);
        foreach (var who in new[] { Vic, Folk.Program, Folk.Engine, Person.System, Folk.Of("ria", MapRole.Reviewer, "drug") }) Assert.That(Refusal(() => QuestionDecision.Answer(asked.Question, Yes, who, map, Folk.Noon)), Is.EqualTo("NO_RIGHT"), who.Name);
        Assert.That(Refusal(() => QuestionDecision.Answer(asked.Question, Yes with { From = "Ria" }, Folk.Ria, map, Folk.Noon)), Is.EqualTo("FROM_OF_SENDERS"));
        Assert.That(QuestionDecision.Answer(asked.Question, Yes, Folk.Sue, map, Folk.Noon).Question.Answer!.By, Is.EqualTo("sue"));
    }

    [Test]
    public void Answer_OfASender_IsEnteredByAnybodyWhoMayAsk_WithItsSource()
    {
        var (map, asked) = After(Map("GLU"), ToNorth);
        Assert.That(Refusal(() => QuestionDecision.Answer(asked.Question, Yes, Otto, map, Folk.Noon)), Is.EqualTo("FROM_NEEDED"));
        Assert.That(Refusal(() => QuestionDecision.Answer(asked.Question, Yes with { From = "Dr. Berg" }, Folk.Program, map, Folk.Noon)), Is.EqualTo("NO_RIGHT"));
        Assert.That(QuestionDecision.Answer(asked.Question, Yes with { From = "Dr. Berg" }, Otto, map, Folk.Noon).Question.Answer, Is.EqualTo(new QuestionAnswer("Yes.", "otto", Folk.Noon, "Dr. Berg")));
    }

    [Test]
    public void Withdraw_ByWhoAskedOrASteward_ResumesTheRow()
    {
        var (map, asked) = After(Map("GLU"), ToRia);
        Assert.That(Refusal(() => QuestionDecision.Withdraw(asked.Question, new("Found."), Folk.Ria, map, Folk.Noon)), Is.EqualTo("ASKED_BY_ANOTHER"), "who was asked answers");
        foreach (var who in new[] { Folk.Ada, Folk.Sue })
        {
            var withdrawn = QuestionDecision.Withdraw(asked.Question, new("Found."), who, map, Folk.Noon);
            Assert.That((withdrawn.Question.State, withdrawn.Question.Withdrawal!.By, withdrawn.Steps.Single().Row.State), Is.EqualTo((QuestionState.Withdrawn, who.Name, MapRowState.Draft)));
            Assert.That(Refusal(() => QuestionDecision.Answer(withdrawn.Question, Yes, Folk.Ria, map, Folk.Noon)), Is.EqualTo("NOT_OPEN"));
            Assert.That(Refusal(() => QuestionDecision.Withdraw(withdrawn.Question, new("Again."), who, map, Folk.Noon)), Is.EqualTo("NOT_OPEN"));
        }
    }

    [Test]
    public void Ask_OfNobodyWhoCouldAnswer_OrAboutNoRow_IsRefusedWithItsPlace()
    {
        var map = Map("GLU");
        (string? Code, string? Place) Refused(QuestionRequest request, Person? who = null)
        {
            var problem = Assert.Throws<TerminologyException>(() => Ask(map, request, who ?? Folk.Ada));
            return (problem!.MessageId, problem.Expression);
        }
        Assert.That(Refused(ToRia with { To = new() { Person = "zoe" } }), Is.EqualTo(("UNKNOWN_PERSON", "to.person")));
        Assert.That(Refused(ToRia with { To = new() { Person = "aud" } }), Is.EqualTo(("CANNOT_ANSWER", "to.person")));
        Assert.That(Refused(ToRia with { Rows = ["GLU", "K"] }), Is.EqualTo(("UNKNOWN_ROW", "rows[1]")));
        Assert.That(Refused(ToRia with { Due = new(2026, 2, 28) }), Is.EqualTo(("INVALID_DUE", "due")));
        Assert.That(Refused(ToRia, Otto), Is.EqualTo(("NO_RIGHT", (string?)null)), "who maps no rows parks none");
        Assert.That(Ask(map, ToRia with { Park = false }, Otto).Question.By, Is.EqualTo("otto"));
        foreach (var who in new[] { Vic, Folk.Program, Folk.Engine, Person.System }) Assert.That(Refused(ToRia with { Park = false }, who).Code, Is.EqualTo("NO_RIGHT"), who.Name);
    }

    [Test]
    public void Ask_TheOtherOfTwoBlindAuthors_IsRefusedUntilBothHaveHandedIn()
    {
        var dual = MapState.Begin(Folk.Dual.Map, 1, EventChain.Beginning);
        var row = Folk.After(Folk.Row(), Folk.Dual, (Folk.Decide("1"), Folk.Ada), (Folk.Decide("2"), Folk.Ben));
        Assert.That(Refusal(() => Ask(With(dual, row), ToRia with { To = new() { Person = "ben" } })), Is.EqualTo("OTHER_AUTHOR"));
        Assert.That(Ask(With(dual, row), ToRia).Steps, Has.Count.EqualTo(1), "another person");
        row = Folk.After(row, Folk.Dual, (new(RowVerb.Propose), Folk.Ada), (new(RowVerb.Propose), Folk.Ben));
        Assert.That(Ask(With(dual, row), ToRia with { To = new() { Person = "ben" }, Park = false }).Question.Number, Is.EqualTo(1));
    }

    [Test]
    public void Rules_WhatIsMissingOrTooMuch_IsNamed()
    {
        string[] Faults<T>(AbstractValidator<T> rules, T request) => [.. rules.Validate(request).Errors.Select(error => error.PropertyName)];
        Assert.That(Faults(new QuestionRequestRules(), ToRia), Is.Empty);
        Assert.That(Faults(new QuestionRequestRules(), new() { Park = true }), Is.EquivalentTo(new[] { "Text", "To", "Park" }));
        Assert.That(Faults(new QuestionRequestRules(), ToRia with { To = new() { Person = "ria", Sender = "North" } }), Is.EqualTo(new[] { "To" }));
        Assert.That(Faults(new QuestionRequestRules(), ToRia with { Rows = ["A", "B", "A"] }), Is.EqualTo(new[] { "Rows[0]", "Rows[2]" }));
        Assert.That(Faults(new QuestionRequestRules(), ToRia with { Rows = [.. Enumerable.Range(0, 1001).Select(number => $"{number}")] }), Is.EqualTo(new[] { "rows" }));
        Assert.That(Faults(new AnswerRules(), new()), Is.EqualTo(new[] { "Text" }));
        Assert.That(Faults(new WithdrawRules(), new(" ")), Is.EqualTo(new[] { "Reason" }));
    }

    [Test]
    public void Event_OfBeforeThereWereQuestions_IsReadAsItWas()
    {
        const string Json = """{"map":"lab","sequence":7,"actor":"ada","kind":"person","at":"2026-03-01T12:00:00+00:00","verb":"park","row":{"key":"GLU","number":1,"code":"GLU","state":"parked","content":{},"parkedFor":"Which analyser is it?","lastBy":"ada"},"previous":"00"}""";
        var (happened, _) = EventChain.Read(Encoding.UTF8.GetBytes(EventChain.Beginning + "\n" + Json));
        Assert.That((happened.Row!.State, happened.Row.ParkedFor, happened.Row.Question), Is.EqualTo((MapRowState.Parked, "Which analyser is it?", (int?)null)));
        Assert.That(RowDecision.Take(happened.Row, new(RowVerb.Resume), Folk.Ada, Folk.Situation).State, Is.EqualTo(MapRowState.Draft));
    }

    /// <summary>A map of which the first row is a draft of ada.</summary>
    private static MapState Map(params string[] keys)
        => keys.Select((key, at) => Folk.Row(key) with { Number = at + 1 }).Aggregate(MapState.Begin(Folk.Map, 1, EventChain.Beginning), (map, row) => With(map, row.Number == 1 ? RowDecision.Take(row, Folk.Decide("2345-7"), Folk.Ada, Folk.Situation) : row));

    private static QuestionOutcome Ask(MapState map, QuestionRequest request, Person? who = null)
        => QuestionDecision.Ask(map.Questions.Count + 1, request, who ?? Folk.Ada, map, Folk.Noon, name => Known.TryGetValue(name, out var role) ? role : null);

    private static (MapState Map, QuestionOutcome Asked) After(MapState map, QuestionRequest request)
    {
        var asked = Ask(map, request);
        return (asked.Steps.Aggregate(map, (at, step) => With(at, step.Row)), asked);
    }

    private static MapState With(MapState map, MapRow row)
        => map.With(new() { Map = "lab", Sequence = map.Sequence + 1, Actor = "ada", Kind = ActorKind.Person, At = Folk.Noon, Verb = "test", Row = row, Previous = map.Head }, "x", new(1, map.Sequence));

    private static string Refusal(Action step) => Assert.Throws<TerminologyException>(step)!.MessageId;
}

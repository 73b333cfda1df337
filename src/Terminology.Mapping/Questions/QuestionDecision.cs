using Terminology.Issues;
using Terminology.Mapping.Maps;
using Terminology.Mapping.People;
using Terminology.Mapping.Review;
using Terminology.Mapping.Rows;

namespace Terminology.Mapping.Questions;

/// <summary>What a step with a question comes to.</summary>
/// <param name="Question">The question after it.</param>
/// <param name="Steps">What becomes of its rows: parked by who asks, or resumed by itself.</param>
/// <param name="NotParked">Rows that were to be parked and could not.</param>
public sealed record QuestionOutcome(Question Question, IReadOnlyList<RowStep> Steps, IReadOnlyList<LeftRow> NotParked);

/// <summary>
/// The one way by which a question is asked, answered and withdrawn. Its rows are parked and resumed by the steps that there are for it (<see cref="RowDecision"/>): asking parks what
/// whoever asks may park, and what waits for this question and nothing else goes on by itself.
/// </summary>
public static class QuestionDecision
{
    /// <summary>A question as it is asked.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="request">What is asked of whom.</param>
    /// <param name="who">Who asks.</param>
    /// <param name="map">The map.</param>
    /// <param name="now">The moment.</param>
    /// <param name="roles">What somebody may in the domain of the map, null for who is not known; null itself: nobody is known, and names are taken as they are.</param>
    /// <exception cref="TerminologyException">Forbidden: not for this actor. NotFound: a row is none. Value: who is asked is not known, or could not answer. BusinessRule: two authors who do not see one another.</exception>
    public static QuestionOutcome Ask(int number, QuestionRequest request, Person who, MapState map, DateTimeOffset now, Func<string, MapRole?>? roles)
    {
        Authorize(who, MapAction.Ask, map.Project, "ask");
        if (request.Park) Authorize(who, MapAction.MapRows, map.Project, "park");
        var (project, rows, today) = (map.Project, Rows(request, map), DateOnly.FromDateTime(now.UtcDateTime));
        if (request.Due is { } due && due < today) throw new TerminologyException(IssueType.Value, "INVALID_DUE", QuestionMessages.DuePast(due, today)) { Expression = "due" };
        if (request.To.Person is { } person) Check(person, rows, who, project, roles);
        var question = new Question { Number = number, Rows = request.Rows, Text = request.Text, To = request.To, Due = request.Due, By = who.Name, At = now };
        if (!request.Park) return new(question, [], []);
        var park = new RowCommand(RowVerb.Park) { ParkedFor = QuestionMessages.Awaited(number, request.To.Name), Evidence = Evidence(number) };
        var tried = rows.Select(row => RowDecision.Try(row, park, who, new(project, now) { Question = number })).ToArray();
        return new(question, [.. tried.Select(one => one.Row).OfType<MapRow>().Select(row => new RowStep(row, park))], [.. tried.Select(one => one.Refused).OfType<LeftRow>()]);
    }

    /// <summary>A question with its answer: of who was asked, or a steward's in place of that person; of a sender by anybody who may ask, with the name of who gave it.</summary>
    /// <exception cref="TerminologyException">Forbidden: not for this actor. Conflict: it is not open. Required, Value: who gave the answer.</exception>
    public static QuestionOutcome Answer(Question question, AnswerRequest request, Person who, MapState map, DateTimeOffset now)
    {
        Authorize(who, MapAction.Ask, map.Project, "answer");
        if (question.To.Person is { } asked && asked != who.Name && !Permissions.Allow(who, MapAction.TendQuestions, map.Project.Domain)) throw new TerminologyException(IssueType.Forbidden, "ASKED_OF_ANOTHER", QuestionMessages.AskedOfAnother(question.Number, asked, Tending()));
        RefuseUnlessOpen(question);
        if (question.To.Person is not null && request.From is not null) throw new TerminologyException(IssueType.Value, "FROM_OF_SENDERS", QuestionMessages.FromOfSendersAlone()) { Expression = "from" };
        if (question.To.Sender is { } sender && string.IsNullOrWhiteSpace(request.From)) throw new TerminologyException(IssueType.Required, "FROM_NEEDED", QuestionMessages.FromNeeded(sender)) { Expression = "from" };
        return new(question with { State = QuestionState.Answered, Answer = new(request.Text, who.Name, now, request.From) }, Resume(question, map, now, QuestionMessages.Answered(question.Number, who.Name)), []);
    }

    /// <summary>A question for whose answer nobody waits any more, by who asked it or a steward.</summary>
    /// <exception cref="TerminologyException">Forbidden: not for this actor. Conflict: it is not open.</exception>
    public static QuestionOutcome Withdraw(Question question, WithdrawRequest request, Person who, MapState map, DateTimeOffset now)
    {
        Authorize(who, MapAction.Ask, map.Project, "withdraw a question");
        if (question.By != who.Name && !Permissions.Allow(who, MapAction.TendQuestions, map.Project.Domain)) throw new TerminologyException(IssueType.Forbidden, "ASKED_BY_ANOTHER", QuestionMessages.AskedByAnother(question.Number, question.By, Tending()));
        RefuseUnlessOpen(question);
        return new(question with { State = QuestionState.Withdrawn, Withdrawal = new(request.Reason, who.Name, now) }, Resume(question, map, now, QuestionMessages.Withdrawn(question.Number, who.Name)), []);
    }

    private static MapRow[] Rows(QuestionRequest request, MapState map)
        => [.. request.Rows.Select((key, index) => map.Find(key)?.Row ?? throw new TerminologyException(IssueType.NotFound, "UNKNOWN_ROW", MappingMessages.NoSuchRow(key, map.Project.Id)) { Expression = $"rows[{index}]" })];

    /// <summary>What is asked of a person can be answered, and tells neither of two blind authors what the other says.</summary>
    private static void Check(string person, IEnumerable<MapRow> rows, Person who, MapProject map, Func<string, MapRole?>? roles)
    {
        TerminologyException Refused(IssueType type, string code, string text) => new(type, code, text) { Expression = "to.person" };
        if (roles is not null)
        {
            if (roles(person) is not { } has) throw Refused(IssueType.Value, "UNKNOWN_PERSON", QuestionMessages.Unknown(person));
            if ((has & Permissions.Having(MapAction.Ask)) == MapRole.None) throw Refused(IssueType.Value, "CANNOT_ANSWER", QuestionMessages.CannotAnswer(person, map.Domain, string.Join(", ", MapRoles.Names(Permissions.Having(MapAction.Ask)))));
        }
        if (person != who.Name && rows.FirstOrDefault(row => IsBlind(row, map) && IsAuthor(row, who.Name) && IsAuthor(row, person)) is { } blind) throw Refused(IssueType.BusinessRule, "OTHER_AUTHOR", QuestionMessages.OtherAuthor(person, blind.Key));
    }

    private static bool IsBlind(MapRow row, MapProject map) => row.State is MapRowState.Unmapped or MapRowState.Draft or MapRowState.Parked && BlindShare.NeedsTwo(map, row.Key);

    private static bool IsAuthor(MapRow row, string name) => row.ContentBy.Contains(name) || row.Assignees?.Author == name || row.Assignees?.Second == name;

    private static RowStep[] Resume(Question question, MapState map, DateTimeOffset now, string reason)
    {
        var resume = new RowCommand(RowVerb.Resume) { Reason = reason, Evidence = Evidence(question.Number) };
        var waiting = question.Rows.Select(key => map.Find(key)?.Row).OfType<MapRow>().Where(row => row.State == MapRowState.Parked && row.Question == question.Number);
        return [.. waiting.Select(row => new RowStep(RowDecision.Take(row, resume, Person.System, new(map.Project, now)), resume))];
    }

    private static void RefuseUnlessOpen(Question question)
    {
        if (question.State != QuestionState.Open) throw new TerminologyException(IssueType.Conflict, "NOT_OPEN", QuestionMessages.NotOpen(question.Number, question.State.ToString().ToLowerInvariant()));
    }

    private static void Authorize(Person who, MapAction action, MapProject map, string verb)
    {
        if (!Permissions.Allow(who, action, map.Domain)) throw new TerminologyException(IssueType.Forbidden, "NO_RIGHT", MappingMessages.NoRight(who.Name, verb, map.Domain, string.Join(", ", MapRoles.Names(Permissions.Having(action)))));
    }

    private static string Tending() => string.Join(", ", MapRoles.Names(Permissions.Having(MapAction.TendQuestions)));

    private static KeyValuePair<string, string>[] Evidence(int number) => [new("question", number.ToString(System.Globalization.CultureInfo.InvariantCulture))];
}

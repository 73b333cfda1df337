using System.Globalization;
using Terminology.Issues;
using Terminology.Mapping.Maps;
using Terminology.Mapping.People;
using Terminology.Mapping.Questions;
using Terminology.Mapping.Review;
using Terminology.Server.Access;
using Terminology.Server.Maps;
using Terminology.Server.OpenApi;

namespace Terminology.Server.MapApi;

/// <summary>A question with its version.</summary>
/// <param name="Version">Changes with it; goes into <c>If-Match</c>.</param>
/// <param name="Question">The question.</param>
internal sealed record QuestionView(string Version, Question Question)
{
    public static QuestionView Of(Question question) => new(ContentTag.Of(question), question);

    /// <summary>May somebody read it? Of two authors who work blindly neither reads what is asked about their row before both have handed in, unless she asks or is asked.</summary>
    public static bool IsShown(Question question, MapState map, Person who)
        => question.By == who.Name || question.To.Person == who.Name || question.Rows.All(key => RowView.IsWhole(map, key, who));
}

/// <summary>A question that was asked.</summary>
/// <param name="Version">Goes into <c>If-Match</c>.</param>
/// <param name="Question">The question.</param>
/// <param name="NotParked">Rows that were to be parked and could not, and why.</param>
internal sealed record QuestionAsked(string Version, Question Question, IReadOnlyList<LeftRow> NotParked);

/// <summary>A page of questions, the newest first.</summary>
/// <param name="Total">How many fit.</param>
/// <param name="Questions">Those of this page.</param>
/// <param name="Next">Cursor of the next page; null at the end.</param>
internal sealed record QuestionPage(int Total, IReadOnlyList<QuestionView> Questions, string? Next);

/// <summary>Questions about rows and maps, over HTTP.</summary>
internal static class QuestionEndpoints
{
    private const int LargestPage = 1000, UsualPage = 100;

    public static void MapQuestions(this RouteGroupBuilder maps, MapWork work, MapBook book)
    {
        var people = ((IEndpointRouteBuilder)maps).ServiceProvider.GetRequiredService<People>();
        maps.MapGet("/{map}/questions", (HttpContext context, string map) => MapEndpoints.Answer(context, who =>
            Task.FromResult(Problems.Json(Page(work.Find(map, who, MapAction.ReadDrafts), context.Request.Query, who)))))
            .Says<QuestionPage>("The questions of a map, the newest first", MapAction.ReadDrafts, said => said with { Query = [Asked.Word<QuestionState>("state", "Only those that stand there."), new("to", "Only those asked of this person or sender, or of `me`."), new("by", "Only those that this person asked, or `me`."), new("row", "Only those about this row: its key."), .. Asked.Page(UsualPage, LargestPage)] });
        maps.MapPost("/{map}/questions", (HttpContext context, string map) => MapEndpoints.Answer(context, async who =>
        {
            work.Find(map, who, MapAction.Ask);
            var request = await Problems.ReadAsync(context.Request, new QuestionRequestRules());
            var asked = await book.ChangeAsync(turn =>
            {
                var state = turn.Find(map);
                var outcome = QuestionDecision.Ask(state.Questions.Count + 1, request, who, state, turn.Now, people.Any ? name => people.Find(name)?.In(state.Project.Domain) : null);
                Put(turn, state, outcome, who, stepping: who, work);
                return outcome;
            });
            context.Response.Headers.Location = $"/api/maps/{map}/questions/{asked.Question.Number}";
            var view = Tagged(context, asked.Question);
            return Problems.Json(new QuestionAsked(view.Version, view.Question, asked.NotParked), StatusCodes.Status201Created);
        }))
            .Says<QuestionRequest, QuestionAsked>("Asks a person or sender a question", MapAction.Ask, """{"rows":["NA"],"text":"In which specimen is it measured?","to":{"sender":"Laboratory North"},"due":"2099-01-31"}""", said => said with { More = "With `park` its rows wait for the answer, where whoever asks may park them; those that cannot be parked are named. Without `rows` it is about the map as a whole.", Status = StatusCodes.Status201Created, HasTag = true, Headers = [("Location", "Its address.")] });
        maps.MapGet("/{map}/questions/{number:int}", (HttpContext context, string map, int number) => MapEndpoints.Answer(context, who =>
            Task.FromResult(Problems.Json(Tagged(context, Find(work.Find(map, who, MapAction.ReadDrafts), number, who))))))
            .Says<QuestionView>("A question", MapAction.ReadDrafts, said => said with { HasTag = true });
        maps.MapPost("/{map}/questions/{number:int}:answer", (HttpContext context, string map, int number) => MapEndpoints.Answer(context, async who =>
        {
            work.Find(map, who, MapAction.Ask);
            var (seen, request) = (ContentTag.Needed(context.Request), await Problems.ReadAsync(context.Request, new AnswerRules()));
            return Problems.Json(Tagged(context, await StepAsync(book, work, map, number, seen, who, (question, state, now) => QuestionDecision.Answer(question, request, who, state, now))));
        }))
            .Says<AnswerRequest, QuestionView>("Answers a question", MapAction.Ask, """{"text":"In serum.","from":"Dr. Berg"}""", said => said with { More = "A person who was asked answers herself, or a steward does in her place. What a sender answered is entered by anybody who may ask, with the name of who gave it (`from`). Rows that were parked for this answer go on.", HasTag = true, IsConditional = true });
        maps.MapPost("/{map}/questions/{number:int}:withdraw", (HttpContext context, string map, int number) => MapEndpoints.Answer(context, async who =>
        {
            work.Find(map, who, MapAction.Ask);
            var (seen, request) = (ContentTag.Needed(context.Request), await Problems.ReadAsync(context.Request, new WithdrawRules()));
            return Problems.Json(Tagged(context, await StepAsync(book, work, map, number, seen, who, (question, state, now) => QuestionDecision.Withdraw(question, request, who, state, now))));
        }))
            .Says<WithdrawRequest, QuestionView>("Says that a question needs no answer any more", MapAction.Ask, """{"reason":"Found in the manual."}""", said => said with { More = "By who asked it, or a steward. Rows that were parked for its answer go on.", HasTag = true, IsConditional = true });
    }

    private static Task<Question> StepAsync(MapBook book, MapWork work, string map, int number, string seen, Person who, Func<Question, MapState, DateTimeOffset, QuestionOutcome> take) => book.ChangeAsync(turn =>
    {
        var state = turn.Find(map);
        var now = QuestionView.Of(Find(state, number, who));
        if (now.Version != seen) throw new Outdated(QuestionMessages.Changed(number), now);
        return Put(turn, state, take(now.Question, state, turn.Now), who, stepping: Person.System, work);
    });

    private static Question Put(MapBook.Turn turn, MapState state, QuestionOutcome outcome, Person who, Person stepping, MapWork work)
    {
        turn.Put(state.Project.Id, outcome.Question, who);
        var against = work.Against(state.Project);
        foreach (var step in outcome.Steps) turn.Put(state.Project.Id, step.Row, stepping, step.Command, against);
        return outcome.Question;
    }

    private static Question Find(MapState map, int number, Person who)
        => map.Questions.Find(question => question.Number == number && QuestionView.IsShown(question, map, who)) ?? throw new TerminologyException(IssueType.NotFound, "UNKNOWN_QUESTION", QuestionMessages.NoSuchQuestion(number, map.Project.Id));

    private static QuestionView Tagged(HttpContext context, Question question)
    {
        var view = QuestionView.Of(question);
        ContentTag.Send(context.Response, view.Version);
        return view;
    }

    private static QuestionPage Page(MapState map, IQueryCollection query, Person who)
    {
        var limit = int.TryParse(query["limit"], CultureInfo.InvariantCulture, out var wanted) && wanted is > 0 and <= LargestPage ? wanted : UsualPage;
        var before = int.TryParse(query["cursor"], CultureInfo.InvariantCulture, out var cursor) && cursor > 0 ? cursor : int.MaxValue;
        var (state, to, by, row) = (State(query["state"]), Name(query["to"], who), Name(query["by"], who), (string?)query["row"]);
        var fitting = map.Questions.Where(question => (state is null || question.State == state) && (to is null || question.To.Person == to || question.To.Sender == to) && (by is null || question.By == by) && (row is null || question.Rows.Contains(row)) && QuestionView.IsShown(question, map, who)).ToArray();
        var page = fitting.Reverse().Where(question => question.Number < before).Take(limit + 1).ToArray();
        return new(fitting.Length, [.. page.Take(limit).Select(QuestionView.Of)], page.Length > limit ? page[limit - 1].Number.ToString(CultureInfo.InvariantCulture) : null);
    }

    private static string? Name(string? asked, Person who) => asked == "me" ? who.Name : asked;

    private static QuestionState? State(string? text) => text is null ? null
        : Enum.TryParse<QuestionState>(text, ignoreCase: true, out var state) && Enum.IsDefined(state) ? state
        : throw new TerminologyException(IssueType.Value, "INVALID_PARAMETER", MappingMessages.InvalidChoice(text, "state", string.Join(", ", Enum.GetNames<QuestionState>()).ToLowerInvariant())) { Expression = "state" };
}

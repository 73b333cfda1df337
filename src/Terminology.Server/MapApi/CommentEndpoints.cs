using System.Globalization;
using Terminology.Mapping.Events;
using Terminology.Mapping.Maps;
using Terminology.Mapping.People;
using Terminology.Server.Maps;
using Terminology.Server.OpenApi;

namespace Terminology.Server.MapApi;

/// <summary>What somebody said about a row, or in a question.</summary>
/// <param name="Sequence">Place of the event in the map.</param>
/// <param name="Row">Key of the row; null for a question about several, or about the map.</param>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="Verb">With which step: a remark, or the reason of another one.</param>
/// <param name="Text">What was said; of <c>park</c> what it waits for.</param>
/// <param name="Question">Number of the question that was asked, answered or withdrawn by it; or null.</param>
internal sealed record RowComment(long Sequence, string? Row, DateTimeOffset At, string By, string Verb, string Text, int? Question = null);

/// <summary>A page of what was said, the newest first.</summary>
/// <param name="Comments">Fewer than asked for where much happened in between.</param>
/// <param name="Next">Cursor of the next page; null at the beginning of the map.</param>
internal sealed record CommentPage(IReadOnlyList<RowComment> Comments, string? Next);

/// <summary>What people say to one another about the rows of a map.</summary>
internal static class CommentEndpoints
{
    private const int UsualPage = 100, LargestPage = 1000, MostEvents = 20_000;

    // Reasons that a program gives for what follows by itself are no talk.
    private static readonly HashSet<string> Talk = new(StringComparer.Ordinal) { "comment", "park", "resume", "request-changes", "adjudicate", "confirm" };

    public static void Map(RouteGroupBuilder maps, MapWork work, MapBook book)
        => maps.MapGet("/{map}/comments", (HttpContext context, string map) => MapEndpoints.Answer(context, async who =>
        {
            var state = work.Find(map, who, MapAction.ReadDrafts);
            var query = context.Request.Query;
            var limit = int.TryParse(query["limit"], CultureInfo.InvariantCulture, out var wanted) && wanted is > 0 and <= LargestPage ? wanted : UsualPage;
            var before = long.TryParse(query["cursor"], CultureInfo.InvariantCulture, out var cursor) && cursor > 0 ? cursor : long.MaxValue;
            return Problems.Json(await PageAsync(book, state, who, before, limit));
        }))
            .Says<CommentPage>("What people said about rows, the newest first", MapAction.ReadDrafts, said => said with { More = "Remarks, questions and their answers, what rows are parked for, and the reasons of those who review.", Query = [.. Asked.Page(UsualPage, LargestPage)] });

    private static async Task<CommentPage> PageAsync(MapBook book, MapState state, Person who, long before, int limit)
    {
        var (comments, seen) = (new List<RowComment>(), 0);
        await foreach (var (place, happened) in book.BackwardsAsync(state.Project.Id, before))
        {
            if (comments.Count == limit || seen++ == MostEvents) return new(comments, before.ToString(CultureInfo.InvariantCulture));
            before = place;
            if (Said(happened) is { } said && IsShown(happened, state, who)) comments.Add(said);
        }
        return new(comments, null);
    }

    private static RowComment? Said(MapEvent happened)
    {
        RowComment? Comment(string? key, string? text, int? question = null) => text is null ? null : new(happened.Sequence, key, happened.At, happened.Actor, happened.Verb, text, question);
        if (happened.Question is { } question) return Comment(question.Rows is [var key] ? key : null, question.Withdrawal?.Reason ?? question.Answer?.Text ?? question.Text, question.Number);
        if (happened.Row is not { } row || !Talk.Contains(happened.Verb) || happened.Kind == ActorKind.System || row.Question is not null) return null; // the question says so itself
        return Comment(row.Key, happened.Verb == "park" ? row.ParkedFor : happened.Reason);
    }

    /// <summary>Of two authors who work blindly neither reads what the other says before both have handed in.</summary>
    private static bool IsShown(MapEvent happened, MapState state, Person who)
        => happened.Actor == who.Name || (happened.Question is { } question ? QuestionView.IsShown(question, state, who) : RowView.IsWhole(state, happened.Row!.Key, who));
}

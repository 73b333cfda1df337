using System.Globalization;
using Terminology.Issues;
using Terminology.Mapping.People;
using Terminology.Server.Access;
using Terminology.Server.OpenApi;

namespace Terminology.Server.MapApi;

/// <summary>People and their tokens, for who has the scope admin.</summary>
internal static class UserEndpoints
{
    /// <summary>What a token is asked to be.</summary>
    /// <param name="Expires">A date or a moment; null for never.</param>
    internal sealed record TokenRequest(string? Expires = null);

    public static void MapUsers(this RouteGroupBuilder api, People people)
    {
        var users = api.MapGroup("").WithMetadata(new Needs(Scope.Admin));
        Task<IResult> List() => Task.FromResult(Problems.Json(people.All));
        users.MapGet("/users", (HttpContext context) => Problems.AnswerAsync(context, List))
            .Says<IEnumerable<UserInfo>>("All people");
        users.MapPost("/users", (HttpContext context) => Problems.AnswerAsync(context, async () => Problems.Json(await people.PutAsync(await Problems.ReadAsync<UserInfo>(context.Request), Caller.Of(context).Name), StatusCodes.Status201Created)))
            .Says<UserInfo, UserInfo>("Makes a person, or gives one other roles", null, """{"name":"ada","roles":{"lab":["author"]}}""", said => said with { More = $"Roles by domain, `*` for all domains; roles are {MapRoles.Known}.", Status = StatusCodes.Status201Created });
        users.MapPost("/users/{name}/tokens", (HttpContext context, string name) => Problems.AnswerAsync(context, async () =>
        {
            context.Response.Headers.CacheControl = "no-store";
            var request = context.Request.ContentLength is null or 0 ? new() : await Problems.ReadAsync<TokenRequest>(context.Request);
            return Problems.Json(await people.IssueAsync(name, Moment(request.Expires), Caller.Of(context).Name), StatusCodes.Status201Created);
        }))
            .Says(() => new Said("Makes a token for a person") { More = "The token itself is in this answer and never shown again.", Request = new(typeof(TokenRequest), Example: """{"expires":"2099-12-31"}""", IsOptional: true), Answer = new(typeof(TokenInfo)), Status = StatusCodes.Status201Created });
        users.MapDelete("/tokens/{id}", (HttpContext context, string id) => Problems.AnswerAsync(context, async () =>
        {
            await people.RevokeAsync(id, Caller.Of(context).Name);
            return Results.NoContent();
        }))
            .Says(() => new Said("Takes a token back") { Status = StatusCodes.Status204NoContent });
    }

    private static DateTimeOffset? Moment(string? text) => text is null ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment
        : throw new TerminologyException(IssueType.Value, "INVALID_EXPIRY", AccessMessages.InvalidExpiry(text)) { Expression = "expires" };
}

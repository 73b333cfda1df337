using Terminology.Issues;
using Terminology.Server.Access;
using Terminology.Server.FhirApi;
using Terminology.Server.MapApi;
using Terminology.Server.OpenApi;

namespace Terminology.Server.Api;

/// <summary>Keys over HTTP: <c>POST</c>, <c>GET</c> and <c>DELETE</c> on <c>/api/keys</c>, for who has the scope admin.</summary>
internal static class KeysApi
{
    public static void MapKeys(this RouteGroupBuilder api, ApiKeys keys)
    {
        var admin = new Needs(Scope.Admin);
        api.MapPost("/keys", (HttpContext context) => AnswerAsync(context, async () => Results.Json(await keys.CreateAsync(await RequestJson.ReadAsync<KeyRequest>(context.Request), Caller.Of(context).Name), statusCode: StatusCodes.Status201Created))).WithMetadata(admin)
            .Says<KeyRequest, KeyInfo>("Makes a key for a program", null, """{"name":"lab-feed","scopes":["read","maps"]}""", said => said with { More = "The key itself is in this answer and never shown again.", Status = StatusCodes.Status201Created, IsFhir = true });
        api.MapGet("/keys", (HttpContext context) => AnswerAsync(context, async () => Results.Json(await keys.ListAsync()))).WithMetadata(admin)
            .Says<IEnumerable<KeyInfo>>("All keys", null, said => said with { IsFhir = true });
        api.MapDelete("/keys/{name}", (HttpContext context, string name) => AnswerAsync(context, async () =>
        {
            await keys.RevokeAsync(name, Caller.Of(context).Name);
            return Results.NoContent();
        })).WithMetadata(admin)
            .Says(() => new Said("Takes a key back") { Status = StatusCodes.Status204NoContent, IsFhir = true });
    }

    /// <summary>An answer, or the outcome that says why there is none.</summary>
    internal static async Task AnswerAsync(HttpContext context, Func<Task<IResult>> answer)
    {
        try
        {
            context.Response.Headers.CacheControl = "no-store";
            await (await answer()).ExecuteAsync(context);
        }
        catch (TerminologyException problem)
        {
            await FhirPipeline.WriteAsync(context, FhirErrors.Answer(problem));
        }
    }
}

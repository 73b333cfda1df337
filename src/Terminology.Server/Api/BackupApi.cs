using Terminology.Journal;
using Terminology.Server.Access;
using Terminology.Server.Backup;
using Terminology.Server.OpenApi;
using Terminology.Store.Data;

namespace Terminology.Server.Api;

/// <summary><c>POST /api/backup</c>: a backup as the body of the answer, for who has the scope admin.</summary>
internal static class BackupApi
{
    public static void MapBackup(this RouteGroupBuilder api, DataFolder folder, IJournal journal)
    {
        Task<IResult> Answer() => Task.FromResult(Results.Stream(target => BackupFile.WriteAsync(folder, journal, target), "application/zip"));
        Task AnswerAsync(HttpContext context) => KeysApi.AnswerAsync(context, Answer);
        api.MapPost("/backup", AnswerAsync).WithMetadata(new Needs(Scope.Admin))
            .Says(() => new Said("A backup of what people wrote") { More = "Resources, keys, people, maps with their logs, and which releases are live; not the releases themselves.", Answer = new(null, "application/zip") { Meaning = "The backup, for `terminology restore`." }, IsFhir = true });
    }
}

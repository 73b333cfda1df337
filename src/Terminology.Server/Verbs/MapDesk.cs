using System.CommandLine;
using System.Net.Http.Headers;
using Terminology.Issues;
using Terminology.Server.Access;
using Terminology.Server.Api;
using Terminology.Server.Hosting;
using Terminology.Store.Data;

namespace Terminology.Server.Verbs;

/// <summary>
/// Where the verbs of maps work: at the server that is named, at the one that has the data folder or, when none runs, at one that this process is for a moment. There is no other door: rights and
/// rules are those of <c>/api</c>.
/// </summary>
internal static class MapDesk
{
    public static Option<string?> Token { get; } = new("--token") { Description = "Token of a person, or key of a program, whose rights hold. Default: $TERMINOLOGY_TOKEN; reading at this machine needs none.", HelpName = "TOKEN" };

    public static Option<string?> Server { get; } = new("--server") { Description = "A server elsewhere. Default: the one over the data folder.", HelpName = "URL" };

    public static async Task<T> AskAsync<T>(ParseResult parsed, Func<MapClient, Task<T>> ask)
    {
        var token = parsed.GetValue(Token) ?? Environment.GetEnvironmentVariable("TERMINOLOGY_TOKEN");
        if (parsed.GetValue(Server) is { } url) return await ElsewhereAsync(url, token, ask);
        var data = parsed.GetValue(CommandLine.Data)!;
        if (ServerFile.Read(data) is { } running && await Owner.ReachAsync(running) is { } client)
        {
            using (client) return await WithAsync(client, token, ask);
        }
        await using var app = ServeVerb.Build(DataFolder.Open(data, TimeProvider.System), new() { Urls = "http://127.0.0.1:0", IsQuiet = true });
        await app.StartAsync();
        try
        {
            using var own = new HttpClient { BaseAddress = new(app.Urls.First()), Timeout = Timeout.InfiniteTimeSpan };
            return await WithAsync(own, token ?? app.Services.GetRequiredService<OwnerSecret>().Value, ask);
        }
        finally
        {
            await app.StopAsync();
        }
    }

    private static async Task<T> ElsewhereAsync<T>(string url, string? token, Func<MapClient, Task<T>> ask)
    {
        if (!Uri.TryCreate(url.TrimEnd('/') + "/", UriKind.Absolute, out var address)) throw new TerminologyException(IssueType.Value, "WRONG_USAGE", FolderMessages.NoAddress(url));
        using var client = new HttpClient { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan };
        return await WithAsync(client, token ?? throw new TerminologyException(IssueType.Required, "WRONG_USAGE", FolderMessages.TokenNeeded()), ask);
    }

    private static Task<T> WithAsync<T>(HttpClient client, string? token, Func<MapClient, Task<T>> ask)
    {
        if (token is not null) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return ask(new MapClient(client));
    }
}

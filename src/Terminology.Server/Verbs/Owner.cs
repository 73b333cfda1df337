using System.Net.Http.Headers;
using System.Security.Cryptography;
using Terminology.Issues;
using Terminology.Journal;
using Terminology.Server.Hosting;
using Terminology.Server.Maps;

namespace Terminology.Server.Verbs;

/// <summary>A verb that changes the journal: through the server that has it or, when none runs, by taking it for a moment.</summary>
internal static class Owner
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <param name="data">The data folder.</param>
    /// <param name="here">With the journal in this process.</param>
    /// <param name="there">With the running server.</param>
    /// <exception cref="TerminologyException">Conflict: a process has the journal that cannot be reached.</exception>
    public static async Task<T> AskAsync<T>(string data, Func<IJournal, Task<T>> here, Func<HttpClient, Task<T>> there)
    {
        var tried = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                using var journal = MapJournal.Open(data, TimeProvider.System);
                return await here(journal);
            }
            catch (TerminologyException problem) when (problem.MessageId == "JOURNAL_OWNED")
            {
                // A server that is starting has the journal before it can be reached.
                if (ServerFile.Read(data) is { } running && await ReachAsync(running) is { } client)
                {
                    using (client) return await there(client);
                }
                if (TimeProvider.System.GetElapsedTime(tried) > Patience) throw;
                await Task.Delay(100);
            }
        }
    }

    /// <summary>The server that runs, known by its certificate and its secret; null when it was killed.</summary>
    internal static async Task<HttpClient?> ReachAsync(ServerFile running)
    {
        // The certificate is for the name that others use: here the server is known by the certificate itself.
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null && certificate.GetCertHashString(HashAlgorithmName.SHA256) == running.Certificate },
        };
        var client = new HttpClient(handler) { BaseAddress = new(running.Url), Timeout = Timeout.InfiniteTimeSpan };
        try
        {
            using var live = await client.GetAsync(new Uri("health/live", UriKind.Relative));
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", running.Secret);
            return client;
        }
        catch (HttpRequestException)
        {
            client.Dispose();
            return null;
        }
    }
}

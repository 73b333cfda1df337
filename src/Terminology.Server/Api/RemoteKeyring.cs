using System.Text.Json;
using Terminology.Issues;
using Terminology.Server.Access;

namespace Terminology.Server.Api;

/// <summary>The keys of the server that has the journal, over its <c>/api</c>.</summary>
internal sealed class RemoteKeyring(HttpClient server) : IKeyring
{
    private static readonly Uri Keys = new("api/keys", UriKind.Relative);

    public async Task<KeyInfo> CreateAsync(KeyRequest request, string author)
    {
        using var response = await server.PostAsJsonAsync(Keys, request);
        return (await CheckedAsync(response).ReadFromJsonAsync<KeyInfo>())!;
    }

    public async Task<IReadOnlyList<KeyInfo>> ListAsync()
    {
        using var response = await server.GetAsync(Keys);
        return (await CheckedAsync(response).ReadFromJsonAsync<KeyInfo[]>())!;
    }

    public async Task RevokeAsync(string name, string author)
    {
        using var response = await server.DeleteAsync(new Uri($"{Keys}/{Uri.EscapeDataString(name)}", UriKind.Relative));
        CheckedAsync(response);
    }

    private static HttpContent CheckedAsync(HttpResponseMessage response)
    {
        if (response.IsSuccessStatusCode) return response.Content;
        using var outcome = JsonDocument.Parse(response.Content.ReadAsStream());
        throw new TerminologyException(
            IssueType.Processing, "REFUSED_BY_SERVER", outcome.RootElement.GetProperty("issue")[0].GetProperty("details").GetProperty("text").GetString()!);
    }
}

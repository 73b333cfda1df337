using System.Text.Json;
using Terminology.Issues;
using Terminology.Mapping;
using Terminology.Server.Access;

namespace Terminology.Server.Api;

/// <summary>The people of the server that has the journal, over its <c>/api</c>.</summary>
internal sealed class RemotePeople(HttpClient server) : IPeople
{
    public IEnumerable<UserInfo> All => Read<UserInfo[]>(server.Send(new(HttpMethod.Get, "api/users")));

    public async Task<UserInfo> PutAsync(UserInfo user, string author) => Read<UserInfo>(await server.PostAsJsonAsync(new Uri("api/users", UriKind.Relative), user, MappingJson.Options));

    public async Task<TokenInfo> IssueAsync(string user, DateTimeOffset? expires, string author)
        => Read<TokenInfo>(await server.PostAsJsonAsync(new Uri($"api/users/{Uri.EscapeDataString(user)}/tokens", UriKind.Relative), new { expires }, MappingJson.Options));

    public async Task RevokeAsync(string id, string author) => Read<object>(await server.DeleteAsync(new Uri($"api/tokens/{Uri.EscapeDataString(id)}", UriKind.Relative)));

    private static T Read<T>(HttpResponseMessage response)
    {
        using (response)
        {
            var body = response.Content.ReadAsStream();
            if (response.IsSuccessStatusCode) return response.StatusCode == System.Net.HttpStatusCode.NoContent ? default! : JsonSerializer.Deserialize<T>(body, MappingJson.Options)!;
            using var problem = JsonDocument.Parse(body);
            throw new TerminologyException(IssueType.Processing, "REFUSED_BY_SERVER", problem.RootElement.GetProperty("detail").GetString()!);
        }
    }
}

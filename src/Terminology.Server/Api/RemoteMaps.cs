using System.Text.Json;

namespace Terminology.Server.Api;

/// <summary>The maps of the server that has the journal, over its <c>/api</c>.</summary>
internal sealed class RemoteMaps(HttpClient server)
{
    /// <summary>The faults in the log of each map.</summary>
    public async Task<IReadOnlyList<(string Map, IReadOnlyList<string> Faults)>> ChainsAsync()
    {
        var chains = new List<(string Map, IReadOnlyList<string> Faults)>();
        var maps = await server.GetFromJsonAsync<JsonElement>(new Uri("api/maps", UriKind.Relative));
        foreach (var id in maps.EnumerateArray().Select(map => map.GetProperty("map").GetProperty("id").GetString()!))
        {
            var verified = await server.GetFromJsonAsync<JsonElement>(new Uri($"api/maps/{Uri.EscapeDataString(id)}/verify", UriKind.Relative));
            chains.Add((id, verified.TryGetProperty("faults", out var faults) ? [.. faults.EnumerateArray().Select(fault => fault.GetString()!)] : []));
        }
        return chains;
    }
}

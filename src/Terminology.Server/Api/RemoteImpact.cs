using System.Text.Json;
using Terminology.Issues;
using Terminology.Mapping;
using Terminology.Mapping.Impact;

namespace Terminology.Server.Api;

/// <summary>What a release does to the maps of the server that has the journal, over its <c>/api</c>.</summary>
internal sealed class RemoteImpact(HttpClient server)
{
    private const int Page = 100_000;

    /// <summary>The reports of all maps with this system, or of the one that is named.</summary>
    /// <param name="release">The new release.</param>
    /// <param name="from">The version to compare with, or null.</param>
    /// <param name="map">Id of a map, or null for all.</param>
    public async Task<IReadOnlyList<ImpactReport>> ReportsAsync(VersionedUrl release, string? from, string? map)
    {
        var reports = new List<ImpactReport>();
        var maps = await server.GetFromJsonAsync<JsonElement>(new Uri("api/maps", UriKind.Relative));
        foreach (var known in maps.EnumerateArray().Select(view => view.GetProperty("map")))
        {
            var id = known.GetProperty("id").GetString()!;
            if (map is null ? !Concerns(known, release.Url) : map != id && map != known.GetProperty("url").GetString()) continue;
            reports.Add(await WholeAsync(id, release, from));
        }
        return reports;
    }

    private static bool Concerns(JsonElement map, string system)
        => map.GetProperty("sourceSystem").GetString() == system || map.GetProperty("targetSystems").EnumerateArray().Any(target => target.GetString() == system);

    private async Task<ImpactReport> WholeAsync(string id, VersionedUrl release, string? from)
    {
        var query = $"api/maps/{Uri.EscapeDataString(id)}/impact?system={Uri.EscapeDataString(release.Url)}&version={Uri.EscapeDataString(release.Version ?? "")}&limit={Page}{(from is null ? "" : $"&from={Uri.EscapeDataString(from)}")}";
        var report = await ReadAsync(query);
        var rows = report.List.ToList();
        for (var next = report.Next; next is { } at;)
        {
            var page = await ReadAsync($"{query}&cursor={at}");
            rows.AddRange(page.List);
            next = page.Next;
        }
        return report with { List = rows, Next = null };
    }

    private async Task<ImpactReport> ReadAsync(string query)
    {
        using var response = await server.GetAsync(new Uri(query, UriKind.Relative));
        var body = await response.Content.ReadAsStreamAsync();
        if (response.IsSuccessStatusCode) return (await JsonSerializer.DeserializeAsync<ImpactReport>(body, MappingJson.Options))!;
        using var problem = await JsonDocument.ParseAsync(body);
        throw new TerminologyException(IssueType.Processing, "REFUSED_BY_SERVER", problem.RootElement.GetProperty("detail").GetString()!);
    }
}

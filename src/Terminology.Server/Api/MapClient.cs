using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Terminology.Issues;
using Terminology.Loaders.Maps.Folders;
using Terminology.Mapping;
using Terminology.Mapping.Maps;
using Terminology.Mapping.Quality;
using Terminology.Mapping.Releases;
using Terminology.Mapping.Rows;
using Terminology.Mapping.Tests;
using Terminology.Server.MapApi;

namespace Terminology.Server.Api;

/// <summary>A map of a server as text, and back, over its <c>/api</c>: with the rights of the token, and by the rules that hold for everybody.</summary>
internal sealed class MapClient(HttpClient server)
{
    private const int Page = 1000, Chunk = 2000;

    /// <summary>The map as text: what is said now or, with a number, what was released.</summary>
    /// <exception cref="TerminologyException">NotFound, Forbidden.</exception>
    public async Task<MapFolder> ExportAsync(string map, int? release)
    {
        FolderWaiver[] waivers = [.. (await ReadAsync<IReadOnlyList<Waiver>>(HttpMethod.Get, $"{Path(map)}/waivers")).Select(FolderWaiver.Of).OrderBy(waiver => waiver.Finding, StringComparer.Ordinal)];
        if (release is { } number)
        {
            var content = ReleaseContent.Read(await ContentAsync(map, number));
            return new() { Map = content.Map, KnowsContext = false, Waivers = waivers, Rows = [.. content.Rows.Select(row => new FolderRow(row.Key, row.Code, row.Display, row.Approved.Content) { State = MapRowState.Approved, Approval = Of(row.Approved) })] };
        }
        var project = (await ReadAsync<MapView>(HttpMethod.Get, Path(map))).Map with { Tests = (await ReadAsync<MapTestReport>(HttpMethod.Get, $"{Path(map)}/tests")).Tests.Given() };
        var rows = new List<FolderRow>();
        await foreach (var row in RowsAsync(map))
        {
            if (row.State == MapRowState.Retired) continue;
            var content = row.Content.IsEmpty && row.Approved is not null ? row.Approved.Content : row.Content;
            rows.Add(new(row.Key, row.Code, row.Display, content) { Context = row.Context, State = row.State, Approval = row.Approved is { } approved && approved.Content.Equals(content) ? Of(approved) : null });
        }
        return new() { Map = project, Waivers = waivers, Rows = [.. rows.OrderBy(row => row.Key, StringComparer.Ordinal)] };
    }

    /// <summary>Is there such a map?</summary>
    public async Task<bool> ExistsAsync(string map)
    {
        using var response = await server.GetAsync(new Uri(Path(map), UriKind.Relative));
        if (response.StatusCode == HttpStatusCode.NotFound) return false;
        await CheckedAsync(response);
        return true;
    }

    public Task CreateAsync(MapProject map) => ReadAsync<MapView>(HttpMethod.Post, "api/maps", map);

    /// <summary>Brings rows in as drafts; approvals of the text go with them as evidence.</summary>
    public async Task<RowImportResult> ImportAsync(string map, IReadOnlyList<FolderRow> rows)
    {
        var sum = new RowImportResult(0, 0, 0, 0, 0, 0, 0, []);
        foreach (var chunk in rows.Chunk(Chunk))
        {
            var part = await ReadAsync<RowImportResult>(HttpMethod.Post, $"{Path(map)}/rows:import", new RowImport([.. chunk.Select(Input)]));
            sum = new(sum.Read + part.Read, sum.Entered + part.Entered, sum.Changed + part.Changed, sum.Unchanged + part.Unchanged, sum.Drafted + part.Drafted, sum.Back + part.Back, sum.Withdrawn + part.Withdrawn, [.. sum.Refused, .. part.Refused.Given()]);
        }
        return sum;
    }

    /// <summary>Withdraws rows.</summary>
    public Task<BulkResult> WithdrawAsync(string map, IReadOnlyList<string> keys)
        => ReadAsync<BulkResult>(HttpMethod.Post, $"{Path(map)}/rows:bulk", new BulkRequest(new(RowVerb.Retire) { Reason = "not in the text of the map any more" }) { Keys = keys });

    /// <summary>The text has all tests: they take the place of those that there are now.</summary>
    public async Task<MapTestReport> PutTestsAsync(string map, IReadOnlyList<MapTest> tests)
        => await ReadAsync<MapTestReport>(HttpMethod.Put, $"{Path(map)}/tests", new MapTestSet { Tests = tests }, (await ReadAsync<MapTestReport>(HttpMethod.Get, $"{Path(map)}/tests")).Version);

    public async Task<IReadOnlyList<MapRelease>> ReleasesAsync(string map) => (await ReadAsync<ReleaseList>(HttpMethod.Get, $"{Path(map)}/releases")).Releases.Given();

    public Task<MapRelease> FreezeAsync(string map, string? notes, ReleaseWindows? windows = null) => ReadAsync<MapRelease>(HttpMethod.Post, $"{Path(map)}/releases:freeze", new FreezeRequest(notes, windows));

    public Task<MapRelease> StepAsync(string map, int release, string verb, ReleaseCommand? command = null) => ReadAsync<MapRelease>(HttpMethod.Post, $"{Path(map)}/releases/{release}:{verb}", command);

    /// <summary>The bytes of a release.</summary>
    public Task<byte[]> ContentAsync(string map, int release) => BytesAsync($"{Path(map)}/releases/{release}/content");

    private async IAsyncEnumerable<MapRow> RowsAsync(string map)
    {
        string? next = "0";
        while (next is not null)
        {
            var page = await ReadAsync<RowPage>(HttpMethod.Get, $"{Path(map)}/rows?limit={Page}&cursor={next}");
            foreach (var row in page.Rows.Given()) yield return row.Row;
            next = page.Next;
        }
    }

    private static RowInput Input(FolderRow row) => new(row.Code)
    {
        Key = row.Key,
        Display = row.Display,
        Context = row.Context,
        Content = row.Content.IsEmpty ? null : row.Content,
        Evidence = row.Approval is { } approval ? [new("approved elsewhere", $"{approval.By}, {approval.At:yyyy-MM-dd}; said by {string.Join(", ", approval.Authors)}")] : [],
    };

    private static FolderApproval Of(Approval approval) => new(approval.Authors, approval.By, approval.At);

    private static string Path(string map) => $"api/maps/{Uri.EscapeDataString(map)}";

    private async Task<T> ReadAsync<T>(HttpMethod method, string path, object? body = null, string? seen = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (seen is not null) request.Headers.IfMatch.Add(new($"\"{seen}\""));
        if (body is not null)
        {
            request.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, MappingJson.Options));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }
        using var response = await server.SendAsync(request);
        await CheckedAsync(response);
        return (await response.Content.ReadFromJsonAsync<T>(MappingJson.Options))!;
    }

    private async Task<byte[]> BytesAsync(string path)
    {
        using var response = await server.GetAsync(new Uri(path, UriKind.Relative));
        await CheckedAsync(response);
        return await response.Content.ReadAsByteArrayAsync();
    }

    /// <summary>A refusal in the words of the server; of what kind it is stays known.</summary>
    private static async Task CheckedAsync(HttpResponseMessage response)
    {
        if (response.IsSuccessStatusCode) return;
        var body = await response.Content.ReadAsStringAsync();
        var text = $"The server answered {(int)response.StatusCode}.";
        try
        {
            using var problem = JsonDocument.Parse(body);
            if (problem.RootElement.TryGetProperty("detail", out var detail)) text = detail.GetString()!;
            else if (problem.RootElement.TryGetProperty("issue", out var issue)) text = issue[0].GetProperty("details").GetProperty("text").GetString()!;
        }
        catch (JsonException)
        {
            // A proxy in between says nothing that is JSON.
        }
        var type = response.StatusCode switch { HttpStatusCode.Forbidden => IssueType.Forbidden, HttpStatusCode.Unauthorized => IssueType.Login, HttpStatusCode.NotFound => IssueType.NotFound, HttpStatusCode.Conflict => IssueType.Conflict, _ => IssueType.Processing };
        throw new TerminologyException(type, "REFUSED_BY_SERVER", text);
    }
}

/// <summary>JSON of <c>/api</c> leaves empty lists out.</summary>
internal static class GivenLists
{
    /// <summary>The list, empty where none was sent.</summary>
    public static IReadOnlyList<T> Given<T>(this IReadOnlyList<T>? list) => list ?? [];
}

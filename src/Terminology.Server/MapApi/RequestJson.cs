using System.Text.Json;
using System.Text.Unicode;
using Terminology.Fhir.Json;
using Terminology.Issues;
using Terminology.Mapping;

namespace Terminology.Server.MapApi;

/// <summary>The one way by which JSON of clients of <c>/api</c> becomes a record: what is not as expected is told with its path, what is there and what belongs there.</summary>
internal static class RequestJson
{
    /// <summary>The body of a request.</summary>
    /// <exception cref="TerminologyException">Structure: it is no JSON, or no such JSON; all faults are named.</exception>
    public static async Task<T> ReadAsync<T>(HttpRequest request)
    {
        if (!request.HasJsonContentType()) throw new TerminologyException(IssueType.Structure, "INVALID_JSON", JsonMessages.JsonNeeded(request.ContentType));
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        return Read<T>(body.GetBuffer().AsMemory(0, (int)body.Length));
    }

    /// <summary>A record from its JSON.</summary>
    /// <param name="json">UTF-8, with a byte order mark or without.</param>
    /// <param name="field">The field of a form that has it; null: the body has.</param>
    /// <exception cref="TerminologyException">Structure: it is no JSON, or no such JSON; all faults are named.</exception>
    public static T Read<T>(ReadOnlyMemory<byte> json, string? field = null)
    {
        if (json.Span.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) json = json[3..];
        try
        {
            if (JsonSerializer.Deserialize<T>(json.Span, MappingJson.Requests) is { } value) return value;
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            // what is wrong is said below, in the words of who sent it
        }
        RefuseOther(json);
        FieldProblem[] fields = [.. JsonFaults.Of<T>(json).Select(fault => new FieldProblem(Place(field, fault.Path), fault.Text))];
        throw new InvalidFields(fields.Length > 0 ? fields : [new(field ?? "$", JsonMessages.NotReadable())], IssueType.Structure, "INVALID_JSON");
    }

    /// <summary>What is no JSON at all is told by line and byte.</summary>
    private static void RefuseOther(ReadOnlyMemory<byte> json)
    {
        if (!Utf8.IsValid(json.Span)) throw new TerminologyException(IssueType.Structure, "INVALID_JSON", JsonMessages.NotUtf8());
        try
        {
            JsonDocument.Parse(json).Dispose();
        }
        catch (JsonException problem)
        {
            throw new JsonFormat(problem);
        }
    }

    private static string Place(string? field, string path) => field is null ? path : path == "$" ? field : $"{field}.{path}";
}

using System.Text.Json;
using Terminology.Fhir.Json;
using Terminology.Issues;

namespace Terminology.Fhir.Operations;

/// <summary>One request of a batch.</summary>
/// <param name="Method">GET or POST.</param>
/// <param name="Path">Relative path without query.</param>
/// <param name="Input">Query and resource together.</param>
public sealed record BatchRequest(string Method, string Path, OperationInput Input);

/// <summary>Reads a batch Bundle.</summary>
/// <remarks>FHIR R4 <see href="https://hl7.org/fhir/R4/http.html#transaction">batch</see>.</remarks>
public static class BatchReader
{
    /// <param name="json">The Bundle.</param>
    /// <param name="most">Most entries.</param>
    /// <exception cref="TerminologyException">Structure: no batch Bundle. TooLong: too many entries.</exception>
    public static IReadOnlyList<BatchRequest> Read(ReadOnlyMemory<byte> json, int most)
    {
        var root = JsonNode.Root(json, out _).Expect("Bundle");
        if (root.Required("type") is not "batch" and var type) throw root.Fault("type", $"is '{type}' and must be batch");
        var entries = root.Objects("entry").ToArray();
        if (entries.Length > most) throw new TerminologyException(IssueType.TooLong, "BATCH_TOO_LONG", $"The Bundle has {entries.Length:N0} entries, more than {most:N0}; send it in parts.");
        return [.. entries.Select(Read)];
    }

    private static BatchRequest Read(JsonNode entry)
    {
        var request = entry.Object("request") ?? throw entry.Fault("request", "is missing");
        var url = request.Required("url");
        var at = url.IndexOf('?');
        var query = at < 0 ? OperationInput.Empty : OperationInput.FromQuery(url[(at + 1)..].Split('&').Select(Pair));
        var input = entry.Object("resource") is { } resource ? OperationInput.From(resource).With(query) : query;
        return new(request.Required("method"), at < 0 ? url : url[..at], input);
    }

    private static KeyValuePair<string, string> Pair(string text)
    {
        var at = text.IndexOf('=');
        return at < 0 ? new(Decode(text), "") : new(Decode(text[..at]), Decode(text[(at + 1)..]));
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}

/// <summary>Writes the answer to a batch.</summary>
public static class BatchWriter
{
    /// <summary>A batch-response Bundle; entries in the order of the requests.</summary>
    public static void Write(Utf8JsonWriter writer, IEnumerable<(int Status, Action<Utf8JsonWriter> Resource)> answers)
    {
        writer.WriteStartObject();
        writer.WriteString("resourceType"u8, "Bundle"u8);
        writer.WriteString("type"u8, "batch-response"u8);
        var begun = false;
        foreach (var (status, resource) in answers)
        {
            if (!begun) writer.WriteStartArray("entry"u8);
            begun = true;
            writer.WriteStartObject();
            if (status < 400)
            {
                writer.WritePropertyName("resource"u8);
                resource(writer);
            }
            writer.WriteStartObject("response"u8);
            writer.WriteString("status"u8, status.ToString(System.Globalization.CultureInfo.InvariantCulture));
            if (status >= 400)
            {
                writer.WritePropertyName("outcome"u8);
                resource(writer);
            }
            writer.WriteEndObject();
            writer.WriteEndObject();
        }
        if (begun) writer.WriteEndArray();
        writer.WriteEndObject();
    }
}

/// <summary>One hit of a search.</summary>
/// <param name="FullUrl">Where it can be read.</param>
/// <param name="Resource">Writes it.</param>
public sealed record SearchHit(string FullUrl, Action<Utf8JsonWriter> Resource);

/// <summary>Writes a searchset Bundle.</summary>
public static class SearchBundleWriter
{
    /// <param name="writer">Where to.</param>
    /// <param name="total">Hits in all pages.</param>
    /// <param name="next">Link to the next page, or null.</param>
    /// <param name="hits">This page.</param>
    public static void Write(Utf8JsonWriter writer, int total, string? next, IReadOnlyList<SearchHit> hits)
    {
        writer.WriteStartObject();
        writer.WriteString("resourceType"u8, "Bundle"u8);
        writer.WriteString("type"u8, "searchset"u8);
        writer.WriteNumber("total"u8, total);
        if (next is not null)
        {
            writer.WriteStartArray("link"u8);
            writer.WriteStartObject();
            writer.WriteString("relation"u8, "next"u8);
            writer.WriteString("url"u8, next);
            writer.WriteEndObject();
            writer.WriteEndArray();
        }
        if (hits.Count > 0)
        {
            writer.WriteStartArray("entry"u8);
            foreach (var hit in hits)
            {
                writer.WriteStartObject();
                writer.WriteString("fullUrl"u8, hit.FullUrl);
                writer.WritePropertyName("resource"u8);
                hit.Resource(writer);
                writer.WriteStartObject("search"u8);
                writer.WriteString("mode"u8, "match"u8);
                writer.WriteEndObject();
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
        }
        writer.WriteEndObject();
    }
}

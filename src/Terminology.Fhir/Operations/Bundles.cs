using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Terminology.Fhir.Json;
using Terminology.Fhir.Resources;
using Terminology.Issues;
using Terminology.Journal;

namespace Terminology.Fhir.Operations;

/// <summary>One request of a batch or transaction.</summary>
/// <param name="Method">GET, POST, PUT, DELETE …</param>
/// <param name="Path">Relative path without query.</param>
/// <param name="Query">The query, without question mark; may be empty.</param>
/// <param name="Body">The resource sent with it, JSON in UTF-8; empty when there is none.</param>
public sealed record BatchRequest(string Method, string Path, string Query, ReadOnlyMemory<byte> Body)
{
    /// <summary>As the header of this name, or null.</summary>
    public string? IfMatch { get; init; }

    /// <summary>As the header of this name, or null.</summary>
    public string? IfNoneMatch { get; init; }

    /// <summary>As the header of this name, or null.</summary>
    public string? IfNoneExist { get; init; }

    /// <summary>Query and resource together, as parameters of an operation.</summary>
    /// <exception cref="TerminologyException">Structure: the resource cannot be parameters.</exception>
    public OperationInput Input() => Body.IsEmpty ? OperationInput.FromQuery(Query) : OperationInput.FromJson(Body).With(OperationInput.FromQuery(Query));
}

/// <summary>Reads a batch or transaction Bundle.</summary>
/// <remarks>FHIR R4 <see href="https://hl7.org/fhir/R4/http.html#transaction">batch and transaction</see>.</remarks>
public static class BatchReader
{
    /// <param name="json">The Bundle.</param>
    /// <param name="most">Most entries.</param>
    /// <param name="isTransaction">All or nothing?</param>
    /// <exception cref="TerminologyException">Structure: no batch Bundle. TooLong: too many entries.</exception>
    public static IReadOnlyList<BatchRequest> Read(ReadOnlyMemory<byte> json, int most, out bool isTransaction)
    {
        var root = JsonNode.Root(json, out var document).Expect("Bundle");
        using (document)
        {
            isTransaction = root.Required("type") switch
            {
                "batch" => false,
                "transaction" => true,
                var type => throw root.Fault("type", $"is '{type}' and must be batch or transaction"),
            };
            var entries = root.Objects("entry").ToArray();
            if (entries.Length > most) throw new TerminologyException(IssueType.TooLong, "BATCH_TOO_LONG", $"The Bundle has {entries.Length:N0} entries, more than {most:N0}; send it in parts.");
            return [.. entries.Select(Read)];
        }
    }

    private static BatchRequest Read(JsonNode entry)
    {
        var request = entry.Object("request") ?? throw entry.Fault("request", "is missing");
        var url = request.Required("url");
        var at = url.IndexOf('?');
        return new(
            request.Required("method"), at < 0 ? url : url[..at], at < 0 ? "" : url[(at + 1)..],
            entry.Object("resource") is { } resource ? JsonMarshal.GetRawUtf8Value(resource.Element).ToArray() : ReadOnlyMemory<byte>.Empty)
        {
            IfMatch = request.String("ifMatch"),
            IfNoneMatch = request.String("ifNoneMatch"),
            IfNoneExist = request.String("ifNoneExist"),
        };
    }
}

/// <summary>The answer to one entry of a batch or transaction.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Resource">Writes the resource, or for an error the outcome; null when there is none.</param>
public sealed record BatchAnswer(int Status, Action<Utf8JsonWriter>? Resource)
{
    /// <summary>Where what was written can be read, or null.</summary>
    public string? Location { get; init; }

    /// <summary>Its version, or null.</summary>
    public int? Version { get; init; }

    /// <summary>When it was written, or null.</summary>
    public DateTimeOffset? Modified { get; init; }
}

/// <summary>Writes the answer to a batch or transaction.</summary>
public static class BatchWriter
{
    /// <summary>A response Bundle; entries in the order of the requests.</summary>
    public static void Write(Utf8JsonWriter writer, bool isTransaction, IEnumerable<BatchAnswer> answers)
    {
        writer.WriteStartObject();
        writer.WriteString("resourceType"u8, "Bundle"u8);
        writer.WriteString("type"u8, isTransaction ? "transaction-response"u8 : "batch-response"u8);
        var begun = false;
        foreach (var answer in answers)
        {
            if (!begun) writer.WriteStartArray("entry"u8);
            begun = true;
            Write(writer, answer);
        }
        if (begun) writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, BatchAnswer answer)
    {
        var isError = answer.Status >= 400;
        writer.WriteStartObject();
        if (!isError && answer.Resource is { } resource)
        {
            writer.WritePropertyName("resource"u8);
            resource(writer);
        }
        writer.WriteStartObject("response"u8);
        writer.WriteString("status"u8, answer.Status.ToString(CultureInfo.InvariantCulture));
        if (answer.Location is not null) writer.WriteString("location"u8, answer.Location);
        if (answer.Version is { } version) writer.WriteString("etag"u8, $"W/\"{version}\"");
        if (answer.Modified is { } modified) writer.WriteString("lastModified"u8, ResourceTemplate.Instant(modified));
        if (isError && answer.Resource is { } outcome)
        {
            writer.WritePropertyName("outcome"u8);
            outcome(writer);
        }
        writer.WriteEndObject();
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
    /// <param name="links">Relations and addresses: self, first, previous, next, last.</param>
    /// <param name="hits">This page.</param>
    /// <param name="outcome">What there is to say about the search; usually empty.</param>
    public static void Write(Utf8JsonWriter writer, int total, IReadOnlyList<(string Relation, string Url)> links, IReadOnlyList<SearchHit> hits, IReadOnlyList<Issue> outcome)
    {
        writer.WriteStartObject();
        writer.WriteString("resourceType"u8, "Bundle"u8);
        writer.WriteString("type"u8, "searchset"u8);
        writer.WriteNumber("total"u8, total);
        WriteLinks(writer, links);
        if (hits.Count + outcome.Count > 0)
        {
            writer.WriteStartArray("entry"u8);
            foreach (var hit in hits) Write(writer, hit.FullUrl, hit.Resource, "match");
            if (outcome.Count > 0) Write(writer, null, target => OutcomeWriter.Write(target, outcome), "outcome");
            writer.WriteEndArray();
        }
        writer.WriteEndObject();
    }

    internal static void WriteLinks(Utf8JsonWriter writer, IReadOnlyList<(string Relation, string Url)> links)
    {
        if (links.Count == 0) return;
        writer.WriteStartArray("link"u8);
        foreach (var (relation, url) in links)
        {
            writer.WriteStartObject();
            writer.WriteString("relation"u8, relation);
            writer.WriteString("url"u8, url);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    /// <summary>The history of a resource that never changes: a history Bundle of one entry.</summary>
    public static void WriteSingleHistory(Utf8JsonWriter writer, string fullUrl, Action<Utf8JsonWriter> resource)
    {
        writer.WriteStartObject();
        writer.WriteString("resourceType"u8, "Bundle"u8);
        writer.WriteString("type"u8, "history"u8);
        writer.WriteNumber("total"u8, 1);
        writer.WriteStartArray("entry"u8);
        writer.WriteStartObject();
        writer.WriteString("fullUrl"u8, fullUrl);
        writer.WritePropertyName("resource"u8);
        resource(writer);
        writer.WriteStartObject("request"u8);
        writer.WriteString("method"u8, "PUT"u8);
        writer.WriteString("url"u8, string.Join('/', fullUrl.Split('/')[^2..]));
        writer.WriteEndObject();
        writer.WriteStartObject("response"u8);
        writer.WriteString("status"u8, "200"u8);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string? fullUrl, Action<Utf8JsonWriter> resource, string mode)
    {
        writer.WriteStartObject();
        if (fullUrl is not null) writer.WriteString("fullUrl"u8, fullUrl);
        writer.WritePropertyName("resource"u8);
        resource(writer);
        writer.WriteStartObject("search"u8);
        writer.WriteString("mode"u8, mode);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}

/// <summary>Writes a history Bundle.</summary>
/// <remarks>FHIR R4 <see href="https://hl7.org/fhir/R4/http.html#history">history</see>.</remarks>
public static class HistoryBundleWriter
{
    /// <param name="writer">Where to.</param>
    /// <param name="total">Versions in all pages; null when not counted.</param>
    /// <param name="links">Relations and addresses.</param>
    /// <param name="url">Base URL of the FHIR API.</param>
    /// <param name="versions">This page, the newest first.</param>
    public static void Write(Utf8JsonWriter writer, int? total, IReadOnlyList<(string Relation, string Url)> links, string url, IReadOnlyList<JournalDocument> versions)
    {
        writer.WriteStartObject();
        writer.WriteString("resourceType"u8, "Bundle"u8);
        writer.WriteString("type"u8, "history"u8);
        if (total is { } count) writer.WriteNumber("total"u8, count);
        SearchBundleWriter.WriteLinks(writer, links);
        if (versions.Count > 0)
        {
            writer.WriteStartArray("entry"u8);
            foreach (var version in versions) Write(writer, url, version);
            writer.WriteEndArray();
        }
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string url, JournalDocument version)
    {
        var name = $"{version.Collection}/{version.Id}";
        writer.WriteStartObject();
        writer.WriteString("fullUrl"u8, $"{url}/{name}");
        if (!version.Deleted)
        {
            writer.WritePropertyName("resource"u8);
            writer.WriteRawValue(version.Body.Span, skipInputValidation: true);
        }
        writer.WriteStartObject("request"u8);
        writer.WriteString("method"u8, version.Deleted ? "DELETE" : version.Version == 1 ? "POST" : "PUT");
        writer.WriteString("url"u8, version is { Version: 1, Deleted: false } ? version.Collection : name);
        writer.WriteEndObject();
        writer.WriteStartObject("response"u8);
        writer.WriteString("status"u8, version.Deleted ? "204" : version.Version == 1 ? "201" : "200");
        writer.WriteString("etag"u8, $"W/\"{version.Version}\"");
        writer.WriteString("lastModified"u8, ResourceTemplate.Instant(version.Instant));
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}

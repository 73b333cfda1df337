using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Terminology.Fhir.Json;

namespace Terminology.Fhir.Resources;

/// <summary>A resource on its way into the journal: everything of it as it was sent, but for what the server says itself: id, version and moment.</summary>
/// <remarks>All work is done when it is made; <see cref="Stamp"/> copies bytes, because it runs where every other writer waits. FHIR R4 <see href="https://hl7.org/fhir/R4/resource.html#Meta">Meta</see>.</remarks>
public sealed class ResourceTemplate
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true, MaxDepth = 1024 };
    private readonly string _type;
    private readonly ReadOnlyMemory<byte> _rest;

    private ResourceTemplate(string type, string? id, ReadOnlyMemory<byte> rest) => (_type, Id, _rest) = (type, id, rest);

    /// <summary>The id that the resource was sent with, or null.</summary>
    public string? Id { get; }

    /// <exception cref="Issues.TerminologyException">Structure: not a JSON object.</exception>
    public static ResourceTemplate Read(ReadOnlyMemory<byte> json)
    {
        var root = JsonNode.Root(json, out var document);
        using (document)
        {
            var buffer = new ArrayBufferWriter<byte>(json.Length + 128);
            using (var writer = new Utf8JsonWriter(buffer, Compact))
            {
                writer.WriteStartObject();
                if (root.Object("meta") is { } meta)
                {
                    foreach (var member in meta.Element.EnumerateObject())
                    {
                        if (member.Name is not ("versionId" or "lastUpdated" or "_versionId" or "_lastUpdated")) member.WriteTo(writer);
                    }
                }
                writer.WriteEndObject();
                foreach (var member in root.Element.EnumerateObject())
                {
                    if (member.Name is not ("resourceType" or "id" or "meta")) member.WriteTo(writer);
                }
                writer.WriteEndObject();
            }
            // The opening brace of meta and what stands before it are written by the stamp.
            return new(root.ResourceType, root.String("id"), buffer.WrittenMemory[1..]);
        }
    }

    /// <summary>The resource as it is kept and read, R4 JSON in UTF-8.</summary>
    public byte[] Stamp(string id, int version, DateTimeOffset instant)
    {
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"resourceType\":\"{_type}\",\"id\":\"{JsonEncodedText.Encode(id)}\",\"meta\":{{\"versionId\":\"{version}\",\"lastUpdated\":\"{Instant(instant)}\"{(_rest.Span[0] == '}' ? "" : ",")}");
        var stamped = new byte[Encoding.UTF8.GetByteCount(head) + _rest.Length];
        var at = Encoding.UTF8.GetBytes(head, stamped);
        _rest.Span.CopyTo(stamped.AsSpan(at));
        return stamped;
    }

    /// <summary>A moment as FHIR instant, in UTC to the millisecond.</summary>
    public static string Instant(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}

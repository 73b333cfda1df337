using System.Text.Json;
using Terminology.Fhir.Json;

namespace Terminology.Fhir.Resources;

/// <summary>Parts of a resource, marked as such. FHIR R4 <see href="https://hl7.org/fhir/R4/search.html#summary">_summary</see> and <see href="https://hl7.org/fhir/R4/search.html#elements">_elements</see>.</summary>
public static class SubsetWriter
{
    private static readonly string[] Mandatory = ["resourceType", "id", "meta", "status", "content", "kind", "name", "date", "uniqueId"];

    private static readonly HashSet<string> Summary = new(
        [
            "resourceType", "id", "meta", "implicitRules", "url", "identifier", "version", "name", "title", "status", "experimental", "date", "publisher", "contact", "useContext", "jurisdiction",
            "immutable", "caseSensitive", "valueSet", "hierarchyMeaning", "compositional", "versionNeeded", "content", "supplements", "count", "filter", "property",
            "sourceUri", "sourceCanonical", "targetUri", "targetCanonical", "kind",
        ],
        StringComparer.Ordinal);

    /// <summary>Writes what a request wants of a resource.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="json">The resource, R4 JSON in UTF-8.</param>
    /// <param name="summary">true, text, data or false; null for all.</param>
    /// <param name="elements">Names of elements, which go with those that must be there; empty for all.</param>
    public static void Write(Utf8JsonWriter writer, ReadOnlyMemory<byte> json, string? summary, IReadOnlyList<string> elements)
    {
        if (summary is null or "false" && elements.Count == 0)
        {
            writer.WriteRawValue(json.Span, skipInputValidation: true);
            return;
        }
        var root = JsonNode.Root(json, out var document);
        using (document)
        {
            // What R4 requires of the type is kept, so that a part is a valid resource; name and date are required of a NamingSystem alone.
            var mandatory = root.ResourceType == "NamingSystem" ? Mandatory : Mandatory[..5];
            writer.WriteStartObject();
            var isTagged = false;
            foreach (var member in root.Element.EnumerateObject())
            {
                var name = member.Name.TrimStart('_');
                var isWanted = elements.Count > 0 ? elements.Contains(name) || mandatory.Contains(name)
                    : summary switch
                    {
                        "true" => Summary.Contains(name) || mandatory.Contains(name),
                        "text" => name == "text" || mandatory.Contains(name),
                        _ => name != "text",
                    };
                if (!isWanted) continue;
                if (name == "meta")
                {
                    writer.WritePropertyName(member.Name);
                    Tagged(writer, member.Value);
                    isTagged = true;
                }
                else
                {
                    member.WriteTo(writer);
                }
            }
            if (!isTagged)
            {
                writer.WriteStartObject("meta"u8);
                Tag(writer, []);
                writer.WriteEndObject();
            }
            writer.WriteEndObject();
        }
    }

    private static void Tagged(Utf8JsonWriter writer, JsonElement meta)
    {
        writer.WriteStartObject();
        foreach (var member in meta.EnumerateObject().Where(member => member.Name != "tag")) member.WriteTo(writer);
        Tag(writer, meta.TryGetProperty("tag", out var tags) && tags.ValueKind == JsonValueKind.Array ? tags.EnumerateArray() : []);
        writer.WriteEndObject();
    }

    private static void Tag(Utf8JsonWriter writer, IEnumerable<JsonElement> others)
    {
        writer.WriteStartArray("tag"u8);
        foreach (var tag in others) tag.WriteTo(writer);
        writer.WriteStartObject();
        writer.WriteString("system"u8, "http://terminology.hl7.org/CodeSystem/v3-ObservationValue"u8);
        writer.WriteString("code"u8, "SUBSETTED"u8);
        writer.WriteEndObject();
        writer.WriteEndArray();
    }
}

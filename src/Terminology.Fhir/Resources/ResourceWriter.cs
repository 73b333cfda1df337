using System.Text.Json;
using Terminology.CodeSystems;
using Terminology.Maps;
using Terminology.ValueSets;

namespace Terminology.Fhir.Resources;

/// <summary>What our types say of themselves as R4 resources, without their contents; for search and read.</summary>
public static class ResourceWriter
{
    /// <summary>A CodeSystem without its concepts.</summary>
    public static void Write(Utf8JsonWriter writer, CodeSystemInfo info, string id)
    {
        writer.WriteStartObject();
        writer.WriteString("resourceType"u8, "CodeSystem"u8);
        writer.WriteString("id"u8, id);
        Head(writer, info.Language, info.Url.Value, info.Version, info.Name, info.Title, info.Status, info.Experimental, info.Date, info.Publisher, info.Copyright);
        if (info.Identifiers.Count > 0)
        {
            writer.WriteStartArray("identifier"u8);
            foreach (var identifier in info.Identifiers)
            {
                writer.WriteStartObject();
                writer.WriteString("system"u8, "urn:ietf:rfc:3986"u8);
                writer.WriteString("value"u8, identifier);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
        }
        Text(writer, "description"u8, info.Description);
        writer.WriteBoolean("caseSensitive"u8, info.CaseSensitive);
        Text(writer, "valueSet"u8, info.ValueSet);
        Text(writer, "hierarchyMeaning"u8, info.HierarchyMeaning);
        if (info.Compositional) writer.WriteBoolean("compositional"u8, true);
        if (info.VersionNeeded) writer.WriteBoolean("versionNeeded"u8, true);
        writer.WriteString("content"u8, info.Supplements is null && info.Content == "complete" ? "not-present" : info.Content);
        Text(writer, "supplements"u8, info.Supplements?.ToString());
        if (info.Properties.Count > 0)
        {
            writer.WriteStartArray("property"u8);
            foreach (var property in info.Properties)
            {
                writer.WriteStartObject();
                writer.WriteString("code"u8, property.Code);
                Text(writer, "uri"u8, property.Uri);
                Text(writer, "description"u8, property.Description);
                writer.WriteString("type"u8, property.Type switch { PropertyType.Coding => "Coding", PropertyType.DateTime => "dateTime", var type => type.ToString().ToLowerInvariant() });
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
        }
        writer.WriteEndObject();
    }

    /// <summary>A ValueSet without its rules.</summary>
    public static void Write(Utf8JsonWriter writer, ValueSet valueSet, string id)
    {
        writer.WriteStartObject();
        writer.WriteString("resourceType"u8, "ValueSet"u8);
        writer.WriteString("id"u8, id);
        Head(writer, valueSet.Language, valueSet.Url, valueSet.Version, valueSet.Name, valueSet.Title, valueSet.Status, valueSet.Experimental, valueSet.Date, valueSet.Publisher, valueSet.Copyright);
        writer.WriteEndObject();
    }

    /// <summary>A ConceptMap without its elements.</summary>
    public static void Write(Utf8JsonWriter writer, ConceptMapInfo info, string id)
    {
        writer.WriteStartObject();
        writer.WriteString("resourceType"u8, "ConceptMap"u8);
        writer.WriteString("id"u8, id);
        Head(writer, null, info.Url, info.Version, info.Name, info.Title, info.Status, null, info.Date, info.Publisher, info.Copyright);
        Text(writer, "sourceUri"u8, info.SourceScope);
        Text(writer, "targetUri"u8, info.TargetScope);
        writer.WriteEndObject();
    }

    internal static void WriteHead(Utf8JsonWriter writer, ValueSet valueSet)
    {
        Text(writer, "id"u8, valueSet.Id);
        Head(writer, valueSet.Language, valueSet.Url, valueSet.Version, valueSet.Name, valueSet.Title, valueSet.Status, valueSet.Experimental, valueSet.Date, valueSet.Publisher, valueSet.Copyright);
    }

    private static void Head(
        Utf8JsonWriter writer, string? language, string? url, string? version, string? name, string? title, PublicationStatus status, bool? experimental, string? date, string? publisher, string? copyright)
    {
        Text(writer, "language"u8, language);
        Text(writer, "url"u8, url);
        Text(writer, "version"u8, version);
        Text(writer, "name"u8, name);
        Text(writer, "title"u8, title);
        writer.WriteString("status"u8, status.ToString().ToLowerInvariant());
        if (experimental is { } testing) writer.WriteBoolean("experimental"u8, testing);
        Text(writer, "date"u8, date);
        Text(writer, "publisher"u8, publisher);
        Text(writer, "copyright"u8, copyright);
    }

    private static void Text(Utf8JsonWriter writer, ReadOnlySpan<byte> name, string? value)
    {
        if (!string.IsNullOrEmpty(value)) writer.WriteString(name, value);
    }
}

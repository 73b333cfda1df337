using System.Text.Json;
using System.Text.Json.Nodes;

namespace Terminology.Fhir.Resources;

/// <summary>
/// Resources as R4 wants them: what came in the form of R5 is renamed where R4 has the same thing, and else carried by the extensions that stand for elements of other versions.
/// What is R4 stays as it is, byte by byte, but for uris that are none.
/// </summary>
/// <remarks>Thread-safe. FHIR <see href="https://hl7.org/fhir/R5/versions.html#extensions">extensions for conversion between versions</see>.</remarks>
public static class R4Form
{
    private const string CrossVersion = "http://hl7.org/fhir/5.0/StructureDefinition/extension-";

    /// <summary>The resource in R4; the same bytes when it is that already.</summary>
    public static ReadOnlyMemory<byte> Of(ReadOnlyMemory<byte> json)
    {
        if (!Mentions(json.Span) || JsonNode.Parse(json.Span) is not JsonObject resource) return json;
        var before = resource.DeepClone();
        Resource(resource);
        return JsonNode.DeepEquals(before, resource) ? json : JsonSerializer.SerializeToUtf8Bytes(resource, Relaxed);
    }

    private static JsonSerializerOptions Relaxed { get; } = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Is an element named that R5 has and R4 has not, wherever it may stand?</summary>
    private static bool Mentions(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 1024, CommentHandling = JsonCommentHandling.Skip });
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName) continue;
            if (R5Elements.IsName(reader.ValueSpan)) return true;
            if (reader.ValueTextEquals("uri"u8) && reader.Read() && reader.TokenType == JsonTokenType.String && !IsUri(reader.GetString()!)) return true;
        }
        return false;
    }

    /// <summary>R4 core itself names a property by <c>http://.........?</c>, which no client can read as a uri.</summary>
    private static bool IsUri(string text) => !text.StartsWith("http", StringComparison.Ordinal) || Uri.TryCreate(text, UriKind.Absolute, out _);

    private static void Resource(JsonObject resource)
    {
        var type = (string?)resource["resourceType"] ?? "";
        Element(resource, type);
        foreach (var contained in (resource["contained"] as JsonArray ?? []).OfType<JsonObject>()) Resource(contained);
    }

    private static void Element(JsonObject element, string path)
    {
        R5ConceptMap.Rename(element, path);
        R5Codes.Replace(element, path);
        if (path == "CodeSystem.property" && (string?)element["uri"] is { } uri && !IsUri(uri)) element.Remove("uri");
        foreach (var name in element.Select(member => member.Key).Where(name => name[0] != '_' && name is not ("extension" or "contained" or "text" or "meta")).ToArray())
        {
            var below = R5Elements.Path(path, name);
            if (R5Elements.Find(below) is { } r5) Carry(element, name, r5);
            else if (element[name] is JsonObject single) Element(single, below);
            else if (element[name] is JsonArray many)
            {
                foreach (var item in many.OfType<JsonObject>()) Element(item, below);
            }
        }
    }

    /// <summary>Moves an element into extensions of the one that has it.</summary>
    private static void Carry(JsonObject owner, string name, R5Element r5)
    {
        var (value, shadow) = (owner[name], owner["_" + name]);
        owner.Remove(name);
        owner.Remove("_" + name);
        foreach (var item in value is JsonArray many ? many.ToArray() : [value]) Add(owner, Extension(CrossVersion + r5.Path, item, shadow as JsonObject, r5.Path, r5.Type));
    }

    internal static void Add(JsonObject owner, JsonObject extension)
    {
        if (owner["extension"] is not JsonArray extensions) owner["extension"] = extensions = [];
        extensions.Add(extension);
    }

    /// <summary>A code that R4 does not know, beside the one that stands for it.</summary>
    internal static void AddToPrimitive(JsonObject owner, string name, string path, string code)
    {
        if (owner["_" + name] is not JsonObject shadow) owner["_" + name] = shadow = [];
        Add(shadow, new JsonObject { ["url"] = CrossVersion + path, ["valueCode"] = code });
    }

    internal static JsonObject Extension(string path, string type, JsonNode? value) => Extension(CrossVersion + path, value, null, path, type);

    private static JsonObject Extension(string url, JsonNode? value, JsonObject? shadow, string path, string? type)
    {
        var extension = new JsonObject { ["url"] = url };
        if (type is null && value is JsonObject parts)
        {
            extension["extension"] = new JsonArray([.. Parts(parts, path)]);
            return extension;
        }
        extension["value" + (type ?? R5Elements.TypeOf(value))] = value?.DeepClone();
        if (shadow is not null) extension["_value" + type] = shadow.DeepClone();
        return extension;
    }

    /// <summary>The children of an element that R4 has not, each by its own name.</summary>
    private static IEnumerable<JsonNode> Parts(JsonObject parent, string path)
    {
        foreach (var (name, value) in parent.Where(member => member.Key[0] != '_'))
        {
            if (name == "extension")
            {
                foreach (var own in (value as JsonArray ?? []).OfType<JsonNode>()) yield return own.DeepClone();
                continue;
            }
            if (name == "id") continue;
            var choice = name.StartsWith("value", StringComparison.Ordinal) && name.Length > 5 && char.IsAsciiLetterUpper(name[5]);
            var (url, type) = choice ? ("value", name[5..]) : (name, R5Elements.Find($"{path}.{name}")?.Type);
            foreach (var item in value is JsonArray many ? many.ToArray() : [value]) yield return Extension(url, item, null, $"{path}.{name}", type);
        }
    }
}

using System.Text.Json;

namespace Terminology.Server.OpenApi;

/// <summary>Holds JSON against a schema of a document: as much of JSON Schema as the document uses.</summary>
internal sealed class SchemaCheck(JsonElement document)
{
    /// <summary>A sentence for each place that has another form than the schema says.</summary>
    public IEnumerable<string> Faults(JsonElement value, JsonElement schema, string path)
    {
        if (schema.TryGetProperty("$ref", out var reference)) return Faults(value, Find(reference.GetString()!), path);
        foreach (var choice in (string[])["oneOf", "anyOf"])
        {
            if (schema.TryGetProperty(choice, out var choices)) return choices.EnumerateArray().Any(one => !Faults(value, one, path).Any()) ? [] : [$"{path}: none of {choice}"];
        }
        if (schema.TryGetProperty("type", out var type) && !Types(type).Contains(TypeOf(value)) && !(TypeOf(value) == "integer" && Types(type).Contains("number"))) return [$"{path}: {TypeOf(value)} is not {type}"];
        if (schema.TryGetProperty("enum", out var words) && !words.EnumerateArray().Any(word => word.ToString() == value.ToString())) return [$"{path}: {value} is not in {words}"];
        return value.ValueKind switch
        {
            JsonValueKind.Object => Members(value, schema, path),
            JsonValueKind.Array when schema.TryGetProperty("items", out var items) => value.EnumerateArray().SelectMany((item, index) => Faults(item, items, $"{path}[{index}]")),
            _ => [],
        };
    }

    private IEnumerable<string> Members(JsonElement value, JsonElement schema, string path)
    {
        if (schema.TryGetProperty("required", out var required))
        {
            foreach (var name in required.EnumerateArray().Where(name => !value.TryGetProperty(name.GetString()!, out _))) yield return $"{path}: {name} is missing";
        }
        foreach (var member in value.EnumerateObject())
        {
            var (known, others) = (default(JsonElement), default(JsonElement));
            var isKnown = schema.TryGetProperty("properties", out var properties) && properties.TryGetProperty(member.Name, out known);
            if (!isKnown && !schema.TryGetProperty("additionalProperties", out others)) continue;
            if (!isKnown && others.ValueKind == JsonValueKind.False) yield return $"{path}.{member.Name} is not known";
            else if (isKnown || others.ValueKind == JsonValueKind.Object) foreach (var fault in Faults(member.Value, isKnown ? known : others, $"{path}.{member.Name}")) yield return fault;
        }
    }

    private JsonElement Find(string reference) => reference.TrimStart('#', '/').Split('/').Aggregate(document, (element, name) => element.ValueKind == JsonValueKind.Array ? element[int.Parse(name, System.Globalization.CultureInfo.InvariantCulture)] : element.GetProperty(name.Replace("~1", "/", StringComparison.Ordinal)));

    private static IEnumerable<string> Types(JsonElement type) => type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(one => one.GetString()!) : [type.GetString()!];

    private static string TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Number => value.TryGetInt64(out _) ? "integer" : "number",
        var kind => kind.ToString().ToLowerInvariant(),
    };
}

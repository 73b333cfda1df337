using System.Globalization;
using System.Text.Json;
using Terminology.Issues;

namespace Terminology.Fhir.Resources;

/// <summary>A JSON element that knows its path, so that what is wrong can be named.</summary>
internal readonly record struct Json(JsonElement Element, string Path)
{
    public static Json? Of(JsonElement? element, string path) => element is { } there && there.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined) ? new(there, path) : null;

    /// <summary>Parses a resource of some type.</summary>
    /// <exception cref="TerminologyException">Structure: not JSON (with line and column), no object, or of another type.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            if (json.Span.StartsWith("\uFEFF"u8)) json = json[3..];
            var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 64 });
            if (document.RootElement.ValueKind == JsonValueKind.Object) return document;
            document.Dispose();
            throw Wrong("$", "a resource is a JSON object.");
        }
        catch (JsonException problem)
        {
            throw new TerminologyException(IssueType.Structure, "NOT_JSON", string.Create(CultureInfo.InvariantCulture, $"This is not valid JSON at line {problem.LineNumber + 1}, byte {problem.BytePositionInLine + 1}: {Reason(problem)}"));
        }
    }

    public Json? this[string name] => Element.ValueKind == JsonValueKind.Object && Element.TryGetProperty(name, out var found) ? Of(found, $"{Path}.{name}") : null;

    public IEnumerable<Json> List(string name)
    {
        if (this[name] is not { } list) yield break;
        if (list.Element.ValueKind != JsonValueKind.Array) throw Wrong(list.Path, "an array is expected.");
        var index = 0;
        foreach (var item in list.Element.EnumerateArray())
        {
            yield return new(item, $"{list.Path}[{index++}]");
        }
    }

    public string? Text(string name)
    {
        if (this[name] is not { } value) return null;
        return value.Element.ValueKind switch
        {
            JsonValueKind.String => value.Element.GetString() is { Length: > 0 } text ? text : null,
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.Element.GetRawText(),
            _ => throw Wrong(value.Path, "a text is expected."),
        };
    }

    public string Required(string name) => Text(name) ?? throw Wrong($"{Path}.{name}", "it is missing.");

    public bool? Boolean(string name) => this[name] is not { } value ? null : value.Element.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String when bool.TryParse(value.Element.GetString(), out var said) => said,
        _ => throw Wrong(value.Path, "true or false is expected."),
    };

    /// <summary>The value[x] of an element: its type name and value.</summary>
    public (string Type, Json Value)? Value()
    {
        if (Element.ValueKind != JsonValueKind.Object) return null;
        foreach (var property in Element.EnumerateObject())
        {
            if (property.Name.StartsWith("value", StringComparison.Ordinal) && property.Name.Length > 5 && char.IsAsciiLetterUpper(property.Name[5])) return (property.Name[5..], new(property.Value, $"{Path}.{property.Name}"));
        }
        return null;
    }

    public static TerminologyException Wrong(string path, string what) => new(IssueType.Structure, "WRONG_STRUCTURE", $"{path}: {what}") { Expression = path };

    private static string Reason(JsonException problem) => problem.Message.IndexOf(" LineNumber", StringComparison.Ordinal) is > 0 and var end ? problem.Message[..end] : problem.Message;
}

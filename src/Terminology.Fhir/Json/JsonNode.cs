using System.Text.Json;
using System.Text.Unicode;
using Terminology.Issues;

namespace Terminology.Fhir.Json;

/// <summary>A JSON object with its place; its getters check types and name the place when one is wrong. An absent or null member is null or empty.</summary>
internal readonly struct JsonNode
{
    // Concepts nest two levels each; the deepest real hierarchy is below 30.
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 1024 };

    private readonly JsonElement _element;
    private readonly JsonPath _path;

    public JsonNode(JsonElement element, JsonPath path)
    {
        (_element, _path) = (element, path);
        if (element.ValueKind != JsonValueKind.Object) throw FaultAt($"is {Kind(element)} and must be an object", path);
    }

    public string Path => _path.ToString();

    public JsonElement Element => _element;

    /// <summary>Reads a document whose root is a resource; the caller disposes the document.</summary>
    public static JsonNode Root(ReadOnlyMemory<byte> json, out JsonDocument document)
    {
        document = Parse(json);
        try
        {
            var type = document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("resourceType", out var name)
                && name.ValueKind == JsonValueKind.String ? name.GetString()! : "resource";
            return new(document.RootElement, new(null, type));
        }
        catch
        {
            document.Dispose();
            throw;
        }
    }

    /// <summary>Reads a document, seeing through a byte order mark.</summary>
    public static JsonDocument Parse(ReadOnlyMemory<byte> json)
    {
        if (json.Span.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) json = json[3..];
        if (!Utf8.IsValid(json.Span)) throw new TerminologyException(IssueType.Structure, "INVALID_JSON", $"not UTF-8 from byte {ValidLength(json.Span) + 1} on; JSON travels as UTF-8.");
        if (HalfCharacters.Find(json.Span) is >= 0 and var half) throw new TerminologyException(IssueType.Structure, "INVALID_JSON", $"the escape at byte {half + 1} is half a character (a lone surrogate).");
        try
        {
            return JsonDocument.Parse(json, Options);
        }
        catch (JsonException e)
        {
            throw new JsonFormat(e);
        }
    }

    private static int ValidLength(ReadOnlySpan<byte> bytes)
    {
        for (var at = 0; at < bytes.Length;)
        {
            if (System.Text.Rune.DecodeFromUtf8(bytes[at..], out _, out var length) != System.Buffers.OperationStatus.Done) return at;
            at += length;
        }
        return bytes.Length;
    }

    public string ResourceType => Required("resourceType");

    public JsonNode Expect(string resourceType)
    {
        var type = String("resourceType");
        return type == resourceType ? this : throw FaultAt($"is '{type ?? "(nothing)"}' and must be {resourceType}", new(_path, "resourceType"));
    }

    public string? String(string name) => Member(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } text => text.GetString() is { Length: > 0 } value ? value : null,
        { } other => throw FaultAt($"is {Kind(other)} and must be a string", new(_path, name)),
    };

    public string Required(string name) => String(name) ?? throw FaultAt("is missing", new(_path, name));

    public bool? Boolean(string name) => Member(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        { } other => throw FaultAt($"is {Kind(other)} and must be true or false", new(_path, name)),
    };

    public int? Integer(string name) => Member(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } number when number.TryGetInt32(out var value) => value,
        { } other => throw FaultAt($"is {Kind(other)} and must be a whole number", new(_path, name)),
    };

    /// <summary>A number as written.</summary>
    public string? Number(string name) => Member(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        { } other => throw FaultAt($"is {Kind(other)} and must be a number", new(_path, name)),
    };

    public JsonNode? Object(string name) => Member(name) is { } element ? new(element, new(_path, name)) : null;

    public bool Has(string name) => Member(name) is not null;

    /// <summary>The objects of an array, in order.</summary>
    public IEnumerable<JsonNode> Objects(string name)
    {
        if (Array(name) is not { } array) yield break;
        var index = 0;
        foreach (var item in array.EnumerateArray()) yield return new(item, new(_path, name, index++));
    }

    /// <summary>What is read from each of the objects of an array, in order. As <see cref="Objects"/>, but makes nothing where there is no array.</summary>
    public T[] Each<T>(string name, Func<JsonNode, T> read)
    {
        if (Array(name) is not { } array) return [];
        var (all, index) = (new T[array.GetArrayLength()], 0);
        foreach (var item in array.EnumerateArray())
        {
            all[index] = read(new(item, new(_path, name, index)));
            index++;
        }
        return all;
    }

    /// <summary>The strings of an array, in order; JSON nulls (FHIR: a value that only has extensions) are left out.</summary>
    public IEnumerable<string> Strings(string name)
    {
        if (Array(name) is not { } array) yield break;
        var index = 0;
        foreach (var item in array.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.String) yield return item.GetString()!;
            else if (item.ValueKind != JsonValueKind.Null) throw FaultAt($"is {Kind(item)} and must be a string", new(_path, name, index));
            index++;
        }
    }

    /// <summary>The member that begins with this prefix, as of a choice <c>value[x]</c>: its name and element; or null.</summary>
    public (string Type, JsonElement Value)? Choice(string prefix)
    {
        foreach (var member in _element.EnumerateObject())
        {
            if (member.Value.ValueKind != JsonValueKind.Null && member.Name.Length > prefix.Length
                && member.Name.StartsWith(prefix, StringComparison.Ordinal) && char.IsAsciiLetterUpper(member.Name[prefix.Length]))
            {
                return (member.Name[prefix.Length..], member.Value);
            }
        }
        return null;
    }

    /// <summary>The first extension with this url, or null.</summary>
    public JsonNode? Extension(string url)
    {
        if (!Has("extension")) return null;
        foreach (var extension in Objects("extension"))
        {
            if (extension.String("url") == url) return extension;
        }
        return null;
    }

    /// <summary>Extensions of a primitive member (<c>_name</c>), or null.</summary>
    public JsonNode? Shadow(string name) => Object("_" + name);

    public TerminologyException Fault(string member, string text) => FaultAt(text, new(_path, member));

    private static TerminologyException FaultAt(string text, JsonPath path)
        => new(IssueType.Structure, "INVALID_RESOURCE", $"{path} {text}.") { Expression = path.ToString() };

    private JsonElement? Member(string name)
        => _element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private JsonElement? Array(string name) => Member(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Array } array => array,
        { } other => throw FaultAt($"is {Kind(other)} and must be an array", new(_path, name)),
    };

    private static string Kind(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => $"the number {element.GetRawText()}",
        JsonValueKind.True or JsonValueKind.False => $"{element.GetRawText()}",
        _ => "null",
    };
}

using System.Text.Json;
using Terminology.Fhir.Json;

namespace Terminology.Fhir.Queries;

/// <summary>What a resource can be found by, taken out of its JSON once.</summary>
/// <remarks>Immutable, thread-safe.</remarks>
public sealed class SearchFacts
{
    private readonly Dictionary<string, SearchValue[]> _values = new(StringComparer.Ordinal);

    /// <param name="type">The resource type.</param>
    /// <param name="json">The resource, R4 JSON in UTF-8.</param>
    /// <exception cref="Issues.TerminologyException">Structure: not JSON.</exception>
    public SearchFacts(string type, ReadOnlyMemory<byte> json)
    {
        var root = JsonNode.Root(json, out var document);
        using (document)
        {
            foreach (var parameter in SearchParameter.Of(type).Where(parameter => parameter.Kind is not (SearchKind.Text or SearchKind.Code)))
            {
                var values = parameter.Paths.SelectMany(path => At(root.Element, path.Split('.'))).SelectMany(Values).Distinct()
                    .Select(value => value with { System = value.System ?? parameter.System, Folded = parameter.Kind == SearchKind.String ? SearchQuery.Fold(value.Text) : "" }).ToArray();
                if (values.Length > 0) _values[parameter.Name] = values;
            }
        }
    }

    /// <summary>The values of a parameter; none when the resource does not say.</summary>
    public IReadOnlyList<SearchValue> Values(string parameter) => _values.GetValueOrDefault(parameter, []);

    /// <summary>The first value of a parameter, for sorting; null when there is none.</summary>
    public string? First(string parameter) => Values(parameter) is [var first, ..] ? first.Text : null;

    private static IEnumerable<JsonElement> At(JsonElement element, ReadOnlyMemory<string> path)
    {
        if (element.ValueKind == JsonValueKind.Array) return element.EnumerateArray().SelectMany(item => At(item, path));
        if (path.IsEmpty) return [element];
        return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(path.Span[0], out var member) ? At(member, path[1..]) : [];
    }

    /// <summary>A primitive is its text, a Coding its system and code, an Identifier its system and value.</summary>
    private static IEnumerable<SearchValue> Values(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                yield return new(null, element.GetString()!);
                break;
            case JsonValueKind.True or JsonValueKind.False or JsonValueKind.Number:
                yield return new(null, element.GetRawText());
                break;
            case JsonValueKind.Object when (Text(element, "code") ?? Text(element, "value")) is { } text:
                yield return new(Text(element, "system"), text);
                break;
        }
    }

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;
}

/// <summary>A value that a resource can be found by.</summary>
/// <param name="System">System of a code or identifier, or null.</param>
/// <param name="Text">The value.</param>
public readonly record struct SearchValue(string? System, string Text)
{
    /// <summary>Its words without case and accents, for what is searched as text; else empty.</summary>
    public string Folded { get; init; } = "";
}

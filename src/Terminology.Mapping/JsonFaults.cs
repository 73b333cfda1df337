using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Terminology.Issues;

namespace Terminology.Mapping;

/// <summary>A place in JSON at which something else is expected.</summary>
/// <param name="Path">Of the place, for example <c>content.targets[0].code</c>; <c>$</c> for the whole.</param>
/// <param name="Text">What is there, and what is expected, in the words of the field.</param>
public sealed record JsonFault(string Path, string Text);

/// <summary>
/// Why JSON cannot be read as a record of <see cref="MappingJson"/>, said by walking both together: the reader itself stops at the first fault and names types of the program, which
/// nobody who sends JSON knows.
/// </summary>
public sealed class JsonFaults
{
    private const int Most = 20, LongestShown = 60;
    private static readonly JsonSerializerOptions Options = MappingJson.Requests;
    private readonly List<JsonFault> _faults = [];

    private JsonFaults()
    {
    }

    /// <summary>The faults, in order of the text; those that are missing behind what is there. The first 20 at most.</summary>
    /// <returns>Empty when it can be read, and when it is no JSON at all, or has text that is none.</returns>
    public static IReadOnlyList<JsonFault> Of<T>(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var faults = new JsonFaults();
            faults.Look(document.RootElement, typeof(T), "", isNullable: false);
            return [.. faults._faults.Take(Most)];
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            return []; // of text that is none, as half a character, nothing can be shown
        }
    }

    private void Look(JsonElement found, Type type, string path, bool isNullable)
    {
        if (_faults.Count >= Most) return;
        if (found.ValueKind == JsonValueKind.Null && (isNullable || Nullable.GetUnderlyingType(type) is not null)) return;
        var info = Options.GetTypeInfo(Nullable.GetUnderlyingType(type) ?? type);
        switch (info.Kind)
        {
            case JsonTypeInfoKind.Enumerable when found.ValueKind == JsonValueKind.Array:
                var at = 0;
                foreach (var item in found.EnumerateArray()) Look(item, info.ElementType!, string.Create(CultureInfo.InvariantCulture, $"{path}[{at++}]"), isNullable: false);
                break;
            case JsonTypeInfoKind.Dictionary when found.ValueKind == JsonValueKind.Object:
                foreach (var member in found.EnumerateObject()) LookAtEntry(member, info, path);
                break;
            case JsonTypeInfoKind.Object when found.ValueKind == JsonValueKind.Object:
                LookAtMembers(found, info, path);
                break;
            case JsonTypeInfoKind.None when IsReadable(found, info):
                break;
            default:
                Add(path, Describe(found), info.Type);
                break;
        }
    }

    private void LookAtEntry(JsonProperty entry, JsonTypeInfo info, string path)
    {
        var place = $"{path}['{entry.Name}']";
        if (info.KeyType is { IsEnum: true } words && !Words(words).Contains(entry.Name)) _faults.Add(new(place, JsonMessages.NoneOf(Quote(entry.Name), Words(words))));
        Look(entry.Value, info.ElementType!, place, isNullable: false);
    }

    private void LookAtMembers(JsonElement found, JsonTypeInfo info, string path)
    {
        var missing = info.Properties.Where(property => property.IsRequired).ToDictionary(property => property.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var member in found.EnumerateObject())
        {
            missing.Remove(member.Name);
            if (info.Properties.FirstOrDefault(property => string.Equals(property.Name, member.Name, StringComparison.OrdinalIgnoreCase)) is not { } known)
            {
                _faults.Add(new(Join(path, member.Name), JsonMessages.NoMember(member.Name, info.Properties.Where(IsTaken).Select(property => property.Name))));
            }
            else if (IsTaken(known)) Look(member.Value, known.PropertyType, Join(path, known.Name), known.AssociatedParameter?.IsNullable ?? known.IsSetNullable);
        }
        foreach (var property in missing.Values) _faults.Add(new(Join(path, property.Name), JsonMessages.Missing(Expected(property.PropertyType))));
    }

    private void Add(string path, string found, Type type)
        => _faults.Add(new(path.Length == 0 ? "$" : path, type.IsEnum ? JsonMessages.NoneOf(found, Words(type)) : JsonMessages.Unexpected(found, Expected(type))));

    private static bool IsTaken(JsonPropertyInfo property) => property.Set is not null || property.AssociatedParameter is not null;

    /// <summary>Texts, numbers, days and words are held against their own reader, which knows what they look like.</summary>
    private static bool IsReadable(JsonElement found, JsonTypeInfo info)
    {
        try
        {
            return found.Deserialize(info) is not null;
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or FormatException)
        {
            return false;
        }
    }

    private static string Expected(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsEnum) return JsonMessages.OneOf(Words(type));
        if (type == typeof(string)) return JsonMessages.Text;
        if (type == typeof(bool)) return JsonMessages.Truth;
        if (type == typeof(int) || type == typeof(long)) return JsonMessages.WholeNumber;
        if (type == typeof(double) || type == typeof(decimal)) return JsonMessages.Number;
        if (type == typeof(DateOnly)) return JsonMessages.Day;
        if (type == typeof(DateTimeOffset)) return JsonMessages.Moment;
        if (type == typeof(byte[])) return JsonMessages.Bytes;
        return Options.GetTypeInfo(type).Kind == JsonTypeInfoKind.Enumerable ? JsonMessages.List : JsonMessages.Members;
    }

    private static string Describe(JsonElement found) => found.ValueKind switch
    {
        JsonValueKind.String => Quote(found.GetString()!),
        JsonValueKind.Array => JsonMessages.List,
        JsonValueKind.Object => JsonMessages.Members,
        _ => Cut(found.GetRawText()),
    };

    private static string Quote(string text) => $"'{Cut(text)}'";

    private static string Cut(string text) => text.Length <= LongestShown ? text : text[..LongestShown] + "…";

    private static IEnumerable<string> Words(Type type) => Enum.GetNames(type).Select(JsonNamingPolicy.KebabCaseLower.ConvertName);

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}

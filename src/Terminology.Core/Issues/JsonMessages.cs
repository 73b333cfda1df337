namespace Terminology.Issues;

/// <summary>What whoever sends JSON is told when it is not what is expected there; behind the path of the place.</summary>
public static class JsonMessages
{
    /// <summary>Something else.</summary>
    public static string Unexpected(string found, string expected) => $"{found} is not {expected}.";

    /// <summary>No such word.</summary>
    public static string NoneOf(string found, IEnumerable<string> words) => $"{found} is none of {string.Join(", ", words)}.";

    /// <summary>No such member.</summary>
    public static string NoMember(string name, IEnumerable<string> known) => $"There is no '{name}' here; there are {string.Join(", ", known)}.";

    /// <summary>Nothing.</summary>
    public static string Missing(string expected) => $"It is missing; expected is {expected}.";

    /// <summary>A whole of another kind.</summary>
    public static string NotReadable() => "This is not the JSON that is expected.";

    /// <summary>Other bytes.</summary>
    public static string NotUtf8() => "This is not UTF-8; JSON travels as UTF-8.";

    /// <summary>Another media type.</summary>
    public static string JsonNeeded(string? media) => $"The body is sent as '{media ?? "nothing"}'; send JSON, as application/json.";

    /// <summary>A list.</summary>
    public static string List => "a list";

    /// <summary>An object.</summary>
    public static string Members => "an object";

    /// <summary>A text.</summary>
    public static string Text => "a text";

    /// <summary>Bytes.</summary>
    public static string Bytes => "a text in base64";

    /// <summary>Yes or no.</summary>
    public static string Truth => "true or false";

    /// <summary>A whole number.</summary>
    public static string WholeNumber => "a whole number";

    /// <summary>A number.</summary>
    public static string Number => "a number";

    /// <summary>A day.</summary>
    public static string Day => "a day as 2027-01-31";

    /// <summary>A moment.</summary>
    public static string Moment => "a moment as 2027-01-31T12:00:00Z";

    /// <summary>Words.</summary>
    public static string OneOf(IEnumerable<string> words) => $"one of {string.Join(", ", words)}";
}

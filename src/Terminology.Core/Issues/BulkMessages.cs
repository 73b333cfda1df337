namespace Terminology.Issues;

/// <summary>What is said of lists that are translated as a whole.</summary>
public static class BulkMessages
{
    /// <summary>No end of a line.</summary>
    public static string LineTooLong(long line, int most) => $"Line {line} is longer than {most:N0} bytes; each line holds one code.";

    /// <summary>Not JSON.</summary>
    public static string NotJson(long column) => $"The line is no JSON at byte {column}.";

    /// <summary>JSON, but something else.</summary>
    public static string NoObject() => "A line holds an object: {\"system\":\"…\",\"code\":\"…\"}.";

    /// <summary>A value of another type.</summary>
    public static string OtherType(string name, string wanted) => $"'{name}' must be {wanted}.";

    /// <summary>No code.</summary>
    public static string NoCode() => "The line has no 'code'.";

    /// <summary>A context that was not announced.</summary>
    public static string UnknownContext(string name) => $"The context '{name}' was not announced; name it in the address: context={name}.";

    /// <summary>Neither CSV nor NDJSON.</summary>
    public static string OtherContent(string? type) => $"The content type '{type}' is not read here; send text/csv or application/x-ndjson.";

    /// <summary>A parameter nobody knows.</summary>
    public static string UnknownParameter(string name, string known) => $"There is no parameter '{name}'; there are {known}.";

    /// <summary>A column that no answer has.</summary>
    public static string UnknownColumn(string name, string known) => $"No column '{name}' can be appended; there are {known}.";

    /// <summary>No system is named for the codes.</summary>
    public static string NoSystem() => "Say which code system the codes are of: system=URL, or a column 'system', or systemColumn=NAME.";

    /// <summary>The last line of an answer that had begun before its list turned out to be none.</summary>
    public static string BrokeOff(string text) => $"# stopped: {text}\r\n";
}

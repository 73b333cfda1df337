using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Terminology.Issues;

namespace Terminology.Fhir.Json;

/// <summary>The text is not JSON.</summary>
/// <param name="cause">What the parser found.</param>
public sealed partial class JsonFormat(JsonException cause) : TerminologyException(IssueType.Structure, "INVALID_JSON", Describe(cause))
{
    /// <summary>One-based line, 0 when not known.</summary>
    public long Line { get; } = cause.LineNumber + 1 ?? 0;

    /// <summary>One-based byte in the line, 0 when not known.</summary>
    public int Column { get; } = (int)(cause.BytePositionInLine + 1 ?? 0);

    private static string Describe(JsonException e)
    {
        var reason = Position().Replace(e.Message, "").TrimEnd();
        return string.Create(CultureInfo.InvariantCulture, $"not JSON at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}: {reason}");
    }

    [GeneratedRegex(@"\s*(Path: \S+ \| )?LineNumber: .*$")]
    private static partial Regex Position();
}

using Terminology.Fhir.Operations;
using Terminology.Issues;

namespace Terminology.Server.FhirApi;

/// <summary>A RESTful interaction, from HTTP or from an entry of a Bundle. FHIR R4 <see href="https://hl7.org/fhir/R4/http.html">RESTful API</see>.</summary>
/// <param name="Method">GET, POST, PUT or DELETE.</param>
/// <param name="Type">CodeSystem, ValueSet, ConceptMap or NamingSystem.</param>
/// <param name="Id">Logical id in the path, or null.</param>
/// <param name="Query">Parameters of the query string.</param>
/// <param name="Base">Base URL of the FHIR API, for links.</param>
internal sealed record ResourceRequest(string Method, string Type, string? Id, OperationInput Query, string Base)
{
    /// <summary>Is the history asked for?</summary>
    public bool History { get; init; }

    /// <summary>The version in the path, or null.</summary>
    public string? VersionId { get; init; }

    /// <summary>The resource in JSON; empty when none was sent.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The query string as sent, for texts; without question mark.</summary>
    public string Condition { get; init; } = "";

    /// <summary>Header If-Match, or null.</summary>
    public string? IfMatch { get; init; }

    /// <summary>Header If-None-Match, or null.</summary>
    public string? IfNoneMatch { get; init; }

    /// <summary>Header If-Modified-Since, or null.</summary>
    public DateTimeOffset? IfModifiedSince { get; init; }

    /// <summary>Header If-None-Exist, or null.</summary>
    public string? IfNoneExist { get; init; }

    /// <summary>What the header Prefer asks for.</summary>
    public Preference Prefer { get; init; } = Preference.None;

    /// <summary>Who asks.</summary>
    public required string Author { get; init; }

    /// <summary>The version that If-Match names, or null without it.</summary>
    /// <exception cref="TerminologyException">Value: not an ETag of ours.</exception>
    public int? WantedVersion => IfMatch is null ? null
        : int.TryParse(VersionOf(IfMatch), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var version) ? version
        : throw new TerminologyException(IssueType.Value, "INVALID_ETAG", ResourceMessages.NoETag(IfMatch));

    /// <summary>The text between the quotes of an ETag, weak or not; the text itself when there are none.</summary>
    public static string VersionOf(string tag)
    {
        var text = tag.Trim();
        if (text.StartsWith("W/", StringComparison.Ordinal)) text = text[2..];
        return text is ['"', .. var inner, '"'] ? inner : text;
    }
}

/// <summary>The header Prefer. FHIR R4 <see href="https://hl7.org/fhir/R4/http.html#ops">return preference</see>.</summary>
/// <param name="Return">minimal, representation or OperationOutcome; null when nothing is asked for.</param>
/// <param name="Strict">Is an unknown search parameter an error?</param>
internal sealed record Preference(string? Return, bool Strict)
{
    public static Preference None { get; } = new(null, false);

    public static Preference Parse(string? header)
    {
        if (string.IsNullOrEmpty(header)) return None;
        var wishes = header.Split([',', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return new(
            wishes.FirstOrDefault(wish => wish.StartsWith("return=", StringComparison.OrdinalIgnoreCase))?[7..].Trim('"'),
            wishes.Any(wish => wish.Replace("\"", "", StringComparison.Ordinal).Equals("handling=strict", StringComparison.OrdinalIgnoreCase)));
    }
}

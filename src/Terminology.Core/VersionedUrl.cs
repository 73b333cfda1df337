using Terminology.Issues;

namespace Terminology;

/// <summary>A canonical with or without its business version: <c>url|version</c>.</summary>
/// <param name="Url">The canonical URL, never empty, without <c>|</c>.</param>
/// <param name="Version">The business version, or null when none is named.</param>
/// <remarks>FHIR R4 <see href="https://hl7.org/fhir/R4/datatypes.html#canonical">canonical</see>.</remarks>
public sealed record VersionedUrl(string Url, string? Version = null)
{
    /// <summary>Splits at the first <c>|</c>; an empty version counts as none.</summary>
    /// <exception cref="TerminologyException">Value: nothing stands before the <c>|</c>.</exception>
    public static VersionedUrl Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var bar = text.IndexOf('|');
        if (text.AsSpan(0, bar < 0 ? text.Length : bar).IsWhiteSpace()) throw new TerminologyException(IssueType.Value, "INVALID_CANONICAL", $"'{text}' is no canonical: a URL is needed, before the '|' of a version.");
        return bar < 0 ? new(text) : new(text[..bar], bar + 1 == text.Length ? null : text[(bar + 1)..]);
    }

    /// <summary><c>url|version</c>, or the URL alone.</summary>
    public override string ToString() => Version is null ? Url : $"{Url}|{Version}";
}

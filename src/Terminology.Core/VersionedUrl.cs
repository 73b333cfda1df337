namespace Terminology;

/// <summary>A canonical with or without its business version: <c>url|version</c>.</summary>
/// <param name="Url">The canonical URL, never empty, without <c>|</c>.</param>
/// <param name="Version">The business version, or null when none is named.</param>
/// <remarks>FHIR R4 <see href="https://hl7.org/fhir/R4/datatypes.html#canonical">canonical</see>.</remarks>
public sealed record VersionedUrl(string Url, string? Version = null)
{
    /// <summary>Splits at the first <c>|</c>; an empty version counts as none.</summary>
    /// <exception cref="ArgumentException">Nothing stands before the <c>|</c>.</exception>
    public static VersionedUrl Parse(string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        var bar = text.IndexOf('|');
        if (bar == 0) throw new ArgumentException($"'{text}' has no URL before the '|'.", nameof(text));
        return bar < 0 ? new(text) : new(text[..bar], bar + 1 == text.Length ? null : text[(bar + 1)..]);
    }

    /// <summary><c>url|version</c>, or the URL alone.</summary>
    public override string ToString() => Version is null ? Url : $"{Url}|{Version}";
}

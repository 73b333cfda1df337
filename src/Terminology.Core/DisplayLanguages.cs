using System.Globalization;

namespace Terminology;

/// <summary>Languages for displays as people and browsers write them: <c>de-CH, de;q=0.8, *;q=0</c>.</summary>
public static class DisplayLanguages
{
    /// <summary>Are languages that are not named refused (<c>*;q=0</c>)? Then a concept without a display in those named is shown without one.</summary>
    public static bool ExcludesOthers(string? text)
        => text is not null && text.Split(',', StringSplitOptions.TrimEntries).Any(part => part.Split(';', StringSplitOptions.TrimEntries) is ["*", var weight] && weight.Replace(" ", "", StringComparison.Ordinal).TrimEnd('0').TrimEnd('.') is "q=");

    /// <summary>By weight, best first; <c>*</c> and weight 0 are left out. Empty for nothing and for <c>*</c>.</summary>
    /// <remarks><see href="https://www.rfc-editor.org/rfc/rfc9110#name-accept-language">RFC 9110 Accept-Language</see>.</remarks>
    public static IReadOnlyList<string> Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text) || text == "*") return [];
        return [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(part => part.Split(';', StringSplitOptions.TrimEntries))
            .Select(parts => (Language: parts[0], Weight: parts.Length > 1 && parts[1].StartsWith("q=", StringComparison.OrdinalIgnoreCase)
                && double.TryParse(parts[1][2..], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var weight) ? weight : 1.0))
            .Where(item => item.Weight > 0 && item.Language != "*").OrderByDescending(item => item.Weight).Select(item => item.Language)];
    }
}

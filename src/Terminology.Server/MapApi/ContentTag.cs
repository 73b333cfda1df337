using System.Security.Cryptography;
using System.Text.Json;
using Terminology.Issues;
using Terminology.Mapping;

namespace Terminology.Server.MapApi;

/// <summary>Versions of things that are read as a whole and have no number: a hash of what is read. Same content, same version.</summary>
internal static class ContentTag
{
    private const int Digits = 32;

    /// <summary>The version, without quotes.</summary>
    public static string Of<T>(T value) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(value, MappingJson.Options)))[..Digits];

    /// <summary>Tells a version to who reads.</summary>
    public static void Send(HttpResponse response, string version) => response.Headers.ETag = $"\"{version}\"";

    /// <summary>The version that somebody has seen, by <c>If-Match</c>; null when it is not said.</summary>
    public static string? Seen(HttpRequest request) => request.Headers.IfMatch.Count == 0 ? null : request.Headers.IfMatch.ToString().Trim('"');

    /// <summary>The version that must be said.</summary>
    /// <exception cref="TerminologyException">Required: it is not.</exception>
    public static string Needed(HttpRequest request) => Seen(request) ?? throw new TerminologyException(IssueType.Required, "IF_MATCH_NEEDED", SettingsMessages.IfMatchNeeded()) { Expression = "If-Match" };
}

using System.Text.Json;

namespace Terminology.Fhir.Json;

/// <summary>The FHIR datatypes that terminology resources use.</summary>
internal static class Datatypes
{
    public static Coding Coding(JsonNode node)
        => new(node.String("system"), node.String("code"), node.String("version"), node.String("display")) { UserSelected = node.Boolean("userSelected") };

    public static CodeableConcept CodeableConcept(JsonNode node) => new([.. node.Objects("coding").Select(Coding)], node.String("text"));

    public static PublicationStatus Status(string? word) => word switch
    {
        "draft" => PublicationStatus.Draft,
        "active" => PublicationStatus.Active,
        "retired" => PublicationStatus.Retired,
        _ => PublicationStatus.Unknown,
    };

    public static string Word(PublicationStatus status) => status switch
    {
        PublicationStatus.Draft => "draft",
        PublicationStatus.Active => "active",
        PublicationStatus.Retired => "retired",
        _ => "unknown",
    };

    /// <summary>A coding as <c>system|code</c> or <c>system|code|display</c>, the form of <see cref="CodeSystems.PropertyType.Coding"/>.</summary>
    public static string Text(Coding coding)
        => coding.Display is null ? $"{coding.System}|{coding.Code}" : $"{coding.System}|{coding.Code}|{coding.Display}";

    /// <summary>A primitive as text.</summary>
    public static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    /// <summary>A canonical with an optional version of its own; null when there is no url.</summary>
    public static VersionedUrl? Canonical(string? url, string? version = null)
    {
        if (url is null || url.StartsWith('|')) return null;
        var canonical = VersionedUrl.Parse(url);
        return version is null ? canonical : canonical with { Version = version };
    }
}

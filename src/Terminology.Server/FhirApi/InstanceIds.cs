using System.Security.Cryptography;
using System.Text;
using Terminology.Fhir.Operations;
using Terminology.Issues;

namespace Terminology.Server.FhirApi;

/// <summary>Logical ids of what is served: the resource's own where it is unique, else one made from canonical and version, the same at every start.</summary>
internal static class InstanceIds
{
    public static string Of(CodeSystemEntry entry) => entry.Resource?.Id ?? Make(entry.Url, entry.Version);

    public static string Of(ValueSetEntry entry) => entry.Resource?.Id ?? Make(entry.Url, entry.Version);

    public static string Of(ConceptMapEntry entry) => entry.Resource?.Id ?? Make(entry.Url ?? "inline", entry.Version);

    /// <summary>The entry with this id; of several packages' copies the one that answers first.</summary>
    public static T? Find<T>(IReadOnlyList<T> entries, Func<T, string> idOf, string id)
        where T : class
    {
        foreach (var entry in entries)
        {
            if (idOf(entry) == id) return entry;
        }
        return null;
    }

    /// <summary>Adds what the id in the path pins to the parameters of an instance-level operation.</summary>
    /// <exception cref="TerminologyException">NotFound: no such instance.</exception>
    public static OperationInput Pin(TerminologyService service, string type, string operation, string id, OperationInput input) => type switch
    {
        "CodeSystem" when Find(service.CodeSystems, Of, id) is { } found
            => input.With([new("url", found.Url), new("system", found.Url), .. Versions("version", found.Version)]),
        // In a comparison the instance is thisUrl, and valueSetVersion is about the other one.
        "ValueSet" when operation == "$compare" && Find(service.ValueSets, Of, id) is { } found => input.With([new("thisUrl", new VersionedUrl(found.Url, found.Version).ToString())]),
        "ValueSet" when Find(service.ValueSets, Of, id) is { } found => input.With([new("url", found.Url), .. Versions("valueSetVersion", found.Version)]),
        "ConceptMap" when Find(service.ConceptMaps, Of, id) is { Url: { } url } found => input.With([new("url", url), .. Versions("conceptMapVersion", found.Version)]),
        _ => throw NoSuch(type, id),
    };

    public static TerminologyException NoSuch(string type, string id)
        => new(IssueType.NotFound, "UNKNOWN_INSTANCE", $"There is no {type}/{id}; search {type}?url=… for the one you mean.");

    private static KeyValuePair<string, string>[] Versions(string name, string? version) => version is null ? [] : [new(name, version)];

    /// <summary>Letters, digits, dots and hyphens, at most 64: the tail of the canonical and version, with a hash where that is cut.</summary>
    private static string Make(string url, string? version)
    {
        var text = new StringBuilder();
        foreach (var character in $"{url[(url.IndexOf("//", StringComparison.Ordinal) is >= 0 and var at ? at + 2 : 0)..]}{(version is null ? "" : $"-{Tail(version)}")}")
        {
            text.Append(char.IsAsciiLetterOrDigit(character) || character is '.' or '-' ? character : '-');
        }
        if (text.Length <= 64) return text.ToString();
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{url}|{version}")))[..10];
        return $"{text.ToString(text.Length - 53, 53).TrimStart('-', '.')}-{hash}";
    }

    private static string Tail(string version) => version.Replace("http://snomed.info/", "", StringComparison.Ordinal);
}

using System.Security.Cryptography;
using System.Text;
using Terminology.Fhir.Operations;
using Terminology.Issues;
using Terminology.Server.Hosting;

namespace Terminology.Server.FhirApi;

/// <summary>Logical ids of what is served: the resource's own where it is unique, else one made from canonical and version, the same at every start.</summary>
/// <remarks>Thread-safe; the ids of all that is loaded are made when one of them is first asked for.</remarks>
internal sealed class InstanceIds(TerminologyService releases)
{
    private readonly Lazy<Index> _index = new(() => new(releases));

    public static string Of(CodeSystemEntry entry) => entry.Resource?.Id ?? Make(entry.Url, entry.Version);

    public static string Of(ValueSetEntry entry) => entry.Resource?.Id ?? Make(entry.Url, entry.Version);

    public static string Of(ConceptMapEntry entry) => entry.Resource?.Id ?? Make(entry.Url ?? "inline", entry.Version);

    /// <summary>What is loaded under an id; of several packages' copies the one that answers first; or null.</summary>
    public SearchEntry? Find(string type, string id) => _index.Value.ById.GetValueOrDefault((type, id));

    /// <summary>What is loaded under a canonical.</summary>
    public IEnumerable<SearchEntry> OfUrl(string type, string url) => _index.Value.ByUrl[(type, url)];

    /// <summary>All that is loaded of a type, by canonical.</summary>
    public IEnumerable<SearchEntry> All(string type) => _index.Value.ByType[type];

    /// <summary>Adds what the id in the path pins to the parameters of an instance-level operation.</summary>
    /// <exception cref="TerminologyException">NotFound: no such instance.</exception>
    public static OperationInput Pin(World world, FhirOperation operation, string id, OperationInput input)
    {
        var type = operation.ResourceType;
        var (url, version) = world.Stored.Find(type, id) is { } stored ? (stored.Url, stored.Version) : world.Ids.Find(type, id)?.Canonical ?? throw NoSuch(type, id);
        return type switch
        {
            "CodeSystem" => input.With([new("url", url), new("system", url), .. Versions("version", version)]),
            // In a comparison the instance is thisUrl, and valueSetVersion is about the other one.
            "ValueSet" when operation.Name == "$compare" => input.With([new("thisUrl", new VersionedUrl(url, version).ToString())]),
            "ValueSet" => input.With([new("url", url), .. Versions("valueSetVersion", version)]),
            _ => input.With([new("url", url), .. Versions("conceptMapVersion", version)]),
        };
    }

    public static TerminologyException NoSuch(string type, string id) => new(IssueType.NotFound, "UNKNOWN_INSTANCE", ResourceMessages.NoSuchInstance(type, id));

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

    private sealed class Index
    {
        public Index(TerminologyService releases)
        {
            SearchEntry[] all =
            [
                .. releases.CodeSystems.Select(SearchEntry.Loaded), .. releases.ValueSets.Select(SearchEntry.Loaded), .. releases.ConceptMaps.Select(SearchEntry.Loaded),
                .. releases.Releases.SelectMany(release => release.Content.Resources).Where(resource => resource is { ResourceType: "NamingSystem", Id: not null }).Select(SearchEntry.LoadedNamingSystem),
            ];
            foreach (var entry in all) ById.TryAdd((entry.Type, entry.Id), entry);
            ByUrl = all.Where(entry => entry.Url is not null).ToLookup(entry => (entry.Type, entry.Url!));
            ByType = all.ToLookup(entry => entry.Type, StringComparer.Ordinal);
        }

        public Dictionary<(string Type, string Id), SearchEntry> ById { get; } = [];

        public ILookup<(string Type, string Url), SearchEntry> ByUrl { get; }

        public ILookup<string, SearchEntry> ByType { get; }
    }
}

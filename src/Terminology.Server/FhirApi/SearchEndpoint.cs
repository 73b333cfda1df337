using System.Text.Json;
using Terminology.Fhir.Operations;
using Terminology.Fhir.Resources;

namespace Terminology.Server.FhirApi;

/// <summary>Searching CodeSystem, ValueSet and ConceptMap by url, version, name, title, status, _id, source and target system; paged, without concepts.</summary>
internal static class SearchEndpoint
{
    private static readonly string[] Criteria = ["url", "version", "name", "title", "status", "source-system", "target-system"];
    private const int PageSize = 50, LargestPage = 1000;

    public static FhirOperation CodeSystems { get; } = new("CodeSystem", "", request => Answer(
        request, "CodeSystem", request.Service.CodeSystems, InstanceIds.Of,
        entry => new(entry.Url, entry.Version, () => (entry.CodeSystem.Value.Info.Name, entry.CodeSystem.Value.Info.Title, entry.CodeSystem.Value.Info.Status)),
        (writer, entry) => ResourceWriter.Write(writer, entry.CodeSystem.Value.Info, InstanceIds.Of(entry))))
    { Post = false };

    public static FhirOperation ValueSets { get; } = new("ValueSet", "", request => Answer(
        request, "ValueSet", request.Service.ValueSets, InstanceIds.Of,
        entry => new(entry.Url, entry.Version, () => (entry.ValueSet.Value.Name, entry.ValueSet.Value.Title, entry.Status)),
        (writer, entry) => ResourceWriter.Write(writer, entry.ValueSet.Value, InstanceIds.Of(entry))))
    { Post = false };

    public static FhirOperation ConceptMaps { get; } = new("ConceptMap", "", request => Answer(
        request, "ConceptMap", request.Service.ConceptMaps, InstanceIds.Of,
        entry => new(entry.Url ?? "", entry.Version, () => (entry.Map.Value.Info.Name, entry.Map.Value.Info.Title, entry.Status)) { Sources = entry.SourceSystems, Targets = entry.TargetSystems },
        (writer, entry) => ResourceWriter.Write(writer, entry.Map.Value.Info, InstanceIds.Of(entry))))
    { Post = false };

    private sealed record Facts(string Url, string? Version, Func<(string? Name, string? Title, PublicationStatus Status)> Texts)
    {
        public IReadOnlyList<string> Sources { get; init; } = [];

        public IReadOnlyList<string> Targets { get; init; } = [];
    }

    private static FhirAnswer Answer<T>(
        FhirRequest request, string type, IReadOnlyList<T> entries, Func<T, string> idOf, Func<T, Facts> factsOf, Action<Utf8JsonWriter, T> write)
        where T : class
    {
        var input = request.Input;
        var found = entries.Where(entry => Fits(input, factsOf(entry), idOf, entry)).ToArray();
        var count = Math.Clamp(input.Integer("_count") ?? PageSize, 0, LargestPage);
        var offset = Math.Max(input.Integer("_offset") ?? 0, 0);
        var page = found.Skip(offset).Take(count)
            .Select(entry => new SearchHit($"{request.Base}/{type}/{idOf(entry)}", writer => write(writer, entry))).ToArray();
        var next = offset + page.Length < found.Length && count > 0 ? $"{request.Base}/{type}?{Query(input)}_count={count}&_offset={offset + count}" : null;
        return new(writer => SearchBundleWriter.Write(writer, found.Length, next, page));
    }

    private static bool Fits<T>(OperationInput input, Facts facts, Func<T, string> idOf, T entry)
    {
        if (input.Text("url") is { } url && facts.Url != url) return false;
        if (input.Text("version") is { } version && facts.Version != version) return false;
        if (input.Text("_id") is { } id && idOf(entry) != id) return false;
        if (input.Text("source-system") is { } source && !facts.Sources.Contains(source)) return false;
        if (input.Text("target-system") is { } target && !facts.Targets.Contains(target)) return false;
        if (input.Text("name") is null && input.Text("title") is null && input.Text("status") is null) return true;
        var (name, title, status) = facts.Texts();
        return (input.Text("name") is not { } named || name?.StartsWith(named, StringComparison.OrdinalIgnoreCase) == true)
            && (input.Text("title") is not { } titled || title?.StartsWith(titled, StringComparison.OrdinalIgnoreCase) == true)
            && (input.Text("status") is not { } wanted || string.Equals(status.ToString(), wanted, StringComparison.OrdinalIgnoreCase));
    }

    private static string Query(OperationInput input)
        => string.Concat(Criteria.Select(name => input.Text(name) is { } value ? $"{name}={Uri.EscapeDataString(value)}&" : ""));
}

using System.Globalization;
using Terminology.Fhir.Operations;
using Terminology.Fhir.Queries;
using Terminology.Fhir.Resources;
using Terminology.Issues;

namespace Terminology.Server.FhirApi;

/// <summary>Searching what is stored and what is loaded, paged. FHIR R4 <see href="https://hl7.org/fhir/R4/search.html">search</see>.</summary>
internal static class SearchEndpoint
{
    private const int PageSize = 50, LargestPage = 1000;
    private static readonly string[] Shape = ["_sort", "_summary", "_elements"];

    public static FhirOperation CodeSystems { get; } = Of("CodeSystem");

    public static FhirOperation ValueSets { get; } = Of("ValueSet");

    public static FhirOperation ConceptMaps { get; } = Of("ConceptMap");

    public static FhirOperation NamingSystems { get; } = Of("NamingSystem");

    private static FhirOperation Of(string type) => new(type, "", request => Answer(type, request)) { Post = false };

    private static FhirAnswer Answer(string type, FhirRequest request)
    {
        var input = request.Input;
        var query = SearchQuery.Read(type, input);
        if (request.Prefer.Strict && query.Ignored.Count > 0)
        {
            throw new TerminologyException(IssueType.Value, "UNKNOWN_PARAMETER", $"{type} is not searched by {string.Join(", ", query.Ignored)}.") { Expression = query.Ignored[0] };
        }
        var found = Sorted(type, InTime(ResourceSearch.Find(type, query, request.World.Stored, request.World.Ids), request.Scope.Cancel), input.Text("_sort")).ToArray();
        var summary = input.Text("_summary");
        if (summary is not (null or "true" or "false" or "text" or "data" or "count")) throw OperationInput.Wrong("_summary", $"'{summary}' is none of true, false, text, data and count.");
        var elements = input.Texts("_elements").SelectMany(names => names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).ToArray();
        var count = summary == "count" ? 0 : Math.Min(input.Integer("_count") ?? PageSize, LargestPage);
        var offset = input.Integer("_offset") ?? 0;
        var page = found.Skip(offset).Take(count)
            .Select(entry => new SearchHit($"{request.Base}/{type}/{entry.Id}", writer => SubsetWriter.Write(writer, entry.Json(), summary, elements))).ToArray();
        Issue[] remarks = query.Ignored.Count == 0 ? [] : [new(IssueSeverity.Warning, IssueType.NotSupported, $"{type} is not searched by {string.Join(", ", query.Ignored)}; the rest was looked for.")];
        var links = Links($"{request.Base}/{type}", query, input, found.Length, offset, count);
        return new(writer => SearchBundleWriter.Write(writer, found.Length, links, page, remarks)) { IsLong = page.Length > PageSize };
    }

    private static IEnumerable<SearchEntry> InTime(IEnumerable<SearchEntry> found, CancellationToken cancel)
    {
        foreach (var entry in found)
        {
            cancel.ThrowIfCancellationRequested();
            yield return entry;
        }
    }

    private static IEnumerable<SearchEntry> Sorted(string type, IEnumerable<SearchEntry> found, string? sort)
    {
        if (sort is null) return found;
        IOrderedEnumerable<SearchEntry>? sorted = null;
        foreach (var key in sort.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, descending) = key[0] == '-' ? (key[1..], true) : (key, false);
            if (SearchParameter.Find(type, name) is not { Kind: not (SearchKind.Text or SearchKind.Code) }) throw OperationInput.Wrong("_sort", $"{type} is not sorted by '{name}'.");
            string KeyOf(SearchEntry entry) => entry.Facts.First(name) ?? "";
            sorted = (sorted, descending) switch
            {
                (null, false) => found.OrderBy(KeyOf, StringComparer.OrdinalIgnoreCase),
                (null, true) => found.OrderByDescending(KeyOf, StringComparer.OrdinalIgnoreCase),
                (_, false) => sorted.ThenBy(KeyOf, StringComparer.OrdinalIgnoreCase),
                (_, true) => sorted.ThenByDescending(KeyOf, StringComparer.OrdinalIgnoreCase),
            };
        }
        return sorted ?? found;
    }

    /// <summary>Addresses of this page and those around it; they say what was understood of the query.</summary>
    private static List<(string Relation, string Url)> Links(string url, SearchQuery query, OperationInput input, int total, int offset, int count)
    {
        var shape = Shape.Where(input.Has).Select(name => KeyValuePair.Create(name, input.Text(name)!));
        var text = string.Concat(query.Used.Concat(shape).Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}&"));
        string At(int from) => string.Create(CultureInfo.InvariantCulture, $"{url}?{text}_count={count}{(from > 0 ? $"&_offset={from}" : "")}");
        var links = new List<(string, string)> { ("self", At(offset)) };
        if (count == 0) return links;
        if (offset > 0)
        {
            links.Add(("first", At(0)));
            links.Add(("previous", At(Math.Max(offset - count, 0))));
        }
        if (offset + count < total) links.Add(("next", At(offset + count)));
        return links;
    }
}

using System.Globalization;
using Terminology.Fhir.Operations;
using Terminology.Fhir.Resources;
using Terminology.Issues;
using Terminology.Journal;
using Terminology.Server.Hosting;

namespace Terminology.Server.FhirApi;

/// <summary>Read, versioned read, and the history of a resource or of a type. FHIR R4 <see href="https://hl7.org/fhir/R4/http.html#read">read</see>.</summary>
internal sealed class ResourceReads(LiveService live, StoredResources stored)
{
    private const int PageSize = 50, LargestPage = 1000;

    /// <exception cref="TerminologyException">NotFound; Gone; Value: a parameter that is not right.</exception>
    public async Task<FhirAnswer> AnswerAsync(ResourceRequest request) => request switch
    {
        { History: true } => await HistoryAsync(request),
        { VersionId: { } version } => await VersionAsync(request, version),
        _ => Read(request),
    };

    private FhirAnswer Read(ResourceRequest request)
    {
        var (type, id) = (request.Type, request.Id!);
        if (stored.Find(type, id) is { } document) return document.Deleted ? throw GoneBy(document) : Current(request, document);
        var loaded = live.World.Ids.Find(type, id) ?? throw InstanceIds.NoSuch(type, id);
        return Shown(request, loaded.Json());
    }

    private static FhirAnswer Current(ResourceRequest request, JournalDocument document)
    {
        var answer = Shown(request, document.Body) with { Version = document.Version, Modified = document.Instant };
        var isKnown = request.IfNoneMatch is { } tags
            ? tags.Split(',').Any(tag => tag.Trim() == "*" || ResourceRequest.VersionOf(tag) == document.Version.ToString(CultureInfo.InvariantCulture))
            // The header has no fractions of a second.
            : request.IfModifiedSince is { } since && document.Instant < since.AddSeconds(1);
        return isKnown ? answer with { Write = null, Status = StatusCodes.Status304NotModified } : answer;
    }

    private static FhirAnswer Shown(ResourceRequest request, ReadOnlyMemory<byte> json)
    {
        var elements = request.Query.Texts("_elements").SelectMany(names => names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).ToArray();
        return new(writer => SubsetWriter.Write(writer, json, request.Query.Text("_summary"), elements));
    }

    private async Task<FhirAnswer> VersionAsync(ResourceRequest request, string version)
    {
        var (type, id) = (request.Type, request.Id!);
        if (stored.Find(type, id) is null) throw live.World.Ids.Find(type, id) is null ? InstanceIds.NoSuch(type, id) : NoSuchVersion(request, version);
        var document = int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? await stored.VersionAsync(type, id, number) : null;
        if (document is null) throw NoSuchVersion(request, version);
        return document.Deleted ? throw GoneBy(document) : Current(request, document);
    }

    private async Task<FhirAnswer> HistoryAsync(ResourceRequest request)
    {
        var (type, id) = (request.Type, request.Id);
        if (id is not null && stored.Find(type, id) is null)
        {
            var loaded = live.World.Ids.Find(type, id) ?? throw InstanceIds.NoSuch(type, id);
            return new(writer => SearchBundleWriter.WriteSingleHistory(writer, $"{request.Base}/{type}/{id}", loaded.Write));
        }
        var count = Math.Min(request.Query.Integer("_count") ?? PageSize, LargestPage);
        var before = request.Query.Text("_before") is { } place
            ? long.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw OperationInput.Wrong("_before", $"'{place}' is no place in the history.")
            : long.MaxValue;
        var since = request.Query.Text("_since") is { } text
            ? DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment : throw OperationInput.Wrong("_since", $"'{text}' is no moment.")
            : DateTimeOffset.MinValue;
        var found = await stored.HistoryAsync(type, id, before, count + 1);
        var page = found.Take(count).TakeWhile(document => document.Instant >= since).ToArray();
        var path = $"{request.Base}/{type}{(id is null ? "" : $"/{id}")}/_history";
        var links = new List<(string, string)> { ("self", $"{path}?_count={count}{(before == long.MaxValue ? "" : $"&_before={before}")}") };
        if (page.Length == count && found.Count > count) links.Add(("next", $"{path}?_count={count}&_before={page[^1].Sequence}"));
        var total = id is null || since > DateTimeOffset.MinValue ? (int?)null : stored.Find(type, id)!.Version;
        return new(writer => HistoryBundleWriter.Write(writer, total, links, request.Base, page));
    }

    private static Gone GoneBy(JournalDocument document) => new(ResourceMessages.Gone(document.Collection, document.Id, document.Version), document.Version);

    private static TerminologyException NoSuchVersion(ResourceRequest request, string version)
        => new(IssueType.NotFound, "UNKNOWN_VERSION", ResourceMessages.NoSuchVersion(request.Type, request.Id!, version));
}

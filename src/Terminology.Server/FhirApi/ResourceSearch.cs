using Terminology.Fhir.Operations;
using Terminology.Fhir.Queries;
using Terminology.Server.Hosting;

namespace Terminology.Server.FhirApi;

/// <summary>Finding resources among what is stored and what is loaded.</summary>
internal static class ResourceSearch
{
    /// <summary>Those that meet the criteria: stored ones by canonical, then loaded ones. A canonical or id that is asked for is looked up, not looked for.</summary>
    public static IEnumerable<SearchEntry> Find(string type, SearchQuery query, StoredContent stored, InstanceIds loaded)
    {
        IEnumerable<SearchEntry> here, there;
        if (query.Pinned("_id") is { } id)
        {
            here = stored.Find(type, id) is { } one ? [SearchEntry.Stored(one, stored)] : [];
            there = loaded.Find(type, id) is { } other ? [other] : [];
        }
        else if (type != "NamingSystem" && (query.Pinned("url") ?? query.Pinned("system")) is { } url)
        {
            // Some packages write a version into the url itself; the catalogue has it apart.
            var canonical = url.Split('|')[0];
            here = stored.OfUrl(type, canonical).Select(resource => SearchEntry.Stored(resource, stored));
            there = loaded.OfUrl(type, url).Concat(canonical == url ? [] : loaded.OfUrl(type, canonical));
        }
        else
        {
            here = stored.OfType(type).Select(resource => SearchEntry.Stored(resource, stored));
            there = loaded.All(type);
        }
        return query.IsEmpty ? here.Concat(there) : here.Concat(there).Where(entry => query.Matches(entry.Searched));
    }

    /// <summary>Those that meet the condition of a conditional request.</summary>
    /// <exception cref="Issues.TerminologyException">Required: the condition has no criteria, or one that nothing here searches by.</exception>
    public static IReadOnlyList<SearchEntry> Matching(string type, string condition, StoredContent stored, World world)
    {
        var query = SearchQuery.Read(type, OperationInput.FromQuery(condition));
        if (query.IsEmpty || query.Ignored.Count > 0)
        {
            throw new Issues.TerminologyException(Issues.IssueType.Required, "NO_CONDITION", Issues.ResourceMessages.NoCondition(type));
        }
        return [.. Find(type, query, stored, world.Ids).Take(3)];
    }
}

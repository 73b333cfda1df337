using Terminology.Mapping.Impact;
using Terminology.Maps;

namespace Terminology.Server.Impact;

/// <summary>
/// What stands for the codes of a release that are no more: its own maps onto itself (historical associations of SNOMED CT, MAP_TO of LOINC, remapped concepts of RxNorm) and
/// those that were loaded or stored beside it, such as conversion tables of a classification.
/// </summary>
internal sealed class Replacements
{
    /// <summary>Associations of SNOMED CT whose targets are no successors: namespaces (MOVED TO, MOVED FROM) and what is referred to.</summary>
    private static readonly string[] WithoutSuccessors = ["900000000000524003", "900000000000525002", "900000000000531004"];

    private readonly (IConceptMap Map, string Title, string Source, int Group)[] _maps;

    /// <param name="service">What is loaded.</param>
    /// <param name="release">The release whose codes are replaced.</param>
    public Replacements(TerminologyService service, VersionedUrl release) => _maps = [.. Maps(service, release).DistinctBy(map => (map.Title, map.Group))];

    /// <summary>Each code once, the surest word for it first.</summary>
    public IReadOnlyList<Replacement> Of(string code, ReleaseFacts facts)
    {
        var found = new List<Replacement>();
        foreach (var (map, title, source, group) in _maps)
        {
            foreach (var target in map.Find(group, code).SelectMany(element => element.Targets).Where(target => target.Code is not null && target.Code != code))
            {
                found.Add(new(target.Code!, target.Display ?? facts.Display(target.Code!), title, target.Relationship, source) { Comment = target.Comment });
            }
        }
        return [.. found.OrderByDescending(said => said.IsCertain).DistinctBy(said => said.Code)];
    }

    private static IEnumerable<(IConceptMap Map, string Title, string Source, int Group)> Maps(TerminologyService service, VersionedUrl release)
    {
        foreach (var entry in service.ConceptMaps)
        {
            if (!entry.SourceSystems.Contains(release.Url) || !entry.TargetSystems.Contains(release.Url) || Array.Exists(WithoutSuccessors, id => entry.Url?.EndsWith(id, StringComparison.Ordinal) == true)) continue;
            var isOwn = entry.Release?.Info.Id == release;
            // What another release of the system says of itself is not said of this one.
            if (!isOwn && entry.Release?.CodeSystem is not null) continue;
            var map = entry.Map.Value;
            for (var group = 0; group < map.Info.Groups.Count; group++)
            {
                if (map.Info.Groups[group].Source?.Url != release.Url || map.Info.Groups[group].Target?.Url != release.Url) continue;
                yield return (map, Title(map), isOwn ? release.ToString() : new VersionedUrl(entry.Url ?? "a map", entry.Version).ToString(), group);
            }
        }
    }

    /// <summary>As people say it: <c>SAME AS</c>, <c>MAP_TO</c>, <c>remap</c>; else the title of the map.</summary>
    private static string Title(IConceptMap map) => map.Info.Url switch
    {
        "http://loinc.org?fhir_cm=map-to" => "MAP_TO",
        { } url when url.EndsWith("?fhir_cm=remap", StringComparison.Ordinal) => "remap",
        _ => map.Info.Title ?? map.Info.Name ?? map.Info.Url ?? "map",
    };
}

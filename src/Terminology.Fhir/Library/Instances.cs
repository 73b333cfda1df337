using Terminology.Fhir.Operations;
using Terminology.Issues;

namespace Terminology.Fhir.Library;

/// <summary>Instances by the id that their resource has.</summary>
internal static class Instances
{
    /// <summary>The parameters with what the id stands for.</summary>
    /// <exception cref="TerminologyException">NotFound: no such instance.</exception>
    public static OperationInput Pin(TerminologyService service, string type, string id, OperationInput input) => type switch
    {
        "CodeSystem" when service.CodeSystems.FirstOrDefault(entry => entry.Resource?.Id == id) is { } found => input.With([new("url", found.Url), new("system", found.Url), .. Version("version", found.Version)]),
        "ValueSet" when service.ValueSets.FirstOrDefault(entry => entry.Resource?.Id == id) is { } found => input.With([new("url", found.Url), .. Version("valueSetVersion", found.Version)]),
        "ConceptMap" when service.ConceptMaps.FirstOrDefault(entry => entry.Resource?.Id == id) is { Url: { } url } found => input.With([new("url", url), .. Version("conceptMapVersion", found.Version)]),
        _ => throw new TerminologyException(IssueType.NotFound, "UNKNOWN_INSTANCE", $"There is no {type}/{id}."),
    };

    private static KeyValuePair<string, string>[] Version(string name, string? version) => version is null ? [] : [new(name, version)];
}

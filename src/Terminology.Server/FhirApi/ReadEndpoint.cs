using Terminology.Fhir.Resources;
using Terminology.Releases;

namespace Terminology.Server.FhirApi;

/// <summary>Reading a resource by id, and the id that a search answers with.</summary>
internal static class ReadEndpoint
{
    public static FhirOperation Of(string type) => new(type, "", request => Answer(type, request));

    private static FhirAnswer Answer(string type, FhirRequest request)
    {
        var id = request.Id ?? "";
        return type switch
        {
            "CodeSystem" when InstanceIds.Find(request.Service.CodeSystems, InstanceIds.Of, id) is { } found => Write(found),
            "ValueSet" when InstanceIds.Find(request.Service.ValueSets, InstanceIds.Of, id) is { Resource: { } resource } => Raw(resource),
            "ConceptMap" when InstanceIds.Find(request.Service.ConceptMaps, InstanceIds.Of, id) is { } found => Write(found),
            "NamingSystem" when request.Service.Releases.SelectMany(release => release.Content.Resources)
                .FirstOrDefault(resource => resource.ResourceType == "NamingSystem" && resource.Id == id) is { } resource => Raw(resource),
            _ => throw InstanceIds.NoSuch(type, id),
        };
    }

    private static FhirAnswer Write(CodeSystemEntry entry)
        => entry.Resource is { } resource ? Raw(resource) : new(writer => ResourceWriter.Write(writer, entry.CodeSystem.Value.Info, InstanceIds.Of(entry)));

    private static FhirAnswer Write(ConceptMapEntry entry)
        => entry.Resource is { } resource ? Raw(resource) : new(writer => ResourceWriter.Write(writer, entry.Map.Value.Info, InstanceIds.Of(entry)));

    private static FhirAnswer Raw(ResourceRecord resource) => new(writer => writer.WriteRawValue(resource.Json.Span, skipInputValidation: true));
}

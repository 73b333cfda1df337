using Terminology.Fhir.Resources;

namespace Terminology.Fhir.Operations;

/// <summary>What holds for the whole request, from its parameters and headers.</summary>
public static class RequestScopeReader
{
    /// <param name="input">The parameters.</param>
    /// <param name="acceptLanguage">The Accept-Language header, or null; displayLanguage wins over it.</param>
    public static RequestScope Read(OperationInput input, string? acceptLanguage)
    {
        var asked = input.Text("displayLanguage") ?? (acceptLanguage == "*" ? null : acceptLanguage);
        var languages = DisplayLanguages.Parse(asked);
        var (system, check, force) = (input.Texts("system-version"), input.Texts("check-system-version"), input.Texts("force-system-version"));
        var (valueSets, supplements) = (input.Texts("default-valueset-version"), input.Texts("useSupplement"));
        var limit = input.Integer("limit");
        if ((asked is null ? 0 : 1) + system.Count + check.Count + force.Count + valueSets.Count + supplements.Count == 0 && limit is null) return RequestScope.Default;
        return new()
        {
            Languages = languages,
            DisplayLanguage = asked,
            MaxExpansion = limit is { } most ? Math.Min(most, RequestScope.Default.MaxExpansion) : RequestScope.Default.MaxExpansion,
            SystemVersions = Versions(system, "system-version"),
            CheckSystemVersions = Versions(check, "check-system-version"),
            ForceSystemVersions = Versions(force, "force-system-version"),
            ValueSetVersions = Versions(valueSets, "default-valueset-version"),
            Supplements = [.. supplements.Select(VersionedUrl.Parse)],
        };
    }

    private static IReadOnlyList<VersionedUrl> Versions(IReadOnlyList<string> texts, string name)
        => [.. texts.Select(text => text.Contains('|') ? VersionedUrl.Parse(text) : throw OperationInput.Wrong(name, $"'{text}' is not of the form system|version."))];
}

/// <summary>Contents that travel with the request as <c>tx-resource</c>.</summary>
public static class OverlayReader
{
    /// <returns>Null when the request brings none.</returns>
    public static Overlay? Read(OperationInput input)
    {
        if (!input.Has("tx-resource")) return null;
        var (codeSystems, valueSets, maps) = (new List<CodeSystems.ICodeSystem>(), new List<ValueSets.ValueSet>(), new List<Terminology.Maps.IConceptMap>());
        foreach (var resource in input.All("tx-resource"))
        {
            switch (resource.ResourceType)
            {
                case "CodeSystem":
                    codeSystems.Add(FhirResourceReader.ReadCodeSystem(resource));
                    break;
                case "ValueSet":
                    valueSets.Add(FhirResourceReader.ReadValueSet(resource));
                    break;
                case "ConceptMap":
                    maps.Add(FhirResourceReader.ReadConceptMap(resource));
                    break;
            }
        }
        return new(codeSystems, valueSets, maps);
    }
}

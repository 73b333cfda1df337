using System.Globalization;
using Terminology.Fhir.Resources;

namespace Terminology.Fhir.Operations;

/// <summary>What holds for the whole request, from its parameters and headers.</summary>
public static class RequestScopeReader
{
    /// <param name="input">The parameters.</param>
    /// <param name="acceptLanguage">The Accept-Language header, or null; displayLanguage wins over it.</param>
    public static RequestScope Read(OperationInput input, string? acceptLanguage)
    {
        var languages = Languages(input.Text("displayLanguage") ?? acceptLanguage);
        var (system, check, force) = (input.Texts("system-version"), input.Texts("check-system-version"), input.Texts("force-system-version"));
        var (valueSets, supplements) = (input.Texts("default-valueset-version"), input.Texts("useSupplement"));
        if (languages.Count + system.Count + check.Count + force.Count + valueSets.Count + supplements.Count == 0) return RequestScope.Default;
        return new()
        {
            Languages = languages,
            SystemVersions = Versions(system, "system-version"),
            CheckSystemVersions = Versions(check, "check-system-version"),
            ForceSystemVersions = Versions(force, "force-system-version"),
            ValueSetVersions = Versions(valueSets, "default-valueset-version"),
            Supplements = [.. supplements.Select(VersionedUrl.Parse)],
        };
    }

    /// <summary>By weight, best first; <c>*</c> and weight 0 are left out.</summary>
    internal static IReadOnlyList<string> Languages(string? header)
    {
        if (string.IsNullOrWhiteSpace(header) || header == "*") return [];
        return [.. header.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(part => part.Split(';', StringSplitOptions.TrimEntries))
            .Select(parts => (Language: parts[0], Weight: parts.Length > 1 && parts[1].StartsWith("q=", StringComparison.OrdinalIgnoreCase)
                && double.TryParse(parts[1][2..], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var weight) ? weight : 1.0))
            .Where(item => item.Weight > 0 && item.Language != "*").OrderByDescending(item => item.Weight).Select(item => item.Language)];
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

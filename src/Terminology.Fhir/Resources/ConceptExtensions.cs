using Terminology.CodeSystems;
using Terminology.Fhir.Json;

namespace Terminology.Fhir.Resources;

/// <summary>The extensions of concepts and designations that mean something: order, label, weight and status are read as properties, the others travel as they are.</summary>
internal static class ConceptExtensions
{
    private const string Base = "http://hl7.org/fhir/StructureDefinition/", Standard = "http://hl7.org/fhir/concept-properties#";

    /// <summary>The properties behind extensions, whichever of two spellings they come in.</summary>
    private static readonly Dictionary<string, PropertyDefinition> AsProperties = new(StringComparer.Ordinal)
    {
        [Base + "codesystem-conceptOrder"] = Order,
        [Base + "valueset-conceptOrder"] = Order,
        [Base + "codesystem-label"] = Label,
        [Base + "valueset-label"] = Label,
        [Base + "itemWeight"] = Weight,
    };

    private static readonly HashSet<string> Kept = new(
        [
            Base + "rendering-style", Base + "rendering-xhtml", Base + "coding-sctdescid", Base + "valueset-concept-definition", Extension.ValueSetDeprecated, Extension.StandardsStatus,
        ],
        StringComparer.Ordinal);

    private static PropertyDefinition Order => new("order", PropertyType.Decimal, Standard + "order") { IsDerived = true };

    private static PropertyDefinition Label => new("label", PropertyType.String, Standard + "label") { IsDerived = true };

    private static PropertyDefinition Weight => new("weight", PropertyType.Decimal, Standard + "itemWeight") { IsDerived = true };

    /// <summary>Standards status of a concept, as its status property.</summary>
    public static PropertyDefinition Status => new("status", PropertyType.Code, Standard + "status");

    /// <summary>The properties that answers show without being asked for.</summary>
    public static bool IsAlwaysShown(PropertyDefinition property) => property.Uri is Standard + "order" or Standard + "label" or Standard + "itemWeight" or Standard + "status";

    /// <summary>Those that travel as they are.</summary>
    public static IReadOnlyList<Extension> Read(JsonNode node)
    {
        List<Extension>? found = null;
        foreach (var extension in node.Objects("extension"))
        {
            if (extension.String("url") is not { } url || !Kept.Contains(url) || extension.Choice("value") is not var (type, value)) continue;
            (found ??= []).Add(new(url, type, Datatypes.Text(value)));
        }
        return found ?? (IReadOnlyList<Extension>)[];
    }

    /// <summary>Those that are properties.</summary>
    public static IEnumerable<(PropertyDefinition Property, string Value)> Properties(JsonNode node)
    {
        foreach (var extension in node.Objects("extension"))
        {
            if (extension.String("url") is { } url && AsProperties.TryGetValue(url, out var property) && extension.Choice("value") is var (_, value)) yield return (property, Datatypes.Text(value));
        }
    }

    /// <summary>Standards status of a resource, or null.</summary>
    public static string? StatusOf(JsonNode root) => root.Extension(Extension.StandardsStatus)?.String("valueCode");
}

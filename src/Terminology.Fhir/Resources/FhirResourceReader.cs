using System.Text.Json;
using Terminology.CodeSystems;
using Terminology.Fhir.Json;
using Terminology.Maps;
using Terminology.ValueSets;

namespace Terminology.Fhir.Resources;

/// <summary>
/// Reads CodeSystem, ValueSet and ConceptMap in R4 JSON. Elements that have no meaning for terminology are not looked at; what is looked at must have
/// the right type, and a fault names its JSON path. R5 names are understood in concept maps.
/// </summary>
/// <remarks>Thread-safe, holds no state. Reads by hand over <see cref="JsonDocument"/>: packages bring thousands of resources.</remarks>
public sealed class FhirResourceReader : IResourceReader
{
    /// <inheritdoc/>
    public ICodeSystem ReadCodeSystem(ReadOnlyMemory<byte> json) => Read(json, CodeSystemJson.Read);

    /// <inheritdoc/>
    public ValueSet ReadValueSet(ReadOnlyMemory<byte> json) => Read(json, ValueSetJson.Read) with { Definition = () => json };

    /// <inheritdoc/>
    public IConceptMap ReadConceptMap(ReadOnlyMemory<byte> json) => Read(json, ConceptMapJson.Read);

    internal static InMemoryCodeSystem ReadCodeSystem(JsonNode root) => CodeSystemJson.Read(root);

    internal static ValueSet ReadValueSet(JsonNode root) => ValueSetJson.Read(root) with { Definition = () => System.Text.Encoding.UTF8.GetBytes(root.Element.GetRawText()) };

    internal static InMemoryConceptMap ReadConceptMap(JsonNode root) => ConceptMapJson.Read(root);

    private static T Read<T>(ReadOnlyMemory<byte> json, Func<JsonNode, T> read)
    {
        var root = JsonNode.Root(json, out var document);
        using (document) return read(root);
    }
}

using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Terminology.Fhir.Resources;

/// <summary>An element that R5 has and R4 has not.</summary>
/// <param name="Path">Its path in R5, without the suffix of a choice.</param>
/// <param name="Type">Its type as a suffix of <c>value</c>; null when it has parts.</param>
internal sealed record R5Element(string Path, string? Type);

/// <summary>What the terminology resources of <see href="https://hl7.org/fhir/R5/terminology-module.html">R5</see> have besides those of R4.</summary>
internal static class R5Elements
{
    private static readonly string[] Resources = ["CodeSystem", "ValueSet", "ConceptMap", "NamingSystem"];

    /// <summary>Elements of every one of them: name and type.</summary>
    private static readonly string[] Common =
    [
        "versionAlgorithmString String", "versionAlgorithmCoding Coding", "copyrightLabel String", "approvalDate Date", "lastReviewDate Date", "effectivePeriod Period", "topic CodeableConcept",
        "author ContactDetail", "editor ContactDetail", "reviewer ContactDetail", "endorser ContactDetail",
        "relatedArtifact", "relatedArtifact.type Code", "relatedArtifact.classifier CodeableConcept", "relatedArtifact.label String", "relatedArtifact.display String", "relatedArtifact.citation Markdown",
        "relatedArtifact.document Attachment", "relatedArtifact.resource Canonical", "relatedArtifact.resourceReference Reference", "relatedArtifact.publicationStatus Code", "relatedArtifact.publicationDate Date",
    ];

    /// <summary>Elements of one: path and type.</summary>
    private static readonly string[] Own =
    [
        "CodeSystem.concept.designation.additionalUse Coding",
        "ValueSet.scope", "ValueSet.scope.inclusionCriteria String", "ValueSet.scope.exclusionCriteria String",
        "ValueSet.compose.property String", "ValueSet.compose.include.copyright String", "ValueSet.compose.exclude.copyright String",
        "ValueSet.compose.include.concept.designation.additionalUse Coding", "ValueSet.compose.exclude.concept.designation.additionalUse Coding",
        "ValueSet.expansion.next Uri", "ValueSet.expansion.property", "ValueSet.expansion.property.code Code", "ValueSet.expansion.property.uri Uri",
        "ValueSet.expansion.contains.designation.additionalUse Coding", "ValueSet.expansion.contains.property", "ValueSet.expansion.contains.property.code Code",
        "ValueSet.expansion.contains.property.subProperty", "ValueSet.expansion.contains.property.subProperty.code Code",
        "ConceptMap.property", "ConceptMap.property.code Code", "ConceptMap.property.uri Uri", "ConceptMap.property.description String", "ConceptMap.property.type Code", "ConceptMap.property.system Canonical",
        "ConceptMap.additionalAttribute", "ConceptMap.additionalAttribute.code Code", "ConceptMap.additionalAttribute.uri Uri", "ConceptMap.additionalAttribute.description String",
        "ConceptMap.additionalAttribute.type Code", "ConceptMap.group.element.valueSet Canonical", "ConceptMap.group.element.target.valueSet Canonical",
        "ConceptMap.group.element.target.property", "ConceptMap.group.element.target.property.code Code", "ConceptMap.group.element.target.dependsOn.valueSet Canonical",
        "ConceptMap.group.element.target.product.valueSet Canonical", "ConceptMap.group.unmapped.valueSet Canonical", "ConceptMap.group.unmapped.relationship Code",
        "NamingSystem.url Uri", "NamingSystem.identifier Identifier", "NamingSystem.version String", "NamingSystem.title String", "NamingSystem.experimental Boolean", "NamingSystem.purpose Markdown",
        "NamingSystem.copyright Markdown", "NamingSystem.uniqueId.authoritative Boolean",
    ];

    /// <summary>Names that R4 writes otherwise, or whose codes may be new.</summary>
    private static readonly string[] Renamed =
    [
        "sourceScopeUri", "sourceScopeCanonical", "targetScopeUri", "targetScopeCanonical", "noMap", "relationship", "attribute", "otherMap", "mode", "op", "operator", "uniqueId", "identifier",
    ];

    private static readonly FrozenDictionary<string, R5Element> All = Resources.SelectMany(resource => Common.Select(line => $"{resource}.{line}")).Concat(Own)
        .Select(line => line.Split(' ')).ToFrozenDictionary(parts => parts[0], parts => new R5Element(WithoutChoice(parts[0]), parts.Length > 1 ? parts[1] : null), StringComparer.Ordinal);

    private static readonly FrozenSet<string> Names = All.Keys.Select(path => path[(path.LastIndexOf('.') + 1)..]).Concat(Renamed).ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> ByName = Names.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly int Longest = Names.Max(name => name.Length);

    /// <summary>Is it the name of such an element, somewhere?</summary>
    public static bool IsName(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > Longest) return false;
        Span<char> name = stackalloc char[Longest];
        return ByName.Contains(name[..Encoding.UTF8.GetChars(utf8, name)]);
    }

    public static R5Element? Find(string path) => All.GetValueOrDefault(path);

    /// <summary>The path of a child; concepts within concepts have the path of the outermost.</summary>
    public static string Path(string path, string name) => name is "concept" or "contains" && path.EndsWith("." + name, StringComparison.Ordinal) ? path : $"{path}.{name}";

    /// <summary>The type that a value without one is given.</summary>
    public static string TypeOf(JsonNode? value) => value?.GetValueKind() switch
    {
        JsonValueKind.True or JsonValueKind.False => "Boolean",
        JsonValueKind.Number => "Decimal",
        _ => "String",
    };

    private static string WithoutChoice(string path) => path.EndsWith("versionAlgorithmString", StringComparison.Ordinal) ? path[..^6] : path.EndsWith("versionAlgorithmCoding", StringComparison.Ordinal) ? path[..^6] : path;
}

using Terminology.Fhir.Json;
using Terminology.Fhir.Maps;
using Terminology.Maps;

namespace Terminology.Fhir.Resources;

/// <summary>FHIR R4 <see href="https://hl7.org/fhir/R4/conceptmap.html">ConceptMap</see>; the names of <see href="https://hl7.org/fhir/R5/conceptmap.html">R5</see> are understood too.</summary>
internal static class ConceptMapJson
{
    private const string CrossVersion = "http://hl7.org/fhir/5.0/StructureDefinition/extension-ConceptMap.";

    public static InMemoryConceptMap Read(JsonNode root)
    {
        var info = ReadInfo(root);
        // R4 allows an element without code; it says nothing that could be asked for.
        return new(info, [.. root.Objects("group").Select(group => group.Objects("element").Where(element => element.Has("code")).Select(ReadElement).ToArray())]);
    }

    public static ConceptMapInfo ReadInfo(JsonNode root)
    {
        root = root.Expect("ConceptMap");
        return new()
        {
            Url = root.String("url"),
            Version = root.String("version"),
            Id = root.String("id"),
            Name = root.String("name"),
            Title = root.String("title"),
            Status = Datatypes.Status(root.String("status")),
            Date = root.String("date"),
            Publisher = root.String("publisher"),
            Copyright = root.String("copyright"),
            SourceScope = Scope(root, "source", "sourceScope"),
            TargetScope = Scope(root, "target", "targetScope"),
            Groups = [.. root.Objects("group").Select(ReadGroup)],
        };
    }

    private static string? Scope(JsonNode root, string r4, string r5)
        => root.String(r4 + "Canonical") ?? root.String(r4 + "Uri") ?? root.String(r5 + "Canonical") ?? root.String(r5 + "Uri")
            ?? root.Extension(CrossVersion + r5) switch
            {
                { } extension => extension.String("valueCanonical") ?? extension.String("valueUri"),
                null => null,
            };

    private static MapGroup ReadGroup(JsonNode node)
        => new(Datatypes.Canonical(node.String("source"), node.String("sourceVersion")), Datatypes.Canonical(node.String("target"), node.String("targetVersion")))
        {
            Unmapped = node.Object("unmapped") is { } unmapped ? ReadUnmapped(unmapped) : null,
        };

    private static Unmapped ReadUnmapped(JsonNode node)
    {
        var mode = node.Required("mode");
        var relationship = ReadRelationship(node, CrossVersion + "group.unmapped.relationship");
        return mode switch
        {
            "provided" or "use-source-code" => new(UnmappedMode.UseSourceCode) { Relationship = relationship?.Relationship },
            "fixed" => new(UnmappedMode.Fixed, node.Required("code"), node.String("display")) { Relationship = relationship?.Relationship },
            "other-map" => new(UnmappedMode.OtherMap, OtherMap: node.String("url") ?? node.Required("otherMap")),
            _ => throw node.Fault("mode", $"is '{mode}'; it must be provided (R5 use-source-code), fixed or other-map"),
        };
    }

    private static MapElement ReadElement(JsonNode node)
    {
        var targets = node.Each("target", ReadTarget);
        var noMap = node.Boolean("noMap") ?? node.Extension(CrossVersion + "group.element.noMap")?.Boolean("valueBoolean") ?? false;
        var decided = noMap || (targets.Length > 0 && targets.All(IsNoTarget));
        return new(node.Required("code"), decided ? [] : targets)
        {
            Display = node.String("display"),
            NoMap = decided,
            Comment = decided ? targets.Select(target => target.Comment).FirstOrDefault(comment => comment is not null) : null,
        };
    }

    /// <summary>R4 says "there is no target" by a target that is unmatched and has no code.</summary>
    private static bool IsNoTarget(MapTarget target) => target is { Code: null, OriginalRelationship: "unmatched", DependsOn.Count: 0 };

    private static MapTarget ReadTarget(JsonNode node)
    {
        var (relationship, original) = ReadRelationship(node, CrossVersion + "group.element.target.relationship") ?? throw node.Fault("equivalence", "is missing (R5: relationship)");
        return new()
        {
            Code = node.String("code"),
            Display = node.String("display"),
            Relationship = relationship,
            OriginalRelationship = original,
            Comment = node.String("comment"),
            DependsOn = node.Each("dependsOn", ReadDependency),
            Products = node.Each("product", ReadDependency),
        };
    }

    private static (MapRelationship Relationship, string? Original)? ReadRelationship(JsonNode node, string extension)
    {
        var r5 = node.String("relationship") ?? node.Extension(extension)?.String("valueCode");
        if (r5 is not null)
        {
            return Equivalence.TryReadRelationship(r5, out var relationship)
                ? (relationship, null)
                : throw node.Fault("relationship", $"is '{r5}'; it must be related-to, equivalent, source-is-narrower-than-target, source-is-broader-than-target or not-related-to");
        }
        if (node.String("equivalence") is not { } word) return null;
        return Equivalence.TryRead(word, out var meaning, out var original)
            ? (meaning, original)
            : throw node.Fault("equivalence", $"is '{word}'; it must be a code of concept-map-equivalence (equivalent, wider, narrower, relatedto, unmatched …)");
    }

    /// <summary>R4: property, system, value, display. R5: attribute and value[x].</summary>
    private static MapDependency ReadDependency(JsonNode node)
    {
        var property = node.String("property") ?? node.Required("attribute");
        if (node.String("value") is { } value) return new(property, node.String("system"), value, node.String("display"));
        switch (node.Choice("value"))
        {
            case ("Coding", _):
                var coding = Datatypes.Coding(node.Object("valueCoding")!.Value);
                return new(property, coding.System, coding.Code ?? "", coding.Display);
            case ("Quantity", _):
                var quantity = node.Object("valueQuantity")!.Value;
                return new(property, null, $"{quantity.Number("value")} {quantity.String("code") ?? quantity.String("unit")}".Trim());
            case ({ } type, { } element):
                return new(property, null, Datatypes.Text(element));
            default:
                // R5: a product may name a value set instead of a value.
                return new(property, null, node.String("valueSet") ?? throw node.Fault("value", "is missing"));
        }
    }
}

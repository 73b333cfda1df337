using System.Text.Json;
using System.Text.Json.Nodes;
using Terminology.Fhir.Maps;

namespace Terminology.Fhir.Resources;

/// <summary>What <see href="https://hl7.org/fhir/R5/conceptmap.html">ConceptMap</see> of R5 says in other words than R4.</summary>
internal static class R5ConceptMap
{
    public static void Rename(JsonObject element, string path)
    {
        switch (path)
        {
            case "ConceptMap":
                foreach (var side in new[] { "source", "target" })
                {
                    Move(element, $"{side}ScopeUri", $"{side}Uri");
                    Move(element, $"{side}ScopeCanonical", $"{side}Canonical");
                }
                OneIdentifier(element);
                break;
            case "ConceptMap.group":
                Split(element, "source");
                Split(element, "target");
                break;
            case "ConceptMap.group.element":
                NoMap(element);
                break;
            case "ConceptMap.group.element.target":
                Relationship(element);
                break;
            case "ConceptMap.group.element.target.dependsOn" or "ConceptMap.group.element.target.product":
                Dependency(element);
                break;
            case "ConceptMap.group.unmapped":
                if ((string?)element["mode"] == "use-source-code") element["mode"] = "provided";
                Move(element, "otherMap", "url");
                break;
        }
    }

    private static void Move(JsonObject element, string from, string to)
    {
        foreach (var prefix in new[] { "", "_" })
        {
            if (element[prefix + from] is not { } value) continue;
            element.Remove(prefix + from);
            element[prefix + to] = value;
        }
    }

    /// <summary>R4 has one identifier, R5 any number.</summary>
    private static void OneIdentifier(JsonObject map)
    {
        if (map["identifier"] is not JsonArray identifiers) return;
        map.Remove("identifier");
        var all = identifiers.Select(identifier => identifier?.DeepClone()).ToArray();
        if (all.Length > 0) map["identifier"] = all[0];
        foreach (var more in all.Skip(1)) R4Form.Add(map, R4Form.Extension("ConceptMap.identifier", "Identifier", more));
    }

    /// <summary>A canonical with its version is two elements in R4.</summary>
    private static void Split(JsonObject group, string side)
    {
        if ((string?)group[side] is not { } canonical || canonical.IndexOf('|') is not (> 0 and var bar)) return;
        group[side] = canonical[..bar];
        if (bar + 1 < canonical.Length) group[$"{side}Version"] ??= canonical[(bar + 1)..];
    }

    private static void NoMap(JsonObject element)
    {
        if (element["noMap"] is not { } noMap) return;
        element.Remove("noMap");
        if (noMap.GetValueKind() == JsonValueKind.True && element["target"] is null) element["target"] = new JsonArray(new JsonObject { ["equivalence"] = "unmatched" });
    }

    private static void Relationship(JsonObject target)
    {
        if ((string?)target["relationship"] is not { } word) return;
        target.Remove("relationship");
        target["equivalence"] = Equivalence.TryReadRelationship(word, out var relationship) ? Equivalence.R4(relationship, null) : "relatedto";
    }

    /// <summary>R5: attribute and value[x]. R4: property, system, value and display, all but the last as text.</summary>
    private static void Dependency(JsonObject dependency)
    {
        Move(dependency, "attribute", "property");
        foreach (var name in dependency.Select(member => member.Key).Where(name => name.StartsWith("value", StringComparison.Ordinal) && name is not ("value" or "valueSet")).ToArray())
        {
            var value = dependency[name];
            dependency.Remove(name);
            if (name == "valueCoding" && value is JsonObject coding)
            {
                if (coding["system"] is { } system) dependency["system"] = system.DeepClone();
                dependency["value"] = (string?)coding["code"] ?? (string?)coding["display"] ?? "";
                if (coding["display"] is { } display) dependency["display"] = display.DeepClone();
            }
            else if (name == "valueQuantity" && value is JsonObject quantity)
            {
                dependency["value"] = $"{quantity["value"]} {quantity["code"] ?? quantity["unit"]}".Trim();
            }
            else
            {
                dependency["value"] = value?.ToString();
            }
        }
        // R4 demands a value; a product may name a value set instead.
        dependency["value"] ??= (string?)dependency["valueSet"] ?? "";
    }
}

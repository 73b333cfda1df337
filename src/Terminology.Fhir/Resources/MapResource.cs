using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Terminology.Fhir.Json;
using Terminology.Fhir.Maps;
using Terminology.Maps;
using JsonNode = System.Text.Json.Nodes.JsonNode;
using Node = Terminology.Fhir.Json.JsonNode;

namespace Terminology.Fhir.Resources;

/// <summary>
/// A whole ConceptMap as a map is exchanged, R4 or R5, with facts for which FHIR has no element: of the map and of its elements in extensions, of its targets as properties (R5
/// <see href="https://hl7.org/fhir/R5/conceptmap-definitions.html#ConceptMap.property">property</see>; in R4 the extension that stands for it).
/// </summary>
/// <param name="Info">What the map says of itself.</param>
/// <param name="Groups">The elements of each group, in order of <see cref="ConceptMapInfo.Groups"/>.</param>
public sealed partial record MapResource(ConceptMapInfo Info, IReadOnlyList<IReadOnlyList<MapResourceElement>> Groups)
{
    /// <summary>Extension on the map and on its elements: name to value, each a nested extension whose url is the name.</summary>
    public const string FactsUrl = "urn:x-terminology:map-facts";

    private const string CrossVersion = "http://hl7.org/fhir/5.0/StructureDefinition/extension-ConceptMap.";

    private static readonly JsonWriterOptions Indented = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Facts of the map, in order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Facts { get; init; } = [];

    /// <summary>Can a property or attribute have this name? FHIR <see href="https://hl7.org/fhir/R5/datatypes.html#code">code</see>.</summary>
    public static bool IsCode(string name) => CodeForm().IsMatch(name);

    /// <summary>Elements that cannot be read: without a code they say nothing.</summary>
    public int WithoutCode { get; private init; }

    /// <summary>Reads a ConceptMap in R4 or R5 JSON with all its facts.</summary>
    /// <exception cref="Issues.TerminologyException">Not JSON (with line), or not a ConceptMap: names the JSON path.</exception>
    public static MapResource Read(ReadOnlyMemory<byte> json)
    {
        var root = Node.Root(json, out var document);
        using (document)
        {
            var map = ConceptMapJson.Read(root);
            var all = root.Objects("group").Select(group => group.Objects("element").ToArray()).ToArray();
            var groups = all.Select((nodes, group) => (IReadOnlyList<MapResourceElement>)
                [.. nodes.Where(node => node.Has("code")).Zip(map.Elements(group), (node, element) => new MapResourceElement(WithProperties(node, element), ReadFacts(node)))]).ToArray();
            return new(map.Info, groups) { Facts = ReadFacts(root), WithoutCode = all.Sum(nodes => nodes.Count(node => !node.Has("code"))) };
        }
    }

    /// <summary>The resource as R4 or R5 JSON, UTF-8, indented; the same map gives the same bytes.</summary>
    /// <param name="r5">R5; else R4, where what only R5 has is in the extensions that stand for it.</param>
    public ReadOnlyMemory<byte> Write(bool r5)
    {
        var root = new JsonObject { ["resourceType"] = "ConceptMap" };
        if (Info.Id is { } id) root["id"] = id;
        AddFacts(root, Facts);
        Add(root, "url", Info.Url);
        Add(root, "version", Info.Version);
        Add(root, "name", Info.Name);
        Add(root, "title", Info.Title);
        root["status"] = Info.Status.ToString().ToLowerInvariant();
        Add(root, "date", Info.Date);
        Add(root, "publisher", Info.Publisher);
        Add(root, "copyright", Info.Copyright);
        var elements = Groups.SelectMany(group => group).ToArray();
        var targets = elements.SelectMany(element => element.Element.Targets).ToArray();
        Declare(root, "property", targets.SelectMany(target => target.Properties).Select(property => (property.Key, "string")));
        var dependencies = targets.SelectMany(target => target.DependsOn.Concat(target.Products)).ToArray();
        Declare(root, "additionalAttribute", dependencies.Select(one => (one.Property, dependencies.Any(other => other.Property == one.Property && IsCoding(other)) ? "Coding" : "string")));
        Add(root, "sourceScopeUri", Info.SourceScope);
        Add(root, "targetScopeUri", Info.TargetScope);
        var groups = new JsonArray();
        for (var at = 0; at < Groups.Count; at++)
        {
            var group = new JsonObject();
            Add(group, "source", Info.Groups[at].Source?.ToString());
            Add(group, "target", Info.Groups[at].Target?.ToString());
            group["element"] = new JsonArray([.. Groups[at].Select(element => (JsonNode)Element(element, r5))]);
            groups.Add(group);
        }
        if (groups.Count > 0) root["group"] = groups;
        var json = Bytes(root);
        return r5 ? json : Bytes((JsonObject)JsonNode.Parse(R4Form.Of(json).Span)!);
    }

    private static byte[] Bytes(JsonObject root)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Indented)) root.WriteTo(writer);
        return stream.ToArray();
    }

    private static JsonObject Element(MapResourceElement element, bool r5)
    {
        var json = new JsonObject();
        AddFacts(json, element.Facts);
        json["code"] = element.Element.Code;
        Add(json, "display", element.Element.Display);
        if (element.Element.NoMap) json["noMap"] = true;
        if (element.Element.Targets.Count > 0) json["target"] = new JsonArray([.. element.Element.Targets.Select(target => (JsonNode)Target(target, r5))]);
        return json;
    }

    private static JsonObject Target(MapTarget target, bool r5)
    {
        var json = new JsonObject();
        Add(json, "code", target.Code);
        Add(json, "display", target.Display);
        if (r5) json["relationship"] = Equivalence.R5(target.Relationship);
        else json["equivalence"] = Equivalence.R4(target.Relationship, target.OriginalRelationship);
        Add(json, "comment", target.Comment ?? Needed(target, r5));
        if (target.Properties.Count > 0) json["property"] = new JsonArray([.. target.Properties.Select(property => (JsonNode)new JsonObject { ["code"] = property.Key, ["valueString"] = property.Value })]);
        if (target.DependsOn.Count > 0) json["dependsOn"] = new JsonArray([.. target.DependsOn.Select(Dependency)]);
        if (target.Products.Count > 0) json["product"] = new JsonArray([.. target.Products.Select(Dependency)]);
        return json;
    }

    /// <summary>The comment that FHIR demands of some relationships where the map has none (cmd-1); null where none is needed.</summary>
    public static string? Needed(MapTarget target, bool r5)
    {
        var needs = r5
            ? target.Relationship is MapRelationship.SourceIsBroaderThanTarget or MapRelationship.NotRelatedTo
            : Equivalence.R4(target.Relationship, target.OriginalRelationship) is "narrower" or "inexact";
        return !needs ? null : target.Relationship switch
        {
            MapRelationship.SourceIsBroaderThanTarget => "The source is broader than the target.",
            MapRelationship.NotRelatedTo => "Source and target are not related.",
            _ => "Source and target are related, but not the same.",
        };
    }

    private static bool IsCoding(MapDependency dependency) => dependency.System is not null || dependency.Display is not null;

    private static JsonNode Dependency(MapDependency dependency)
    {
        var json = new JsonObject { ["attribute"] = dependency.Property };
        if (!IsCoding(dependency))
        {
            json["valueString"] = dependency.Value;
            return json;
        }
        var coding = new JsonObject();
        Add(coding, "system", dependency.System);
        coding["code"] = dependency.Value;
        Add(coding, "display", dependency.Display);
        json["valueCoding"] = coding;
        return json;
    }

    private static void Declare(JsonObject root, string name, IEnumerable<(string Code, string Type)> declared)
    {
        var list = declared.DistinctBy(one => one.Code).Select(one => (JsonNode)new JsonObject { ["code"] = one.Code, ["type"] = one.Type }).ToArray();
        if (list.Length > 0) root[name] = new JsonArray(list);
    }

    private static void Add(JsonObject owner, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value)) owner[name] = value;
    }

    private static void AddFacts(JsonObject owner, IReadOnlyList<KeyValuePair<string, string>> facts)
    {
        if (facts.Count == 0) return;
        var nested = new JsonArray([.. facts.Select(fact => (JsonNode)new JsonObject { ["url"] = fact.Key, ["valueString"] = fact.Value })]);
        owner["extension"] = new JsonArray(new JsonObject { ["url"] = FactsUrl, ["extension"] = nested });
    }

    private static IReadOnlyList<KeyValuePair<string, string>> ReadFacts(Node node)
        => node.Extension(FactsUrl) is not { } facts ? [] : [.. facts.Objects("extension").Select(fact => new KeyValuePair<string, string>(fact.Required("url"), fact.String("valueString") ?? ""))];

    private static MapElement WithProperties(Node node, MapElement element)
        => element.Targets.Count == 0 ? element : element with { Targets = [.. node.Objects("target").Zip(element.Targets, (json, target) => target with { Properties = [.. Properties(json)] })] };

    private static IEnumerable<KeyValuePair<string, string>> Properties(Node target)
    {
        foreach (var property in target.Objects("property")) yield return new(property.Required("code"), ValueOf(property));
        foreach (var extension in target.Objects("extension").Where(extension => extension.String("url") == CrossVersion + "group.element.target.property"))
        {
            var value = extension.Extension("value");
            yield return new(extension.Extension("code") is { } code ? ValueOf(code) : "", value is { } one ? ValueOf(one) : "");
        }
    }

    private static string ValueOf(Node node) => node.Choice("value") switch
    {
        ("Coding", _) => Datatypes.Coding(node.Object("valueCoding")!.Value).Code ?? "",
        (_, { } element) => Datatypes.Text(element),
        _ => "",
    };

    [GeneratedRegex(@"^\S+( \S+)*$")]
    private static partial Regex CodeForm();
}

/// <summary>One element of a <see cref="MapResource"/>.</summary>
/// <param name="Element">The source code and its targets.</param>
/// <param name="Facts">What else is said of it, in order.</param>
public sealed record MapResourceElement(MapElement Element, IReadOnlyList<KeyValuePair<string, string>> Facts);

using Terminology.CodeSystems;
using Terminology.Fhir.Maps;
using Terminology.Maps;
using Terminology.ValueSets;

namespace Terminology.Fhir.Resources;

/// <summary>Reads CodeSystem, ValueSet and ConceptMap from R4 JSON, with the R5 elements that travel in R4 resources too.</summary>
/// <remarks>By hand, because packages hold thousands of resources; the SDK reads XML and is the oracle in tests.</remarks>
public sealed class FhirResourceReader : IResourceReader
{
    private static readonly Dictionary<string, PropertyType> PropertyTypes = new(StringComparer.Ordinal)
    {
        ["code"] = PropertyType.Code, ["Coding"] = PropertyType.Coding, ["string"] = PropertyType.String, ["integer"] = PropertyType.Integer,
        ["boolean"] = PropertyType.Boolean, ["dateTime"] = PropertyType.DateTime, ["decimal"] = PropertyType.Decimal,
    };

    /// <inheritdoc/>
    public ICodeSystem ReadCodeSystem(ReadOnlyMemory<byte> json)
    {
        using var document = Json.Parse(json);
        return ReadCodeSystem(Root(document, "CodeSystem"));
    }

    /// <inheritdoc/>
    public ValueSet ReadValueSet(ReadOnlyMemory<byte> json)
    {
        using var document = Json.Parse(json);
        return ReadValueSet(Root(document, "ValueSet"));
    }

    /// <inheritdoc/>
    public IConceptMap ReadConceptMap(ReadOnlyMemory<byte> json)
    {
        using var document = Json.Parse(json);
        return ReadConceptMap(Root(document, "ConceptMap"));
    }

    internal static InMemoryCodeSystem ReadCodeSystem(Json root)
    {
        var info = new CodeSystemInfo
        {
            Url = new(root.Text("url") ?? "urn:uuid:00000000-0000-0000-0000-000000000000"),
            Version = root.Text("version"),
            Id = root.Text("id"),
            Name = root.Text("name"),
            Title = root.Text("title"),
            Status = Status(root.Text("status")),
            Experimental = root.Boolean("experimental") ?? false,
            Date = root.Text("date"),
            Publisher = root.Text("publisher"),
            Copyright = root.Text("copyright"),
            Description = root.Text("description"),
            Language = root.Text("language"),
            CaseSensitive = root.Boolean("caseSensitive") ?? true,
            HierarchyMeaning = root.Text("hierarchyMeaning"),
            Compositional = root.Boolean("compositional") ?? false,
            VersionNeeded = root.Boolean("versionNeeded") ?? false,
            Content = root.Text("content") ?? "complete",
            Supplements = root.Text("supplements") is { } supplemented ? VersionedUrl.Parse(supplemented) : null,
            ValueSet = root.Text("valueSet"),
            Identifiers = [.. root.List("identifier").Select(identifier => identifier.Text("value")).OfType<string>()],
            Properties = [.. root.List("property").Select(property => new PropertyDefinition(
                property.Required("code"), PropertyTypes.GetValueOrDefault(property.Text("type") ?? "string", PropertyType.String), property.Text("uri"), property.Text("description")))],
        };
        var builder = new InMemoryCodeSystem.Builder(info);
        foreach (var concept in root.List("concept")) Add(concept, null);
        return builder.Build();

        void Add(Json concept, string? parent)
        {
            var code = concept.Required("code");
            var draft = builder.Add(code, concept.Text("display"), parent);
            if (concept.Text("definition") is { } definition) draft.Designations.Add((definition, info.Language ?? "", DesignationUses.Definition));
            foreach (var designation in concept.List("designation"))
            {
                draft.Designations.Add((designation.Required("value"), designation.Text("language") ?? "", designation["use"] is { } use ? Coding(use) : DesignationUses.Display));
            }
            foreach (var property in concept.List("property")) AddProperty(draft, property);
            foreach (var child in concept.List("concept")) Add(child, code);
        }

        void AddProperty(InMemoryCodeSystem.Draft draft, Json property)
        {
            var code = property.Required("code");
            if (property.Value() is not { } value) return;
            var (type, text) = value.Type switch
            {
                "Coding" => (PropertyType.Coding, $"{value.Value.Text("system")}|{value.Value.Text("code")}{(value.Value.Text("display") is { } display ? $"|{display}" : "")}"),
                "Code" => (PropertyType.Code, property.Required("valueCode")),
                _ => (PropertyTypes.GetValueOrDefault(char.ToLowerInvariant(value.Type[0]) + value.Type[1..], PropertyType.String), property.Required($"value{value.Type}")),
            };
            if (code is "parent" or "subsumedBy") InMemoryCodeSystem.Builder.AddParent(draft, text);
            else if (code is not "child") builder.AddProperty(draft, code, type, text);
            draft.Flags |= (code, text) switch
            {
                ("inactive", "true") or ("status", "retired" or "inactive" or "withdrawn") => ConceptFlags.Inactive,
                ("notSelectable" or "abstract", "true") => ConceptFlags.Abstract,
                ("status", "deprecated") or ("deprecated", "true") => ConceptFlags.Deprecated,
                _ => ConceptFlags.None,
            };
        }
    }

    internal static ValueSet ReadValueSet(Json root)
    {
        var expansion = root["expansion"] is { } there && root["compose"] is null ? Flatten(there).ToArray() : null;
        return new()
        {
            Url = root.Text("url"),
            Version = root.Text("version"),
            Id = root.Text("id"),
            Name = root.Text("name"),
            Title = root.Text("title"),
            Status = Status(root.Text("status")),
            Experimental = root.Boolean("experimental") ?? false,
            Date = root.Text("date"),
            Publisher = root.Text("publisher"),
            Copyright = root.Text("copyright"),
            Language = root.Text("language"),
            Compose = root["compose"] is { } compose
                ? new([.. compose.List("include").Select(Rule)], [.. compose.List("exclude").Select(Rule)]) { Inactive = compose.Boolean("inactive"), LockedDate = compose.Text("lockedDate") }
                : null,
            StoredExpansion = expansion,
        };
    }

    internal static InMemoryConceptMap ReadConceptMap(Json root)
    {
        var groups = new List<MapGroup>();
        var elements = new List<IReadOnlyList<MapElement>>();
        foreach (var group in root.List("group"))
        {
            var target = Versioned(group.Text("target"), group.Text("targetVersion"));
            groups.Add(new(Versioned(group.Text("source"), group.Text("sourceVersion")), target) { Unmapped = group["unmapped"] is { } unmapped ? ReadUnmapped(unmapped) : null });
            elements.Add([.. group.List("element").Where(element => element.Text("code") is not null).Select(ReadElement)]);
        }
        var info = new ConceptMapInfo
        {
            Url = root.Text("url"),
            Version = root.Text("version"),
            Id = root.Text("id"),
            Name = root.Text("name"),
            Title = root.Text("title"),
            Status = Status(root.Text("status")),
            Date = root.Text("date"),
            Publisher = root.Text("publisher"),
            Copyright = root.Text("copyright"),
            SourceScope = root.Text("sourceUri") ?? root.Text("sourceCanonical") ?? root.Text("sourceScopeUri") ?? root.Text("sourceScopeCanonical"),
            TargetScope = root.Text("targetUri") ?? root.Text("targetCanonical") ?? root.Text("targetScopeUri") ?? root.Text("targetScopeCanonical"),
            Groups = groups,
        };
        return new(info, elements);
    }

    internal static Coding Coding(Json json) => new(json.Text("system"), json.Text("code"), json.Text("version"), json.Text("display")) { UserSelected = json.Boolean("userSelected") };

    internal static CodeableConcept CodeableConcept(Json json) => new([.. json.List("coding").Select(Coding)], json.Text("text"));

    internal static PublicationStatus Status(string? status) => status switch
    {
        "draft" => PublicationStatus.Draft,
        "active" => PublicationStatus.Active,
        "retired" => PublicationStatus.Retired,
        _ => PublicationStatus.Unknown,
    };

    private static Json Root(System.Text.Json.JsonDocument document, string type)
    {
        var root = new Json(document.RootElement, type);
        return root.Text("resourceType") == type ? root : throw Json.Wrong("resourceType", $"{type} is expected, this is {root.Text("resourceType") ?? "no resource"}.");
    }

    private static VersionedUrl? Versioned(string? url, string? version) => url is null ? null : version is null ? VersionedUrl.Parse(url) : new(VersionedUrl.Parse(url).Url, version);

    private static ConceptSetRule Rule(Json rule) => new(
        rule.Text("system"),
        rule.Text("version"),
        [.. rule.List("concept").Select(concept => new ConceptReference(concept.Required("code"), concept.Text("display"))
        {
            Designations = [.. concept.List("designation").Select(designation => new DesignationText(designation.Text("language"), designation["use"] is { } use ? Coding(use) : null, designation.Required("value")))],
        })],
        [.. rule.List("filter").Select(filter => new Filter(filter.Required("property"), Op(filter), filter.Text("value") ?? ""))],
        [.. rule.List("valueSet").Select(canonical => VersionedUrl.Parse(canonical.Element.GetString() ?? ""))]);

    /// <summary>R5 operators travel in R4 as an extension on <c>_op</c>.</summary>
    private static string Op(Json filter) => filter["_op"] is { } extended
        ? extended.List("extension").Select(extension => extension.Text("valueCode")).OfType<string>().FirstOrDefault() ?? filter.Required("op")
        : filter.Required("op");

    private static IEnumerable<Coding> Flatten(Json node)
    {
        foreach (var item in node.List("contains"))
        {
            if (item.Text("code") is not null && item.Boolean("abstract") != true) yield return new(item.Text("system"), item.Text("code"), item.Text("version"), item.Text("display"));
            foreach (var below in Flatten(item)) yield return below;
        }
    }

    private static Unmapped ReadUnmapped(Json unmapped)
    {
        var relationship = unmapped.Text("relationship") is { } word && Equivalence.TryRead(word, out var known, out _) ? known : (MapRelationship?)null;
        return unmapped.Text("mode") switch
        {
            "provided" or "use-source-code" => new(UnmappedMode.UseSourceCode) { Relationship = relationship },
            "fixed" => new(UnmappedMode.Fixed, unmapped.Text("code"), unmapped.Text("display")) { Relationship = relationship },
            "other-map" => new(UnmappedMode.OtherMap, OtherMap: unmapped.Text("url") ?? unmapped.Text("otherMap")),
            var other => throw Json.Wrong($"{unmapped.Path}.mode", $"'{other}' is none of provided, use-source-code, fixed, other-map."),
        };
    }

    private static MapElement ReadElement(Json element)
    {
        var noMap = element.Boolean("noMap") ?? false;
        var targets = new List<MapTarget>();
        string? comment = null;
        foreach (var target in element.List("target"))
        {
            var word = target.Text("relationship") ?? target.Text("equivalence") ?? throw Json.Wrong($"{target.Path}.equivalence", "it is missing; equivalence (R4) or relationship (R5) is needed.");
            if (!Equivalence.TryRead(word, out var relationship, out var original)) throw Json.Wrong($"{target.Path}.equivalence", $"'{word}' is no equivalence of R4 and no relationship of R5.");
            var dependsOn = Dependencies(target, "dependsOn");
            if (original == "unmatched" && dependsOn.Length == 0)
            {
                noMap = true;
                comment ??= target.Text("comment");
                continue;
            }
            targets.Add(new()
            {
                Code = target.Text("code"),
                Display = target.Text("display"),
                Relationship = relationship,
                OriginalRelationship = original,
                Comment = target.Text("comment"),
                DependsOn = dependsOn,
                Products = Dependencies(target, "product"),
            });
        }
        return new(element.Required("code"), targets) { Display = element.Text("display"), NoMap = noMap && targets.Count == 0, Comment = comment };
    }

    private static MapDependency[] Dependencies(Json target, string name) => [.. target.List(name).Select(dependency => new MapDependency(
        dependency.Text("property") ?? dependency.Text("attribute") ?? throw Json.Wrong($"{dependency.Path}.property", "it is missing."),
        dependency.Text("system") ?? dependency["valueCoding"]?.Text("system"),
        dependency.Text("value") ?? dependency["valueCoding"]?.Text("code") ?? dependency.Value()?.Value.Element.ToString() ?? "",
        dependency.Text("display") ?? dependency["valueCoding"]?.Text("display")))];
}

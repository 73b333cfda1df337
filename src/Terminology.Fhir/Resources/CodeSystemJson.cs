using Terminology.CodeSystems;
using Terminology.Fhir.Json;
using Terminology.ValueSets;

namespace Terminology.Fhir.Resources;

/// <summary>FHIR R4 <see href="https://hl7.org/fhir/R4/codesystem.html">CodeSystem</see>.</summary>
internal static class CodeSystemJson
{
    public static InMemoryCodeSystem Read(JsonNode root)
    {
        var info = ReadInfo(root);
        var builder = new InMemoryCodeSystemBuilder(info);
        if (root.String("url") is { } url && url != info.Url.Value) builder.Warn($"CodeSystem.url is '{url}'; it is read as {info.Url} in version {info.Version}.");
        foreach (var concept in root.Objects("concept")) ReadConcept(concept, builder, null);
        return builder.Build();
    }

    public static CodeSystemInfo ReadInfo(JsonNode root)
    {
        root = root.Expect("CodeSystem");
        var supplements = Datatypes.Canonical(root.String("supplements"));
        // Tables of HL7 v2 in R4 core carry their version in the url: http://terminology.hl7.org/CodeSystem/v2-0360|2.3.1.
        var canonical = Datatypes.Canonical(root.String("url")) ?? (supplements is null ? throw root.Fault("url", "is missing") : new VersionedUrl(supplements.Url));
        return new()
        {
            Url = new(canonical.Url),
            Version = canonical.Version ?? root.String("version"),
            Id = root.String("id"),
            Name = root.String("name"),
            Title = root.String("title"),
            Status = Datatypes.Status(root.String("status")),
            StandardsStatus = ConceptExtensions.StatusOf(root),
            Experimental = root.Boolean("experimental"),
            Date = root.String("date"),
            Publisher = root.String("publisher"),
            Copyright = root.String("copyright"),
            Description = root.String("description"),
            Language = root.String("language"),
            CaseSensitive = root.Boolean("caseSensitive") ?? true,
            HierarchyMeaning = root.String("hierarchyMeaning"),
            Compositional = root.Boolean("compositional") ?? false,
            VersionNeeded = root.Boolean("versionNeeded") ?? false,
            Content = root.String("content") ?? throw root.Fault("content", "is missing (complete, fragment, example, not-present or supplement)"),
            Supplements = supplements,
            ValueSet = root.String("valueSet"),
            Identifiers = [.. root.Objects("identifier").Select(identifier => identifier.String("value")).OfType<string>()],
            Properties = [.. root.Objects("property").Select(ReadProperty)],
        };
    }

    private static PropertyDefinition ReadProperty(JsonNode property)
    {
        var word = property.Required("type");
        return new(property.Required("code"), word switch
        {
            "code" => PropertyType.Code,
            "Coding" => PropertyType.Coding,
            "string" => PropertyType.String,
            "integer" => PropertyType.Integer,
            "boolean" => PropertyType.Boolean,
            "dateTime" => PropertyType.DateTime,
            "decimal" => PropertyType.Decimal,
            _ => throw property.Fault("type", $"is '{word}'; it must be code, Coding, string, integer, boolean, dateTime or decimal"),
        }, property.String("uri"), property.String("description"));
    }

    private static void ReadConcept(JsonNode node, InMemoryCodeSystemBuilder builder, int? parent)
    {
        // R4 core has one in v2-0550; without it the rest is as good.
        if (string.IsNullOrWhiteSpace(node.String("code")))
        {
            builder.Warn($"{node.Path}.code is missing; the concept is left out{(node.Has("concept") ? " and those below it take its place" : "")}.");
            foreach (var child in node.Objects("concept")) ReadConcept(child, builder, parent);
            return;
        }
        var (handle, isNew) = builder.Add(node.Required("code"), node.String("display"), node.String("definition"), parent);
        if (isNew)
        {
            foreach (var designation in node.Objects("designation")) builder.AddDesignation(handle, ReadDesignation(designation));
            foreach (var property in node.Objects("property")) ReadValue(property, builder, handle);
            ReadExtensions(node, builder, handle);
        }
        foreach (var child in node.Objects("concept")) ReadConcept(child, builder, handle);
    }

    private static void ReadExtensions(JsonNode node, InMemoryCodeSystemBuilder builder, int concept)
    {
        if (!node.Has("extension")) return;
        foreach (var (property, value) in ConceptExtensions.Properties(node)) builder.AddProperty(concept, builder.Define(property), property.Type, value);
        var extensions = ConceptExtensions.Read(node);
        if (extensions.FirstOrDefault(extension => extension.Url == Extension.StandardsStatus) is { } status)
        {
            builder.AddProperty(concept, builder.Define(ConceptExtensions.Status), PropertyType.Code, status.Value);
        }
        builder.AddExtensions(concept, [.. extensions.Where(extension => extension.Url != Extension.StandardsStatus)]);
    }

    public static DesignationText ReadDesignation(JsonNode node)
        => new(node.String("language"), node.Object("use") is { } use ? Datatypes.Coding(use) : null, node.Required("value")) { Extensions = ConceptExtensions.Read(node) };

    private static void ReadValue(JsonNode node, InMemoryCodeSystemBuilder builder, int concept)
    {
        var code = node.Required("code");
        // A value that is absent for a reason (data-absent-reason) says nothing.
        if (node.Choice("value") is not { } choice) return;
        var (type, text) = choice.Type switch
        {
            "Code" => (PropertyType.Code, node.Required("valueCode")),
            "Coding" => (PropertyType.Coding, Datatypes.Text(Datatypes.Coding(node.Object("valueCoding")!.Value))),
            "String" => (PropertyType.String, node.String("valueString") ?? ""),
            "Integer" => (PropertyType.Integer, node.Number("valueInteger")!),
            "Boolean" => (PropertyType.Boolean, node.Boolean("valueBoolean") == true ? "true" : "false"),
            "DateTime" => (PropertyType.DateTime, node.Required("valueDateTime")),
            "Decimal" => (PropertyType.Decimal, node.Number("valueDecimal")!),
            _ => throw node.Fault("value" + choice.Type, "is no type for a property; use code, Coding, string, integer, boolean, dateTime or decimal"),
        };
        builder.AddProperty(concept, code, type, text);
    }
}

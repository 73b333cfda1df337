using System.Globalization;
using System.Text.Json;
using Terminology.CodeSystems;
using Terminology.Fhir.Resources;
using Terminology.Operations;

namespace Terminology.Fhir.Operations;

/// <summary><c>ValueSet/$expand</c> on the wire.</summary>
/// <remarks>FHIR R4 <see href="https://hl7.org/fhir/R4/valueset-operation-expand.html">$expand</see>.</remarks>
public static class ExpandOperation
{
    /// <summary>Reads the request.</summary>
    public static ExpandRequest Read(OperationInput input) => new()
    {
        Url = input.Text("url") is { } url ? ValidateCodeOperation.Canonical(url, input.Text("valueSetVersion")) : null,
        ValueSet = input.Resource("valueSet") is { } inline ? FhirResourceReader.ReadValueSet(inline) : null,
        Filter = input.Text("filter"),
        Offset = input.Integer("offset"),
        Count = input.Integer("count"),
        ActiveOnly = input.Boolean("activeOnly") ?? false,
        IncludeDesignations = input.Boolean("includeDesignations") ?? false,
        IncludeDefinition = input.Boolean("includeDefinition") ?? false,
        ExcludeNested = input.Boolean("excludeNested") ?? true,
        ExcludeNotForUI = input.Boolean("excludeNotForUI") ?? false,
        Properties = input.Texts("property"),
        Asked = input.Names,
    };

    /// <summary>Writes the value set with its expansion.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="result">The page.</param>
    /// <param name="now">Timestamp of the expansion.</param>
    public static void Write(Utf8JsonWriter writer, ExpandResult result, DateTimeOffset now)
    {
        writer.WriteStartObject();
        writer.WriteString("resourceType"u8, "ValueSet"u8);
        ResourceWriter.WriteHead(writer, result.ValueSet);
        writer.WriteStartObject("expansion"u8);
        writer.WriteString("identifier"u8, $"urn:uuid:{Guid.NewGuid()}");
        writer.WriteString("timestamp"u8, now.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        if (result.Total is { } total) writer.WriteNumber("total"u8, total);
        if (result.Request.Offset is { } offset) writer.WriteNumber("offset"u8, offset);
        WriteParameters(writer, result);
        if (result.Request.Properties.Count + result.Unclosed.Count > 0)
        {
            writer.WriteStartArray("extension"u8);
            WriteUnclosed(writer, result);
            WritePropertyDefinitions(writer, result);
            writer.WriteEndArray();
        }
        if (result.Members.Count > 0)
        {
            writer.WriteStartArray("contains"u8);
            // Codes need their version only where several versions of a system stand beside each other.
            var versions = result.UsedCodeSystems.Select(used => used.Url).Distinct(StringComparer.Ordinal).Count() < result.UsedCodeSystems.Count;
            foreach (var member in result.Members) WriteMember(writer, result, member, versions);
            writer.WriteEndArray();
        }
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteParameters(Utf8JsonWriter writer, ExpandResult result)
    {
        var request = result.Request;
        var begun = false;
        if (request.Filter is not null) Parameter("filter", w => w.WriteString("valueString"u8, request.Filter));
        if (request.Offset is { } offset) Parameter("offset", w => w.WriteNumber("valueInteger"u8, offset));
        if (request.Count is { } count) Parameter("count", w => w.WriteNumber("valueInteger"u8, count));
        if (result.Languages.Count > 0) Parameter("displayLanguage", w => w.WriteString("valueCode"u8, result.Languages[0]));
        Flag("activeOnly", request.ActiveOnly);
        Flag("excludeNested", request.ExcludeNested);
        Flag("excludeNotForUI", request.ExcludeNotForUI);
        Flag("includeDefinition", request.IncludeDefinition);
        Flag("includeDesignations", request.IncludeDesignations);
        foreach (var used in result.UsedCodeSystems) Parameter("used-codesystem", w => w.WriteString("valueUri"u8, used.ToString()));
        foreach (var used in result.UsedValueSets) Parameter("used-valueset", w => w.WriteString("valueUri"u8, used.ToString()));
        foreach (var standIn in result.StandIns)
        {
            if (standIn.Status == PublicationStatus.Draft) Parameter("warning-draft", w => w.WriteString("valueUri"u8, new VersionedUrl(standIn.Url!, standIn.Version).ToString()));
            else if (standIn.Experimental == true) Parameter("warning-experimental", w => w.WriteString("valueUri"u8, new VersionedUrl(standIn.Url!, standIn.Version).ToString()));
        }
        if (begun) writer.WriteEndArray();

        void Flag(string name, bool value)
        {
            if (request.Asked.Contains(name)) Parameter(name, w => w.WriteBoolean("valueBoolean"u8, value));
        }

        void Parameter(string name, Action<Utf8JsonWriter> value)
        {
            if (!begun) writer.WriteStartArray("parameter"u8);
            begun = true;
            writer.WriteStartObject();
            writer.WriteString("name"u8, name);
            value(writer);
            writer.WriteEndObject();
        }
    }

    private static void WriteMember(Utf8JsonWriter writer, ExpandResult result, ExpansionMember member, bool versions)
    {
        writer.WriteStartObject();
        if (member.CodeSystem is not { } system)
        {
            if (member.Unknown is { } unknown) ParametersWriter.Coding(writer, unknown);
            writer.WriteEndObject();
            return;
        }
        writer.WriteString("system"u8, system.Info.Url.Value);
        if (versions && system.Info.Version is { } version) writer.WriteString("version"u8, version);
        var flags = system.Flags(member.Concept);
        if (flags.HasFlag(ConceptFlags.Abstract)) writer.WriteBoolean("abstract"u8, true);
        if (flags.HasFlag(ConceptFlags.Inactive)) writer.WriteBoolean("inactive"u8, true);
        writer.WriteString("code"u8, system.Code(member.Concept));
        var display = DisplayChooser.Choose(system, member.Concept, result.Languages);
        if (result.Languages.Count == 0 && member.Reference?.Display is { } own) writer.WriteString("display"u8, own);
        else if (display.Length > 0) writer.WriteString("display"u8, display);
        if (result.Request.IncludeDesignations) WriteDesignations(writer, system, member, display);
        if (result.Request.Properties.Count > 0) WriteProperties(writer, system, member.Concept, result.Request.Properties);
        if (member.Contains is { Count: > 0 } below)
        {
            writer.WriteStartArray("contains"u8);
            foreach (var child in below) WriteMember(writer, result, child, versions);
            writer.WriteEndArray();
        }
        writer.WriteEndObject();
    }

    /// <summary>Those of the value set, then those of the code system; the display that is shown already is left out.</summary>
    private static void WriteDesignations(Utf8JsonWriter writer, ICodeSystem system, ExpansionMember member, ReadOnlySpan<byte> shown)
    {
        var begun = false;
        foreach (var added in member.Reference?.Designations ?? [])
        {
            Begin();
            WriteDesignation(writer, added.Language ?? "", added.Use ?? DesignationUses.Unspecified, System.Text.Encoding.UTF8.GetBytes(added.Value));
        }
        var range = system.Designations(member.Concept);
        for (var i = range.Start; i < range.End; i++)
        {
            var designation = system.Designation(i);
            if (!designation.Active || designation.Use == DesignationUses.Definition) continue;
            if (designation.Use == DesignationUses.Display && designation.Value.SequenceEqual(shown)) continue;
            Begin();
            WriteDesignation(writer, designation.Language, designation.Use, designation.Value);
        }
        if (begun) writer.WriteEndArray();

        void Begin()
        {
            if (!begun) writer.WriteStartArray("designation"u8);
            begun = true;
        }
    }

    private static void WriteDesignation(Utf8JsonWriter writer, string language, Coding use, ReadOnlySpan<byte> value)
    {
        writer.WriteStartObject();
        if (language.Length > 0) writer.WriteString("language"u8, language);
        if (ParametersWriter.HasUse(use))
        {
            writer.WriteStartObject("use"u8);
            ParametersWriter.Coding(writer, use);
            writer.WriteEndObject();
        }
        writer.WriteString("value"u8, value);
        writer.WriteEndObject();
    }

    /// <summary>The members are a part of an endless whole. <see href="https://hl7.org/fhir/R4/extension-valueset-unclosed.html">valueset-unclosed</see>.</summary>
    private static void WriteUnclosed(Utf8JsonWriter writer, ExpandResult result)
    {
        if (result.Unclosed.Count == 0) return;
        writer.WriteStartObject();
        writer.WriteString("url"u8, "http://hl7.org/fhir/StructureDefinition/valueset-unclosed"u8);
        writer.WriteBoolean("valueBoolean"u8, true);
        writer.WriteEndObject();
        foreach (var reason in result.Unclosed)
        {
            writer.WriteStartObject();
            writer.WriteString("url"u8, "http://hl7.org/fhir/StructureDefinition/valueset-unclosed-reason"u8);
            writer.WriteString("valueString"u8, reason);
            writer.WriteEndObject();
        }
    }

    /// <summary>R5 <c>expansion.property</c> as the cross-version extension that R4 has for it: which properties the members carry, and their formal uri.</summary>
    private static void WritePropertyDefinitions(Utf8JsonWriter writer, ExpandResult result)
    {
        var systems = result.Members.Select(member => member.CodeSystem).OfType<ICodeSystem>().Distinct().ToArray();
        foreach (var code in result.Request.Properties)
        {
            var uri = systems.SelectMany(system => system.Info.Properties).FirstOrDefault(property => property.Code == code)?.Uri
                ?? (code == "definition" ? "http://hl7.org/fhir/concept-properties#definition" : null);
            writer.WriteStartObject();
            writer.WriteStartArray("extension"u8);
            Part("code", "valueCode", code);
            if (uri is not null) Part("uri", "valueUri", uri);
            writer.WriteEndArray();
            writer.WriteString("url"u8, "http://hl7.org/fhir/5.0/StructureDefinition/extension-ValueSet.expansion.property"u8);
            writer.WriteEndObject();
        }

        void Part(string url, string name, string value)
        {
            writer.WriteStartObject();
            writer.WriteString("url"u8, url);
            writer.WriteString(name, value);
            writer.WriteEndObject();
        }
    }

    /// <summary>R5 <c>contains.property</c> as the cross-version extension that R4 has for it; <c>definition</c> is one of them.</summary>
    private static void WriteProperties(Utf8JsonWriter writer, ICodeSystem system, ConceptOrdinal concept, IReadOnlyList<string> wanted)
    {
        var begun = false;
        var texts = system.Designations(concept);
        for (var i = texts.Start; i < texts.End && wanted.Contains("definition"); i++)
        {
            if (system.Designation(i).Use != DesignationUses.Definition) continue;
            Begin("definition");
            PropertyValueWriter.Value(writer, PropertyType.String, system.Designation(i).Value);
            End();
        }
        var range = system.Properties(concept);
        for (var i = range.Start; i < range.End; i++)
        {
            var property = system.Property(i);
            var definition = system.Info.Properties[property.Property];
            if (!wanted.Contains(definition.Code)) continue;
            Begin(definition.Code);
            PropertyValueWriter.Value(writer, system, property);
            End();
        }
        if (begun) writer.WriteEndArray();

        void Begin(string code)
        {
            if (!begun) writer.WriteStartArray("extension"u8);
            begun = true;
            writer.WriteStartObject();
            writer.WriteStartArray("extension"u8);
            writer.WriteStartObject();
            writer.WriteString("url"u8, "code"u8);
            writer.WriteString("valueCode"u8, code);
            writer.WriteEndObject();
            writer.WriteStartObject();
            writer.WriteString("url"u8, "value"u8);
        }

        void End()
        {
            writer.WriteEndObject();
            writer.WriteEndArray();
            writer.WriteString("url"u8, "http://hl7.org/fhir/5.0/StructureDefinition/extension-ValueSet.expansion.contains.property"u8);
            writer.WriteEndObject();
        }
    }
}

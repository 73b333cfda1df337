using System.Globalization;
using System.Text.Json;
using Terminology.CodeSystems;
using Terminology.Fhir.Resources;
using Terminology.Operations;
using Terminology.ValueSets;

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
        ExcludeNested = input.Boolean("excludeNested"),
        ExcludeNotForUI = input.Boolean("excludeNotForUI") ?? false,
        Properties = input.Texts("property"),
        Designations = [.. input.Texts("designation").Select(token => token.LastIndexOf('|') is >= 0 and var at ? new Coding(token[..at], token[(at + 1)..]) : new Coding(null, token))],
        Asked = [.. Repeated.SelectMany(parameter => input.AsSent(parameter.Name).Select(value => new ExpansionParameter(parameter.Name, parameter.Type, value)))],
    };

    /// <summary>The parameters that shape an expansion and are repeated in it, with the type of their value.</summary>
    private static readonly (string Name, string Type)[] Repeated =
    [
        ("filter", "String"), ("offset", "Integer"), ("count", "Integer"), ("activeOnly", "Boolean"), ("excludeNested", "Boolean"), ("excludeNotForUI", "Boolean"),
        ("includeDefinition", "Boolean"), ("includeDesignations", "Boolean"), ("designation", "String"),
    ];

    /// <summary>Writes the value set with its expansion.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="result">The page.</param>
    /// <param name="now">Timestamp of the expansion.</param>
    public static void Write(Utf8JsonWriter writer, ExpandResult result, DateTimeOffset now)
    {
        writer.WriteStartObject();
        if (result is { Request.IncludeDefinition: true, ValueSet.Definition: { } definition }) WriteDefinition(writer, definition());
        else WriteHead(writer, result.ValueSet);
        writer.WriteStartObject("expansion"u8);
        var shown = ShownProperties(result);
        WriteExtensions(writer, result, shown);
        writer.WriteString("identifier"u8, $"urn:uuid:{Guid.NewGuid()}");
        writer.WriteString("timestamp"u8, now.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        if (result.Total is { } total) writer.WriteNumber("total"u8, total);
        if (result.Request.Offset is { } offset) writer.WriteNumber("offset"u8, offset);
        WriteParameters(writer, result);
        if (result.Members.Count > 0)
        {
            writer.WriteStartArray("contains"u8);
            foreach (var member in result.Members) WriteMember(writer, result, member, shown);
            writer.WriteEndArray();
        }
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteHead(Utf8JsonWriter writer, ValueSet valueSet)
    {
        writer.WriteString("resourceType"u8, "ValueSet"u8);
        ResourceWriter.WriteHead(writer, valueSet);
    }

    /// <summary>The value set as its author wrote it, but for an expansion that it may carry.</summary>
    private static void WriteDefinition(Utf8JsonWriter writer, ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(R4Form.Of(json));
        foreach (var member in document.RootElement.EnumerateObject().Where(member => member.Name != "expansion")) member.WriteTo(writer);
    }

    private static void WriteParameters(Utf8JsonWriter writer, ExpandResult result)
    {
        if (result.Parameters.Count == 0) return;
        writer.WriteStartArray("parameter"u8);
        foreach (var parameter in result.Parameters.Distinct())
        {
            writer.WriteStartObject();
            writer.WriteString("name"u8, parameter.Name);
            ParametersWriter.Primitive(writer, parameter.Type, parameter.Value);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static void WriteMember(Utf8JsonWriter writer, ExpandResult result, ExpansionMember member, IReadOnlyList<ShownProperty> shown)
    {
        writer.WriteStartObject();
        if (member.CodeSystem is not { } system)
        {
            if (member.Unknown is { } unknown) ParametersWriter.Coding(writer, unknown);
            writer.WriteEndObject();
            return;
        }
        WriteExtensions(writer, result, member, shown);
        writer.WriteString("system"u8, system.Info.Url.Value);
        if (result.ShowVersions && system.Info.Version is { } version) writer.WriteString("version"u8, version);
        var flags = system.Flags(member.Concept);
        if (flags.HasFlag(ConceptFlags.Abstract)) writer.WriteBoolean("abstract"u8, true);
        if (flags.HasFlag(ConceptFlags.Inactive)) writer.WriteBoolean("inactive"u8, true);
        writer.WriteString("code"u8, system.Code(member.Concept));
        var display = DisplayChooser.Find(system, member.Concept, result.Languages, Supplements(result, system), result.OnlyInLanguages);
        if (result.Languages.Count == 0 && member.Reference?.Display is { } own) writer.WriteString("display"u8, own);
        else if (display.Designation >= 0) writer.WriteString("display"u8, display.Source.Designation(display.Designation).Value);
        if (result.Request.IncludeDesignations || result.Request.Designations.Count > 0) WriteDesignations(writer, result, system, member, display);
        if (member.Contains is { Count: > 0 } below)
        {
            writer.WriteStartArray("contains"u8);
            foreach (var child in below) WriteMember(writer, result, child, shown);
            writer.WriteEndArray();
        }
        writer.WriteEndObject();
    }

    private static IReadOnlyList<ICodeSystem> Supplements(ExpandResult result, ICodeSystem system) => result.UsedSupplements.GetValueOrDefault(system) ?? [];

    /// <summary>Those of the code system, of its supplements, of the value set; the display that is shown already is left out.</summary>
    private static void WriteDesignations(Utf8JsonWriter writer, ExpandResult result, ICodeSystem system, ExpansionMember member, (ICodeSystem Source, int Designation) shown)
    {
        var (begun, wanted) = (false, result.Request.Designations);
        Add(system, member.Concept);
        foreach (var supplement in Supplements(result, system))
        {
            if (supplement.TryFind(system.Code(member.Concept), out var there)) Add(supplement, there);
        }
        foreach (var added in member.Reference?.Designations ?? [])
        {
            if (!IsWanted(wanted, added.Language ?? "", added.Use ?? DesignationUses.Unspecified)) continue;
            Begin();
            WriteDesignation(writer, added.Language ?? "", added.Use ?? DesignationUses.Unspecified, System.Text.Encoding.UTF8.GetBytes(added.Value), added.Extensions);
        }
        if (begun) writer.WriteEndArray();

        void Add(ICodeSystem source, ConceptOrdinal concept)
        {
            var range = source.Designations(concept);
            for (var i = range.Start; i < range.End; i++)
            {
                var designation = source.Designation(i);
                if (!designation.Active || designation.Use == DesignationUses.Definition || !IsWanted(wanted, designation.Language, designation.Use)) continue;
                var isDisplay = designation.Use == DesignationUses.Display;
                if (source == shown.Source && i == shown.Designation && (isDisplay || designation.Use == DesignationUses.Unspecified)) continue;
                Begin();
                WriteDesignation(writer, designation.Language, isDisplay ? DesignationUses.PreferredForLanguage : designation.Use, designation.Value, designation.Extensions);
            }
        }

        void Begin()
        {
            if (!begun) writer.WriteStartArray("designation"u8);
            begun = true;
        }
    }

    private static bool IsWanted(IReadOnlyList<Coding> wanted, string language, Coding use)
        => wanted.Count == 0 || wanted.Any(token => token.System == "urn:ietf:bcp:47"
            ? string.Equals(token.Code, language, StringComparison.OrdinalIgnoreCase)
            : token.Code == use.Code && (token.System is null || token.System == use.System));

    private static void WriteDesignation(Utf8JsonWriter writer, string language, Coding use, ReadOnlySpan<byte> value, IReadOnlyList<Extension>? extensions)
    {
        writer.WriteStartObject();
        if (extensions is { Count: > 0 })
        {
            writer.WriteStartArray("extension"u8);
            foreach (var extension in extensions) ParametersWriter.Extension(writer, extension);
            writer.WriteEndArray();
        }
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

    /// <summary>A property that members carry.</summary>
    /// <param name="Code">Its code.</param>
    /// <param name="Uri">Its formal uri, or null.</param>
    /// <param name="Always">Is it shown without being asked for?</param>
    private sealed record ShownProperty(string Code, string? Uri, bool Always);

    /// <summary>The properties asked for, and those that are always shown where a code system, a supplement or the value set has them.</summary>
    private static List<ShownProperty> ShownProperties(ExpandResult result)
    {
        var systems = result.Members.Select(member => member.CodeSystem).OfType<ICodeSystem>().Distinct().ToArray();
        var defined = systems.Concat(systems.SelectMany(system => Supplements(result, system))).SelectMany(system => system.Info.Properties).ToArray();
        var shown = result.Request.Properties.Distinct().Select(code => new ShownProperty(
            code, Array.Find(defined, property => property.Code == code)?.Uri ?? (code == "definition" ? "http://hl7.org/fhir/concept-properties#definition" : null), false)).ToList();
        foreach (var property in defined.Where(ConceptExtensions.IsAlwaysShown))
        {
            if (!shown.Exists(known => known.Code == property.Code) && result.Members.Any(member => Has(result, member, property.Code))) shown.Add(new(property.Code, property.Uri, true));
        }
        if (!shown.Exists(known => known.Code == "status") && result.Members.Any(IsInactiveWithoutStatus)) shown.Add(new("status", ConceptExtensions.Status.Uri, true));
        return shown;
    }

    /// <summary>SNOMED CT has no property for the status of a concept, only that it is inactive.</summary>
    private static bool IsInactiveWithoutStatus(ExpansionMember member) => member.CodeSystem is { Refsets: not null } system && system.Flags(member.Concept).HasFlag(ConceptFlags.Inactive);

    /// <summary>Has the member, or one below it, a value of this property that is shown?</summary>
    private static bool Has(ExpandResult result, ExpansionMember member, string property)
    {
        if (member.CodeSystem is not { } system) return false;
        if (member.Reference?.Properties.Any(own => own.Code == property) == true || In(system, member.Concept)) return true;
        foreach (var supplement in Supplements(result, system))
        {
            if (supplement.TryFind(system.Code(member.Concept), out var there) && In(supplement, there)) return true;
        }
        return member.Contains?.Any(child => Has(result, child, property)) == true;

        bool In(ICodeSystem source, ConceptOrdinal concept)
        {
            var range = source.Properties(concept);
            for (var i = range.Start; i < range.End; i++)
            {
                var value = source.Property(i);
                if (source.Info.Properties[value.Property].Code == property && !IsUnsaid(property, value.Value)) return true;
            }
            return false;
        }
    }

    /// <summary>That a code is active goes without saying.</summary>
    private static bool IsUnsaid(string property, ReadOnlySpan<byte> value) => property == "status" && value.SequenceEqual("active"u8);

    /// <summary>Of the expansion: that it is not closed, and R5 <c>expansion.property</c> as the cross-version extension that R4 has for it.</summary>
    private static void WriteExtensions(Utf8JsonWriter writer, ExpandResult result, List<ShownProperty> shown)
    {
        if (shown.Count == 0 && !result.IsUnclosed) return;
        writer.WriteStartArray("extension"u8);
        if (result.IsUnclosed) ParametersWriter.Extension(writer, new("http://hl7.org/fhir/StructureDefinition/valueset-unclosed", "Boolean", "true"));
        foreach (var reason in result.Unclosed) ParametersWriter.Extension(writer, new("http://hl7.org/fhir/StructureDefinition/valueset-unclosed-reason", "String", reason));
        foreach (var property in shown)
        {
            writer.WriteStartObject();
            writer.WriteStartArray("extension"u8);
            ParametersWriter.Extension(writer, new("code", "Code", property.Code));
            if (property.Uri is { } uri) ParametersWriter.Extension(writer, new("uri", "Uri", uri));
            writer.WriteEndArray();
            writer.WriteString("url"u8, "http://hl7.org/fhir/5.0/StructureDefinition/extension-ValueSet.expansion.property"u8);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    /// <summary>Of a member: how it is to be shown, and R5 <c>contains.property</c> as the cross-version extension that R4 has for it; <c>definition</c> is one of them.</summary>
    private static void WriteExtensions(Utf8JsonWriter writer, ExpandResult result, ExpansionMember member, IReadOnlyList<ShownProperty> shown)
    {
        var (begun, system) = (false, member.CodeSystem!);
        HashSet<string>? said = null;
        foreach (var extension in member.Reference?.Extensions ?? [])
        {
            Begin();
            ParametersWriter.Extension(writer, extension);
        }
        if (shown.Any(property => property.Code == "definition")) Definition(system, member.Concept);
        foreach (var (code, type, value) in member.Reference?.Properties ?? [])
        {
            BeginProperty(code);
            PropertyValueWriter.Value(writer, type, System.Text.Encoding.UTF8.GetBytes(value));
            EndProperty();
            (said ??= []).Add(code);
        }
        if (shown.Count > 0 && IsInactiveWithoutStatus(member))
        {
            BeginProperty("status");
            PropertyValueWriter.Value(writer, PropertyType.Code, "inactive"u8);
            EndProperty();
        }
        Add(system, member.Concept);
        foreach (var supplement in Supplements(result, system))
        {
            if (supplement.TryFind(system.Code(member.Concept), out var there)) Add(supplement, there);
        }
        if (begun) writer.WriteEndArray();

        void Add(ICodeSystem source, ConceptOrdinal concept)
        {
            foreach (var extension in source.Extensions(concept))
            {
                Begin();
                ParametersWriter.Extension(writer, extension);
            }
            if (shown.Count == 0) return;
            var range = source.Properties(concept);
            for (var i = range.Start; i < range.End; i++)
            {
                var property = source.Property(i);
                var definition = source.Info.Properties[property.Property];
                if (shown.FirstOrDefault(known => known.Code == definition.Code) is not { } wanted || said?.Contains(definition.Code) == true) continue;
                if (wanted.Always && IsUnsaid(definition.Code, property.Value)) continue;
                BeginProperty(definition.Code);
                PropertyValueWriter.Value(writer, source, property);
                EndProperty();
            }
        }

        void Definition(ICodeSystem source, ConceptOrdinal concept)
        {
            var texts = source.Designations(concept);
            for (var i = texts.Start; i < texts.End; i++)
            {
                if (source.Designation(i).Use != DesignationUses.Definition) continue;
                BeginProperty("definition");
                PropertyValueWriter.Value(writer, PropertyType.String, source.Designation(i).Value);
                EndProperty();
            }
        }

        void Begin()
        {
            if (!begun) writer.WriteStartArray("extension"u8);
            begun = true;
        }

        void BeginProperty(string code)
        {
            Begin();
            writer.WriteStartObject();
            writer.WriteStartArray("extension"u8);
            ParametersWriter.Extension(writer, new("code", "Code", code));
            writer.WriteStartObject();
            writer.WriteString("url"u8, "value"u8);
        }

        void EndProperty()
        {
            writer.WriteEndObject();
            writer.WriteEndArray();
            writer.WriteString("url"u8, "http://hl7.org/fhir/5.0/StructureDefinition/extension-ValueSet.expansion.contains.property"u8);
            writer.WriteEndObject();
        }
    }
}

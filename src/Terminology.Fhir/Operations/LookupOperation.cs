using System.Text;
using System.Text.Json;
using Terminology.CodeSystems;
using Terminology.Operations;

namespace Terminology.Fhir.Operations;

/// <summary><c>CodeSystem/$lookup</c> on the wire.</summary>
/// <remarks>FHIR R4 <see href="https://hl7.org/fhir/R4/codesystem-operation-lookup.html">$lookup</see>.</remarks>
public static class LookupOperation
{
    /// <summary>Reads the request: code, system and version, or coding; property.</summary>
    public static LookupRequest Read(OperationInput input)
    {
        var coding = input.Coding("coding") ?? new Coding(input.Text("system", "url"), input.Text("code"), input.Text("version"));
        return new(coding, input.Texts("property"));
    }

    /// <summary>Writes the answer straight from the code system; designations and all properties unless some were asked for.</summary>
    public static void Write(Utf8JsonWriter writer, LookupResult result)
    {
        var (system, concept) = (result.CodeSystem, result.Concept);
        var wanted = new Wanted(result.Properties);
        ParametersWriter.Begin(writer);
        ParametersWriter.Text(writer, "name"u8, "valueString"u8, system.Info.Title ?? system.Info.Name ?? new VersionedUrl(system.Info.Url.Value, system.Info.Version).ToString());
        ParametersWriter.Text(writer, "version"u8, "valueString"u8, system.Info.Version);
        ParametersWriter.Text(writer, "display"u8, "valueString"u8, DisplayChooser.Choose(system, concept, result.Languages) is { Length: > 0 } display ? display : system.Code(concept));
        ParametersWriter.Text(writer, "code"u8, "valueCode"u8, system.Code(concept));
        ParametersWriter.Text(writer, "system"u8, "valueUri"u8, system.Info.Url.Value);
        if (wanted.Has("abstract")) ParametersWriter.Boolean(writer, "abstract"u8, system.Flags(concept).HasFlag(ConceptFlags.Abstract));
        Texts(writer, system, concept, wanted.Has("designation"), source: null);
        if (wanted.Has("designation")) CommonNames(writer, system, result.CommonNames);
        foreach (var supplement in result.Supplements) Supplement(writer, supplement, system.Code(concept), wanted);
        if (wanted.Has("parent")) Links(writer, "parent"u8, system, system.Parents(result.Neighbour));
        if (wanted.Has("child")) Links(writer, "child"u8, system, system.Children(result.Neighbour));
        if (wanted.Has("inactive")) Inactive(writer, system, concept);
        Properties(writer, system, concept, wanted);
        foreach (var (code, value) in result.Computed) Computed(writer, code, value);
        foreach (var issue in result.Issues) ParametersWriter.Text(writer, "message"u8, "valueString"u8, issue.Text);
        ParametersWriter.End(writer);
    }

    /// <summary>The definition, always; the designations when wanted, those of a supplement with their source.</summary>
    private static void Texts(Utf8JsonWriter writer, ICodeSystem system, ConceptOrdinal concept, bool designations, string? source)
    {
        var range = system.Designations(concept);
        for (var i = range.Start; i < range.End; i++)
        {
            var designation = system.Designation(i);
            if (designation.Use == DesignationUses.Definition)
            {
                ParametersWriter.Text(writer, "definition"u8, "valueString"u8, designation.Value);
                continue;
            }
            if (!designation.Active || !designations) continue;
            ParametersWriter.BeginParts(writer, "designation"u8);
            ParametersWriter.Text(writer, "language"u8, "valueCode"u8, designation.Language);
            ParametersWriter.Use(writer, designation.Use);
            ParametersWriter.Text(writer, "value"u8, "valueString"u8, designation.Value);
            ParametersWriter.Text(writer, "source"u8, "valueCanonical"u8, source);
            ParametersWriter.EndParts(writer);
        }
    }

    private static readonly Coding CommonName = DesignationUses.Synonym with { Display = null };

    private static void CommonNames(Utf8JsonWriter writer, ICodeSystem system, IReadOnlyList<string> names)
    {
        foreach (var name in names)
        {
            ParametersWriter.BeginParts(writer, "designation"u8);
            ParametersWriter.Text(writer, "language"u8, "valueCode"u8, system.Info.Language);
            ParametersWriter.Use(writer, CommonName);
            ParametersWriter.Text(writer, "value"u8, "valueString"u8, name);
            ParametersWriter.EndParts(writer);
        }
    }

    private static void Supplement(Utf8JsonWriter writer, ICodeSystem supplement, ReadOnlySpan<byte> code, Wanted wanted)
    {
        if (!supplement.TryFind(code, out var concept)) return;
        var source = new VersionedUrl(supplement.Info.Url.Value, supplement.Info.Version).ToString();
        Texts(writer, supplement, concept, wanted.Has("designation"), source);
        Properties(writer, supplement, concept, wanted);
        ParametersWriter.Text(writer, "used-supplement"u8, "valueCanonical"u8, source);
    }

    /// <summary>Every concept is active or not, whether its code system has a property for it or not.</summary>
    private static void Inactive(Utf8JsonWriter writer, ICodeSystem system, ConceptOrdinal concept)
    {
        var range = system.Properties(concept);
        for (var i = range.Start; i < range.End; i++)
        {
            if (system.Info.Properties[system.Property(i).Property].Code == "inactive") return;
        }
        ParametersWriter.BeginParts(writer, "property"u8);
        ParametersWriter.Text(writer, "code"u8, "valueCode"u8, "inactive"u8);
        ParametersWriter.Boolean(writer, "value"u8, (system.Flags(concept) & ConceptFlags.Inactive) != 0);
        ParametersWriter.EndParts(writer);
    }

    private static void Properties(Utf8JsonWriter writer, ICodeSystem system, ConceptOrdinal concept, Wanted wanted)
    {
        var range = system.Properties(concept);
        for (var i = range.Start; i < range.End; i++) Property(writer, system, system.Property(i), wanted);
    }

    private static void Computed(Utf8JsonWriter writer, string code, string value)
    {
        ParametersWriter.BeginParts(writer, "property"u8);
        ParametersWriter.Text(writer, "code"u8, "valueCode"u8, code);
        ParametersWriter.Text(writer, "value"u8, "valueString"u8, value);
        ParametersWriter.EndParts(writer);
    }

    private static void Links(Utf8JsonWriter writer, ReadOnlySpan<byte> name, ICodeSystem system, ReadOnlySpan<ConceptOrdinal> concepts)
    {
        foreach (var concept in concepts)
        {
            ParametersWriter.BeginParts(writer, "property"u8);
            ParametersWriter.Text(writer, "code"u8, "valueCode"u8, name);
            ParametersWriter.Text(writer, "value"u8, "valueCode"u8, system.Code(concept));
            ParametersWriter.Text(writer, "description"u8, "valueString"u8, system.Display(concept));
            ParametersWriter.EndParts(writer);
        }
    }

    private static void Property(Utf8JsonWriter writer, ICodeSystem system, in PropertyView property, Wanted wanted)
    {
        var definition = system.Info.Properties[property.Property];
        if (definition.IsDerived ? !wanted.HasNamed(definition.Code) : !wanted.Has(definition.Code)) return;
        ParametersWriter.BeginParts(writer, "property"u8);
        ParametersWriter.Text(writer, "code"u8, "valueCode"u8, definition.Code);
        // An attribute of SNOMED CT is a concept itself.
        if (property.Concept.Exists && system.Refsets is not null && system.TryFind(Encoding.UTF8.GetBytes(definition.Code), out var attribute))
        {
            ParametersWriter.Text(writer, "code-display"u8, "valueString"u8, system.Display(attribute));
        }
        PropertyValueWriter.Write(writer, "value"u8, system, property);
        if (property.Concept.Exists) ParametersWriter.Text(writer, "description"u8, "valueString"u8, system.Display(property.Concept));
        ParametersWriter.EndParts(writer);
    }

    /// <summary>Which properties the client wants: all but those that most do not ask for.</summary>
    private readonly struct Wanted(IReadOnlyList<string> names)
    {
        public bool Has(string name) => names.Count == 0 || names.Contains(name) || names.Contains("*");

        public bool HasNamed(string name) => names.Contains(name) || names.Contains("*");
    }
}

/// <summary>A property value as value[x].</summary>
internal static class PropertyValueWriter
{
    public static void Write(Utf8JsonWriter writer, ReadOnlySpan<byte> name, ICodeSystem system, in PropertyView property)
    {
        writer.WriteStartObject();
        writer.WriteString("name"u8, name);
        Value(writer, system, property);
        writer.WriteEndObject();
    }

    public static void Value(Utf8JsonWriter writer, ICodeSystem system, in PropertyView property)
    {
        var type = system.Info.Properties[property.Property].Type;
        if (type != PropertyType.Coding || property.Value.Contains((byte)'|'))
        {
            Value(writer, type, property.Value);
            return;
        }
        // A code of the same system; what is none is a text.
        var text = Encoding.UTF8.GetString(property.Value);
        writer.WriteStartObject("valueCoding"u8);
        ParametersWriter.Coding(writer, property.Concept.Exists ? new(system.Info.Url.Value, text, null, Encoding.UTF8.GetString(system.Display(property.Concept))) : new(null, null, null, text));
        writer.WriteEndObject();
    }

    public static void Value(Utf8JsonWriter writer, PropertyType type, ReadOnlySpan<byte> value)
    {
        switch (type)
        {
            case PropertyType.Code:
                writer.WriteString("valueCode"u8, value);
                break;
            case PropertyType.Boolean:
                writer.WriteBoolean("valueBoolean"u8, value.SequenceEqual("true"u8));
                break;
            case PropertyType.Integer when IsNumber(value):
                writer.WritePropertyName("valueInteger"u8);
                writer.WriteRawValue(value, skipInputValidation: true);
                break;
            case PropertyType.Decimal when IsNumber(value):
                writer.WritePropertyName("valueDecimal"u8);
                writer.WriteRawValue(value, skipInputValidation: true);
                break;
            case PropertyType.DateTime:
                writer.WriteString("valueDateTime"u8, value);
                break;
            case PropertyType.Coding:
                var parts = Encoding.UTF8.GetString(value).Split('|', 3);
                writer.WriteStartObject("valueCoding"u8);
                ParametersWriter.Coding(writer, new(parts[0].Length == 0 ? null : parts[0], parts.Length > 1 ? parts[1] : null, null, parts.Length > 2 ? parts[2] : null));
                writer.WriteEndObject();
                break;
            default:
                writer.WriteString("valueString"u8, value);
                break;
        }
    }

    private static readonly System.Buffers.SearchValues<byte> NumberCharacters = System.Buffers.SearchValues.Create("0123456789."u8);

    private static bool IsNumber(ReadOnlySpan<byte> value)
    {
        if (value.Length > 1 && value[0] == '-') value = value[1..];
        return value.Length > 0 && !value.ContainsAnyExcept(NumberCharacters) && value[0] != '.' && value[^1] != '.' && (value[0] != '0' || value.Length == 1 || value[1] == '.') && value.Count((byte)'.') <= 1;
    }
}

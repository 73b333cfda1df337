using System.Text.Json;
using Terminology.CodeSystems;

namespace Terminology.Fhir.Operations;

/// <summary>Writes a Parameters resource straight to JSON.</summary>
internal static class ParametersWriter
{
    public static void Begin(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("resourceType"u8, "Parameters"u8);
        writer.WriteStartArray("parameter"u8);
    }

    public static void End(Utf8JsonWriter writer)
    {
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    public static void Text(Utf8JsonWriter writer, ReadOnlySpan<byte> name, ReadOnlySpan<byte> type, string? value)
    {
        if (string.IsNullOrEmpty(value)) return;
        writer.WriteStartObject();
        writer.WriteString("name"u8, name);
        writer.WriteString(type, value);
        writer.WriteEndObject();
    }

    public static void Text(Utf8JsonWriter writer, ReadOnlySpan<byte> name, ReadOnlySpan<byte> type, ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty) return;
        writer.WriteStartObject();
        writer.WriteString("name"u8, name);
        writer.WriteString(type, value);
        writer.WriteEndObject();
    }

    public static void Boolean(Utf8JsonWriter writer, ReadOnlySpan<byte> name, bool value)
    {
        writer.WriteStartObject();
        writer.WriteString("name"u8, name);
        writer.WriteBoolean("valueBoolean"u8, value);
        writer.WriteEndObject();
    }

    /// <summary>A <c>value[x]</c> from its text.</summary>
    public static void Primitive(Utf8JsonWriter writer, string type, string value)
    {
        writer.WritePropertyName("value" + type);
        if (type == "Boolean") writer.WriteBooleanValue(value == "true");
        else if (type is "Integer" or "Decimal" or "PositiveInt" or "UnsignedInt") writer.WriteRawValue(value);
        else writer.WriteStringValue(value);
    }

    /// <summary>An extension as an object of an array.</summary>
    public static void Extension(Utf8JsonWriter writer, Extension extension)
    {
        writer.WriteStartObject();
        writer.WriteString("url"u8, extension.Url);
        Primitive(writer, extension.Type, extension.Value);
        writer.WriteEndObject();
    }

    public static void BeginParts(Utf8JsonWriter writer, ReadOnlySpan<byte> name)
    {
        writer.WriteStartObject();
        writer.WriteString("name"u8, name);
        writer.WriteStartArray("part"u8);
    }

    public static void EndParts(Utf8JsonWriter writer)
    {
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    public static void Coding(Utf8JsonWriter writer, ReadOnlySpan<byte> name, Coding coding)
    {
        writer.WriteStartObject();
        writer.WriteString("name"u8, name);
        writer.WriteStartObject("valueCoding"u8);
        Coding(writer, coding);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    public static void Concept(Utf8JsonWriter writer, ReadOnlySpan<byte> name, CodeableConcept concept)
    {
        writer.WriteStartObject();
        writer.WriteString("name"u8, name);
        writer.WriteStartObject("valueCodeableConcept"u8);
        if (concept.Codings.Count > 0)
        {
            writer.WriteStartArray("coding"u8);
            foreach (var coding in concept.Codings)
            {
                writer.WriteStartObject();
                Coding(writer, coding);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
        }
        if (concept.Text is not null) writer.WriteString("text"u8, concept.Text);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>The part <c>use</c> of a designation; a plain display needs none.</summary>
    public static void Use(Utf8JsonWriter writer, Coding use)
    {
        if (HasUse(use)) Coding(writer, "use"u8, use);
    }

    /// <summary>Does a use say more than that it is a display?</summary>
    public static bool HasUse(Coding use) => use != DesignationUses.Unspecified && use != DesignationUses.Display;

    /// <summary>The elements of a Coding.</summary>
    public static void Coding(Utf8JsonWriter writer, Coding coding)
    {
        if (coding.System is not null) writer.WriteString("system"u8, coding.System);
        if (coding.Version is not null) writer.WriteString("version"u8, coding.Version);
        if (coding.Code is not null) writer.WriteString("code"u8, coding.Code);
        if (coding.Display is not null) writer.WriteString("display"u8, coding.Display);
        if (coding.UserSelected is { } picked) writer.WriteBoolean("userSelected"u8, picked);
    }
}

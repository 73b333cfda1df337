using System.Text.Json;

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

    /// <summary>The elements of a Coding.</summary>
    public static void Coding(Utf8JsonWriter writer, Coding coding)
    {
        if (coding.System is not null) writer.WriteString("system"u8, coding.System);
        if (coding.Version is not null) writer.WriteString("version"u8, coding.Version);
        if (coding.Code is not null) writer.WriteString("code"u8, coding.Code);
        if (coding.Display is not null) writer.WriteString("display"u8, coding.Display);
    }
}

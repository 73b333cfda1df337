using System.Text.Json;
using Terminology.Fhir.Json;
using Terminology.Operations;

namespace Terminology.Fhir.Operations;

/// <summary><c>CodeSystem/$find-matches</c> on the wire.</summary>
/// <remarks>FHIR R4 <see href="https://hl7.org/fhir/R4/codesystem-operation-find-matches.html">$find-matches</see>.</remarks>
public static class FindMatchesOperation
{
    /// <summary>Reads system, version, property, exact and compositional.</summary>
    public static FindMatchesRequest Read(OperationInput input) => new(input.Text("system", "url"), input.Text("version"), [.. input.All("property").Select(Property)])
    {
        Exact = input.Boolean("exact") ?? true,
        Compositional = input.Boolean("compositional") ?? false,
    };

    /// <summary>Writes the matches, each with what it does not have.</summary>
    public static void Write(Utf8JsonWriter writer, FindMatchesResult result)
    {
        ParametersWriter.Begin(writer);
        foreach (var match in result.Matches)
        {
            ParametersWriter.BeginParts(writer, "match"u8);
            ParametersWriter.Coding(writer, "code"u8, match.Code);
            foreach (var unmatched in match.Unmatched) Write(writer, "unmatched"u8, unmatched);
            ParametersWriter.Text(writer, "comment"u8, "valueString"u8, match.Comment);
            ParametersWriter.EndParts(writer);
        }
        // FHIR has no empty arrays, and no resource without anything in it.
        ParametersWriter.Text(writer, "message"u8, "valueString"u8, result.Message);
        ParametersWriter.End(writer);
    }

    private static void Write(Utf8JsonWriter writer, ReadOnlySpan<byte> name, MatchProperty property)
    {
        ParametersWriter.BeginParts(writer, name);
        ParametersWriter.Text(writer, "code"u8, "valueCode"u8, property.Code);
        if (property.Value is { } value)
        {
            writer.WriteStartObject();
            writer.WriteString("name"u8, "value"u8);
            ParametersWriter.Primitive(writer, property.Type, value);
            writer.WriteEndObject();
        }
        foreach (var below in property.Subproperties) Write(writer, "property"u8, below);
        ParametersWriter.EndParts(writer);
    }

    private static MatchProperty Property(JsonNode parameter)
    {
        string? code = null, value = null;
        var type = "String";
        var below = new List<MatchProperty>();
        foreach (var part in parameter.Objects("part"))
        {
            switch (part.Required("name"))
            {
                case "code":
                    code = part.Choice("value") is var (_, named) ? Datatypes.Text(named) : null;
                    break;
                case "value":
                    (type, value) = Value(part);
                    break;
                case "subproperty":
                    below.Add(Property(part));
                    break;
            }
        }
        return new(code ?? throw OperationInput.Missing("property.code", "Each 'property' and 'subproperty' needs the part 'code'."), value, below) { Type = type };
    }

    /// <summary>A primitive with its type; a Coding is its code.</summary>
    private static (string Type, string? Value) Value(JsonNode part) => part.Choice("value") switch
    {
        ("Coding", _) => ("Code", Datatypes.Coding(part.Object("valueCoding")!.Value).Code),
        ("Code" or "String" or "Boolean" or "Integer" or "Decimal" or "DateTime" or "Uri" or "Id", { ValueKind: not (JsonValueKind.Object or JsonValueKind.Array) } primitive) found
            => (found.Item1, Datatypes.Text(primitive)),
        _ => throw OperationInput.Wrong("property.value", "a code, Coding, string, integer, decimal, boolean or dateTime is expected."),
    };
}

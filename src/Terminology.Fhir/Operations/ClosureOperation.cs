using System.Globalization;
using System.Text.Json;
using Terminology.Closure;
using Terminology.Fhir.Json;
using Terminology.Operations;

namespace Terminology.Fhir.Operations;

/// <summary><c>$closure</c> on the wire.</summary>
/// <remarks>FHIR R4 <see href="https://hl7.org/fhir/R4/conceptmap-operation-closure.html">$closure</see>.</remarks>
public static class ClosureOperation
{
    /// <summary>Reads name, concepts and version.</summary>
    public static ClosureRequest Read(OperationInput input) => new(
        input.Text("name") ?? throw OperationInput.Missing("name", "The closure table needs a 'name'."),
        [.. input.All("concept").Select(Datatypes.Coding)],
        input.Text("version"));

    /// <summary>Writes the ConceptMap with the lines to add; the source is below the target, in R4 words <c>subsumes</c>, or means the same, <c>equal</c>.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="result">The lines.</param>
    /// <param name="now">Date of the map.</param>
    public static void Write(Utf8JsonWriter writer, ClosureResult result, DateTimeOffset now)
    {
        var table = result.Table;
        writer.WriteStartObject();
        writer.WriteString("resourceType"u8, "ConceptMap"u8);
        if (!table.Name.Contains('_', StringComparison.Ordinal)) writer.WriteString("id"u8, table.Name);
        writer.WriteString("version"u8, table.Version.ToString(CultureInfo.InvariantCulture));
        writer.WriteString("name"u8, result.IsNew ? $"Closure Table {table.Name} Creation" : $"Updates for Closure Table {table.Name}");
        writer.WriteString("status"u8, "active"u8);
        writer.WriteBoolean("experimental"u8, true);
        writer.WriteString("date"u8, now.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        if (result.Relations.Count > 0)
        {
            writer.WriteStartArray("group"u8);
            foreach (var group in result.Relations.GroupBy(relation => (relation.Source.System, Target: relation.Target.System))) WriteGroup(writer, group.Key.System, group.Key.Target, group);
            writer.WriteEndArray();
        }
        writer.WriteEndObject();
    }

    private static void WriteGroup(Utf8JsonWriter writer, string source, string target, IEnumerable<ClosureRelation> relations)
    {
        writer.WriteStartObject();
        writer.WriteString("source"u8, source);
        writer.WriteString("target"u8, target);
        writer.WriteStartArray("element"u8);
        foreach (var element in relations.GroupBy(relation => relation.Source.Code, StringComparer.Ordinal))
        {
            writer.WriteStartObject();
            writer.WriteString("code"u8, element.Key);
            writer.WriteStartArray("target"u8);
            foreach (var relation in element)
            {
                writer.WriteStartObject();
                writer.WriteString("code"u8, relation.Target.Code);
                writer.WriteString("equivalence"u8, relation.AreEqual ? "equal" : "subsumes");
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}

using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Xml;
using Hl7.Fhir.Serialization;
using Hl7.Fhir.Utility;
using Terminology.Issues;
using R4 = Hl7.Fhir.Model;

namespace Terminology.Fhir.Operations;

/// <summary>R4 XML to JSON and back, through the SDK's model, which is loaded only when somebody asks for XML.</summary>
/// <remarks>Thread-safe. Document types are refused: they could name files and other hosts.</remarks>
public static class XmlWire
{
    // The SDK's codes for elements out of order and for blanks around values: nothing is lost, and published maps have both.
    private static readonly string[] Harmless = ["XML109", "XML126"];

    // The SDK reads and writes level by level on the stack of the thread. As in JSON, where an element takes a level or two.
    private const int DeepestNesting = 1024;

    // And for what has nothing in it: its own client sends such Parameters.
    private const string Empty = "PVAL129";

    /// <summary>A resource from JSON to XML, UTF-8.</summary>
    public static byte[] ToXml(ReadOnlyMemory<byte> json)
    {
        var reader = new Utf8JsonReader(json.Span, new JsonReaderOptions { MaxDepth = 1024 });
        // What the model cannot hold is ours to have written: a fault of the server, not of the client.
        if (!Sdk.Json.TryDeserializeResource(ref reader, out var resource, out var problems) && resource is null)
        {
            throw new InvalidOperationException($"The answer cannot be written as XML: {First(problems)}");
        }
        using var stream = new MemoryStream();
        using (var writer = XmlWriter.Create(stream, new() { Encoding = new UTF8Encoding(false) })) Sdk.ToXml.Serialize(resource!, writer);
        return stream.ToArray();
    }

    /// <summary>A resource from XML to JSON, UTF-8.</summary>
    /// <exception cref="TerminologyException">Structure: not XML (with line), not FHIR, or not valid R4.</exception>
    public static ReadOnlyMemory<byte> ToJson(ReadOnlyMemory<byte> xml)
    {
        try
        {
            CheckDepth(xml);
            using var reader = Reader(StreamOf(xml));
            var json = ToJson(reader, out var problem);
            return problem is null ? json : throw NotFhir(problem);
        }
        catch (XmlException e)
        {
            throw new TerminologyException(IssueType.Structure, "INVALID_XML", $"not XML: {e.Message}");
        }
    }

    /// <summary>The resource that the reader stands on or before.</summary>
    /// <param name="reader">Stands behind the resource afterwards.</param>
    /// <param name="problem">The first thing that R4 does not allow and that was left out; null when all is well.</param>
    /// <exception cref="TerminologyException">Structure: nothing could be read.</exception>
    internal static ReadOnlyMemory<byte> ToJson(XmlReader reader, out string? problem)
    {
        var valid = Sdk.Xml.TryDeserializeResource(reader, out var resource, out var problems);
        var nothing = resource is R4.Parameters { Parameter.Count: 0 };
        var faults = valid ? [] : problems.Where(found => !Harmless.Contains(found.ErrorCode) && !(nothing && found.ErrorCode == Empty)).ToArray();
        problem = faults.Length == 0 ? null : First(faults);
        if (resource is null) throw NotFhir(problem ?? "nothing was found");
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer)) Sdk.ToJson.Serialize(resource, writer);
        return buffer.WrittenMemory;
    }

    internal static XmlReader Reader(Stream stream)
        => XmlReader.Create(stream, new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreWhitespace = true, IgnoreProcessingInstructions = true });

    private static MemoryStream StreamOf(ReadOnlyMemory<byte> bytes)
        => MemoryMarshal.TryGetArray(bytes, out var array) ? new(array.Array!, array.Offset, array.Count, writable: false) : new(bytes.ToArray(), writable: false);

    private static void CheckDepth(ReadOnlyMemory<byte> xml)
    {
        using var reader = Reader(StreamOf(xml));
        while (reader.Read())
        {
            if (reader.Depth <= DeepestNesting) continue;
            var line = ((IXmlLineInfo)reader).LineNumber;
            throw new TerminologyException(IssueType.Structure, "INVALID_XML", $"XML elements nest deeper than {DeepestNesting} levels at line {line}.");
        }
    }

    private static TerminologyException NotFhir(string problem) => new(IssueType.Structure, "NOT_FHIR_XML", $"not valid FHIR R4 XML: {problem}");

    private static string First(IEnumerable<CodedException> problems) => problems.FirstOrDefault()?.Message ?? "it could not be read";

    private static class Sdk
    {
        public static FhirXmlDeserializer Xml { get; } = new();

        public static FhirJsonDeserializer Json { get; } = new();

        public static BaseFhirXmlSerializer ToXml { get; } = new(R4.ModelInfo.ModelInspector);

        public static BaseFhirJsonSerializer ToJson { get; } = new(R4.ModelInfo.ModelInspector);
    }
}

using System.Text.Json;
using System.Xml;
using Hl7.Fhir.Serialization;
using Hl7.Fhir.Utility;

namespace Terminology.Fhir;

/// <summary>What the SDK for R4 says when it takes nothing that R4 does not allow.</summary>
internal static class Strict
{
    private static readonly FhirJsonDeserializer Json = new(new DeserializerSettings().UsingMode(DeserializationMode.Strict));
    private static readonly FhirXmlDeserializer Xml = new(new DeserializerSettings().UsingMode(DeserializationMode.Strict));

    /// <summary>The faults of a resource in JSON; none: it is R4.</summary>
    public static IReadOnlyList<string> Faults(ReadOnlyMemory<byte> json)
    {
        var reader = new Utf8JsonReader(json.Span, new JsonReaderOptions { MaxDepth = 1024 });
        Json.TryDeserializeResource(ref reader, out _, out var problems);
        return Texts(problems);
    }

    /// <summary>The faults of a resource in XML.</summary>
    public static IReadOnlyList<string> XmlFaults(ReadOnlyMemory<byte> xml)
    {
        using var reader = XmlReader.Create(new MemoryStream(xml.ToArray()));
        Xml.TryDeserializeResource(reader, out _, out var problems);
        return Texts(problems);
    }

    private static string[] Texts(IEnumerable<CodedException> problems) => [.. problems.Select(problem => problem.Message)];
}

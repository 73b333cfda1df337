using System.Buffers;
using System.Text.Json;
using Hl7.Fhir.Serialization;
using R4 = Hl7.Fhir.Model;

namespace Terminology.Fhir.Library;

/// <summary>Resources of the SDK to JSON and back.</summary>
internal static class SdkJson
{
    private static readonly BaseFhirJsonSerializer Serializer = new(R4.ModelInfo.ModelInspector);
    private static readonly FhirJsonDeserializer Deserializer = new();

    public static ReadOnlyMemory<byte> Write(R4.Resource resource)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer)) Serializer.Serialize(resource, writer);
        return buffer.WrittenMemory;
    }

    /// <summary>A resource that we wrote.</summary>
    public static R4.Resource Read(ReadOnlyMemory<byte> json)
    {
        var reader = new Utf8JsonReader(json.Span, new JsonReaderOptions { MaxDepth = 1024 });
        Deserializer.TryDeserializeResource(ref reader, out var resource, out var problems);
        return resource ?? throw new InvalidOperationException($"The answer cannot be read back: {problems.FirstOrDefault()?.Message}");
    }
}

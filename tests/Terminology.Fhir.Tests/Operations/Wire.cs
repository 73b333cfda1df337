using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hl7.Fhir.Serialization;

namespace Terminology.Fhir.Operations;

/// <summary>What we write, held against the SDK: it must read it strictly, and write the same again.</summary>
internal static class Wire
{
    public static string Write(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream)) write(writer);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    public static string Checked(Action<Utf8JsonWriter> write)
    {
        var ours = Write(write);
        var resource = new FhirJsonDeserializer().DeserializeResource(ours);
        var theirs = new FhirJsonSerializer().SerializeToString(resource);
        Assert.That(JsonNode.DeepEquals(JsonNode.Parse(ours), JsonNode.Parse(theirs)), Is.True, $"ours:\n{ours}\nthe SDK's:\n{theirs}");
        return ours;
    }

    public static OperationInput Parameters(string parameters)
        => OperationInput.FromJson(Encoding.UTF8.GetBytes($$"""{"resourceType":"Parameters","parameter":[{{parameters}}]}"""));
}

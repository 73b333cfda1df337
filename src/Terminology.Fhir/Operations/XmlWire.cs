using Hl7.Fhir.Serialization;
using Terminology.Issues;

namespace Terminology.Fhir.Operations;

/// <summary>R4 XML on the wire: through the SDK's model, which is loaded only when somebody asks for XML.</summary>
public static class XmlWire
{
    /// <summary>A resource from JSON to XML, UTF-8.</summary>
    public static byte[] ToXml(ReadOnlyMemory<byte> json)
    {
        var resource = new FhirJsonDeserializer().DeserializeResource(System.Text.Encoding.UTF8.GetString(json.Span));
        return System.Text.Encoding.UTF8.GetBytes(new FhirXmlSerializer().SerializeToString(resource));
    }

    /// <summary>A resource from XML to JSON, UTF-8.</summary>
    /// <exception cref="TerminologyException">Structure: not FHIR XML.</exception>
    public static ReadOnlyMemory<byte> ToJson(ReadOnlyMemory<byte> xml)
    {
        try
        {
            var resource = new FhirXmlDeserializer().DeserializeResource(System.Text.Encoding.UTF8.GetString(xml.Span));
            return System.Text.Encoding.UTF8.GetBytes(new FhirJsonSerializer().SerializeToString(resource));
        }
        catch (DeserializationFailedException problem)
        {
            throw new TerminologyException(IssueType.Structure, "NOT_FHIR_XML", $"This is not valid FHIR XML: {problem.Message}");
        }
    }
}

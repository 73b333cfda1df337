using Terminology.Fhir.Json;
using Terminology.Fhir.Resources;
using Terminology.Issues;
using Terminology.Loaders.Input;

namespace Terminology.Loaders.FhirPackages;

/// <summary>Files of resources as bytes, and what is wrong in them with its place.</summary>
internal static class ResourceFiles
{
    public static byte[] Bytes(ReleaseFile file)
    {
        using var stream = file.Open();
        using var memory = new MemoryStream();
        try
        {
            stream.CopyTo(memory);
        }
        catch (InvalidDataException)
        {
            throw new ReleaseFormat("the archive breaks off or is damaged; fetch it again.", file.Path);
        }
        return memory.ToArray();
    }

    /// <summary>Enough of an XML file to see its root; others than ours can be huge.</summary>
    public static byte[] Start(ReleaseFile file)
    {
        var buffer = new byte[1 << 16];
        using var stream = file.Open();
        return buffer[..stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false)];
    }

    /// <summary>What is wrong with a resource, or null and, when it is of a kind that is kept, the resource.</summary>
    public static TerminologyException? FaultOf(ResourceText text, out ReadResource? resource)
    {
        resource = null;
        if (text.Fault is not null) return text.Fault;
        if (!ResourceFile.Kept.Contains(text.ResourceType)) return null;
        try
        {
            resource = ReadResource.Read(text.Json);
            return null;
        }
        catch (TerminologyException fault)
        {
            return fault;
        }
    }

    public static (long Line, int Column) Position(TerminologyException fault) => fault switch
    {
        JsonFormat json => (json.Line, json.Column),
        XmlFormat xml => (xml.Line, xml.Column),
        _ => (0, 0),
    };

    public static ReleaseFormat Fault(ReleaseFile file, TerminologyException fault)
    {
        var (line, column) = Position(fault);
        return new(fault.Message, file.Path, line, column);
    }
}

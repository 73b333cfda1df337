using System.Runtime.InteropServices;
using System.Text.Json;
using System.Xml;
using Terminology.Fhir.Json;
using Terminology.Fhir.Operations;
using Terminology.Issues;

namespace Terminology.Fhir.Resources;

/// <summary>Files of FHIR resources: JSON or XML, one resource or a Bundle of them.</summary>
public static class ResourceFile
{
    private const string Fhir = "http://hl7.org/fhir";

    /// <summary>The types that a terminology server keeps.</summary>
    public static IReadOnlySet<string> Kept { get; } = new HashSet<string>(StringComparer.Ordinal) { "CodeSystem", "ValueSet", "ConceptMap", "NamingSystem" };

    /// <summary>The resource type of a file, or null when it holds no FHIR resource. Reads JSON up to its <c>resourceType</c>, XML up to its root.</summary>
    /// <remarks>A file that breaks before that is judged by whether it names a resource type at all, so that it can be reported instead of overlooked.</remarks>
    public static string? TypeOf(ReadOnlySpan<byte> content)
    {
        if (content.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) content = content[3..];
        var start = content.TrimStart(" \t\r\n"u8);
        if (start.IsEmpty) return null;
        return start[0] switch { (byte)'{' => JsonType(start), (byte)'<' => XmlType(start), _ => null };
    }

    /// <summary>The resources of a file; those of a Bundle one by one, types that are not kept only by name. Lazy, one pass.</summary>
    /// <exception cref="TerminologyException">Structure: the file is no JSON (<see cref="JsonFormat"/>) or XML; thrown when reached.</exception>
    public static IEnumerable<ResourceText> Read(ReadOnlyMemory<byte> content)
    {
        var start = content.Span.TrimStart((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF, (byte)' ', (byte)'\t', (byte)'\r', (byte)'\n']);
        return start.StartsWith("<"u8) ? ReadXml(new MemoryStream(content.ToArray())) : ReadJson(content);
    }

    /// <summary>As <see cref="Read"/>, from an XML stream.</summary>
    /// <exception cref="TerminologyException">Structure: no XML; thrown when reached.</exception>
    public static IEnumerable<ResourceText> ReadXml(Stream stream)
    {
        using var reader = XmlWire.Reader(stream);
        if (!Step(() => reader.MoveToContent() == XmlNodeType.Element)) yield break;
        if (reader.LocalName != "Bundle")
        {
            yield return Convert(reader, "");
            yield break;
        }
        var entry = -1;
        Step(reader.Read);
        while (!reader.EOF)
        {
            if (reader.NodeType == XmlNodeType.Element && reader is { Depth: 1, LocalName: "entry" }) entry++;
            if (reader.NodeType == XmlNodeType.Element && reader is { Depth: 2, LocalName: "resource", IsEmptyElement: false })
            {
                Step(reader.Read);
                yield return Convert(reader, $"Bundle.entry[{entry}]");
            }
            else if (reader.NodeType == XmlNodeType.Element && !(reader is { Depth: 1, LocalName: "entry" }))
            {
                Step(() => { reader.Skip(); return true; });
            }
            else
            {
                Step(reader.Read);
            }
        }
    }

    private static IEnumerable<ResourceText> ReadJson(ReadOnlyMemory<byte> content)
    {
        var root = JsonNode.Root(content, out var document);
        using (document)
        {
            if (root.ResourceType != "Bundle")
            {
                yield return new(root.ResourceType, content.Span[0] == 0xEF ? content[3..] : content, "", 0);
                yield break;
            }
            foreach (var entry in root.Objects("entry"))
            {
                if (entry.Object("resource") is { } resource)
                {
                    yield return new(resource.ResourceType, JsonMarshal.GetRawUtf8Value(resource.Element).ToArray(), entry.Path, 0);
                }
            }
        }
    }

    /// <summary>The reader stands on the element of the resource, and behind it afterwards.</summary>
    private static ResourceText Convert(XmlReader reader, string place)
    {
        var (type, line) = (reader.LocalName, reader is IXmlLineInfo info ? info.LineNumber : 0);
        try
        {
            if (!Kept.Contains(type))
            {
                reader.Skip();
                return new(type, default, place, line);
            }
            // A subtree of its own: the SDK reads to the end of what it is given.
            using var subtree = reader.ReadSubtree();
            var (json, problem) = (XmlWire.ToJson(subtree, out var found), found);
            return new(type, json, place, line) { Warning = problem };
        }
        catch (XmlException e)
        {
            throw new XmlFormat(e);
        }
        catch (TerminologyException fault)
        {
            return new(type, default, place, line, fault);
        }
    }

    private static bool Step(Func<bool> step)
    {
        try
        {
            return step();
        }
        catch (XmlException e)
        {
            throw new XmlFormat(e);
        }
    }

    private static string? JsonType(ReadOnlySpan<byte> content)
    {
        var reader = new Utf8JsonReader(content, new JsonReaderOptions { MaxDepth = 1024 });
        try
        {
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var found = reader.ValueTextEquals("resourceType"u8);
                reader.Read();
                if (found) return reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                reader.Skip();
            }
            return null;
        }
        catch (JsonException)
        {
            return content.IndexOf("\"resourceType\""u8) >= 0 ? "" : null;
        }
    }

    private static string? XmlType(ReadOnlySpan<byte> content)
    {
        // The root stands in the first few kilobytes: declaration, comments and namespaces before it are short.
        var start = content[..Math.Min(content.Length, 1 << 16)].ToArray();
        try
        {
            using var reader = XmlWire.Reader(new MemoryStream(start));
            return reader.MoveToContent() == XmlNodeType.Element && reader.NamespaceURI == Fhir ? reader.LocalName : null;
        }
        catch (XmlException)
        {
            return start.AsSpan().IndexOf("\"http://hl7.org/fhir\""u8) >= 0 ? "" : null;
        }
    }
}

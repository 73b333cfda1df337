using System.Xml;
using System.Xml.Linq;
using Terminology.Issues;

namespace Terminology.Loaders.Input;

/// <summary>XML in any encoding it declares, without entities from outside and without expansions: a DOCTYPE is passed over.</summary>
internal static class SafeXml
{
    /// <summary>Nodes in which <see cref="Head"/> looks.</summary>
    private const int HeadNodes = 500;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Ignore, XmlResolver = null, MaxCharactersFromEntities = 1024, IgnoreComments = true, IgnoreProcessingInstructions = true, CloseInput = true,
    };

    /// <exception cref="ReleaseFormat">Not well-formed: names line and column.</exception>
    public static XDocument Load(ReleaseFile file)
    {
        try
        {
            using var reader = XmlReader.Create(file.Open(), Settings);
            return XDocument.Load(reader, LoadOptions.SetLineInfo);
        }
        catch (XmlException problem)
        {
            var advice = problem.Message.Contains("entity", StringComparison.OrdinalIgnoreCase)
                ? "Entities of a DOCTYPE are not read, they could be hostile: write the character itself, or &#…;."
                : "Fetch the file again or correct it.";
            throw new ReleaseFormat($"this is not well-formed XML: {problem.Message} {advice}", file.Path, problem.LineNumber, problem.LinePosition);
        }
        catch (InvalidDataException)
        {
            throw new ReleaseFormat("the compressed data breaks off or is damaged; fetch the file again.", file.Path);
        }
    }

    /// <summary>The root element with its attributes, empty; null when the file is no XML.</summary>
    public static XElement? Root(ReleaseFile file) => Begin(file, reader =>
    {
        var root = new XElement(XName.Get(reader.LocalName, reader.NamespaceURI));
        while (reader.MoveToNextAttribute()) root.Add(new XAttribute(XName.Get(reader.LocalName, reader.Prefix.Length == 0 ? "" : reader.NamespaceURI), reader.Value));
        return root;
    });

    /// <summary>The first element of this name near the beginning, with its content; null when there is none.</summary>
    public static XElement? Head(ReleaseFile file, string name) => Begin(file, reader =>
    {
        for (var i = 0; i < HeadNodes && reader.Read(); i++)
        {
            if (reader.NodeType == XmlNodeType.Element && reader.LocalName == name) return (XElement)XNode.ReadFrom(reader);
        }
        return null;
    });

    private static XElement? Begin(ReleaseFile file, Func<XmlReader, XElement?> read)
    {
        if (!file.UnpackedName.EndsWith(".xml", StringComparison.OrdinalIgnoreCase)) return null;
        try
        {
            using var reader = XmlReader.Create(file.Open(), Settings);
            return reader.MoveToContent() == XmlNodeType.Element ? read(reader) : null;
        }
        catch (Exception problem) when (problem is XmlException or InvalidDataException)
        {
            return null;
        }
    }
}

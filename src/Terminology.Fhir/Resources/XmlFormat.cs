using System.Xml;
using Terminology.Issues;

namespace Terminology.Fhir.Resources;

/// <summary>The text is not XML.</summary>
/// <param name="cause">What the parser found.</param>
public sealed class XmlFormat(XmlException cause) : TerminologyException(IssueType.Structure, "INVALID_XML", $"not XML: {cause.Message}")
{
    /// <summary>One-based line, 0 when not known.</summary>
    public long Line { get; } = cause.LineNumber;

    /// <summary>One-based character in the line, 0 when not known.</summary>
    public int Column { get; } = cause.LinePosition;
}

using Terminology.Issues;

namespace Terminology.Fhir.Resources;

/// <summary>One resource cut out of a file.</summary>
/// <param name="ResourceType">Its type.</param>
/// <param name="Json">The resource in JSON, UTF-8; empty with <paramref name="Fault"/>.</param>
/// <param name="Place">Where in the file: empty for the whole file, <c>Bundle.entry[3]</c> in a Bundle.</param>
/// <param name="Line">One-based line where it begins, 0 when not known.</param>
/// <param name="Fault">Why it cannot be read, or null.</param>
public sealed record ResourceText(string ResourceType, ReadOnlyMemory<byte> Json, string Place, long Line, TerminologyException? Fault = null)
{
    /// <summary>Something that was left out in reading it from XML, or null.</summary>
    public string? Warning { get; init; }
}

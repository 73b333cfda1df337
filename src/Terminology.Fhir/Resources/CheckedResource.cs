using Terminology.Fhir.Json;
using Terminology.Issues;
using Terminology.Releases;

namespace Terminology.Fhir.Resources;

/// <summary>A resource that may be stored: its structure is R4's, its invariants hold, and what answers from it can read it.</summary>
/// <param name="Template">As it will be kept.</param>
/// <param name="Record">What the catalogue needs to know; its JSON is that of the sender.</param>
/// <param name="Remarks">What is not wrong but could be better; usually empty.</param>
public sealed record CheckedResource(ResourceTemplate Template, ResourceRecord Record, IReadOnlyList<Issue> Remarks)
{
    /// <param name="json">The resource, R4 JSON in UTF-8.</param>
    /// <param name="type">The type it must have.</param>
    /// <exception cref="TerminologyException">Structure: not JSON, or of another type.</exception>
    /// <exception cref="InvalidContent">Everything that is wrong with it, each with its place.</exception>
    public static CheckedResource Read(ReadOnlyMemory<byte> json, string type)
    {
        var root = JsonNode.Root(json, out var document);
        using (document)
        {
            if (root.ResourceType is var sent && sent != type) throw new TerminologyException(IssueType.Invalid, "OTHER_TYPE", ResourceMessages.OtherType(sent, type)) { Expression = "resourceType" };
            var structure = StrictJson.Check(json);
            if (structure.Any(issue => issue.Severity >= IssueSeverity.Error)) throw new InvalidContent(structure);
            Issue[] found = [.. structure, .. Invariants.Check(root)];
            if (Array.Exists(found, issue => issue.Severity >= IssueSeverity.Error)) throw new InvalidContent(found);
            var read = ReadResource.Read(json);
            return new(ResourceTemplate.Read(json), read.Record, [.. found, .. read.Warnings.Select(warning => new Issue(IssueSeverity.Warning, IssueType.Value, warning))]);
        }
    }
}

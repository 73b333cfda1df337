using System.Text.Json;
using Terminology.Issues;

namespace Terminology.Fhir.Operations;

/// <summary>Issues as an OperationOutcome.</summary>
/// <remarks>FHIR R4 <see href="https://hl7.org/fhir/R4/operationoutcome.html">OperationOutcome</see>.</remarks>
public static class OutcomeWriter
{
    private const string TxIssueType = "http://hl7.org/fhir/tools/CodeSystem/tx-issue-type";

    /// <summary>Writes the resource.</summary>
    public static void Write(Utf8JsonWriter writer, IReadOnlyList<Issue> issues)
    {
        writer.WriteStartObject();
        writer.WriteString("resourceType"u8, "OperationOutcome"u8);
        writer.WriteStartArray("issue"u8);
        foreach (var issue in issues) Write(writer, issue);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, Issue issue)
    {
        writer.WriteStartObject();
        if (issue.MessageId is not null)
        {
            writer.WriteStartArray("extension"u8);
            writer.WriteStartObject();
            writer.WriteString("url"u8, "http://hl7.org/fhir/StructureDefinition/operationoutcome-message-id"u8);
            writer.WriteString("valueString"u8, issue.MessageId);
            writer.WriteEndObject();
            writer.WriteEndArray();
        }
        writer.WriteString("severity"u8, issue.Severity switch { IssueSeverity.Fatal => "fatal", IssueSeverity.Error => "error", IssueSeverity.Warning => "warning", _ => "information" });
        writer.WriteString("code"u8, Code(issue.Type));
        writer.WriteStartObject("details"u8);
        if (issue.TxIssueType is not null)
        {
            writer.WriteStartArray("coding"u8);
            writer.WriteStartObject();
            writer.WriteString("system"u8, TxIssueType);
            writer.WriteString("code"u8, issue.TxIssueType);
            writer.WriteEndObject();
            writer.WriteEndArray();
        }
        writer.WriteString("text"u8, issue.Text);
        writer.WriteEndObject();
        if (issue.Expression is not null)
        {
            writer.WriteStartArray("expression"u8);
            writer.WriteStringValue(issue.Expression);
            writer.WriteEndArray();
        }
        writer.WriteEndObject();
    }

    private static string Code(IssueType type) => type switch
    {
        IssueType.Structure => "structure",
        IssueType.Required => "required",
        IssueType.Value => "value",
        IssueType.Invalid => "invalid",
        IssueType.CodeInvalid => "code-invalid",
        IssueType.NotFound => "not-found",
        IssueType.BusinessRule => "business-rule",
        IssueType.Conflict => "conflict",
        IssueType.NotSupported => "not-supported",
        IssueType.TooCostly => "too-costly",
        IssueType.TooLong => "too-long",
        IssueType.MultipleMatches => "multiple-matches",
        IssueType.Informational => "informational",
        IssueType.Incomplete => "incomplete",
        IssueType.Transient => "transient",
        IssueType.Login => "login",
        IssueType.Expired => "expired",
        IssueType.Forbidden => "forbidden",
        IssueType.Throttled => "throttled",
        IssueType.Processing => "processing",
        IssueType.Deleted => "deleted",
        IssueType.Duplicate => "duplicate",
        IssueType.Invariant => "invariant",
        _ => "exception",
    };
}

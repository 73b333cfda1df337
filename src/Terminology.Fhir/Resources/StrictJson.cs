using System.Text.Json;
using Hl7.Fhir.Serialization;
using Hl7.Fhir.Utility;
using Terminology.Issues;
using R4 = Hl7.Fhir.Model;

namespace Terminology.Fhir.Resources;

/// <summary>The structure of R4 resources, judged by the SDK's model: names, types, cardinalities, required bindings.</summary>
/// <remarks>Thread-safe. The model is loaded when somebody stores something.</remarks>
internal static class StrictJson
{
    private const int MostIssues = 50;

    /// <summary>What is wrong, with its place; empty when all is right.</summary>
    public static IReadOnlyList<Issue> Check(ReadOnlyMemory<byte> json)
    {
        var reader = new Utf8JsonReader(json.Span, new JsonReaderOptions { MaxDepth = 1024 });
        return Sdk.Json.TryDeserializeResource(ref reader, out _, out var problems) ? [] : [.. problems.Take(MostIssues).Select(IssueOf)];
    }

    private static Issue IssueOf(CodedException problem) => problem is ExtendedCodedException placed
        ? new(
            placed.IssueSeverity is R4.OperationOutcome.IssueSeverity.Warning or R4.OperationOutcome.IssueSeverity.Information ? IssueSeverity.Warning : IssueSeverity.Error,
            placed.IssueType is R4.OperationOutcome.IssueType.Required ? IssueType.Required : IssueType.Structure, placed.BaseErrorMessage)
        {
            Expression = placed.InstancePath, MessageId = problem.ErrorCode,
        }
        : new(IssueSeverity.Error, IssueType.Structure, problem.Message) { MessageId = problem.ErrorCode };

    private static class Sdk
    {
        public static FhirJsonDeserializer Json { get; } = new();
    }
}

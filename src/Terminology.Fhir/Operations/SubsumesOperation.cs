using System.Text.Json;
using Terminology.Operations;

namespace Terminology.Fhir.Operations;

/// <summary><c>CodeSystem/$subsumes</c> on the wire.</summary>
/// <remarks>FHIR R4 <see href="https://hl7.org/fhir/R4/codesystem-operation-subsumes.html">$subsumes</see>.</remarks>
public static class SubsumesOperation
{
    /// <summary>Reads codeA, codeB, system and version, or codingA and codingB.</summary>
    public static SubsumesRequest Read(OperationInput input)
    {
        var (system, version) = (input.Text("system", "url"), input.Text("version"));
        return new(
            input.Coding("codingA") ?? new(system, input.Text("codeA") ?? throw OperationInput.Missing("codeA", "Two codes are needed: codeA and codeB with system, or codingA and codingB."), version),
            input.Coding("codingB") ?? new(system, input.Text("codeB") ?? throw OperationInput.Missing("codeB", "Two codes are needed: codeA and codeB with system, or codingA and codingB."), version));
    }

    /// <summary>Writes the outcome.</summary>
    public static void Write(Utf8JsonWriter writer, SubsumesResult result)
    {
        ParametersWriter.Begin(writer);
        ParametersWriter.Text(writer, "outcome"u8, "valueCode"u8, result.Outcome switch
        {
            Subsumption.Equivalent => "equivalent",
            Subsumption.Subsumes => "subsumes",
            Subsumption.SubsumedBy => "subsumed-by",
            _ => "not-subsumed",
        });
        foreach (var issue in result.Issues) ParametersWriter.Text(writer, "message"u8, "valueString"u8, issue.Text);
        ParametersWriter.End(writer);
    }
}

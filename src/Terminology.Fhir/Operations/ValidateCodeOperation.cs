using System.Text.Json;
using Terminology.Fhir.Resources;
using Terminology.Operations;

namespace Terminology.Fhir.Operations;

/// <summary><c>$validate-code</c> of CodeSystem and ValueSet on the wire.</summary>
/// <remarks>FHIR R4 <see href="https://hl7.org/fhir/R4/valueset-operation-validate-code.html">$validate-code</see>.</remarks>
public static class ValidateCodeOperation
{
    /// <summary>Reads the request.</summary>
    /// <param name="input">The parameters.</param>
    /// <param name="onValueSet">Is it asked of ValueSet (url names a value set) or of CodeSystem (url names the code system)?</param>
    public static ValidateCodeRequest Read(OperationInput input, bool onValueSet)
    {
        var (concept, form) = ReadConcept(input, onValueSet);
        return new(concept, form)
        {
            ValueSetUrl = onValueSet && input.Text("url") is { } url ? Canonical(url, input.Text("valueSetVersion")) : null,
            ValueSet = onValueSet && input.Resource("valueSet") is { } inline ? FhirResourceReader.ReadValueSet(inline) : null,
            InferSystem = input.Boolean("inferSystem") ?? false,
            Abstract = input.Boolean("abstract"),
            ActiveOnly = input.Boolean("activeOnly") ?? false,
            LenientDisplay = input.Boolean("lenient-display-validation") ?? false,
            MembershipOnly = input.Boolean("valueset-membership-only") ?? false,
        };
    }

    /// <summary>The codes of a batch: each <c>validation</c> with its own parameters before those of the whole.</summary>
    /// <exception cref="Issues.TerminologyException">Required: there is none.</exception>
    public static IReadOnlyList<OperationInput> ReadBatch(OperationInput input)
    {
        var inputs = input.All("validation").Select(node => OperationInput.From(node).With(input)).ToArray();
        return inputs.Length > 0 ? inputs : throw OperationInput.Missing("validation", "Nothing is given to validate: send one parameter 'validation' with a Parameters resource for each code.");
    }

    /// <summary>Writes the answers of a batch, in its order.</summary>
    public static void WriteBatch(Utf8JsonWriter writer, IEnumerable<Action<Utf8JsonWriter>> answers)
    {
        ParametersWriter.Begin(writer);
        foreach (var answer in answers)
        {
            writer.WriteStartObject();
            writer.WriteString("name"u8, "validation"u8);
            writer.WritePropertyName("resource"u8);
            answer(writer);
            writer.WriteEndObject();
        }
        ParametersWriter.End(writer);
    }

    /// <summary>Writes the answer.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="result">The answer.</param>
    /// <param name="request">What was asked: a CodeableConcept comes back with the answer. Null: it does not.</param>
    public static void Write(Utf8JsonWriter writer, ValidateCodeResult result, ValidateCodeRequest? request = null)
    {
        ParametersWriter.Begin(writer);
        ParametersWriter.Boolean(writer, "result"u8, result.Result);
        ParametersWriter.Text(writer, "message"u8, "valueString"u8, result.Message);
        var concept = request is { Form: CodeForm.CodeableConcept } ? request.Concept : null;
        // Of several codings none was right: there is no one code to name.
        if (concept is null || result.Result || result.Display is not null)
        {
            ParametersWriter.Text(writer, "code"u8, "valueCode"u8, result.Code);
            ParametersWriter.Text(writer, "system"u8, "valueUri"u8, result.System);
            ParametersWriter.Text(writer, "version"u8, "valueString"u8, result.Version);
        }
        if (concept is not null) ParametersWriter.Concept(writer, "codeableConcept"u8, concept);
        ParametersWriter.Text(writer, "display"u8, "valueString"u8, result.Display);
        if (result.Inactive == true) ParametersWriter.Boolean(writer, "inactive"u8, true);
        ParametersWriter.Text(writer, "status"u8, "valueCode"u8, result.Status);
        ParametersWriter.Text(writer, "normalized-code"u8, "valueCode"u8, result.NormalizedCode);
        foreach (var cause in result.CausedByUnknownSystems) ParametersWriter.Text(writer, "x-caused-by-unknown-system"u8, "valueCanonical"u8, cause.ToString());
        foreach (var unknown in result.UnknownSystems) ParametersWriter.Text(writer, "x-unknown-system"u8, "valueCanonical"u8, unknown.ToString());
        if (result.Issues.Count > 0)
        {
            writer.WriteStartObject();
            writer.WriteString("name"u8, "issues"u8);
            writer.WritePropertyName("resource"u8);
            OutcomeWriter.Write(writer, result.Issues);
            writer.WriteEndObject();
        }
        ParametersWriter.End(writer);
    }

    internal static VersionedUrl Canonical(string url, string? version)
    {
        var parsed = VersionedUrl.Parse(url);
        return version is null ? parsed : parsed with { Version = version };
    }

    private static (CodeableConcept Concept, CodeForm Form) ReadConcept(OperationInput input, bool onValueSet)
    {
        if (input.CodeableConcept("codeableConcept") is { } concept) return (concept, CodeForm.CodeableConcept);
        if (input.Coding("coding") is { } coding)
        {
            return (new([onValueSet ? coding : coding with { System = coding.System ?? input.Text("url") }]), CodeForm.Coding);
        }
        if (input.Text("code") is not { } code) return (new([]), CodeForm.Code);
        var (system, version) = onValueSet ? (input.Text("system"), input.Text("systemVersion")) : (input.Text("url", "system"), input.Text("version"));
        return (new([new(system, code, version, input.Text("display"))]), CodeForm.Code);
    }
}

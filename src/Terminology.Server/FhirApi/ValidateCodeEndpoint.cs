using System.Text.Json;
using Terminology.Fhir.Operations;
using Terminology.Issues;

namespace Terminology.Server.FhirApi;

/// <summary><c>$validate-code</c> and <c>$batch-validate-code</c> of code systems and value sets.</summary>
internal static class ValidateCodeEndpoint
{
    public static FhirOperation OnCodeSystem { get; } = new("CodeSystem", "$validate-code", request => Answer(request, onValueSet: false)) { OnInstance = true };

    public static FhirOperation OnValueSet { get; } = new("ValueSet", "$validate-code", request => Answer(request, onValueSet: true)) { OnInstance = true };

    public static FhirOperation BatchOnCodeSystem { get; } = new("CodeSystem", "$batch-validate-code", request => Batch(request, onValueSet: false));

    public static FhirOperation BatchOnValueSet { get; } = new("ValueSet", "$batch-validate-code", request => Batch(request, onValueSet: true));

    private static FhirAnswer Answer(FhirRequest request, bool onValueSet)
    {
        var (write, version) = Validate(request.Service, request.Input, request.Scope, onValueSet);
        return new(write) { SystemVersion = version };
    }

    private static FhirAnswer Batch(FhirRequest request, bool onValueSet)
    {
        var answers = ValidateCodeOperation.ReadBatch(request.Input).Select(input => Entry(request, input, onValueSet)).ToArray();
        return new(writer => ValidateCodeOperation.WriteBatch(writer, answers));
    }

    /// <summary>One code of a batch; what cannot be answered is an OperationOutcome in its place.</summary>
    private static Action<Utf8JsonWriter> Entry(FhirRequest request, OperationInput input, bool onValueSet)
    {
        try
        {
            return Validate(request.Service, input, RequestScopeReader.Read(input, acceptLanguage: null) with { Cancel = request.Scope.Cancel }, onValueSet).Write;
        }
        catch (TerminologyException problem)
        {
            return FhirErrors.Answer(problem.Type, problem.Message).Write!;
        }
    }

    private static (Action<Utf8JsonWriter> Write, string? Version) Validate(TerminologyService service, OperationInput input, RequestScope scope, bool onValueSet)
    {
        var asked = ValidateCodeOperation.Read(input, onValueSet);
        var result = service.ValidateCode(asked, scope);
        return (writer => ValidateCodeOperation.Write(writer, result, asked), result.Version);
    }
}

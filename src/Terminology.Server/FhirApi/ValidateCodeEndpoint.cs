using Terminology.Fhir.Operations;

namespace Terminology.Server.FhirApi;

/// <summary><c>$validate-code</c> of code systems and value sets.</summary>
internal static class ValidateCodeEndpoint
{
    public static FhirOperation OnCodeSystem { get; } = new("CodeSystem", "$validate-code", request => Answer(request, onValueSet: false)) { OnInstance = true };

    public static FhirOperation OnValueSet { get; } = new("ValueSet", "$validate-code", request => Answer(request, onValueSet: true)) { OnInstance = true };

    private static FhirAnswer Answer(FhirRequest request, bool onValueSet)
    {
        var asked = ValidateCodeOperation.Read(request.Input, onValueSet);
        var result = request.Service.ValidateCode(asked, request.Scope);
        return new(writer => ValidateCodeOperation.Write(writer, result, asked));
    }
}

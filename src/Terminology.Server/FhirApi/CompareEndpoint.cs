using Terminology.Fhir.Operations;

namespace Terminology.Server.FhirApi;

/// <summary><c>ValueSet/$compare</c>.</summary>
internal static class CompareEndpoint
{
    public static FhirOperation Operation { get; } = new("ValueSet", "$compare", Answer) { OnInstance = true };

    private static FhirAnswer Answer(FhirRequest request)
    {
        var result = request.Service.Compare(CompareOperation.Read(request.Input), request.Scope);
        var diagnostics = request.Input.Boolean("diagnostics") ?? false;
        return new(writer => CompareOperation.Write(writer, result, diagnostics));
    }
}

using Terminology.Fhir.Operations;

namespace Terminology.Server.FhirApi;

/// <summary><c>CodeSystem/$lookup</c>.</summary>
internal static class LookupEndpoint
{
    public static FhirOperation Operation { get; } = new("CodeSystem", "$lookup", Answer);

    private static FhirAnswer Answer(FhirRequest request)
    {
        var result = request.Service.Lookup(LookupOperation.Read(request.Input), request.Scope);
        return new(writer => LookupOperation.Write(writer, result)) { SystemVersion = result.CodeSystem.Info.Version };
    }
}

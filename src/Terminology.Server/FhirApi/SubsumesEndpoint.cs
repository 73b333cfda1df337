using Terminology.Fhir.Operations;

namespace Terminology.Server.FhirApi;

/// <summary><c>CodeSystem/$subsumes</c>.</summary>
internal static class SubsumesEndpoint
{
    public static FhirOperation Operation { get; } = new("CodeSystem", "$subsumes", Answer) { OnInstance = true };

    private static FhirAnswer Answer(FhirRequest request)
    {
        var result = request.Service.Subsumes(SubsumesOperation.Read(request.Input), request.Scope);
        return new(writer => SubsumesOperation.Write(writer, result));
    }
}

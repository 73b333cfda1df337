using Terminology.Fhir.Operations;

namespace Terminology.Server.FhirApi;

/// <summary><c>ValueSet/$expand</c>.</summary>
internal static class ExpandEndpoint
{
    public static FhirOperation Operation { get; } = new("ValueSet", "$expand", Answer) { OnInstance = true };

    /// <summary>Members that are written in a moment.</summary>
    private const int Few = 2000;

    private static FhirAnswer Answer(FhirRequest request)
    {
        var result = request.Service.Expand(ExpandOperation.Read(request.Input), request.Scope);
        return new(writer => ExpandOperation.Write(writer, result, TimeProvider.System.GetUtcNow())) { IsLong = result.Members.Count > Few };
    }
}

using Terminology.Fhir.Operations;

namespace Terminology.Server.FhirApi;

/// <summary><c>CodeSystem/$find-matches</c>.</summary>
internal static class FindMatchesEndpoint
{
    public static FhirOperation Operation { get; } = new("CodeSystem", "$find-matches", Answer) { OnInstance = true, Get = false };

    private static FhirAnswer Answer(FhirRequest request)
    {
        var result = request.Service.FindMatches(FindMatchesOperation.Read(request.Input), request.Scope);
        return new(writer => FindMatchesOperation.Write(writer, result));
    }
}

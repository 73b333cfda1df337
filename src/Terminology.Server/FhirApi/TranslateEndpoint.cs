using Terminology.Fhir.Operations;

namespace Terminology.Server.FhirApi;

/// <summary><c>ConceptMap/$translate</c>.</summary>
internal static class TranslateEndpoint
{
    public static FhirOperation Operation { get; } = new("ConceptMap", "$translate", Answer) { OnInstance = true };

    private static FhirAnswer Answer(FhirRequest request)
    {
        var result = request.Service.Translate(TranslateOperation.Read(request.Input), request.Scope);
        return new(writer => TranslateOperation.Write(writer, result));
    }
}

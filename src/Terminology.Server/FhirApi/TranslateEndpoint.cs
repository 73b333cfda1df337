using Terminology.Fhir.Operations;

namespace Terminology.Server.FhirApi;

/// <summary><c>ConceptMap/$translate</c>.</summary>
internal static class TranslateEndpoint
{
    public static FhirOperation Operation { get; } = new("ConceptMap", "$translate", Answer) { OnInstance = true };

    private static FhirAnswer Answer(FhirRequest request)
    {
        var asked = TranslateOperation.Read(request.Input);
        var result = request.Service.Translate(asked, request.Scope);
        return new(writer => TranslateOperation.Write(writer, result, asked.R5Names, asked.Safety)) { Unmapped = result.Result ? null : asked.Url?.Url ?? "any" };
    }
}

using Terminology.Fhir.Operations;
using Terminology.Operations;

namespace Terminology.Server.FhirApi;

/// <summary><c>$closure</c>, at system level and on ConceptMap.</summary>
internal static class ClosureEndpoint
{
    public static FhirOperation OnSystem { get; } = new("", "$closure", Answer) { Get = false, Writes = true };

    public static FhirOperation OnConceptMap { get; } = OnSystem with { ResourceType = "ConceptMap" };

    private static FhirAnswer Answer(FhirRequest request) => new(null!) { Pending = AnswerAsync(ClosureOperation.Read(request.Input), request) };

    private static async Task<FhirAnswer> AnswerAsync(ClosureRequest asked, FhirRequest request)
    {
        var result = await request.Service.ClosureAsync(asked, request.Closures, request.Scope);
        return new(writer => ClosureOperation.Write(writer, result, TimeProvider.System.GetUtcNow()));
    }
}

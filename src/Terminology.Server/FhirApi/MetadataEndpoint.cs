using Terminology.Fhir.Operations;

namespace Terminology.Server.FhirApi;

/// <summary><c>metadata</c>: CapabilityStatement, or TerminologyCapabilities with <c>mode=terminology</c>.</summary>
internal static class MetadataEndpoint
{
    public static FhirOperation Operation { get; } = new("", "metadata", Answer) { Post = false };

    /// <summary><c>$versions</c>: which versions of FHIR are spoken here.</summary>
    public static FhirOperation Versions { get; } = new("", "$versions", _ => new(CapabilityWriter.WriteVersions));

    private static FhirAnswer Answer(FhirRequest request)
        => request.Input.Text("mode") is "terminology"
            ? new(writer => CapabilityWriter.WriteTerminologyCapabilities(writer, request.Service, request.Base, TimeProvider.System.GetUtcNow()))
            : new(writer => CapabilityWriter.WriteCapabilityStatement(writer, request.Service, request.Base, TimeProvider.System.GetUtcNow()));
}

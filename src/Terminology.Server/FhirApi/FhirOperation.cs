using System.Text.Json;
using Terminology.Closure;
using Terminology.Fhir.Operations;
using Terminology.Server.Access;
using Terminology.Server.Hosting;

namespace Terminology.Server.FhirApi;

/// <summary>One operation or interaction: where it is mounted and what answers. HTTP routes and batch entries use the same table.</summary>
/// <param name="ResourceType">CodeSystem, ValueSet, ConceptMap; empty at system level.</param>
/// <param name="Name">With the dollar sign; empty for search.</param>
/// <param name="Answer">Takes the request, gives the answer; throws TerminologyException for a question without one.</param>
internal sealed record FhirOperation(string ResourceType, string Name, Func<FhirRequest, FhirAnswer> Answer)
{
    /// <summary>May it be asked of an instance: <c>/ValueSet/id/$expand</c>?</summary>
    public bool OnInstance { get; init; }

    /// <summary>Does it also take POST with Parameters?</summary>
    public bool Post { get; init; } = true;

    /// <summary>Does it take GET? What changes something does not.</summary>
    public bool Get { get; init; } = true;

    /// <summary>Does it change what is kept?</summary>
    public bool Writes { get; init; }

    /// <summary>Its name in logs and figures.</summary>
    public string Label { get; } = ResourceType.Length == 0 ? Name : Name.Length == 0 ? ResourceType + " search" : $"{ResourceType}/{Name}";

    /// <summary>Does its answer change only with what is loaded and stored?</summary>
    public bool IsStable { get; } = Name is "$lookup" or "$validate-code" or "$subsumes" or "$translate" or "$expand" or "$find-matches";

    /// <summary>The scope that who asks must have.</summary>
    public Scope Needs => Writes ? Scope.Write : Name == "metadata" ? Scope.None : Scope.Read;
}

/// <summary>A request after everything request-wide was read: the state of the world it sees, its parameters, its scope.</summary>
/// <param name="World">What is loaded and stored.</param>
/// <param name="Service">Overlays of the request included.</param>
/// <param name="Input">The parameters.</param>
/// <param name="Scope">Languages, versions, deadline.</param>
/// <param name="Base">Base URL of the FHIR API, for links.</param>
internal sealed record FhirRequest(World World, TerminologyService Service, OperationInput Input, RequestScope Scope, string Base)
{
    /// <summary>What the header Prefer asks for.</summary>
    public Preference Prefer { get; init; } = Preference.None;

    /// <summary>The closure tables of all clients.</summary>
    public required IClosureTables Closures { get; init; }
}

/// <summary>An answer that is ready to be written: everything that can fail has been done.</summary>
/// <param name="Write">Writes one FHIR resource; null when there is none to write.</param>
/// <param name="Status">HTTP status.</param>
internal readonly record struct FhirAnswer(Action<Utf8JsonWriter>? Write, int Status = StatusCodes.Status200OK)
{
    /// <summary>The ETag as a whole, for answers that are no version of a resource; null for none.</summary>
    public string? Tag { get; init; }

    /// <summary>Version of the resource, for its ETag; null when it has none.</summary>
    public int? Version { get; init; }

    /// <summary>When the resource was written; null when nobody knows.</summary>
    public DateTimeOffset? Modified { get; init; }

    /// <summary>Where a resource that was written can be read in this version; null elsewhere.</summary>
    public string? Location { get; init; }

    /// <summary>Version of the code system that answered, for the log; null when the operation asks none, or several.</summary>
    public string? SystemVersion { get; init; }

    /// <summary>Does writing it take longer than a moment?</summary>
    public bool IsLong { get; init; }

    /// <summary>The resource as it will be sent, when it is written already; else null.</summary>
    public ReadOnlyMemory<byte>? Form { get; init; }

    /// <summary>Of a translation that found nothing the map, "any" when none was named; else null.</summary>
    public string? Unmapped { get; init; }

    /// <summary>Takes the answer as it is sent, to keep it; null when it is not to be kept.</summary>
    public Action<ReadOnlySpan<byte>>? Keep { get; init; }

    /// <summary>The answer is this one, when it is there: something has to be kept first. Else null.</summary>
    public Task<FhirAnswer>? Pending { get; init; }
}

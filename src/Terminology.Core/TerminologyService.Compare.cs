using Terminology.Issues;
using Terminology.Operations;
using Terminology.ValueSets;

namespace Terminology;

/// <summary><c>ValueSet/$compare</c>.</summary>
public sealed partial class TerminologyService
{
    /// <summary>How the members of two value sets stand to each other: told from the definitions where they suffice, else from both expansions.</summary>
    /// <returns>Always an answer; Indeterminate where an expansion fails or has no end.</returns>
    /// <exception cref="TerminologyException">NotFound: a value set named by canonical is unknown.</exception>
    /// <remarks>FHIR tooling <see href="https://hl7.org/fhir/tools/en/valueset-comparison.html">ValueSet comparison</see>.</remarks>
    public CompareResult Compare(CompareRequest request, RequestScope scope)
    {
        var session = Session();
        return new Comparison(session, session.Named(request.This), session.Named(request.Other), request.VersionPolicy, scope).Run();
    }

    private ValueSet Named(ComparedValueSet compared) => compared.ValueSet ?? Required(compared.Url);
}

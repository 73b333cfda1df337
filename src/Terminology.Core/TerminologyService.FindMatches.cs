using Terminology.Issues;
using Terminology.Matching;
using Terminology.Operations;

namespace Terminology;

/// <summary><c>CodeSystem/$find-matches</c>.</summary>
public sealed partial class TerminologyService
{
    /// <summary>The concepts that have all of some properties, else as many of them as any concept has; composed expressions where they are wanted and no concept will do.</summary>
    /// <returns>Always an answer; no match is an empty list.</returns>
    /// <exception cref="TerminologyException">Required: no system or property. NotFound: the code system. Invalid: a property it does not have.</exception>
    /// <remarks>FHIR R4 <see href="https://hl7.org/fhir/R4/codesystem-operation-find-matches.html">$find-matches</see>.</remarks>
    public FindMatchesResult FindMatches(FindMatchesRequest request, RequestScope scope)
    {
        if (string.IsNullOrEmpty(request.System)) throw new TerminologyException(IssueType.Required, "MISSING_SYSTEM", Messages.MissingSystem()) { Expression = "system" };
        var session = Session(request.Compositional);
        var name = CanonicalSystem(request.System);
        return new ConceptMatching(session.CodeSystem(name, WantedVersion(name, request.Version, scope)), request, scope).Run();
    }
}

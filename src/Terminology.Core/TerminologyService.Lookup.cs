using Terminology.CodeSystems;
using Terminology.Issues;
using Terminology.Operations;

namespace Terminology;

/// <summary><c>$lookup</c> and <c>$subsumes</c>.</summary>
public sealed partial class TerminologyService
{
    /// <summary>What is known of a code.</summary>
    /// <exception cref="TerminologyException">Required: no code or system. NotFound: unknown code system (names loaded versions), code or supplement.</exception>
    /// <remarks>FHIR R4 <see href="https://hl7.org/fhir/R4/codesystem-operation-lookup.html">$lookup</see>.</remarks>
    public LookupResult Lookup(LookupRequest request, RequestScope scope)
    {
        var found = Known(request.Coding, scope, "code");
        return new(found.CodeSystem!, found.Concept, request.Properties, scope.Languages, found.Issues)
        {
            Supplements = scope.Supplements.Count == 0 ? [] : Supplements.Asked(this, scope, null).Of(found.CodeSystem!),
        };
    }

    /// <summary>How two codes of one system stand to each other.</summary>
    /// <exception cref="TerminologyException">Required: a code or system is missing. NotFound: unknown. Invalid: the codes are of different systems or versions.</exception>
    /// <remarks>FHIR R4 <see href="https://hl7.org/fhir/R4/codesystem-operation-subsumes.html">$subsumes</see>.</remarks>
    public SubsumesResult Subsumes(SubsumesRequest request, RequestScope scope)
    {
        var (a, b) = (Known(request.A, scope, "codeA"), Known(request.B, scope, "codeB"));
        if (a.CodeSystem != b.CodeSystem) throw new TerminologyException(IssueType.Invalid, "DIFFERENT_SYSTEMS", Messages.DifferentSystems(VersionedName(a.CodeSystem!), VersionedName(b.CodeSystem!))) { Expression = "codeB" };
        var outcome = a.Concept == b.Concept ? Subsumption.Equivalent
            : a.CodeSystem!.IsA(b.Concept, a.Concept) ? Subsumption.Subsumes
            : a.CodeSystem.IsA(a.Concept, b.Concept) ? Subsumption.SubsumedBy
            : Subsumption.NotSubsumed;
        return new(outcome, a.Issues.Count + b.Issues.Count == 0 ? [] : [.. a.Issues, .. b.Issues]);
    }

    private ResolvedCoding Known(Coding coding, RequestScope scope, string parameter)
    {
        if (string.IsNullOrEmpty(coding.Code)) throw new TerminologyException(IssueType.Required, "MISSING_CODE", Messages.MissingCode()) { Expression = parameter };
        if (string.IsNullOrEmpty(coding.System)) throw new TerminologyException(IssueType.Required, "MISSING_SYSTEM", Messages.MissingSystem()) { Expression = "system" };
        var found = Resolve(coding, scope);
        if (found.CodeSystem is null) throw Unknown(found.System!, found.WantedVersion);
        if (!found.Concept.Exists)
        {
            throw new TerminologyException(IssueType.NotFound, "Unknown_Code_in_Version", Messages.UnknownCode(coding.Code, found.System!, found.CodeSystem.Info.Version)) { Expression = parameter, TxIssueType = "invalid-code" };
        }
        return found;
    }
}

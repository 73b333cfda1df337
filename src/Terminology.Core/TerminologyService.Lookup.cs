using Terminology.CodeSystems;
using Terminology.Issues;
using Terminology.Operations;

namespace Terminology;

/// <summary><c>$lookup</c> and <c>$subsumes</c>.</summary>
public sealed partial class TerminologyService
{
    /// <summary>What is known of a code.</summary>
    /// <exception cref="TerminologyException">Required: no code or system. NotFound: unknown code system (names loaded versions) or code.</exception>
    /// <remarks>FHIR R4 <see href="https://hl7.org/fhir/R4/codesystem-operation-lookup.html">$lookup</see>.</remarks>
    public LookupResult Lookup(LookupRequest request, RequestScope scope)
    {
        var found = Known(request.Coding, scope);
        return new(found.CodeSystem!, found.Concept, request.Properties, scope.Languages, found.Issues) { Supplements = SupplementsOf(found.CodeSystem!) };
    }

    /// <summary>How two codes of one system stand to each other.</summary>
    /// <exception cref="TerminologyException">Required: a code or system is missing. NotFound: unknown. Invalid: the codes are of different systems.</exception>
    /// <remarks>FHIR R4 <see href="https://hl7.org/fhir/R4/codesystem-operation-subsumes.html">$subsumes</see>.</remarks>
    public SubsumesResult Subsumes(SubsumesRequest request, RequestScope scope)
    {
        var (a, b) = (Known(request.A, scope), Known(request.B, scope));
        if (a.CodeSystem != b.CodeSystem)
        {
            throw new TerminologyException(IssueType.Invalid, "DIFFERENT_SYSTEMS", $"The codes are of {VersionedName(a.CodeSystem!)} and {VersionedName(b.CodeSystem!)}; subsumption is asked within one version of one code system.");
        }
        var outcome = a.Concept == b.Concept ? Subsumption.Equivalent
            : a.CodeSystem!.IsA(b.Concept, a.Concept) ? Subsumption.Subsumes
            : a.CodeSystem.IsA(a.Concept, b.Concept) ? Subsumption.SubsumedBy
            : Subsumption.NotSubsumed;
        return new(outcome, [.. a.Issues, .. b.Issues]);
    }

    private ResolvedCoding Known(Coding coding, RequestScope scope)
    {
        if (string.IsNullOrEmpty(coding.Code)) throw new TerminologyException(IssueType.Required, "MISSING_CODE", "No code is given: send 'code' and 'system', or 'coding'.") { Expression = "code" };
        if (string.IsNullOrEmpty(coding.System)) throw new TerminologyException(IssueType.Required, "MISSING_SYSTEM", "No code system is given: send 'system', or a 'coding' with a system.") { Expression = "system" };
        var found = Resolve(coding, scope);
        if (found.CodeSystem is null) throw Unknown(found.System!, found.WantedVersion);
        if (!found.Concept.Exists)
        {
            throw new TerminologyException(IssueType.NotFound, "Unknown_Code_in_Version", Messages.UnknownCode(coding.Code, found.System!, found.CodeSystem.Info.Version)) { Expression = "code", TxIssueType = "invalid-code" };
        }
        return found;
    }

    private IReadOnlyList<ICodeSystem> SupplementsOf(ICodeSystem codeSystem)
    {
        if (!HasSupplements) return [];
        var url = codeSystem.Info.Url.Value;
        return [.. AllSupplements.Where(entry => entry.Supplements!.Url == url && (entry.Supplements.Version is null || entry.Supplements.Version == codeSystem.Info.Version)).Select(entry => entry.CodeSystem.Value)];
    }

    private bool HasSupplements => _hasSupplements ??= AllSupplements.Any();

    private bool? _hasSupplements;

    private IEnumerable<CodeSystemEntry> AllSupplements => CodeSystems.Where(entry => entry.Supplements is not null).Concat(_below?.AllSupplements ?? []);
}

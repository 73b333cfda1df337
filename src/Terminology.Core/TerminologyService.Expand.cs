using Terminology.Issues;
using Terminology.Operations;
using Terminology.ValueSets;

namespace Terminology;

/// <summary><c>$expand</c>.</summary>
public sealed partial class TerminologyService
{
    /// <summary>A page of the members of a value set, in stable order: pages one after the other are the whole.</summary>
    /// <exception cref="TerminologyException">
    /// Required: no value set. NotFound: unknown value set, code system or supplement. Invalid: a filter. Processing: a value set that imports itself.
    /// TooCostly: more than <see cref="RequestScope.MaxExpansion"/> members in one answer.
    /// </exception>
    /// <remarks>FHIR R4 <see href="https://hl7.org/fhir/R4/valueset-operation-expand.html">$expand</see>.</remarks>
    public ExpandResult Expand(ExpandRequest request, RequestScope scope) => new ValueSetExpansion(Session(Listing(request, Expressions.SnomedExpression.AreListed), Listing(request, Icd10.DualCode.AreListed)), request, scope).Run();

    private bool Listing(ExpandRequest request, Func<TerminologyService, ValueSet, int, bool> areListed)
        => (request.ValueSet ?? (request.Url is { } url ? FindValueSet(url) : null)) is { } valueSet && areListed(this, valueSet, 0);

    internal ValueSet Required(VersionedUrl? url)
    {
        if (url is null) throw new TerminologyException(IssueType.Required, "MISSING_VALUESET", Messages.MissingValueSet()) { Expression = "url" };
        return FindValueSet(url) ?? throw new UnknownValueSet(url, Messages.UnknownValueSet(url)) { TxIssueType = "not-found" };
    }
}

using Terminology.CodeSystems;
using Terminology.Expressions;
using Terminology.Issues;
using Terminology.Operations;
using Terminology.ValueSets;

namespace Terminology;

/// <summary><c>$lookup</c> and <c>$subsumes</c>.</summary>
public sealed partial class TerminologyService
{
    /// <summary>What is known of a code.</summary>
    /// <exception cref="TerminologyException">Required: no code or system. NotFound: unknown code system (names loaded versions), code or supplement.</exception>
    /// <remarks>FHIR R4 <see href="https://hl7.org/fhir/R4/codesystem-operation-lookup.html">$lookup</see>.</remarks>
    public LookupResult Lookup(LookupRequest request, RequestScope scope) => Session(AreExpressions(request.Coding), IsPair(request.Coding)).LookUp(request, scope);

    /// <summary>How two codes of one system stand to each other.</summary>
    /// <exception cref="TerminologyException">Required: a code or system is missing. NotFound: unknown. Invalid: the codes are of different systems or versions.</exception>
    /// <remarks>FHIR R4 <see href="https://hl7.org/fhir/R4/codesystem-operation-subsumes.html">$subsumes</see>.</remarks>
    public SubsumesResult Subsumes(SubsumesRequest request, RequestScope scope) => Session(AreExpressions(request.A, request.B), IsPair(request.A) || IsPair(request.B)).Relate(request, scope);

    /// <summary>Names that the value set which stands for a code system with a grammar gives to a code, besides the code system's own.</summary>
    internal IReadOnlyList<string> CommonNames(ICodeSystem system, ConceptOrdinal concept)
    {
        if (system is not GrammarCodeSystem { Grammar.Representative: { } canonical } || FindValueSet(new(canonical)) is not { } valueSet) return [];
        return ValueSetEvaluator.Enumerated(valueSet, system, concept) is { Display: { } name } && name != Text(system.Display(concept)) ? [name] : [];
    }

    /// <summary>Why a text is no code of a code system that has a grammar; null when it has none, or nothing more is to be said.</summary>
    internal static string? WhyNot(ICodeSystem system, string code) => system switch
    {
        GrammarCodeSystem grammar => grammar.Explain(code),
        ExpressionCodeSystem snomed when snomed.Explain(code) is { } fault => Messages.NoExpression(fault),
        Icd10.DualCodeSystem icd when icd.Explain(code) is { } fault => fault,
        _ when Icd10.DualCode.IsIn(system.Info.Url.Value) => Icd10.IcdNeighbours.Of(system, code),
        _ => null,
    };

    private LookupResult LookUp(LookupRequest request, RequestScope scope)
    {
        var found = Known(request.Coding, scope, "code");
        return new(found.CodeSystem!, found.Concept, request.Properties, scope.Languages, found.Issues)
        {
            Supplements = scope.Supplements.Count == 0 ? [] : Supplements.Asked(this, scope, null).Of(found.CodeSystem!),
            CommonNames = CommonNames(found.CodeSystem!, found.Concept),
            Neighbour = NeighbourOf(found, request.Properties),
            Computed = request.Properties.Count == 0 ? [] : [.. NormalForms.Asked(found.CodeSystem!, found.Concept, request.Properties, scope.Languages)],
        };
    }

    /// <summary>As the HL7 ecosystem has it, an expression is described by its focus concept; where it stands itself is worked out when it is asked for by name.</summary>
    private static ConceptOrdinal NeighbourOf(ResolvedCoding found, IReadOnlyList<string> properties)
        => found.CodeSystem is ExpressionCodeSystem snomed && !properties.Any(property => property is "parent" or "child") ? snomed.Focus(found.Concept) : found.Concept;

    private SubsumesResult Relate(SubsumesRequest request, RequestScope scope)
    {
        var (a, b) = (Known(request.A, scope, "codeA"), Known(request.B, scope, "codeB"));
        if (a.CodeSystem != b.CodeSystem) throw new TerminologyException(IssueType.Invalid, "DIFFERENT_SYSTEMS", Messages.DifferentSystems(VersionedName(a.CodeSystem!), VersionedName(b.CodeSystem!))) { Expression = "codeB" };
        // Codes of a grammar may be each below the other: two ways to write one meaning.
        var (down, up) = (a.CodeSystem!.IsA(b.Concept, a.Concept), a.CodeSystem.IsA(a.Concept, b.Concept));
        var outcome = down && up ? Subsumption.Equivalent : down ? Subsumption.Subsumes : up ? Subsumption.SubsumedBy : Subsumption.NotSubsumed;
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
            var text = Messages.UnknownCode(coding.Code, found.System!, found.CodeSystem.Info.Version);
            if (WhyNot(found.CodeSystem, coding.Code) is { } why) text = $"{text}. {why}";
            if (found.CodeSystem is ExpressionCodeSystem && ExpressionCodeSystem.Mistyped(coding.Code) is { } mistyped) text = $"{text}. {mistyped}";
            throw new TerminologyException(IssueType.NotFound, "Unknown_Code_in_Version", text) { Expression = parameter, TxIssueType = "invalid-code" };
        }
        return found;
    }
}

namespace Terminology.Ecl;

/// <summary>Constraints that are about concepts no longer in use.</summary>
internal sealed partial class EclEvaluator
{
    /// <summary>Does the constraint itself reach for inactive concepts: members of historical associations, history supplements, the filter <c>active = false</c>?</summary>
    public bool AsksForInactive(ExpressionConstraint constraint) => constraint switch
    {
        MemberOf { Refsets: ConceptReference refset } => system.Refsets?.All.Any(known => known.Id == refset.Id && IsHistorical(known)) == true,
        HistorySupplemented => true,
        ConceptFiltered filtered => filtered.Filters.Any(filter => filter is ActiveFilter { Active: false }) || AsksForInactive(filtered.Operand),
        DescriptionFiltered filtered => AsksForInactive(filtered.Operand),
        Conjunction conjunction => conjunction.Operands.Any(AsksForInactive),
        Disjunction disjunction => disjunction.Operands.Any(AsksForInactive),
        Exclusion exclusion => AsksForInactive(exclusion.Left),
        Refined refined => AsksForInactive(refined.Focus),
        _ => false,
    };
}

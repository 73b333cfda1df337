using Terminology.CodeSystems;

namespace Terminology.Ecl;

/// <summary>History supplements: the rows of association reference sets whose target is in the answer.</summary>
internal sealed partial class EclEvaluator
{
    private const string Target = "targetComponentId";

    private ConceptSet Supplemented(HistorySupplemented history, Surroundings around)
    {
        var operand = Of(history.Operand, around with { Within = null });
        if (operand.Count == 0 || system.Refsets is not { } refsets) return operand;
        var found = new Marks(system.Count);
        found.Add(operand);
        foreach (var refset in Associations(history, refsets))
        {
            var column = ColumnOf(refset, Target);
            if (column < 0) continue;
            budget.Spend(1 + refsets.Positions(refset.Id).Count / 10);
            if (operand.Count > FewConcepts)
            {
                found.Add(refsets.MembersWith(refset.Id, column, operand));
                continue;
            }
            foreach (var concept in operand)
            {
                foreach (var position in refsets.PositionsWith(refset.Id, column, TerminologyService.Text(system.Code(concept))))
                {
                    var row = refsets.Member(position);
                    if (row.Active && row.Concept.Exists) found.Add(row.Concept.Value);
                }
            }
        }
        return found.ToSet();
    }

    private IEnumerable<RefsetInfo> Associations(HistorySupplemented history, IRefsets refsets) => history.Profile switch
    {
        HistoryProfile.Minimum => refsets.All.Where(refset => refset.Id is EclConcepts.SameAs),
        HistoryProfile.Moderate => refsets.All.Where(refset => refset.Id is EclConcepts.SameAs or EclConcepts.ReplacedBy or EclConcepts.WasA or EclConcepts.PartiallyEquivalentTo),
        HistoryProfile.Subset when history.Refsets is not (null or AnyConcept) => RefsetsOf(history.Refsets),
        _ => refsets.All.Where(IsHistorical),
    };

    /// <summary>Below the historical associations in the hierarchy; where a release has no metadata, every association.</summary>
    private bool IsHistorical(RefsetInfo refset)
    {
        if (refset.Type != RefsetType.Association) return false;
        return !TryFind(EclConcepts.HistoricalAssociation, out var historical) || !TryFind(refset.Id, out var concept) || system.IsA(concept, historical);
    }
}

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
            var range = refsets.Positions(refset.Id);
            if (operand.Count * 20L < range.Count)
            {
                foreach (var concept in operand)
                {
                    foreach (var position in refsets.PositionsWith(refset.Id, column, TerminologyService.Text(system.Code(concept)))) Add(refsets.Member(position));
                }
                continue;
            }
            for (var position = range.Start; position < range.End; position++)
            {
                var row = refsets.Member(position);
                if (system.TryFind(row.Field(column), out var target) && operand.Contains(target)) Add(row);
            }
        }
        return found.ToSet();

        void Add(in MemberView row)
        {
            budget.Spend(1);
            if (row.Active && row.Concept.Exists) found.Add(row.Concept.Value);
        }
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

using System.Runtime.InteropServices;
using Terminology.CodeSystems;

namespace Terminology.Ecl;

/// <summary>Hierarchy operators over sets. Each concept of the answer is reached once, however many of the operand lead to it.</summary>
internal sealed partial class EclEvaluator
{
    private ConceptSet Related(HierarchyConstraint hierarchy, Surroundings around)
    {
        var operand = Of(hierarchy.Operand);
        return hierarchy.Operator switch
        {
            HierarchyOperator.DescendantOrSelfOf => Below(operand, around).And(system.Active),
            HierarchyOperator.DescendantOf => operand.Count == 1
                ? system.DescendantsOrSelf(operand[0]).Minus(operand).And(system.Active)
                : Below(Neighbours(operand, up: false), around).And(system.Active),
            HierarchyOperator.ChildOf => Neighbours(operand, up: false).And(system.Active),
            HierarchyOperator.ChildOrSelfOf => Neighbours(operand, up: false).Or(operand).And(system.Active),
            HierarchyOperator.AncestorOrSelfOf => Above(operand).And(system.Active),
            HierarchyOperator.AncestorOf => Above(Neighbours(operand, up: true)).And(system.Active),
            HierarchyOperator.ParentOf => Neighbours(operand, up: true).And(system.Active),
            HierarchyOperator.ParentOrSelfOf => Neighbours(operand, up: true).Or(operand).And(system.Active),
            HierarchyOperator.Top => operand.Minus(Below(Neighbours(operand, up: false), default)),
            HierarchyOperator.Bottom => operand.Minus(Above(Neighbours(operand, up: true))),
            _ => throw new ArgumentOutOfRangeException(nameof(hierarchy)),
        };
    }

    private ConceptSet Neighbours(ConceptSet set, bool up)
    {
        var found = new Marks(system.Count);
        foreach (var concept in set)
        {
            budget.Spend(1);
            found.Add(MemoryMarshal.Cast<ConceptOrdinal, int>(up ? system.Parents(concept) : system.Children(concept)));
        }
        return found.ToSet();
    }

    /// <summary>The set and all below it. In pre-order ancestors tend to come first, so that most of a set is covered when its turn comes.</summary>
    private ConceptSet Below(ConceptSet set, Surroundings around)
    {
        if (set.Count == 0) return set;
        if (set.Count == 1) return system.DescendantsOrSelf(set[0]);
        if (around.Within is { Count: 1 } one) return Above(one).And(set).Count > 0 ? one : ConceptSet.Empty;
        var found = new Marks(system.Count);
        foreach (var concept in set)
        {
            budget.Spend(1);
            if (found.Contains(concept.Value)) continue;
            if (system.Children(concept).IsEmpty) found.Add(concept.Value);
            else found.Add(system.DescendantsOrSelf(concept));
        }
        return found.ToSet();
    }

    private ConceptSet Above(ConceptSet set)
    {
        if (set.Count == 1) return system.AncestorsOrSelf(set[0]);
        var found = new Marks(system.Count);
        var open = new Stack<ConceptOrdinal>();
        foreach (var concept in set)
        {
            if (found.Add(concept.Value)) open.Push(concept);
            while (open.TryPop(out var next))
            {
                budget.Spend(1);
                foreach (var parent in system.Parents(next))
                {
                    if (found.Add(parent.Value)) open.Push(parent);
                }
            }
        }
        return found.ToSet();
    }
}

using Terminology.Issues;

namespace Terminology.Ecl;

internal sealed partial class EclEvaluator
{
    /// <summary>Every concept that is asked for exists, also where the evaluation would not come to it; those that filters compare with need not.</summary>
    private void Check(ExpressionConstraint constraint)
    {
        budget.Spend(1);
        switch (constraint)
        {
            case ConceptReference reference:
                Find(reference);
                break;
            case HierarchyConstraint hierarchy:
                Check(hierarchy.Operand);
                break;
            case MemberOf { Refsets: ConceptReference refset } when IsRefset(refset.Id):
                break;
            case MemberOf members:
                Check(members.Refsets);
                break;
            case Conjunction and:
                foreach (var operand in and.Operands) Check(operand);
                break;
            case Disjunction or:
                foreach (var operand in or.Operands) Check(operand);
                break;
            case Exclusion minus:
                Check(minus.Left);
                Check(minus.Right);
                break;
            case Refined refined:
                Check(refined.Focus);
                Check(refined.Refinement);
                break;
            case Dotted dotted:
                Check(dotted.Focus);
                foreach (var attribute in dotted.Attributes) Check(attribute);
                break;
            case DescriptionFiltered filtered:
                Check(filtered.Operand);
                break;
            case ConceptFiltered filtered:
                Check(filtered.Operand);
                break;
            case HistorySupplemented history:
                Check(history.Operand);
                break;
        }
    }

    private void Check(Refinement refinement)
    {
        switch (refinement)
        {
            case RefinementConjunction and:
                foreach (var operand in and.Operands) Check(operand);
                break;
            case RefinementDisjunction or:
                foreach (var operand in or.Operands) Check(operand);
                break;
            case AttributeGroup group:
                Check(group.Attributes);
                break;
            case AttributeConstraint { Name: ConceptReference { Id: EclConcepts.IsA } }:
                throw new NotSupported(Messages.IsAInEcl(expression));
            case AttributeConstraint attribute:
                Check(attribute.Name);
                if (attribute.Value is ConceptComparison concepts) Check(concepts.Concepts);
                break;
        }
    }
}

using System.Text;
using Terminology.CodeSystems;
using Terminology.Issues;

namespace Terminology.Ecl;

/// <summary>
/// Evaluates a constraint over the indexes of a code system. What is known of an answer is passed down as <c>within</c>: an operand need only be right inside it, so that
/// costly operands look at few concepts. Hierarchy operators, refinements and dotted attributes answer active concepts; explicit codes, members and supplements any.
/// </summary>
/// <remarks>One use, one thread. Hierarchy, members, refinements and filters have files of their own.</remarks>
internal sealed partial class EclEvaluator(ICodeSystem system, string expression, EclBudget budget)
{
    private AttributeNames? _names;
    private ConceptSet? _any, _havingAny;

    public ConceptSet Evaluate(ExpressionConstraint constraint, ConceptSet? within)
    {
        Check(constraint);
        var found = Of(constraint, new(within, false));
        return within is null ? found : found.And(within);
    }

    /// <summary>What is known before an operand is evaluated.</summary>
    /// <param name="Within">Only these matter; null: all.</param>
    /// <param name="WithInactive">Does <c>*</c> stand for inactive concepts too, because a filter asks for them?</param>
    private readonly record struct Surroundings(ConceptSet? Within, bool WithInactive)
    {
        public ConceptSet Narrow(ConceptSet set) => Within is null ? set : set.And(Within);
    }

    private ConceptSet Of(ExpressionConstraint constraint) => Of(constraint, default);

    private ConceptSet Of(ExpressionConstraint constraint, Surroundings around)
    {
        budget.Spend(1);
        return constraint switch
        {
            ConceptReference reference => ConceptSet.Single(Find(reference)),
            AnyConcept => around.WithInactive ? system.All.Minus(system.Active).Or(Any) : Any,
            AlternateIdentifier identifier => Alternate(identifier),
            HierarchyConstraint hierarchy => Related(hierarchy, around),
            MemberOf members => Members(members),
            Conjunction and => All(and, around),
            Disjunction or => Union(or.Operands.Select(operand => Of(operand, around)), or.Operands.Count),
            Exclusion minus => Without(minus, around),
            Refined refined => Fulfilling(refined.Refinement, around.Narrow(Of(refined.Focus, around)).And(system.Active)),
            Dotted dotted => Values(dotted),
            DescriptionFiltered filtered => WithDescription(filtered.Filters, around.Narrow(Of(filtered.Operand, around))),
            ConceptFiltered filtered => Fulfilling(filtered.Filters, around.Narrow(Of(filtered.Operand, around with { WithInactive = around.WithInactive || filtered.Filters.Any(filter => filter is ActiveFilter) }))),
            HistorySupplemented history => Supplemented(history, around),
            _ => throw new ArgumentOutOfRangeException(nameof(constraint)),
        };
    }

    /// <summary>The cheap operands first; each answer narrows the next.</summary>
    private ConceptSet All(Conjunction and, Surroundings around)
    {
        var found = around.Within;
        foreach (var operand in and.Operands.OrderBy(Effort))
        {
            var set = Of(operand, around with { Within = found });
            found = found is null ? set : found.And(set);
            if (found.Count == 0) break;
        }
        return found!;
    }

    private ConceptSet Without(Exclusion minus, Surroundings around)
    {
        if (Effort(minus.Right) < Effort(minus.Left))
        {
            var rest = (around.Within ?? system.All).Minus(Of(minus.Right, around));
            return rest.Count == 0 ? rest : Of(minus.Left, around with { Within = rest }).And(rest);
        }
        var left = around.Narrow(Of(minus.Left, around));
        return left.Count == 0 ? left : left.Minus(Of(minus.Right, around with { Within = left }));
    }

    private ConceptSet Values(Dotted dotted)
    {
        var found = Of(dotted.Focus);
        foreach (var attribute in dotted.Attributes) found = Values(Named(attribute), found.And(system.Active)).And(system.Active);
        return found;
    }

    private ConceptSet Values(List<int> properties, ConceptSet sources)
    {
        return Union(properties.Select(Each), properties.Count);

        ConceptSet Each(int property)
        {
            budget.Spend(Math.Min(sources.Count, 1000) + 1);
            return system.ValuesOf(property, sources);
        }
    }

    private ConceptSet Union(IEnumerable<ConceptSet> sets, int count)
    {
        if (count <= 4) return sets.Aggregate(ConceptSet.Empty, (all, set) => all.Or(set));
        var marks = new Marks(system.Count);
        foreach (var set in sets) marks.Add(set);
        return marks.ToSet();
    }

    /// <summary>Concepts with the code in a scheme whose name has the alias as a word.</summary>
    private ConceptSet Alternate(AlternateIdentifier identifier)
    {
        var code = Encoding.UTF8.GetBytes(identifier.Code);
        return Names.Schemes.Where(scheme => Names.IsCalled(scheme, identifier.Scheme)).Aggregate(ConceptSet.Empty, (all, scheme) => all.Or(system.WithProperty(scheme, code)));
    }

    /// <summary>What <c>*</c> stands for: the root and all below it, or every active concept where the release has no root.</summary>
    private ConceptSet Any => _any ??= TryFind(EclConcepts.Root, out var root) ? system.DescendantsOrSelf(root).And(system.Active) : system.Active;

    private AttributeNames Names => _names ??= AttributeNames.Of(system);

    private ConceptOrdinal Find(ConceptReference reference) => TryFind(reference.Id, out var concept) ? concept : throw Unknown(reference);

    private bool TryFind(string id, out ConceptOrdinal concept) => TerminologyService.TryFind(system, id, out concept);

    private static int Effort(ExpressionConstraint constraint) => constraint switch
    {
        ConceptReference or AnyConcept or AlternateIdentifier => 0,
        HierarchyConstraint hierarchy => Effort(hierarchy.Operand),
        MemberOf members => members.Filters.Count == 0 ? 1 : 4,
        Refined refined => Math.Max(2, Effort(refined.Focus)),
        ConceptFiltered filtered => Math.Max(2, Effort(filtered.Operand)),
        Conjunction and => and.Operands.Min(Effort),
        Disjunction or => or.Operands.Max(Effort),
        Exclusion minus => Math.Max(Effort(minus.Left), Effort(minus.Right)),
        _ => 5,
    };

    private InvalidExpression Unknown(ConceptReference reference)
        => Invalid(reference.Id, Messages.UnknownEclConcept(expression, reference.Id, TerminologyService.VersionedName(system)));

    private InvalidExpression Invalid(string what, string text) => InvalidExpression.Ecl(Math.Max(expression.IndexOf(what, StringComparison.OrdinalIgnoreCase), 0), text);
}

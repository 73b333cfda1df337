using Terminology.CodeSystems;
using Terminology.Issues;

namespace Terminology.Ecl;

/// <summary>
/// Refinements. The inverted index answers which concepts have an attribute at all; only where numbers or groups matter, the attributes of those concepts are read.
/// </summary>
internal sealed partial class EclEvaluator
{
    /// <summary>Up to so many concepts are read one by one instead of asking the index.</summary>
    private const int FewConcepts = 200;

    private ConceptSet Fulfilling(Refinement refinement, ConceptSet focus)
    {
        if (focus.Count == 0) return focus;
        switch (refinement)
        {
            case RefinementConjunction and:
                foreach (var operand in and.Operands.OrderBy(Effort)) focus = Fulfilling(operand, focus);
                return focus;
            case RefinementDisjunction or:
                return Union(or.Operands.Select(operand => Fulfilling(operand, focus)), or.Operands.Count);
            case AttributeGroup group:
                return WithGroups(group, focus);
            case AttributeConstraint { IsReverse: true } attribute:
                return Targets(attribute, focus);
            case AttributeConstraint attribute:
                return WithAttributes(attribute, focus);
            default:
                throw new ArgumentOutOfRangeException(nameof(refinement));
        }
    }

    private static int Effort(Refinement refinement) => refinement switch
    {
        AttributeConstraint { Cardinality: null } => 0,
        AttributeConstraint => 1,
        AttributeGroup => 2,
        _ => 3,
    };

    private ConceptSet WithAttributes(AttributeConstraint attribute, ConceptSet focus)
    {
        var allowed = attribute.Cardinality ?? Cardinality.Default;
        if (allowed is { Minimum: 0, Maximum: null }) return focus;
        var test = Prepare(attribute);
        if (focus.Count <= FewConcepts) return Where(focus, concept => allowed.Allows(Count(concept, test)));
        var having = focus.And(Having(test));
        if (allowed is { Minimum: 0, Maximum: 0 }) return focus.Minus(having);
        if (allowed is { Minimum: <= 1, Maximum: null }) return having;
        var counted = Where(having, concept => allowed.Allows(Count(concept, test)));
        return allowed.Minimum == 0 ? focus.Minus(having).Or(counted) : counted;
    }

    private ConceptSet WithGroups(AttributeGroup group, ConceptSet focus)
    {
        var allowed = group.Cardinality ?? Cardinality.Default;
        var test = Prepare(group.Attributes);
        if (allowed is { Minimum: 0, Maximum: null }) return focus;
        if (focus.Count <= FewConcepts) return Where(focus, concept => allowed.Allows(Groups(concept, test)));
        var candidates = Candidates(test, focus);
        var isSingle = test is AttributeTest { Allowed: { Minimum: 1, Maximum: null } };
        var atLeastOne = allowed is { Minimum: <= 1, Maximum: null };
        var counted = isSingle && atLeastOne ? candidates : Where(candidates, concept => allowed.Allows(Groups(concept, test)));
        return allowed.Minimum == 0 ? focus.Minus(candidates).Or(counted) : counted;
    }

    /// <summary>Concepts of the focus that the value sources of a reverse attribute name.</summary>
    private ConceptSet Targets(AttributeConstraint attribute, ConceptSet focus)
    {
        if (attribute.Value is not ConceptComparison comparison) throw new NotSupported(Messages.ReverseEclValue(expression));
        var allowed = attribute.Cardinality ?? Cardinality.Default;
        var properties = Named(attribute.Name);
        var sources = Of(comparison.Concepts);
        sources = comparison.Operator == ComparisonOperator.Equal ? sources.And(system.Active) : system.Active.Minus(sources);
        if (allowed is { Minimum: 0, Maximum: null }) return focus;
        var having = focus.And(Values(properties, sources));
        if (allowed is { Minimum: <= 1, Maximum: null }) return allowed.Minimum == 0 ? focus : having;
        var counted = Where(having, concept => allowed.Allows(Union(properties.Select(property => system.WithProperty(property, concept)), 1).And(sources).Count));
        return allowed.Minimum == 0 ? focus.Minus(having).Or(counted) : counted;
    }

    /// <summary>Concepts with at least one attribute that fulfils the test.</summary>
    private ConceptSet Having(AttributeTest test)
    {
        // That of every name is asked for by who means harm: it is worked out once.
        if (test.IsAnything && ReferenceEquals(test.Properties, Names.All)) return _havingAny ??= Union(test.Properties.Select(Each), test.Properties.Count);
        return Union(test.Properties.Select(Each), test.Properties.Count);

        ConceptSet Each(int property)
        {
            budget.Spend(10);
            if (test.IsAnything) return Paid(system.WithProperty(property));
            if (test.Literal is { } literal) return Paid(system.WithProperty(property, literal));
            budget.Spend(test.Values!.RunCount / 10);
            return Paid(system.WithProperty(property, test.Values));
        }

        // What was found is joined with what else was found.
        ConceptSet Paid(ConceptSet set)
        {
            budget.Spend(set.RunCount / 8);
            return set;
        }
    }

    /// <summary>Concepts of the focus that may have a group which fulfils the test.</summary>
    private ConceptSet Candidates(GroupTest test, ConceptSet focus) => test switch
    {
        AttributeTest { Allowed.Minimum: > 0 } attribute => focus.And(Having(attribute)),
        AllTests all => all.Tests.Aggregate(focus, (set, one) => Candidates(one, set)),
        AnyTest any => Union(any.Tests.Select(one => Candidates(one, focus)), any.Tests.Length),
        _ => focus,
    };

    private ConceptSet Where(ConceptSet set, Func<ConceptOrdinal, bool> test)
    {
        budget.Spend(set.Count * 4L);
        var found = new Marks(system.Count);
        foreach (var concept in set)
        {
            if (concept.Value % 1024 == 0) budget.Spend(1);
            if (test(concept)) found.Add(concept.Value);
        }
        return found.ToSet();
    }

    private int Count(ConceptOrdinal concept, AttributeTest test) => test.Count(system.Links(concept), system.Properties(concept).Start);

    /// <summary>How many groups of a concept fulfil the test; each ungrouped attribute is a group.</summary>
    private int Groups(ConceptOrdinal concept, GroupTest test)
    {
        var links = system.Links(concept);
        var (first, isAttribute, count) = (system.Properties(concept).Start, Names.IsAttribute, 0);
        for (var start = 0; start < links.Length;)
        {
            var end = start + 1;
            if (links[start].Group != 0)
            {
                while (end < links.Length && links[end].Group == links[start].Group) end++;
            }
            else if (!isAttribute[links[start].Property])
            {
                start = end;
                continue;
            }
            if (test.Holds(links[start..end], first + start)) count++;
            start = end;
        }
        return count;
    }

    private GroupTest Prepare(Refinement refinement) => refinement switch
    {
        RefinementConjunction and => new AllTests([.. and.Operands.Select(Prepare)]),
        RefinementDisjunction or => new AnyTest([.. or.Operands.Select(Prepare)]),
        AttributeConstraint { IsReverse: true } => throw new NotSupported(Messages.ReverseEclInGroup(expression)),
        AttributeConstraint attribute => Prepare(attribute),
        _ => throw new ArgumentOutOfRangeException(nameof(refinement)),
    };

    private AttributeTest Prepare(AttributeConstraint attribute)
    {
        var (properties, allowed, isEqual) = (Named(attribute.Name), attribute.Cardinality ?? Cardinality.Default, attribute.Value.Operator == ComparisonOperator.Equal);
        return attribute.Value switch
        {
            ConceptComparison { Concepts: AnyConcept } when isEqual => new(system, properties, allowed, null, null),
            ConceptComparison { Concepts: AnyConcept } => new(system, properties, allowed, ConceptSet.Empty, null),
            ConceptComparison concepts => new(system, properties, allowed, isEqual ? Of(concepts.Concepts) : system.All.Minus(Of(concepts.Concepts)), null),
            _ => new(system, properties, allowed, null, Literal(attribute.Value)),
        };
    }

    private static ValueTest Literal(Comparison comparison)
    {
        var wanted = comparison.Operator == ComparisonOperator.Equal;
        switch (comparison)
        {
            case NumberComparison number:
                return value => TryNumber(value, out var found) && Fits(found.CompareTo(number.Number), number.Operator);
            case BooleanComparison boolean:
                return value => TryBoolean(value, out var found) && (found == boolean.Value) == wanted;
            case TermComparison terms:
                var test = TermTest.AnyExact(terms.Terms);
                return value => test.Matches(value) == wanted;
            default:
                throw new ArgumentOutOfRangeException(nameof(comparison));
        }
    }

    /// <summary>The properties whose names a constraint answers.</summary>
    private List<int> Named(ExpressionConstraint name)
    {
        switch (name)
        {
            case AnyConcept:
                return Names.All;
            case ConceptReference reference:
                return Names.Find(reference.Id) is >= 0 and var property ? [property] : [];
            default:
                var concepts = Of(name);
                return [.. Names.All.Where(property => Names.Concepts[property].Exists && concepts.Contains(Names.Concepts[property]))];
        }
    }
}

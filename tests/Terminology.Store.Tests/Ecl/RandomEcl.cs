using Terminology.Ecl;

namespace Terminology.Store.Ecl;

/// <summary>Random constraints over a world, of every kind of node that has an answer.</summary>
internal sealed class RandomEcl(EclWorld world, int seed)
{
    private readonly Random _random = new(seed);

    public ExpressionConstraint Next(int depth) => _random.Next(depth <= 0 ? 5 : 20) switch
    {
        0 => new AnyConcept(),
        1 => new AlternateIdentifier("loinc", $"{_random.Next(100)}-{_random.Next(3)}"),
        <= 4 => Reference(),
        <= 8 => new HierarchyConstraint(Pick(Enum.GetValues<HierarchyOperator>()), Next(depth - 1)),
        9 => Members(depth - 1),
        10 => new Conjunction(Some(2, 4, () => Next(depth - 1))),
        11 => new Disjunction(Some(2, 4, () => Next(depth - 1))),
        12 => new Exclusion(Next(depth - 1), Next(depth - 1)),
        <= 15 => new Refined(Focus(depth - 1), Refinement(3, depth - 1, false)),
        16 => new Dotted(Next(depth - 1), Some(1, 3, () => Name(depth - 1))),
        17 => new DescriptionFiltered(Focus(depth - 1), Some(1, 4, () => DescriptionFilter(depth - 1))),
        18 => new ConceptFiltered(Next(depth - 1), Some(1, 3, () => ConceptFilter(depth - 1))),
        _ => History(depth - 1),
    };

    private ExpressionConstraint Focus(int depth) => Chance(2) ? new AnyConcept() : Next(depth);

    private ConceptReference Reference() => new(Chance(8) ? Pick(EclWorld.Root, EclWorld.Attributes, EclWorld.Historical) : Content());

    private string Content() => world.Content[(int)(_random.NextDouble() * _random.NextDouble() * world.Content.Count)];

    private MemberOf Members(int depth)
    {
        var refset = Pick(EclWorld.Refsets);
        var column = EclWorld.Columns(refset).LastOrDefault();
        var filters = Some(0, 3, () => MemberFilter(refset, depth)).Where(filter => Chance(2)).ToArray();
        ExpressionConstraint refsets = filters.Any(filter => filter is MemberFieldFilter) || !Chance(3) ? new ConceptReference(refset) : Pick<ExpressionConstraint>(new AnyConcept(), new HierarchyConstraint(HierarchyOperator.DescendantOf, new ConceptReference(EclWorld.Historical)), Next(depth));
        string[] fields = column == "targetComponentId" && refsets is ConceptReference && Chance(3) ? [column] : Chance(6) ? ["referencedComponentId"] : [];
        return new(refsets, fields, filters);
    }

    private EclFilter MemberFilter(string refset, int depth) => _random.Next(refset == EclWorld.Simple ? 3 : 6) switch
    {
        0 => new ActiveFilter(Pick<bool?>(true, false, null)),
        1 => new ModuleFilter(Chance(2), Module()),
        2 => new EffectiveTimeFilter(Times()),
        3 => new MemberFieldFilter("referencedComponentId", new ConceptComparison(Equality(), Next(depth))),
        _ => EclWorld.Columns(refset).Length switch
        {
            0 => new ActiveFilter(null),
            1 => new MemberFieldFilter("targetComponentId", new ConceptComparison(Equality(), Next(depth))),
            _ when Chance(2) => new MemberFieldFilter("mapGroup", new NumberComparison(Pick(Enum.GetValues<ComparisonOperator>()), Pick(1m, 2m))),
            _ => new MemberFieldFilter("mapTarget", new TermComparison(Equality(), Some(1, 3, () => Pick(new SearchTerm(SearchTermKind.Unsaid, "J45"), new(SearchTermKind.Wild, "j45*"), new(SearchTermKind.Match, "i10"))))),
        },
    };

    private EclFilter ConceptFilter(int depth) => _random.Next(4) switch
    {
        0 => new ActiveFilter(Pick<bool?>(true, false)),
        1 => new ModuleFilter(Chance(2), Chance(3) ? Next(depth) : Module()),
        2 => new EffectiveTimeFilter(Times()),
        _ => new DefinitionStatusFilter(Chance(2), Pick<ExpressionConstraint>(new ConceptReference(EclWorld.Defined), new ConceptReference(EclWorld.Primitive), new HierarchyConstraint(HierarchyOperator.DescendantOf, new ConceptReference("900000000000444006")))),
    };

    private EclFilter DescriptionFilter(int depth) => _random.Next(11) switch
    {
        <= 3 => new TermFilter(new(Chance(4) ? ComparisonOperator.NotEqual : ComparisonOperator.Equal, Some(1, 3, Term))),
        4 => new LanguageFilter(Chance(3), Pick<string[]>(["en"], ["sv"], ["sv", "en"])),
        5 => new TypeFilter(Chance(3), Pick<ExpressionConstraint>(new ConceptReference(EclWorld.Synonym), new Disjunction([new ConceptReference(EclWorld.Fsn), new ConceptReference(EclWorld.Definition)]), Next(depth))),
        6 or 7 => new DialectFilter(Chance(4), Some(1, 3, () => new Dialect(Refset(), Pick<ConceptReference[]>([], [new(EclWorld.Preferred)], [new(EclWorld.Acceptable)])))),
        8 => new ModuleFilter(Chance(2), Module()),
        9 => new EffectiveTimeFilter(Times()),
        _ => Chance(2) ? new ActiveFilter(Pick<bool?>(true, false)) : new DescriptionIdFilter(Chance(3), Some(1, 3, () => $"{Content()}{_random.Next(3)}1")),
    };

    private ConceptReference Refset() => new(Pick(EclWorld.English, EclWorld.British));

    private SearchTerm Term() => _random.Next(3) switch
    {
        0 => new(SearchTermKind.Wild, Pick("*failure*", "heart*", "*art att*", "*", "h*t a*k", "acute", "*(finding)")),
        1 => new(SearchTermKind.Match, Pick("card", "heart att", "ren fail", "x")),
        _ => new(SearchTermKind.Unsaid, Pick("heart", "fail", "att heart", "s o", "hear hear")),
    };

    private HistorySupplemented History(int depth) => Chance(3)
        ? new(Next(depth), HistoryProfile.Subset, Pick<ExpressionConstraint>(new AnyConcept(), new ConceptReference(EclWorld.ReplacedBy), new HierarchyConstraint(HierarchyOperator.DescendantOf, new ConceptReference(EclWorld.Historical))))
        : new(Next(depth), Pick(HistoryProfile.Minimum, HistoryProfile.Moderate, HistoryProfile.Maximum));

    private Refinement Refinement(int width, int depth, bool inGroup) => _random.Next(width <= 0 ? 4 : 8) switch
    {
        4 => new RefinementConjunction(Some(2, 4, () => Refinement(width - 1, depth, inGroup))),
        5 => new RefinementDisjunction(Some(2, 4, () => Refinement(width - 1, depth, inGroup))),
        >= 6 when !inGroup => new AttributeGroup(Cardinality(), Refinement(width - 1, depth, true)),
        _ => Attribute(depth, inGroup),
    };

    private AttributeConstraint Attribute(int depth, bool inGroup)
    {
        var isReverse = !inGroup && Chance(6);
        var value = isReverse || !Chance(4) ? new ConceptComparison(Equality(), Next(depth)) : Literal();
        return new(Cardinality(), isReverse, Name(depth), value);
    }

    private Comparison Literal() => _random.Next(3) switch
    {
        0 => new NumberComparison(Pick(Enum.GetValues<ComparisonOperator>()), Pick(5m, 10m, -1.50m)),
        1 => new BooleanComparison(Equality(), Chance(2)),
        _ => new TermComparison(Equality(), [Pick(new SearchTerm(SearchTermKind.Unsaid, "PANADOL"), new(SearchTermKind.Match, "pan"), new(SearchTermKind.Wild, "*ah*"))]),
    };

    private ExpressionConstraint Name(int depth) => _random.Next(8) switch
    {
        0 => new AnyConcept(),
        1 => new HierarchyConstraint(Pick(HierarchyOperator.DescendantOrSelfOf, HierarchyOperator.DescendantOf), new ConceptReference(Pick("47429007", EclWorld.Attributes))),
        2 when depth > 0 => new Exclusion(new HierarchyConstraint(HierarchyOperator.DescendantOf, new ConceptReference(EclWorld.Attributes)), new ConceptReference(Pick(EclWorld.Names))),
        _ => new ConceptReference(Pick(EclWorld.Names)),
    };

    private Cardinality? Cardinality() => Chance(2) ? null : Pick(new Cardinality(0, 0), new(1, 1), new(0, 1), new(2, null), new(1, 3), new(0, null), new(1, null));

    private ExpressionConstraint Module() => Pick<ExpressionConstraint>(new ConceptReference(EclWorld.Core), new ConceptReference(EclWorld.Extension), new HierarchyConstraint(HierarchyOperator.DescendantOrSelfOf, new ConceptReference(EclWorld.Core)));

    private TimeComparison Times() => new(Pick(Enum.GetValues<ComparisonOperator>()), Some(1, 3, () => new EffectiveTime(Pick(20200131, 20210131, 20250101, 0))));

    private ComparisonOperator Equality() => Chance(4) ? ComparisonOperator.NotEqual : ComparisonOperator.Equal;

    private bool Chance(int oneIn) => _random.Next(oneIn) == 0;

    private T[] Some<T>(int least, int below, Func<T> make) => [.. Enumerable.Range(0, _random.Next(least, below)).Select(_ => make())];

    private T Pick<T>(params T[] choices) => choices[_random.Next(choices.Length)];
}

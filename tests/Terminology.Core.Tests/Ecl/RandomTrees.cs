namespace Terminology.Ecl;

/// <summary>Trees of every kind of node, made of a seed.</summary>
internal sealed class RandomTrees(int seed)
{
    private static readonly string[] Texts = ["heart", "say \"ah\"", "back\\slash", "é 漢", " two  words "];
    private static readonly string[] Codes = ["73211009", "404684003", "138875005", "900000000000508004"];
    private readonly Random _random = new(seed);

    public ExpressionConstraint Tree(int depth) => _random.Next(depth <= 0 ? 4 : 13) switch
    {
        0 or 1 => Reference(),
        2 => new AnyConcept(),
        3 => new AlternateIdentifier("LOINC", Pick("54486-6", "a b", "\"q\\"), Term()),
        4 => new HierarchyConstraint(Pick(Enum.GetValues<HierarchyOperator>()), Tree(depth - 1)),
        5 => new MemberOf(Tree(depth - 1), Pick<string[]>([], ["*"], ["targetComponentId"], ["mapTarget", "mapGroup"]), Some(0, 3, () => MemberFilter(depth - 1))),
        6 => new Conjunction(Some(2, 4, () => Tree(depth - 1))),
        7 => new Disjunction(Some(2, 4, () => Tree(depth - 1))),
        8 => new Exclusion(Tree(depth - 1), Tree(depth - 1)),
        9 => new Refined(Tree(depth - 1), Refinement(depth - 1, false)),
        10 => new Dotted(Tree(depth - 1), Some(1, 3, () => Tree(depth - 1))),
        11 => Filtered(depth - 1),
        _ => _random.Next(2) == 0
            ? new HistorySupplemented(Tree(depth - 1), Pick(HistoryProfile.Minimum, HistoryProfile.Moderate, HistoryProfile.Maximum))
            : new HistorySupplemented(Tree(depth - 1), HistoryProfile.Subset, Tree(depth - 1)),
    };

    private ExpressionConstraint Filtered(int depth) => _random.Next(2) == 0
        ? new ConceptFiltered(Tree(depth), Some(1, 3, () => ConceptFilter(depth)))
        : new DescriptionFiltered(Tree(depth), Some(1, 3, () => DescriptionFilter(depth)));

    private EclFilter DescriptionFilter(int depth) => _random.Next(8) switch
    {
        0 => new TermFilter(Terms()),
        1 => new LanguageFilter(Yes(), Some(1, 3, () => Pick("en", "sv"))),
        2 => new TypeFilter(Yes(), Tree(depth)),
        3 => new DialectFilter(Yes(), Some(2, 4, () => Dialect(Reference()))),
        4 => new DialectFilter(Yes(), [Dialect(Tree(depth))]),
        5 => new DescriptionIdFilter(Yes(), Some(1, 3, () => Pick(Codes))),
        _ => ConceptFilter(depth) is DefinitionStatusFilter ? new ActiveFilter(false) : CommonFilter(depth),
    };

    private EclFilter ConceptFilter(int depth) => _random.Next(3) == 0 ? new DefinitionStatusFilter(Yes(), Tree(depth)) : CommonFilter(depth);

    private EclFilter MemberFilter(int depth) => _random.Next(3) > 0 ? CommonFilter(depth) : new MemberFieldFilter(Pick("mapTarget", "owlExpression"), _random.Next(3) == 0 ? Times(2) : Value(depth));

    private EclFilter CommonFilter(int depth) => _random.Next(3) switch
    {
        0 => new ModuleFilter(Yes(), Tree(depth)),
        1 => new EffectiveTimeFilter(Times(0)),
        _ => new ActiveFilter(Pick<bool?>(true, false, null)),
    };

    private Refinement Refinement(int depth, bool inGroup) => _random.Next(depth <= 0 ? 2 : 6) switch
    {
        2 => new RefinementConjunction(Some(2, 4, () => Refinement(depth - 1, inGroup))),
        3 => new RefinementDisjunction(Some(2, 4, () => Refinement(depth - 1, inGroup))),
        4 or 5 when !inGroup => new AttributeGroup(Cardinality(), Refinement(depth - 1, true)),
        _ => new AttributeConstraint(Cardinality(), Yes(), Tree(depth - 1), Value(depth - 1)),
    };

    private Comparison Value(int depth) => _random.Next(4) switch
    {
        0 => new NumberComparison(Pick(Enum.GetValues<ComparisonOperator>()), Pick(0m, -1.50m, 12345.678m)),
        1 => Terms(),
        2 => new BooleanComparison(Equality(), Yes()),
        _ => new ConceptComparison(Equality(), Tree(depth)),
    };

    private TimeComparison Times(int firstOperator) => new(Pick(Enum.GetValues<ComparisonOperator>()[firstOperator..]), Some(1, 3, () => new EffectiveTime(Pick(20260101, 19990731, 0))));

    private TermComparison Terms() => new(Equality(), Some(1, 3, () => _random.Next(3) switch
    {
        0 => new SearchTerm(SearchTermKind.Wild, Pick("*itis", "a\\*b", "\\\"q\\\"\\\\")),
        var kind => new SearchTerm(kind == 1 ? SearchTermKind.Unsaid : SearchTermKind.Match, Pick(Texts)),
    }));

    private Dialect Dialect(ExpressionConstraint refsets) => new(refsets, Some(0, 3, Reference));

    private Cardinality? Cardinality() => Pick(null, new Cardinality(0, 0), new Cardinality(1, 3), new Cardinality(2, null));

    private ConceptReference Reference() => new(Pick(Codes), Term());

    private string? Term() => Pick(null, null, "A term (finding)", "< AND \"x\" {{ }}");

    private ComparisonOperator Equality() => Pick(ComparisonOperator.Equal, ComparisonOperator.NotEqual);

    private bool Yes() => _random.Next(2) == 0;

    private T[] Some<T>(int least, int below, Func<T> make) => [.. Enumerable.Range(0, _random.Next(least, below)).Select(_ => make())];

    private T Pick<T>(params T[] choices) => choices[_random.Next(choices.Length)];
}

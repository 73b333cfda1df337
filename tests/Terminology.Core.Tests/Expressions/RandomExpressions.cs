using System.Text.Json;

namespace Terminology.Expressions;

/// <summary>Expressions of every shape, made of a seed.</summary>
internal sealed class RandomExpressions(int seed)
{
    private static readonly string[] Codes = ["73211009", "404684003", "138875005", "900000000000508004"];
    private readonly Random _random = new(seed);

    public SnomedExpression Expression(int depth) => Sub(depth) with { Status = Pick(DefinitionStatus.Unsaid, DefinitionStatus.EquivalentTo, DefinitionStatus.SubtypeOf) };

    /// <summary>All that an expression holds, so that two can be compared.</summary>
    public static string Show(SnomedExpression expression) => JsonSerializer.Serialize(expression);

    private SnomedExpression Sub(int depth) => new(DefinitionStatus.Unsaid, Some(1, 3, Concept), [Some(0, 3, () => Attribute(depth)), .. Some(0, 3, () => Some(1, 3, () => Attribute(depth)))]);

    private ExpressionAttribute Attribute(int depth) => _random.Next(depth > 0 ? 6 : 5) switch
    {
        0 => new(Concept(), ConcreteValue.Number(Pick("0", "5", "-5.2", "10.50", "+12345678901234567890.123"))),
        1 => new(Concept(), ConcreteValue.String(Pick("text", "say \"ah\"", "back\\slash", "é 漢 |x|", " {a=b}, "))),
        2 => new(Concept(), ConcreteValue.Boolean(Pick(true, false))),
        5 => new(Concept(), Sub(depth - 1)),
        _ => new(Concept(), Concept()),
    };

    private NamedConcept Concept() => new(Pick(Codes), Pick(null, null, "A term (finding)", "a  b", "< === \"x\" {{ }}", "é 漢"));

    private T[] Some<T>(int least, int below, Func<T> make) => [.. Enumerable.Range(0, _random.Next(least, below)).Select(_ => make())];

    private T Pick<T>(params T[] choices) => choices[_random.Next(choices.Length)];
}

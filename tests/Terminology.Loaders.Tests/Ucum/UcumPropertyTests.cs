using CsCheck;

namespace Terminology.Loaders.Ucum;

/// <summary>Laws of the grammar over random expressions.</summary>
public sealed class UcumPropertyTests
{
    private const int Runs = 20_000;

    private static readonly string[] Symbols =
    [
        .. UcumWorld.Units.Table.Units.Select(unit => unit.Code),
        .. UcumWorld.Units.Table.Units.Where(unit => unit.IsMetric).SelectMany(unit => UcumWorld.Units.Table.Prefixes.Select(prefix => prefix.Code + unit.Code)),
    ];

    private static readonly Gen<string> Annotation = Gen.Frequency((4, Gen.Const("")), (1, Gen.Char[' ', '~'].Where(character => character is not ('{' or '}')).Array[0, 8].Select(text => $"{{{new string(text)}}}")));

    private static readonly Gen<string> Atom = Gen.Frequency(
        (8, Gen.Select(Any(Symbols), Any("", "", "", "2", "3", "-1", "-2", "+1", "12", "0"), Annotation, (symbol, exponent, remark) => symbol + exponent + remark)),
        (1, Gen.Select(Gen.Int[1, 1000], Annotation, (number, remark) => number + remark)),
        (1, Gen.Char['a', 'z'].Array[0, 5].Select(text => $"{{{new string(text)}}}")));

    private static readonly Gen<string> Expression = Gen.Select(Gen.Bool, Term(3), (slash, term) => slash ? "/" + term : term);

    [Test]
    public void Printed_IsAsWritten() => Expression.Sample(text => UcumWorld.Units.Parse(text).ToString() == text, iter: Runs);

    [Test]
    public void Canonical_OfCanonical_IsItself()
        => Expression.Sample(text => UcumWorld.Units.Canonical(text) is var canonical && UcumWorld.Units.Canonical(canonical) == canonical, iter: Runs);

    [TestCase("m99.m4")]
    [TestCase("/(m99.m99.m2)")]
    [TestCase("/((392.[yd_i]{v}.kP).Est12.Tilm-2.TGy3).ztex+1{mqQ^}.Gig%12/cB[mV]12")]
    public void Canonical_BeyondTheLargestExponent_IsSeveralFactors(string text)
        => Assert.That(UcumWorld.Units.Canonical(UcumWorld.Units.Canonical(text)), Is.EqualTo(UcumWorld.Units.Canonical(text)));

    [Test]
    public void Canonical_Multiplies() => Gen.Select(Expression, Expression).Sample(
        (left, right) =>
        {
            var expected = UcumWorld.Units.CanonicalOf(UcumWorld.Units.Parse(left)).Times(UcumWorld.Units.CanonicalOf(UcumWorld.Units.Parse(right)), 1);
            // Products group to the left, so that the right one may follow as it is.
            var product = UcumWorld.Units.CanonicalOf(UcumWorld.Units.Parse(right.StartsWith('/') ? left + right : $"{left}.{right}"));
            return product.IsComparable(expected) && product.Factor == expected.Factor;
        }, iter: Runs);

    [Test]
    public void AnyText_IsReadOrExplained_InBounds() => Any("mgkLsdl0123456789+-./(){}[]*^' %µé".ToCharArray()).Array[0, 30].Select(letters => new string(letters)).Sample(
        text => UcumWorld.Units.Explain(text) is not { } problem || (problem.Contains(" at character ", StringComparison.Ordinal) && !UcumWorld.Units.IsValid(text)), iter: Runs);

    private static Gen<T> Any<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static Gen<string> Term(int depth)
    {
        var component = depth == 0 ? Atom : Gen.Frequency((5, Atom), (1, Term(depth - 1).Select(inner => $"({inner})")));
        return Gen.Select(component, Gen.Select(Any('.', '/'), component, (operation, next) => operation + next).Array[0, 3], (first, rest) => first + string.Concat(rest));
    }
}

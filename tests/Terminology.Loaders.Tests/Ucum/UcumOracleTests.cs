using System.Globalization;
using CsCheck;
using Fhir.Metrics;

namespace Terminology.Loaders.Ucum;

/// <summary>Our base terms and factors against those of Fhir.Metrics, which has the essence 1.9 of 2013.</summary>
public sealed class UcumOracleTests
{
    // Of very small factors Fhir.Metrics loses digits, of the barn the square of a femtometre.
    private static readonly string[] OtherValues = ["u", "[h]", "[k]", "[m_e]", "[m_p]", "b"];

    private static readonly SystemOfUnits Oracle = UCUM.Load();

    private static readonly string[] Agreeing = [.. UcumWorld.Units.Table.Units.Where(unit => Expected(unit.Code) == "agrees").Select(unit => unit.Code).Where(code => !code.StartsWith("10", StringComparison.Ordinal))];

    [Test]
    public void EveryUnit_Agrees_OrDiffersByName()
    {
        Assert.That(UcumWorld.Units.Table.Units.Where(unit => Compare(unit.Code) == "other value").Select(unit => unit.Code), Is.EquivalentTo(OtherValues));
        foreach (var unit in UcumWorld.Units.Table.Units) Assert.That(Compare(unit.Code), Is.EqualTo(Expected(unit.Code)), unit.Code);
        Assert.That(Agreeing, Has.Length.GreaterThan(230));
    }

    [Test]
    public void Combinations_Agree()
    {
        // Their powers of very large and very small factors lose digits.
        var usual = Array.FindAll(Agreeing, code => Math.Abs(Math.Log10(UcumWorld.Units.CanonicalOf(UcumWorld.Units.Parse(code)).Factor.Value)) < 6);
        var factor = Gen.Select(Gen.Int[0, usual.Length - 1].Select(index => usual[index]), Gen.Int[-2, 2].Where(exponent => exponent != 0), (code, exponent) => exponent == 1 ? code : code + exponent.ToString(CultureInfo.InvariantCulture));
        Gen.Select(factor, Gen.Select(Gen.Bool, factor, (divides, next) => (divides ? '/' : '.') + next).Array[0, 2], (first, rest) => first + string.Concat(rest))
            .Sample(code => Compare(code) is "agrees" or "beyond their range", iter: 5_000);
    }

    private static string Expected(string code) => UcumWorld.Units.Table.Unit(code)! switch
    {
        // A full stop within brackets, which Fhir.Metrics takes for a product.
        { } when code == "B[10.nV]" => "not read",
        { Function: not null } => "special",
        { IsArbitrary: true } when UcumWorld.Units.Canonical(code) != "1" => "arbitrary",
        { } when OtherValues.Contains(code) => "other value",
        _ => "agrees",
    };

    private static string Compare(string code)
    {
        var ours = UcumWorld.Units.CanonicalOf(UcumWorld.Units.Parse(code));
        try
        {
            var theirs = Oracle.Canonical(Oracle.Quantity("1", code));
            var term = theirs.Metric.Symbols.Length == 0 ? "1" : theirs.Metric.Symbols;
            if (term != ours.Text) return ours.Powers.Keys.All(unit => UcumWorld.Units.Table.Unit(unit)!.IsArbitrary) && term == "1" ? "arbitrary" : $"{ours.Text} / {term}";
            // Their significand is a decimal with an estimate of its error.
            return Math.Abs((((double)theirs.Value.Significand * Math.Pow(10, theirs.Value.Exponent)) / ours.Factor.Value) - 1) < 1e-6 ? "agrees" : "other value";
        }
        catch (OverflowException)
        {
            return "beyond their range";
        }
        catch (InvalidCastException)
        {
            return "special";
        }
        catch (ArgumentException)
        {
            return "not read";
        }
    }
}

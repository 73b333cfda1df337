using System.Globalization;
using Fhir.Metrics;

namespace Terminology.Loaders.Ucum;

/// <summary>Our base terms and factors against those of Fhir.Metrics, which knows UCUM 1.9 and neither special nor arbitrary units.</summary>
public sealed class UcumOracleTests
{
    private static readonly SystemOfUnits Oracle = Load();

    [Test]
    public void EveryUnit_AgreesWithFhirMetrics()
    {
        var (agreed, differing) = (0, new List<string>());
        foreach (var unit in UcumWorld.Units.Table.Units)
        {
            if (Compare(unit.Code) is { } difference) differing.Add(difference);
            else agreed++;
        }
        Console.WriteLine(agreed);
        foreach (var d in differing) Console.WriteLine(d);
        Assert.Fail();
    }

    private static SystemOfUnits Load() { try { return UCUM.Load(); } catch (Exception p) { Console.WriteLine(p); throw; } }

    private static string? Compare(string code)
    {
        var ours = UcumWorld.Units.CanonicalOf(UcumWorld.Units.Parse(code));
        try
        {
            var theirs = Oracle.Canonical(Oracle.Quantity("1", code));
            var factor = (double)theirs.Value.Significand * Math.Pow(10, theirs.Value.Exponent);
            var term = theirs.Metric.Symbols;
            var isSame = term == (ours.Text == "1" ? "" : ours.Text) && Math.Abs(factor / ours.Factor.Value - 1) < 1e-6;
            return isSame ? null : string.Create(CultureInfo.InvariantCulture, $"{code}: {ours.Factor} {ours.Text} / {factor} {term}");
        }
        catch (Exception problem)
        {
            return $"{code}: {problem.GetType().Name} {(problem.InnerException ?? problem).ToString()[..200]}";
        }
    }
}

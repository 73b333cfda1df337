namespace Terminology.Mapping.Review;

public sealed class AgreementTests
{
    /// <summary>The 2 by 2 table of Cohen's own kind: 20 and 15 on the diagonal, 5 and 10 beside it; worked out by hand.</summary>
    [Test]
    public void Of_TableOfFifty_HasTheKnownFigures()
    {
        var pairs = Pairs(("a", "a", 20), ("a", "b", 5), ("b", "a", 10), ("b", "b", 15));
        var agreement = Agreement.Of(pairs);
        Assert.That(agreement.Observed, Is.EqualTo(0.7).Within(1e-12));
        Assert.That(agreement.Kappa, Is.EqualTo(0.4).Within(1e-12)); // chance 0.5 * 0.6 + 0.5 * 0.4 = 0.5
        Assert.That(agreement.Ac1, Is.EqualTo((0.7 - 0.495) / (1 - 0.495)).Within(1e-12)); // shares 0.55 and 0.45
        Assert.That((agreement.Low, agreement.High), Is.EqualTo((0.5625, 0.8090)).Using<(double, double)>((x, y) => Math.Abs(x.Item1 - y.Item1) < 5e-4 && Math.Abs(x.Item2 - y.Item2) < 5e-4));
    }

    [Test]
    public void Of_OneAnswerOnly_KappaIsNotDefinedAndAc1IsOne()
    {
        var agreement = Agreement.Of(Pairs(("a", "a", 9)));
        Assert.That((agreement.Kappa, agreement.Ac1, agreement.Observed), Is.EqualTo(((double?)null, (double?)1.0, 1.0)));
    }

    [Test]
    public void Of_Nothing_SaysNothing() => Assert.That(Agreement.Of([]), Is.EqualTo(new Agreement(0, 0, null, null, 0, 1)));

    private static (string, string)[] Pairs(params (string First, string Second, int Count)[] cells) => [.. cells.SelectMany(cell => Enumerable.Repeat((cell.First, cell.Second), cell.Count))];
}

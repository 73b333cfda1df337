namespace Terminology.Mapping.Review;

public sealed class SamplingBoundTests
{
    [TestCase(0.05, 59)]
    [TestCase(0.03, 99)]
    [TestCase(0.01, 299)]
    public void SizeFor_AShare_IsTheKnownOne(double share, int size)
    {
        Assert.That(SamplingBound.SizeFor(share), Is.EqualTo(size));
        Assert.That(SamplingBound.ShareFor(size), Is.LessThanOrEqualTo(share));
        Assert.That(SamplingBound.ShareFor(size - 1), Is.GreaterThan(share));
    }

    /// <summary>Whatever the group, a sample of that size without error shows at least what was wanted.</summary>
    [Test]
    public void Of_AnyGroup_IsWithinWhatWasWanted([Values(59, 60, 73, 100, 500, 5000, 1_000_000)] int group)
    {
        Assert.That(SamplingBound.Of(group, 59, 0).Share, Is.LessThanOrEqualTo(0.05));
        Assert.That(group < 299 ? 0 : SamplingBound.Of(group, 299, 0).Share, Is.LessThanOrEqualTo(0.01));
    }

    /// <summary>Probabilities are counted by hand: of 10 rows with 5 drawn, none of 3 wrong ones is drawn with 21/252 = 8.3 %, none of 4 with 6/252 = 2.4 %.</summary>
    [Test]
    public void Of_ASmallGroup_IsExact()
    {
        Assert.That(SamplingBound.Of(10, 5, 0), Is.EqualTo(new SamplingBound(10, 5, 0, 3, 0.3)));
        Assert.That(SamplingBound.Of(10, 10, 0), Is.EqualTo(new SamplingBound(10, 10, 0, 0, 0)));
        Assert.That(SamplingBound.Of(10, 10, 2), Is.EqualTo(new SamplingBound(10, 10, 2, 2, 0.2)));
        Assert.That(SamplingBound.Of(10, 0, 0).MostWrong, Is.EqualTo(10));
        Assert.That(SamplingBound.Of(0, 0, 0).Share, Is.Zero);
    }

    /// <summary>For a large group it is the binomial one: 4.95 % of 59 without error, 7.79 % of 59 with one (Clopper and Pearson).</summary>
    [Test]
    public void Of_ALargeGroup_IsTheBinomialBound()
    {
        Assert.That(SamplingBound.Of(10_000_000, 59, 0).Share, Is.EqualTo(SamplingBound.ShareFor(59)).Within(1e-5));
        Assert.That(SamplingBound.Of(10_000_000, 59, 1).Share, Is.EqualTo(0.0779).Within(5e-4));
    }

    /// <summary>The count beside the formula: every number of wrong rows is as likely to be missed as the product of the draws says.</summary>
    [Test]
    public void Of_EveryGroupUpToFifty_IsTheLargestThatIsMissedMoreOftenThanFivePercent()
    {
        for (var group = 1; group <= 50; group++)
        {
            for (var looked = 0; looked <= group; looked++)
            {
                var wrong = 0;
                while (wrong < group - looked && Missed(group, looked, wrong + 1) > 0.05 + 1e-9) wrong++;
                Assert.That(SamplingBound.Of(group, looked, 0).MostWrong, Is.EqualTo(wrong), $"{looked} of {group}");
            }
        }
    }

    [Test]
    public void Without_RowsThatWereNotDrawn_PutsAsManyWrongOnesOnFewerRows()
    {
        var bound = SamplingBound.Of(1000, 59, 0);
        Assert.That(bound.Without(0), Is.EqualTo(bound));
        var half = bound.Without(500);
        Assert.That((half.Group, half.MostWrong, half.Share), Is.EqualTo((500, bound.MostWrong, bound.MostWrong / 500.0)));
        Assert.That(bound.Without(941).Share, Is.Zero, "what is left was looked at");
        Assert.That(() => bound.Without(942), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void Of_MoreThanThereIs_IsRefused()
    {
        Assert.That(() => SamplingBound.Of(5, 6, 0), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => SamplingBound.Of(5, 3, 4), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    private static double Missed(int group, int looked, int wrong)
    {
        var missed = 1.0;
        for (var i = 0; i < looked; i++) missed *= (group - wrong - i) / (double)(group - i);
        return missed;
    }
}

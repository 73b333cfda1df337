namespace Terminology.Mapping.Review;

/// <summary>What a sample shows of its group, with 95 % confidence.</summary>
/// <param name="Group">Rows in the group, those looked at among them.</param>
/// <param name="Looked">Rows drawn at random and looked at.</param>
/// <param name="Wrong">Rows of these that are wrong.</param>
/// <param name="MostWrong">Rows of the group that are wrong at most.</param>
/// <param name="Share">That as a share of the group, 0 to 1.</param>
/// <remarks>
/// Exact and one-sided: a number of wrong rows in the group is possible as long as so few are drawn with a probability of more than 5 % (hypergeometric distribution, Clopper and
/// Pearson 1934). No approximation is made for large groups, and a group that was looked at whole has no uncertainty.
/// </remarks>
public sealed record SamplingBound(int Group, int Looked, int Wrong, int MostWrong, double Share)
{
    private const double Doubt = 0.05, Rounding = 1e-9;

    /// <summary>Works it out.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More are looked at than there are, or more are wrong than were looked at.</exception>
    public static SamplingBound Of(int group, int looked, int wrong)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(wrong);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(wrong, looked);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(looked, group);
        var (possible, impossible) = (wrong, group - (looked - wrong) + 1); // the more are wrong, the less likely so few are drawn
        while (impossible - possible > 1)
        {
            var middle = possible + (impossible - possible) / 2;
            if (AtMost(wrong, group, middle, looked) > Doubt + Rounding) possible = middle;
            else impossible = middle;
        }
        return new(group, looked, wrong, possible, ShareOf(possible, group));
    }

    /// <summary>What is shown of the rows that are left when some that were not drawn are taken out: as many may be wrong as before, among fewer.</summary>
    /// <remarks>Which rows are taken out need not be left to chance: those that are left have no more wrong rows than all had.</remarks>
    public SamplingBound Without(int taken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(taken, Group - Looked);
        var (left, most) = (Group - taken, Math.Min(MostWrong, Group - taken - Looked + Wrong));
        return new(left, Looked, Wrong, most, ShareOf(most, left));
    }

    /// <summary>How many rows must be looked at, and all be right, to show of a group of any size that at most this share of it is wrong: 59 for 5 %, 99 for 3 %, 299 for 1 %.</summary>
    public static int SizeFor(double share) => (int)Math.Ceiling(Math.Log(Doubt) / Math.Log(1 - share));

    /// <summary>The share of a group of any size that is wrong at most when so many were looked at and all are right.</summary>
    public static double ShareFor(int size) => 1 - Math.Pow(Doubt, 1.0 / size);

    private static double ShareOf(int wrong, int group) => group == 0 ? 0 : wrong / (double)group;

    /// <summary>The probability that at most so many of the drawn rows are wrong.</summary>
    private static double AtMost(int found, int group, int wrong, int looked)
    {
        var sum = 0.0;
        for (var drawn = Math.Max(0, looked - (group - wrong)); drawn <= Math.Min(found, wrong); drawn++) sum += Math.Exp(LogChoose(wrong, drawn) + LogChoose(group - wrong, looked - drawn) - LogChoose(group, looked));
        return sum;
    }

    private static double LogChoose(int all, int some) => LogFactorial(all) - LogFactorial(some) - LogFactorial(all - some);

    /// <summary>Stirling's series, which from here on is exact to fifteen digits; below, the product itself.</summary>
    private static double LogFactorial(int n)
    {
        if (n < 32)
        {
            var product = 1.0;
            for (var i = 2; i <= n; i++) product *= i;
            return Math.Log(product);
        }
        var (x, square) = ((double)n, (double)n * n);
        return x * Math.Log(x) - x + 0.5 * Math.Log(2 * Math.PI * x) + (1 / 12.0 - (1 / 360.0 - (1 / 1260.0 - 1 / (1680.0 * square)) / square) / square) / x;
    }
}

namespace Terminology.Mapping.Review;

/// <summary>How well two people agree, beyond what chance would make.</summary>
/// <param name="Count">Rows that both answered.</param>
/// <param name="Observed">Share on which they agree, 0 to 1.</param>
/// <param name="Kappa">Cohen's κ; null when it is not defined (all answers the same one).</param>
/// <param name="Ac1">Gwet's AC1, which does not break down when one answer is by far the most frequent; null without rows.</param>
/// <param name="Low">Lower end of the 95 % interval of the share (Wilson).</param>
/// <param name="High">Upper end.</param>
public sealed record Agreement(int Count, double Observed, double? Kappa, double? Ac1, double Low, double High)
{
    private const double Z = 1.959963984540054; // of 95 %

    /// <summary>Works it out from pairs of answers; equal texts are the same answer.</summary>
    /// <remarks>κ: Cohen 1960. AC1: Gwet 2008, chance = Σ π(1 − π) / (q − 1) over the q answers that occur.</remarks>
    public static Agreement Of(IReadOnlyCollection<(string First, string Second)> pairs)
    {
        var count = pairs.Count;
        if (count == 0) return new(0, 0, null, null, 0, 1);
        var observed = pairs.Count(pair => pair.First == pair.Second) / (double)count;
        var (first, second) = (Shares(pairs.Select(pair => pair.First), count), Shares(pairs.Select(pair => pair.Second), count));
        var answers = first.Keys.Union(second.Keys).ToArray();
        var chance = answers.Sum(answer => first.GetValueOrDefault(answer) * second.GetValueOrDefault(answer));
        double? kappa = chance < 1 ? (observed - chance) / (1 - chance) : null;
        var spread = answers.Sum(answer => (first.GetValueOrDefault(answer) + second.GetValueOrDefault(answer)) / 2 is var share ? share * (1 - share) : 0);
        var expected = answers.Length > 1 ? spread / (answers.Length - 1) : 0;
        var (low, high) = Interval(observed, count);
        return new(count, observed, kappa, (observed - expected) / (1 - expected), low, high);
    }

    /// <summary>The 95 % interval of a share seen in so many (Wilson 1927).</summary>
    public static (double Low, double High) Interval(double share, int count)
    {
        if (count == 0) return (0, 1);
        var (z2, n) = (Z * Z, (double)count);
        var (middle, half) = ((share + z2 / (2 * n)) / (1 + z2 / n), Z / (1 + z2 / n) * Math.Sqrt(share * (1 - share) / n + z2 / (4 * n * n)));
        return (Math.Max(0, middle - half), Math.Min(1, middle + half));
    }

    private static Dictionary<string, double> Shares(IEnumerable<string> answers, int count)
        => answers.GroupBy(answer => answer, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count() / (double)count, StringComparer.Ordinal);
}

using Terminology.Mapping.Rows;

namespace Terminology.Mapping.Review;

/// <summary>How well two authors agreed who did not see one another.</summary>
/// <param name="Strict">The same targets in the same relationship, or both none.</param>
/// <param name="Tolerant">The same, or a close miss (<see cref="NearTargets"/>).</param>
/// <param name="Near">Rows that were a close miss.</param>
/// <param name="Far">Rows on which they said something else.</param>
public sealed record AgreementReport(Agreement Strict, Agreement Tolerant, int Near, int Far)
{
    /// <summary>Works it out from rows on which both have handed in.</summary>
    /// <param name="answers">What the first and the second author said.</param>
    /// <param name="isNear">Are two different targets a close miss?</param>
    public static AgreementReport Of(IEnumerable<(RowContent First, RowContent Second)> answers, Func<RowTarget, RowTarget, bool> isNear)
    {
        var measured = answers.Select(pair => (First: AnswerComparison.Text(pair.First), Second: AnswerComparison.Text(pair.Second), Distance: AnswerComparison.Measure(pair.First, pair.Second, isNear))).ToArray();
        return new(
            Agreement.Of([.. measured.Select(pair => (pair.First, pair.Second))]),
            Agreement.Of([.. measured.Select(pair => (pair.First, pair.Distance == AnswerDistance.Near ? pair.First : pair.Second))]), // a close miss counts as the answer of the first
            measured.Count(pair => pair.Distance == AnswerDistance.Near),
            measured.Count(pair => pair.Distance == AnswerDistance.Far));
    }
}

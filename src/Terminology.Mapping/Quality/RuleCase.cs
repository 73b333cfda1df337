namespace Terminology.Mapping.Quality;

/// <summary>What a rule looks at: one row, or all rows that share something, in order of their numbers.</summary>
/// <param name="Rows">The rows, at least one but for rules about the map as a whole.</param>
/// <param name="Key">What they share, as <c>RuleKeys</c> writes it: for a target <c>system|code</c>; empty for the map as a whole.</param>
/// <param name="Scene">What surrounds them.</param>
public sealed record RuleCase(IReadOnlyList<RowFacts> Rows, string Key, QualityScene Scene)
{
    /// <summary>The row, where one is looked at.</summary>
    public RowFacts Row => Rows[0];
}

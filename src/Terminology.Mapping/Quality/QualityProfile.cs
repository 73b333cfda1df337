namespace Terminology.Mapping.Quality;

/// <summary>What a map makes of a rule.</summary>
public enum RuleWeight
{
    /// <summary>It is not asked.</summary>
    Off,

    /// <summary>To know.</summary>
    Information,

    /// <summary>Answered with one key.</summary>
    Question,

    /// <summary>Needs a look.</summary>
    Warning,

    /// <summary>Blocks proposing and releasing.</summary>
    Error,
}

/// <summary>How much rules weigh in one map, where it is not their own weight.</summary>
public static class QualityProfile
{
    /// <summary>The weight of what a rule said in a map; null when the map does not ask it. A rule that cannot be waived cannot be switched off either.</summary>
    /// <param name="profile">Weights by the ids of rules.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="said">What it said.</param>
    public static FindingSeverity? Weigh(IReadOnlyDictionary<string, RuleWeight> profile, QualityRule rule, Said said)
        => !rule.CanBeWaived || !profile.TryGetValue(rule.Id, out var weight) ? said.Severity ?? rule.Severity
            : weight == RuleWeight.Off ? null : FindingSeverity.Information + (weight - RuleWeight.Information);
}

namespace Terminology.Mapping.Quality;

/// <summary>Which rows a rule looks at together: a row, or all rows that share something.</summary>
public enum RuleScope
{
    /// <summary>One row by itself.</summary>
    Row,

    /// <summary>All rows with the same target.</summary>
    Target,

    /// <summary>All rows of the same name.</summary>
    Name,

    /// <summary>All rows of the same source code.</summary>
    Code,

    /// <summary>All rows of the same department, panel or category.</summary>
    Department,

    /// <summary>All rows approved by the same person.</summary>
    Approver,

    /// <summary>The map as a whole; looked at when the findings are read.</summary>
    Map,
}

/// <summary>
/// A rule of quality (MQ-…): a pure function over a row or the rows that share something, and what surrounds them. It explains itself in one sentence with the two facts that
/// clash. What depends on nothing else is looked at again only when one of its rows changes.
/// </summary>
/// <param name="Id">Stable, for example <c>MQ-202</c>.</param>
/// <param name="Severity">How much it weighs where the profile of the map says nothing.</param>
/// <param name="Title">What it finds, in a few words.</param>
/// <param name="Scope">Which rows it looks at together.</param>
/// <param name="Check">What it has to say; nothing when all is well.</param>
public sealed record QualityRule(string Id, FindingSeverity Severity, string Title, RuleScope Scope, Func<RuleCase, IEnumerable<Said>> Check)
{
    /// <summary>Does it ask the releases of the target systems, so that a new one makes it look again?</summary>
    public bool AsksReleases { get; init; }

    /// <summary>Does it look at what only the server of the map knows: how rows were approved, what was released? Of a map as text it is not asked.</summary>
    public bool AsksServer { get; init; }

    /// <summary>Does it look at rows that are withdrawn or undecided, too?</summary>
    public bool LooksAtAllRows { get; init; }

    /// <summary>May what it finds be set aside for a time?</summary>
    public bool CanBeWaived { get; init; } = true;

    /// <summary>Does an error of it stop a row from being proposed and approved? Those about the approval itself are mended by it.</summary>
    public bool StopsSteps { get; init; } = true;
}

/// <summary>What a rule has to say, before the profile of the map is asked how much it weighs.</summary>
/// <param name="Text">One sentence with the facts that clash.</param>
/// <param name="FixIt">What mends it, or null when a person must think.</param>
public sealed record Said(string Text, FixIt? FixIt = null)
{
    /// <summary>Weight where this case weighs otherwise than the rule; null: as the rule.</summary>
    public FindingSeverity? Severity { get; init; }

    /// <summary>Keys of the rows that it is about; null: all that were looked at.</summary>
    public IReadOnlyList<string>? Rows { get; init; }
}

namespace Terminology.Mapping.Quality;

/// <summary>How much a finding weighs.</summary>
public enum FindingSeverity
{
    /// <summary>To know; nothing need be done.</summary>
    Information,

    /// <summary>Answered with one key.</summary>
    Question,

    /// <summary>Needs a look.</summary>
    Warning,

    /// <summary>Blocks proposing and releasing until mended or waived.</summary>
    Error,
}

/// <summary>What a rule has to say of one or several rows.</summary>
/// <param name="RuleId">Stable id of the rule, for example <c>MQ-003</c>.</param>
/// <param name="RowKeys">Keys of the rows, in order of the list; empty when it is about a line that became no row.</param>
/// <param name="Severity">How much it weighs, before a profile changes it.</param>
/// <param name="Text">One sentence with the facts: which row, line and value.</param>
/// <param name="FixIt">What mends it, or null when a person must think.</param>
public sealed record Finding(string RuleId, IReadOnlyList<string> RowKeys, FindingSeverity Severity, string Text, FixIt? FixIt = null)
{
    /// <summary>Equal when all that is said is: keys are compared one by one.</summary>
    public bool Equals(Finding? other) => other is not null
        && (RuleId, Severity, Text, FixIt) == (other.RuleId, other.Severity, other.Text, other.FixIt) && RowKeys.SequenceEqual(other.RowKeys);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(RuleId, Severity, Text);
}

/// <summary>One replacement that mends a finding; the old value is kept beside it, so that it can be taken back.</summary>
/// <param name="Field">What is replaced, for example <c>code</c> or <c>display[fi]</c>.</param>
/// <param name="OldValue">As it is now.</param>
/// <param name="NewValue">As it should be; empty: nothing should be there.</param>
public sealed record FixIt(string Field, string OldValue, string NewValue);

using Terminology.Issues;

namespace Terminology.Mapping.Quality.Shape;

/// <summary>MQ-308: no target and no reason; or no code exists, and nobody asked for one.</summary>
internal static class NoMapReason
{
    public static QualityRule Rule { get; } = new("MQ-308", FindingSeverity.Warning, "No target without reason or request", RuleScope.Row, Find);

    private static readonly string[] NoCode = ["no-code-exists", "no-code", "no-such-code", "no-concept"];

    private static IEnumerable<Said> Find(RuleCase at)
    {
        if (at.Row.Content.NoMap is not { } none) yield break;
        if (string.IsNullOrWhiteSpace(none.Reason) && string.IsNullOrWhiteSpace(none.Text)) yield return new(QualityMessages.NoMapUnexplained(at.Row.Quoted));
        else if (NoCode.Contains(none.Reason, StringComparer.OrdinalIgnoreCase) && string.IsNullOrWhiteSpace(none.Request)) yield return new(QualityMessages.NoMapUnrequested(at.Row.Quoted, none.Reason!));
    }
}

using Terminology.Issues;

namespace Terminology.Mapping.Quality.Meaning;

/// <summary>MQ-203: the unit of the list is no unit that anybody knows.</summary>
internal static class UnknownUnit
{
    public static QualityRule Rule { get; } = new("MQ-203", FindingSeverity.Warning, "Unit unknown", RuleScope.Row, Find);

    /// <summary>Words in columns of units that say that there is none.</summary>
    private static readonly HashSet<string> NoUnit = new(["n/a", "na", "none", "null", "-", "--", ".", "geen", "keine", "no unit", "unitless", "units", "unit"], StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<Said> Find(RuleCase at)
    {
        if (at.Scene.Units is null || at.Row.Unit.Length == 0 || at.Row.UnitCode is not null || NoUnit.Contains(at.Row.Unit)) yield break;
        yield return new(QualityMessages.UnknownUnit(at.Row.Quoted, at.Row.Unit));
    }
}

using Terminology.Issues;

namespace Terminology.Mapping.Quality.Meaning;

/// <summary>MQ-202: the unit measures something else than the property of the LOINC term: mass for substance concentration, a rate for a concentration, a fraction for a number.</summary>
/// <remarks>Where results are words the scale is what does not fit, and MQ-205 says so.</remarks>
internal static class UnitAgainstProperty
{
    public static QualityRule Rule { get; } = new("MQ-202", FindingSeverity.Warning, "Unit does not fit the LOINC property", RuleScope.Row, Find) { AsksReleases = true };

    private static IEnumerable<Said> Find(RuleCase at)
    {
        if (at.Row.UnitCode is not { } unit || UnitKinds.Of(unit) is var kind && kind == UnitKind.Unknown) yield break;
        foreach (var (target, i) in at.Row.Content.Targets.Select((target, i) => (target, i)))
        {
            if (at.Scene.Targets.Find(target.System, target.Code) is not { Axes: { Scale: not ("Ord" or "Nom" or "Nar") } axes } concept || LoincProperties.Find(axes.Property) is not { } property || property.Kinds.Contains(kind)) continue;
            var right = LoincProperties.For(kind).Select(other => at.Scene.Targets.WithAxes(axes with { Property = other })).FirstOrDefault(found => found is { Status: TargetStatus.Active });
            yield return new(
                QualityMessages.UnitAgainstProperty(at.Row.Quoted, at.Row.Unit, UnitKinds.Describe(kind), QualityMessages.Named(concept.Code, concept.Display), axes.Property, property.Words, right is null ? null : QualityMessages.Named(right.Code, right.Display)),
                right is null ? null : new($"content.targets[{i}].code", target.Code, right.Code))
            {
                Severity = LoincProperties.IsGrave(kind, property.Kinds) ? FindingSeverity.Error : null,
            };
        }
    }
}

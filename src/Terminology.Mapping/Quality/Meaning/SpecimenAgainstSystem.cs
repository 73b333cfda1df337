using Terminology.Issues;
using Terminology.Maps;

namespace Terminology.Mapping.Quality.Meaning;

/// <summary>MQ-204: the LOINC term is of another specimen than the row, or of any specimen while the row names one and is not said to be narrower.</summary>
internal static class SpecimenAgainstSystem
{
    public static QualityRule Rule { get; } = new("MQ-204", FindingSeverity.Warning, "Specimen does not fit the LOINC system", RuleScope.Row, Find) { AsksReleases = true };

    private static IEnumerable<Said> Find(RuleCase at)
    {
        if (at.Row.Specimen is not { Name.Length: > 0 } specimen) yield break;
        foreach (var (target, i) in at.Row.Content.Targets.Select((target, i) => (target, i)))
        {
            if (at.Scene.Targets.Find(target.System, target.Code) is not { Axes: { } axes } concept) continue;
            var (fit, named) = (LoincSystems.Fit(specimen.Name, axes.System), QualityMessages.Named(target.Code, concept.Display));
            if (fit == SystemFit.Other)
            {
                yield return new(QualityMessages.SpecimenAgainstSystem(at.Row.Quoted, specimen.Text, named, axes.System), Fix(at, axes, specimen.Name, i, target.Code));
            }
            else if (fit == SystemFit.Vague && target.Relationship is MapRelationship.Equivalent or MapRelationship.SourceIsBroaderThanTarget)
            {
                var own = Own(at, axes, specimen.Name);
                yield return new(
                    QualityMessages.VagueSystem(at.Row.Quoted, specimen.Text, named, axes.System, Shape.ContradictoryContent.Words(target.Relationship), own is null ? null : QualityMessages.Named(own.Code, own.Display)),
                    own is null ? new($"content.targets[{i}].relationship", Shape.ContradictoryContent.Words(target.Relationship), Shape.ContradictoryContent.Words(MapRelationship.SourceIsNarrowerThanTarget)) : new($"content.targets[{i}].code", target.Code, own.Code));
            }
        }
    }

    private static FixIt? Fix(RuleCase at, LoincAxes axes, string specimen, int place, string code) => Own(at, axes, specimen) is { } own ? new($"content.targets[{place}].code", code, own.Code) : null;

    /// <summary>The term that is the same but for the specimen, which is that of the row.</summary>
    private static TargetConcept? Own(RuleCase at, LoincAxes axes, string specimen)
        => LoincSystems.For(specimen).Select(system => at.Scene.Targets.WithAxes(axes with { System = system })).FirstOrDefault(found => found is { Status: TargetStatus.Active });
}

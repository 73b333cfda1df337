using Terminology.Issues;
using Terminology.Mapping.Relationships;
using Terminology.Mapping.Rows;
using Terminology.Maps;

namespace Terminology.Mapping.Quality.Shape;

/// <summary>
/// MQ-303: the relationship contradicts what is worked out from the hierarchy, the axes or the word of the file. What specimen, unit, time and words say is left to the rules
/// that name them.
/// </summary>
internal static class ContradictedRelationship
{
    public static QualityRule Rule { get; } = new("MQ-303", FindingSeverity.Warning, "Relationship contradicts hierarchy or axes", RuleScope.Row, Find) { AsksReleases = true };

    private static readonly Dictionary<string, MapRelationship> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["equal"] = MapRelationship.Equivalent, ["equivalent"] = MapRelationship.Equivalent, ["wider"] = MapRelationship.SourceIsNarrowerThanTarget, ["subsumes"] = MapRelationship.SourceIsNarrowerThanTarget,
        ["narrower"] = MapRelationship.SourceIsBroaderThanTarget, ["specializes"] = MapRelationship.SourceIsBroaderThanTarget, ["inexact"] = MapRelationship.RelatedTo, ["disjoint"] = MapRelationship.NotRelatedTo,
    };

    private static IEnumerable<Said> Find(RuleCase at)
    {
        foreach (var (target, i) in at.Row.Content.Targets.Select((target, i) => (target, i)))
        {
            if (target.OriginalRelationship is { } word && Words.TryGetValue(word, out var meant) && meant != target.Relationship)
            {
                yield return Say(at, target, i, meant, RelationshipMessages.Hint(word), at.Scene.Targets.Find(target.System, target.Code)?.Display ?? target.Code);
                continue;
            }
            var proposal = RelationshipFinder.Of(at.Row, target.System, target.Code, at.Scene);
            var reasons = proposal.Evidence.Where(one => one.Kind == EvidenceKind.Hierarchy || (one.Kind == EvidenceKind.SourceStatesMore && one.Axis == "method")).ToArray();
            var contradicts = proposal.Certainty == Certainty.Exact ? proposal.Relationship != target.Relationship && !(proposal.Relationship == MapRelationship.RelatedTo && target.Relationship == MapRelationship.NotRelatedTo)
                : proposal.Certainty == Certainty.Likely && target.Relationship is MapRelationship.Equivalent && proposal.Relationship is MapRelationship.SourceIsNarrowerThanTarget or MapRelationship.SourceIsBroaderThanTarget;
            if (contradicts && reasons.Length > 0) yield return Say(at, target, i, proposal.Relationship, reasons[0].Text, at.Scene.Targets.Find(target.System, target.Code)?.Display ?? target.Code);
            else if (target.Relationship == MapRelationship.Equivalent && proposal is { Certainty: Certainty.Likely, Relationship: MapRelationship.SourceIsBroaderThanTarget } && Plainer(at, target) is { } plainer) yield return Beyond(at, target, i, plainer);
        }
        foreach (var said in Both(at)) yield return said;
    }

    private static Said Say(RuleCase at, RowTarget target, int place, MapRelationship found, string evidence, string display) => new(
        QualityMessages.OtherRelationship(at.Row.Quoted, ContradictoryContent.Words(target.Relationship), QualityMessages.Named(target.Code, display), ContradictoryContent.Words(found), evidence, RelationshipMessages.Sentence(found, at.Row.Name.Length > 0 ? at.Row.Name : at.Row.Row.Code, display)),
        new($"content.targets[{place}].relationship", ContradictoryContent.Words(target.Relationship), ContradictoryContent.Words(found)));

    /// <summary>The same LOINC term without its method; null when there is none, for then every one of the kind has that method.</summary>
    private static TargetConcept? Plainer(RuleCase at, RowTarget target)
        => at.Scene.Targets.Find(target.System, target.Code) is { Axes: { Method.Length: > 0 } axes } && at.Scene.Targets.WithAxes(axes with { Method = "" }) is { Status: TargetStatus.Active } plainer ? plainer : null;

    private static Said Beyond(RuleCase at, RowTarget target, int place, TargetConcept plainer)
    {
        var concept = at.Scene.Targets.Find(target.System, target.Code)!;
        return new(QualityMessages.MethodBeyondSource(at.Row.Quoted, QualityMessages.Named(target.Code, concept.Display), concept.Axes!.Method, QualityMessages.Named(plainer.Code, plainer.Display)), new($"content.targets[{place}].code", target.Code, plainer.Code)) { Severity = FindingSeverity.Question };
    }

    /// <summary>Nothing is equivalent to two things of which one is more than the other.</summary>
    private static IEnumerable<Said> Both(RuleCase at)
    {
        RowTarget[] equal = [.. at.Row.Content.Targets.Where(target => target.Relationship == MapRelationship.Equivalent && target.DependsOn.Count == 0 && target.Rule is null && target.RuleGroup == 0)];
        for (var i = 0; i < equal.Length; i++)
        {
            for (var j = 0; j < equal.Length; j++)
            {
                if (i != j && equal[i].System == equal[j].System && at.Scene.Targets.Relation(equal[i].System, equal[i].Code, equal[j].Code) == Subsumption.Subsumes) yield return new(QualityMessages.EquivalentToBoth(at.Row.Quoted, equal[i].Code, equal[j].Code));
            }
        }
    }
}

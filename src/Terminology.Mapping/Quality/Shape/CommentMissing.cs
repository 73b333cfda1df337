using Terminology.Issues;
using Terminology.Maps;

namespace Terminology.Mapping.Quality.Shape;

/// <summary>MQ-301: FHIR wants a comment where the source is broader, inexact or not related (R4 cmd-1, R5 cmd-1); the text to begin with is the relationship as a sentence.</summary>
/// <remarks>FHIR R4 <see href="https://hl7.org/fhir/R4/conceptmap.html#invs">cmd-1</see>, R5 <see href="https://hl7.org/fhir/R5/conceptmap.html#invs">cmd-1</see>.</remarks>
internal static class CommentMissing
{
    public static QualityRule Rule { get; } = new("MQ-301", FindingSeverity.Error, "Comment missing that FHIR demands", RuleScope.Row, Find);

    private static IEnumerable<Said> Find(RuleCase at)
    {
        foreach (var (target, i) in at.Row.Content.Targets.Select((target, i) => (target, i)))
        {
            var isInexact = target.OriginalRelationship is "inexact";
            if ((target.Relationship is not (MapRelationship.SourceIsBroaderThanTarget or MapRelationship.NotRelatedTo) && !isInexact) || !string.IsNullOrWhiteSpace(target.Comment)) continue;
            var display = at.Scene.Targets.Find(target.System, target.Code)?.Display ?? target.Display ?? target.Code;
            var sentence = RelationshipMessages.Sentence(target.Relationship, at.Row.Name.Length > 0 ? at.Row.Name : at.Row.Row.Code, display);
            yield return new(QualityMessages.CommentMissing(at.Row.Quoted, target.Code, isInexact ? "inexact" : ContradictoryContent.Words(target.Relationship)), new($"content.targets[{i}].comment", "", sentence));
        }
    }
}

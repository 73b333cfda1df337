using Terminology.Issues;
using Terminology.Mapping.Quality;
using Terminology.Maps;
using Terminology.Search;

namespace Terminology.Mapping.Relationships;

/// <summary>
/// Works out how a source stands to a target: from the hierarchy where both are of one code system, else from what one side states and the other leaves open (specimen, method,
/// time, words), and from equal names.
/// </summary>
public static class RelationshipFinder
{
    private static readonly string[] Telling = ["panel", "sender", "department"];

    /// <summary>The relationship of a row to a target; of certainty Unknown when nothing speaks for one.</summary>
    /// <param name="row">The row.</param>
    /// <param name="system">Code system of the target.</param>
    /// <param name="code">The target.</param>
    /// <param name="scene">What is known.</param>
    public static RelationshipProposal Of(RowFacts row, string system, string code, QualityScene scene)
    {
        var target = scene.Targets.Find(system, code);
        var (source, named) = (row.Name.Length > 0 ? row.Name : row.Row.Code, target?.Display ?? code);
        var claimed = row.Content.Targets.FirstOrDefault(one => one.System == system && one.Code == code);
        RelationshipEvidence[] evidence =
        [
            .. ByHierarchy(row, system, code, scene), .. target is null ? [] : ByNames(row, target), .. target?.Axes is { } axes ? AxisEvidence.Of(row, axes) : [], .. target is null ? [] : WordEvidence.Of(row, target),
            .. claimed?.OriginalRelationship is { Length: > 0 } word ? [new RelationshipEvidence(EvidenceKind.Hint, "", RelationshipMessages.Hint(word))] : Array.Empty<RelationshipEvidence>(),
        ];
        var (relationship, certainty) = Weigh(evidence, system == scene.Map.SourceSystem ? scene.Targets.Relation(system, row.Row.Code, code) : null, row);
        return new(relationship, RelationshipMessages.Sentence(relationship, source, named), certainty, evidence);
    }

    private static (MapRelationship Relationship, Certainty Certainty) Weigh(RelationshipEvidence[] evidence, Subsumption? exact, RowFacts row)
    {
        if (exact is { } known)
        {
            return (known switch
            {
                Subsumption.Equivalent => MapRelationship.Equivalent,
                Subsumption.Subsumes => MapRelationship.SourceIsBroaderThanTarget,
                Subsumption.SubsumedBy => MapRelationship.SourceIsNarrowerThanTarget,
                _ => MapRelationship.RelatedTo,
            }, Certainty.Exact);
        }
        var (more, less, against, same) = (Has(EvidenceKind.SourceStatesMore), Has(EvidenceKind.TargetStatesMore), Has(EvidenceKind.Contradiction), Has(EvidenceKind.SameTerm));
        if (against || (more && less)) return (MapRelationship.RelatedTo, Certainty.Likely);
        if (more) return (MapRelationship.SourceIsNarrowerThanTarget, Certainty.Likely);
        // What the target adds may go without saying where the list comes from: from the panel, the sender, the department.
        if (less) return (MapRelationship.SourceIsBroaderThanTarget, KnownFrom(row) is null ? Certainty.Likely : Certainty.Assumed);
        return same ? (MapRelationship.Equivalent, Certainty.Likely) : (MapRelationship.RelatedTo, Certainty.Unknown);

        bool Has(EvidenceKind kind) => Array.Exists(evidence, one => one.Kind == kind);
    }

    /// <summary>The column from which readers of the list may know what it does not say; null when there is none.</summary>
    internal static string? KnownFrom(RowFacts row) => Array.Find(Telling, context => row.In(context).Length > 0);

    private static IEnumerable<RelationshipEvidence> ByHierarchy(RowFacts row, string system, string code, QualityScene scene)
    {
        if (system != scene.Map.SourceSystem || scene.Targets.Relation(system, row.Row.Code, code) is not { } relation) yield break;
        yield return new(EvidenceKind.Hierarchy, "", relation switch
        {
            Subsumption.Equivalent => RelationshipMessages.SameConcept(code),
            Subsumption.Subsumes => RelationshipMessages.Hierarchy(row.Row.Code, code),
            Subsumption.SubsumedBy => RelationshipMessages.Hierarchy(code, row.Row.Code),
            _ => RelationshipMessages.Neighbours(row.Row.Code, code),
        });
    }

    private static IEnumerable<RelationshipEvidence> ByNames(RowFacts row, TargetConcept target)
    {
        foreach (var name in row.Names)
        {
            var words = TermFolding.Words(name);
            for (var i = 0; i < target.Words.Count; i++)
            {
                if (!words.AsSpan().SequenceEqual(target.Words[i])) continue;
                yield return new(EvidenceKind.SameTerm, "", RelationshipMessages.SameTerm($"'{name}'", $"'{(i < target.Names.Count ? target.Names[i] : target.Display)}'"));
                yield break;
            }
        }
    }
}

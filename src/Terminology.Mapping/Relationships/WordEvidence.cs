using Terminology.Issues;
using Terminology.Mapping.Quality;
using Terminology.Mapping.Quality.Meaning;

namespace Terminology.Mapping.Relationships;

/// <summary>What words that narrow a meaning or leave it open say, where one side has them alone. For names of findings and the like: LOINC says such things in its axes.</summary>
internal static class WordEvidence
{
    public static IEnumerable<RelationshipEvidence> Of(RowFacts row, TargetConcept target)
    {
        if (target.Axes is not null) yield break;
        var names = target.Words;
        foreach (var (group, meaning, word) in row.Qualifiers.Where(said => said.Group is "side" or "severity" or "course"))
        {
            var other = names.SelectMany(QualifierWords.Of).Where(said => said.Group == group).ToArray();
            if (other.Length == 0) yield return new(EvidenceKind.SourceStatesMore, group, RelationshipMessages.WordOnOneSide(word, isSource: true));
            else if (Array.TrueForAll(other, said => said.Meaning != meaning)) yield return new(EvidenceKind.Contradiction, group, RelationshipMessages.Contradiction(group, word, other[0].Word));
        }
        foreach (var (group, _, word) in QualifierWords.Of(target.ShownWords).Where(said => said.Group is "side" or "severity" or "course"))
        {
            if (row.Qualifiers.All(said => said.Group != group)) yield return new(EvidenceKind.TargetStatesMore, group, RelationshipMessages.WordOnOneSide(word, isSource: false));
        }
    }
}

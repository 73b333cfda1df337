using Terminology.Issues;
using Terminology.Maps;

namespace Terminology.Mapping.Quality.Shape;

/// <summary>MQ-314: a row that maps to two systems, between which a loaded map leads elsewhere; or a loaded map that leads back from the target to another code.</summary>
internal static class Composition
{
    public static QualityRule Rule { get; } = new("MQ-314", FindingSeverity.Question, "Composition or map back leads elsewhere", RuleScope.Row, Find) { AsksReleases = true };

    private static IEnumerable<Said> Find(RuleCase at)
    {
        var equal = at.Row.Content.Targets.Where(target => target.Relationship == MapRelationship.Equivalent && target.Code.Length > 0).ToArray();
        foreach (var first in equal)
        {
            foreach (var second in equal.Where(other => other.System != first.System))
            {
                var expected = at.Scene.Targets.Translate(first.System, first.Code, second.System);
                if (expected.Count > 0 && !expected.Contains(second.Code)) yield return new(QualityMessages.Composition(at.Row.Quoted, first.Code, first.Code, second.Code, string.Join(", ", expected)));
            }
            if (first.System == at.Scene.Map.SourceSystem) continue;
            var back = at.Scene.Targets.Translate(first.System, first.Code, at.Scene.Map.SourceSystem);
            if (back.Count > 0 && !back.Contains(at.Row.Row.Code)) yield return new(QualityMessages.Reverse(at.Row.Quoted, first.Code, string.Join(", ", back)));
        }
    }
}

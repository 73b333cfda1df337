using Terminology.Issues;
using Terminology.Search;

namespace Terminology.Mapping.Quality.Target;

/// <summary>MQ-105: the display kept with the target is none of its names in the release: it was renamed, or the code is another than was meant.</summary>
internal static class OtherDisplay
{
    public static QualityRule Rule { get; } = new("MQ-105", FindingSeverity.Information, "Stored display is no name of the target", RuleScope.Row, Find) { AsksReleases = true };

    private static IEnumerable<Said> Find(RuleCase at)
    {
        foreach (var (target, i) in at.Row.Content.Targets.Select((target, i) => (target, i)))
        {
            if (target.Display is not { Length: > 0 } stored || at.Scene.Targets.Find(target.System, target.Code) is not { } concept || concept.Display == concept.Code) continue; // units are named by their code
            var words = TermFolding.Words(stored);
            // A fully specified name may be kept without its semantic tag.
            var tag = concept.SemanticTag is { } known ? TermFolding.Words(known) : [];
            if (concept.Words.Any(name => name.AsSpan().SequenceEqual(words) || (tag.Length > 0 && name.AsSpan().SequenceEqual([.. words, .. tag])))) continue;
            yield return new(QualityMessages.OtherDisplay(at.Row.Quoted, target.Code, stored, concept.Display), new($"content.targets[{i}].display", stored, concept.Display));
        }
    }
}

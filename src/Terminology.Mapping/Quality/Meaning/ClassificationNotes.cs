using Terminology.Issues;

namespace Terminology.Mapping.Quality.Meaning;

/// <summary>MQ-214: notes of a classification: codes that may not stand together, manifestations alone, limits of sex and age.</summary>
internal static class ClassificationNotes
{
    public static QualityRule Rule { get; } = new("MQ-214", FindingSeverity.Warning, "Notes of the classification", RuleScope.Row, Find) { AsksReleases = true };

    private static IEnumerable<Said> Find(RuleCase at)
    {
        var targets = at.Row.Content.Targets.Select(target => (Target: target, Concept: at.Scene.Targets.Find(target.System, target.Code))).Where(pair => pair.Concept is { Icd: not null }).Select(pair => (pair.Target, Concept: pair.Concept!, Icd: pair.Concept!.Icd!)).ToArray();
        foreach (var (target, concept, icd) in targets)
        {
            var named = QualityMessages.Named(target.Code, concept.Display);
            foreach (var other in targets.Where(other => other.Target.Code != target.Code && other.Target.RuleGroup == target.RuleGroup))
            {
                if (icd.Excludes1.FirstOrDefault(note => Covers(note, other.Target.Code)) is { } note) yield return new(QualityMessages.Excluded(at.Row.Quoted, named, other.Target.Code, note));
            }
            if (icd.IsManifestation && !Array.Exists(targets, other => !other.Icd.IsManifestation) && !target.Code.Contains('+', StringComparison.Ordinal)) yield return new(QualityMessages.ManifestationAlone(at.Row.Quoted, named));
            if (icd.Limits.Count > 0 && target.DependsOn.Count == 0 && target.Rule is null) yield return new(QualityMessages.LimitUnsaid(at.Row.Quoted, named, string.Join(", ", icd.Limits)));
        }
    }

    /// <summary>Is the code, category or range of a note one that holds the code?</summary>
    internal static bool Covers(string note, string code)
    {
        var (dash, plain) = (note.IndexOf('-', StringComparison.Ordinal), code);
        if (dash < 0) return plain == note || plain.StartsWith(note + (note.Contains('.', StringComparison.Ordinal) ? "" : "."), StringComparison.Ordinal) || (note.Contains('.', StringComparison.Ordinal) && plain.StartsWith(note, StringComparison.Ordinal));
        var (first, last) = (note[..dash].TrimEnd('.'), note[(dash + 1)..]);
        if (last.Length == 0) return plain.StartsWith(first, StringComparison.Ordinal);
        return string.CompareOrdinal(plain, first) >= 0 && (string.CompareOrdinal(plain, last) <= 0 || plain.StartsWith(last, StringComparison.Ordinal));
    }
}

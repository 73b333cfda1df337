using Terminology.Issues;

namespace Terminology.Mapping.Quality.Meaning;

/// <summary>MQ-208: a method on one side that the other side does not have, or another one.</summary>
internal static class MethodAgainstAxis
{
    public static QualityRule Rule { get; } = new("MQ-208", FindingSeverity.Question, "Method on one side, or another", RuleScope.Row, Find) { AsksReleases = true };

    private static IEnumerable<Said> Find(RuleCase at)
    {
        var stated = at.Row.Methods;
        foreach (var target in at.Row.Content.Targets)
        {
            if (at.Scene.Targets.Find(target.System, target.Code) is not { Axes: { } axes } concept) continue;
            var (method, named) = (MethodWords.OfLoinc(axes.Method), QualityMessages.Named(target.Code, concept.Display));
            if (stated.Count > 0 && axes.Method.Length == 0 && !IsInComponent(stated, axes)) yield return new(QualityMessages.MethodIgnored(at.Row.Quoted, stated[0].Word, named));
            else if (stated.Count > 0 && method is not null && stated.All(one => one.Method != method)) yield return new(QualityMessages.OtherMethod(at.Row.Quoted, stated[0].Word, named, axes.Method));
            // Lists that have a column for it mean something by leaving it empty.
            else if (stated.Count == 0 && method is not null && at.Rows[0].Row.Context.Any(pair => pair.Key == "method") && at.Row.In("method").Length == 0) yield return new(QualityMessages.MethodUnsaid(at.Row.Quoted, named, axes.Method));
        }
    }

    /// <summary>Culture, microscopy and the like are in some terms what is observed.</summary>
    private static bool IsInComponent(IReadOnlyList<(string Method, string Word)> stated, LoincAxes axes)
        => stated.Any(one => axes.Component.Contains(one.Word, StringComparison.OrdinalIgnoreCase) || axes.Component.Contains(one.Method, StringComparison.OrdinalIgnoreCase) || axes.Component.Contains("identified", StringComparison.OrdinalIgnoreCase));
}

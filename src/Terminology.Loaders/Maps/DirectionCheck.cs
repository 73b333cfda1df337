using Terminology.Mapping.Exchange;
using Terminology.Maps;

namespace Terminology.Loaders.Maps;

/// <summary>One line of a map as a sentence, by which a person sees whether wider and narrower were read the right way round.</summary>
/// <param name="Line">Where in the file, from 1; 0 when not known.</param>
/// <param name="Word">The word of the file.</param>
/// <param name="Sentence">For example <c>'Serum sodium' is read as narrower than 'Sodium'.</c></param>
public sealed record DirectionSample(int Line, string Word, string Sentence);

/// <summary>
/// Formats, and people who fill them in, mean opposite things by wider and narrower. Before a map whose words are not FHIR's is taken over, a person looks at some of its lines.
/// </summary>
public static class DirectionCheck
{
    /// <summary>Lines to look at: only those whose word can be read both ways; wider and narrower take turns, lines with displays on both sides come first.</summary>
    /// <param name="map">As it was read.</param>
    /// <param name="most">How many at most.</param>
    /// <returns>In order of the file; empty when nothing can be read the wrong way round.</returns>
    public static IReadOnlyList<DirectionSample> Samples(MapTable map, int most = 5)
    {
        var open = map.Lines.SelectMany(line => line.Content.Targets.Select(target => (Line: line, Target: target)))
            .Where(pair => pair.Target.OriginalRelationship is { } word && IsOpen(word)).ToArray();
        var ranked = open.GroupBy(pair => pair.Target.Relationship).Select(words => words.OrderBy(pair => pair.Line.Display is null || pair.Target.Display is null).ToArray()).ToArray();
        var longest = ranked.Length == 0 ? 0 : ranked.Max(words => words.Length);
        return
        [
            .. Enumerable.Range(0, longest).SelectMany(turn => ranked.Where(words => turn < words.Length).Select(words => words[turn])).Take(most)
                .OrderBy(pair => pair.Line.Line)
                .Select(pair => new DirectionSample(pair.Line.Line, pair.Target.OriginalRelationship!,
                    $"'{pair.Line.Display ?? pair.Line.Code}' is read as {(pair.Target.Relationship == MapRelationship.SourceIsNarrowerThanTarget ? "narrower" : "broader")} than '{pair.Target.Display ?? pair.Target.Code}'.")),
        ];
    }

    /// <summary>Does the word mean one thing or the opposite, as the file pleases?</summary>
    private static bool IsOpen(string word)
        => RelationshipWords.TryRead(word, WiderMeans.TargetMeansMore, out var one, out _) && RelationshipWords.TryRead(word, WiderMeans.TargetSaysMore, out var other, out _) && one != other;
}

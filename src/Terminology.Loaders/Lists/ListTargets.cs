using Terminology.Loaders.Maps;
using Terminology.Mapping.Exchange;
using Terminology.Mapping.Lists;
using Terminology.Mapping.Rows;
using Terminology.Maps;

namespace Terminology.Loaders.Lists;

/// <summary>What a list says of the targets of its own codes, as the content of rows: a draft for whoever brings the list in, whatever state the list gives it.</summary>
/// <param name="targetSystems">The systems that the map goes to.</param>
/// <param name="wider">What wider and narrower mean in this list; null: as in FHIR, that the target means more or less.</param>
public sealed class ListTargets(IReadOnlyList<string> targetSystems, WiderMeans? wider = null)
{
    /// <summary>Does a row name a target?</summary>
    public static bool IsNamed(SourceRow row) => row.Target is { Code.Length: > 0 };

    /// <summary>What a row that names a target says of it.</summary>
    /// <returns>The content, or the sentence that says why there is none.</returns>
    public (RowContent? Content, string? Fault) Read(SourceRow row)
    {
        var named = row.Target!;
        if (SystemOf(named.System) is not { } system)
        {
            return (null, named.System.Length == 0
                ? $"The list does not say of which code system '{named.Code}' is, and the map goes to several: {string.Join(", ", targetSystems)}."
                : $"'{named.System}' is none of the systems that the map goes to: {string.Join(", ", targetSystems)}.");
        }
        var (relationship, original) = (MapRelationship.RelatedTo, (string?)null);
        if (named.Relationship.Length > 0 && !RelationshipWords.TryRead(named.Relationship, wider ?? WiderMeans.TargetMeansMore, out relationship, out original))
        {
            return (null, $"'{named.Relationship}' is no relationship that is known; {RelationshipWords.Known} are.");
        }
        return (new()
        {
            Targets = [new() { System = system, Code = named.Code, Display = Said(named.Display), Relationship = relationship, OriginalRelationship = original, Comment = Said(named.Comment) }],
        }, null);
    }

    /// <summary>What the list says beside the target, as evidence for the decision.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Evidence(SourceRow row, string file)
    {
        yield return new("file", $"{file}, line {row.Line}");
        if (row.Target is { Relationship.Length: 0 }) yield return new("relationship", "not said by the list");
        if (row.Target is { Status.Length: > 0 } named) yield return new("state in the list", named.Status);
    }

    /// <summary>Some rows as sentences, by which a person sees whether wider and narrower were read the right way round; empty where no word can be read both ways.</summary>
    public IReadOnlyList<string> Direction(IEnumerable<SourceRow> rows) =>
    [
        .. DirectionCheck.Samples(new() { Lines = [.. rows.Where(IsNamed).Select(row => (Row: row, Read(row).Content)).Where(pair => pair.Content is not null)
            .Select(pair => new MapLine { Code = pair.Row.Code, Display = Said(pair.Row.Display), Content = pair.Content!, Line = pair.Row.Line })] }).Select(sample => sample.Sentence),
    ];

    private string? SystemOf(string named)
    {
        if (named.Length == 0) return targetSystems is [var only] ? only : null;
        var system = OmopConcepts.SystemOf(named);
        return targetSystems.FirstOrDefault(known => known == system) ?? targetSystems.FirstOrDefault(known => string.Equals(OmopConcepts.VocabularyOf(known), named, StringComparison.OrdinalIgnoreCase));
    }

    private static string? Said(string text) => text.Length > 0 ? text : null;
}

using Terminology.Maps;

namespace Terminology.Fhir.Maps;

/// <summary>
/// R4 <see href="https://hl7.org/fhir/R4/valueset-concept-map-equivalence.html">concept-map-equivalence</see> and R5 relationship words.
/// The R4 words speak of the target: <c>wider</c> is a target that is wider than the source, so that the source is narrower.
/// </summary>
public static class Equivalence
{
    private static readonly (string Word, MapRelationship Relationship, bool SaysMore)[] Words =
    [
        ("relatedto", MapRelationship.RelatedTo, false),
        ("equivalent", MapRelationship.Equivalent, false),
        ("equal", MapRelationship.Equivalent, true),
        ("wider", MapRelationship.SourceIsNarrowerThanTarget, false),
        ("subsumes", MapRelationship.SourceIsNarrowerThanTarget, true),
        ("narrower", MapRelationship.SourceIsBroaderThanTarget, false),
        ("specializes", MapRelationship.SourceIsBroaderThanTarget, true),
        ("inexact", MapRelationship.RelatedTo, true),
        ("unmatched", MapRelationship.NotRelatedTo, true),
        ("disjoint", MapRelationship.NotRelatedTo, false),
    ];

    /// <summary>The relationship of an R4 word, and the word itself when the relationship does not tell it.</summary>
    public static bool TryRead(string word, out MapRelationship relationship, out string? original)
    {
        foreach (var row in Words)
        {
            if (row.Word != word) continue;
            (relationship, original) = (row.Relationship, row.SaysMore ? word : null);
            return true;
        }
        (relationship, original) = (default, null);
        return false;
    }

    /// <summary>The relationship of an R5 word.</summary>
    public static bool TryReadRelationship(string word, out MapRelationship relationship)
    {
        foreach (var value in Enum.GetValues<MapRelationship>())
        {
            if (R5(value) != word) continue;
            relationship = value;
            return true;
        }
        relationship = default;
        return false;
    }

    /// <summary>The R4 word: the original one where there is one.</summary>
    public static string R4(MapRelationship relationship, string? original)
    {
        if (original is not null && Words.Any(row => row.Word == original)) return original;
        return Words.First(row => row.Relationship == relationship && !row.SaysMore).Word;
    }

    /// <summary>The R5 word.</summary>
    public static string R5(MapRelationship relationship) => relationship switch
    {
        MapRelationship.Equivalent => "equivalent",
        MapRelationship.SourceIsNarrowerThanTarget => "source-is-narrower-than-target",
        MapRelationship.SourceIsBroaderThanTarget => "source-is-broader-than-target",
        MapRelationship.NotRelatedTo => "not-related-to",
        _ => "related-to",
    };
}

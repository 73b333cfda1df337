using Terminology.Fhir.Maps;
using Terminology.Maps;

namespace Terminology.Loaders.Maps;

/// <summary>The words in which files say how source stands to target.</summary>
internal static class RelationshipWords
{
    /// <summary>Reads a word of FHIR R5, R4, SKOS, Usagi, Snap2SNOMED and the like.</summary>
    /// <param name="word">As written; prefix, case, blanks, hyphens and underscores do not count.</param>
    /// <param name="wider">What wider and narrower mean.</param>
    /// <param name="relationship">What it says.</param>
    /// <param name="original">The word, where it is not R5's own; else null.</param>
    public static bool TryRead(string word, WiderMeans wider, out MapRelationship relationship, out string? original)
    {
        var trimmed = word.Trim();
        original = null;
        if (Equivalence.TryReadRelationship(trimmed, out relationship)) return true;
        original = trimmed;
        var plain = Sheet.Normal(trimmed[(trimmed.LastIndexOf(':') + 1)..]);
        MapRelationship? read = plain switch
        {
            "equivalent" or "equal" or "exact" or "exactmatch" or "sameas" or "same" or "targetequivalent" => MapRelationship.Equivalent,
            "relatedto" or "related" or "relatedmatch" or "closematch" or "close" or "inexact" or "targetinexact" or "approximate" or "mapsto" => MapRelationship.RelatedTo,
            "notrelatedto" or "disjoint" or "unmatched" or "notrelated" => MapRelationship.NotRelatedTo,
            "sourceisnarrowerthantarget" or "targetbroader" or "subsumes" or "narrowerthan" => MapRelationship.SourceIsNarrowerThanTarget,
            "sourceisbroaderthantarget" or "targetnarrower" or "specializes" or "broaderthan" => MapRelationship.SourceIsBroaderThanTarget,
            "wider" or "broader" or "broad" or "broadmatch" => Wide(wider),
            "narrower" or "narrow" or "narrowmatch" => Wide(wider).Turn(),
            _ => null,
        };
        relationship = read ?? default;
        return read is not null;
    }

    /// <summary>The words that may be written, for messages.</summary>
    public const string Known = "equivalent, source-is-narrower-than-target, source-is-broader-than-target, related-to, not-related-to, or a word of R4, SKOS, Usagi or Snap2SNOMED";

    private static MapRelationship Wide(WiderMeans wider) => wider == WiderMeans.TargetMeansMore ? MapRelationship.SourceIsNarrowerThanTarget : MapRelationship.SourceIsBroaderThanTarget;
}

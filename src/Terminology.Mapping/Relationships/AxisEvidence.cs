using Terminology.Issues;
using Terminology.Mapping.Quality;
using Terminology.Mapping.Quality.Meaning;

namespace Terminology.Mapping.Relationships;

/// <summary>What the axes of a LOINC term and the columns of a list say of one another.</summary>
internal static class AxisEvidence
{
    public static IEnumerable<RelationshipEvidence> Of(RowFacts row, LoincAxes axes) => [.. Specimen(row, axes), .. Unit(row, axes), .. Method(row, axes), .. Time(row, axes)];

    private static IEnumerable<RelationshipEvidence> Specimen(RowFacts row, LoincAxes axes)
    {
        if (row.Specimen is not { } specimen) yield break;
        switch (LoincSystems.Fit(specimen.Name, axes.System))
        {
            case SystemFit.Vague: yield return new(EvidenceKind.SourceStatesMore, "specimen", RelationshipMessages.SourceStatesMore("specimen", specimen.Text, axes.System)); break;
            case SystemFit.Other: yield return new(EvidenceKind.Contradiction, "specimen", RelationshipMessages.Contradiction("specimen", specimen.Text, axes.System)); break;
            // A fluid that the list leaves open is one of the several it may be.
            case SystemFit.Within when specimen.Name == "body fluid": yield return new(EvidenceKind.TargetStatesMore, "specimen", RelationshipMessages.TargetStatesMore("specimen", axes.System)); break;
        }
    }

    private static IEnumerable<RelationshipEvidence> Unit(RowFacts row, LoincAxes axes)
    {
        if (row.UnitCode is not { } unit || UnitKinds.Of(unit) is var kind && kind == UnitKind.Unknown) yield break;
        if (axes.Scale is not ("Ord" or "Nom" or "Nar") && LoincProperties.Find(axes.Property) is { } property && !property.Kinds.Contains(kind)) yield return new(EvidenceKind.Contradiction, "unit", RelationshipMessages.Contradiction("unit", row.Unit, axes.Property));
    }

    private static IEnumerable<RelationshipEvidence> Method(RowFacts row, LoincAxes axes)
    {
        var (stated, method) = (row.Methods, MethodWords.OfLoinc(axes.Method));
        if (stated.Count > 0 && axes.Method.Length == 0 && row.In("method").Length > 0) yield return new(EvidenceKind.SourceStatesMore, "method", RelationshipMessages.SourceStatesMore("method", stated[0].Word, "no method"));
        else if (stated.Count > 0 && method is not null && stated.All(one => one.Method != method)) yield return new(EvidenceKind.Contradiction, "method", RelationshipMessages.Contradiction("method", stated[0].Word, axes.Method));
        else if (stated.Count == 0 && axes.Method.Length > 0 && row.In("method").Length == 0)
        {
            var where = RelationshipFinder.KnownFrom(row);
            yield return new(EvidenceKind.TargetStatesMore, "method", where is null ? RelationshipMessages.TargetStatesMore("method", axes.Method) : RelationshipMessages.KnownFromElsewhere("method", axes.Method, where));
        }
    }

    private static IEnumerable<RelationshipEvidence> Time(RowFacts row, LoincAxes axes)
    {
        var (source, target) = (row.IsOfDay, TimeWords.IsDay(axes.Time));
        if (source && axes.Time is "Pt") yield return new(EvidenceKind.Contradiction, "time", RelationshipMessages.Contradiction("time", "24 h", axes.Time));
        else if (!source && target && row.Specimen is not null) yield return new(EvidenceKind.TargetStatesMore, "time", RelationshipMessages.TargetStatesMore("time", axes.Time));
    }
}

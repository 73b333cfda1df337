using Terminology.Mapping.Quality.Governance;
using Terminology.Mapping.Quality.Meaning;
using Terminology.Mapping.Quality.Release;
using Terminology.Mapping.Quality.Shape;
using Terminology.Mapping.Quality.Target;

namespace Terminology.Mapping.Quality;

/// <summary>Every rule of quality of rows, in order of their ids. Those about a list as it comes in (MQ-0xx) are in <c>Lists/Damage</c>.</summary>
public static class QualityRules
{
    /// <summary>All rules.</summary>
    public static IReadOnlyList<QualityRule> All { get; } =
    [
        UnknownTarget.Rule, UnknownTarget.Unloaded, InactiveTarget.Rule, DiscouragedTarget.Rule, OutOfScope.Rule, OtherDisplay.Rule, NoticeMissing.OfRow, NoticeMissing.OfMap, WrongSystem.Rule,
        TagAgainstTemplate.Rule, UnitAgainstProperty.Rule, UnknownUnit.Rule, SpecimenAgainstSystem.Rule, ScaleAgainstResults.Rule, PanelAgainstObservation.Rule, TimeAgainstAxis.Rule, MethodAgainstAxis.Rule,
        SamplesAgainstOthers.Rule, QualifierOnOneSide.Rule, DrugAgainstParts.Rule, AmbiguousAbbreviation.Rule, OpenOnOneSide.Rule, ClassificationNotes.Rule,
        CommentMissing.Rule, ContradictoryContent.Rule, ContradictedRelationship.Rule, TooManyTargets.Rule, AmbiguousTargets.Rule, ConditionGaps.Rule, MapRules.Rule, NoMapReason.Rule, TargetTwice.Rule, SameTargetClaimed.Rule,
        SameNameOtherTarget.Rule, TwinRows.Rule, OtherMap.Rule, Composition.Rule, OutlierDepth.Rule,
        OwnApproval.Rule, StewardAndReview.Rule, StaleApproval.Rule, HastyApproval.Rule, BulkApproval.Rule, ExpiredWaiver.Rule,
        ReleaseGates.Tests, Coverage.Rule, ReleaseGates.Errors, Sunset.Rule, OldRelease.Rule,
    ];

    private static readonly Dictionary<string, QualityRule> ById = All.DistinctBy(rule => rule.Id).ToDictionary(rule => rule.Id, StringComparer.Ordinal);

    /// <summary>A rule by its id; null when there is none.</summary>
    public static QualityRule? Find(string id) => ById.GetValueOrDefault(id);
}

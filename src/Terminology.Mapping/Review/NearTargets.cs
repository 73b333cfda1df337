using Terminology.Mapping.Quality;
using Terminology.Mapping.Quality.Meaning;
using Terminology.Mapping.Rows;

namespace Terminology.Mapping.Review;

/// <summary>Which different targets are a close miss, as the loaded releases have them; what they do not know is far.</summary>
public static class NearTargets
{
    /// <summary>
    /// Parent and child in one step; one LOINC term and another that differs in its method alone; codes that a release or map says to be the same; drugs with the same ingredients,
    /// strengths and brand in another form.
    /// </summary>
    public static bool AreNear(ITargetFacts facts, RowTarget one, RowTarget other)
    {
        if (one.System != other.System) return IsTranslated(facts, one, other) || IsTranslated(facts, other, one);
        if (facts.IsParent(one.System, one.Code, other.Code) || facts.IsParent(one.System, other.Code, one.Code)) return true;
        if (IsReplaced(facts, one, other) || IsReplaced(facts, other, one)) return true;
        return facts.Find(one.System, one.Code) is { } first && facts.Find(other.System, other.Code) is { } second && (DifferInMethod(first, second) || DifferInForm(first, second));
    }

    private static bool IsTranslated(ITargetFacts facts, RowTarget one, RowTarget other) => facts.Translate(one.System, one.Code, other.System).Contains(other.Code);

    private static bool IsReplaced(ITargetFacts facts, RowTarget one, RowTarget other) => facts.Replacements(one.System, one.Code).Any(by => by.IsCertain && by.Code == other.Code);

    private static bool DifferInMethod(TargetConcept first, TargetConcept second)
        => first.Axes is { } one && second.Axes is { } other && one with { Method = "" } == other with { Method = "" };

    private static bool DifferInForm(TargetConcept first, TargetConcept second)
    {
        if (first.Drug is not { Ingredients.Count: > 0 } one || second.Drug is not { } other) return false;
        var strengths = DrugParts.Strengths(first.Display);
        return strengths.Count > 0 && one.Brand == other.Brand && one.Ingredients.ToHashSet(StringComparer.OrdinalIgnoreCase).SetEquals(other.Ingredients) && strengths.ToHashSet(StringComparer.Ordinal).SetEquals(DrugParts.Strengths(second.Display));
    }
}

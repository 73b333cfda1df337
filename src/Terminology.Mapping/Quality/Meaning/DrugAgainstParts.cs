using Terminology.Issues;

namespace Terminology.Mapping.Quality.Meaning;

/// <summary>MQ-211: ingredient, strength, form or brand of a drug differ. What one side does not say does not differ, but for an ingredient and a brand of the target.</summary>
internal static class DrugAgainstParts
{
    public static QualityRule Rule { get; } = new("MQ-211", FindingSeverity.Warning, "Parts of the drug differ", RuleScope.Row, Find) { AsksReleases = true };

    private static IEnumerable<Said> Find(RuleCase at)
    {
        foreach (var target in at.Row.Content.Targets)
        {
            if (at.Scene.Targets.Find(target.System, target.Code) is not { Drug: { } drug } concept || at.Row.Words.Count == 0) continue;
            var named = QualityMessages.Named(target.Code, concept.Display);
            foreach (var said in Of(at.Row, concept, drug, named)) yield return said;
        }
    }

    private static IEnumerable<Said> Of(RowFacts row, TargetConcept concept, DrugFacts drug, string named)
    {
        string[] words = [.. row.Names.SelectMany(Search.TermFolding.Words)];
        // A brand stands for its ingredients: where the names share it, nothing more is asked.
        if (drug.Brand is { } brand && !DrugParts.Names(words, brand)) yield return new(QualityMessages.BrandUnsaid(row.Quoted, brand, named));
        var unsaid = drug.Brand is { } known && DrugParts.Names(words, known) ? [] : drug.Ingredients.Where(ingredient => !DrugParts.Names(words, ingredient)).ToArray();
        if (unsaid.Length > 0) yield return new(QualityMessages.IngredientUnsaid(row.Quoted, string.Join(", ", unsaid), named));
        var (strengths, others) = (DrugParts.Strengths(row.Name), DrugParts.Strengths(concept.Display));
        if (strengths.Count > 0 && others.Count > 0 && !strengths.Intersect(others).Any()) yield return new(QualityMessages.OtherStrength(row.Quoted, string.Join(", ", strengths), named, string.Join(", ", others))) { Severity = FindingSeverity.Error };
        if (DrugParts.FormOf(row.Words) is { } form && DrugParts.FormOf(Search.TermFolding.Words(concept.Display)) is { } other && form != other) yield return new(QualityMessages.OtherForm(row.Quoted, form, named, other));
    }
}

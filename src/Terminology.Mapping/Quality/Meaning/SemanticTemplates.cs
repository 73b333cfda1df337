namespace Terminology.Mapping.Quality.Meaning;

/// <summary>Kinds of SNOMED CT concepts that rows of a kind map to, by words of domains, departments and categories.</summary>
internal static class SemanticTemplates
{
    private static readonly (string[] Words, string Name, string[] Tags)[] Known =
    [
        (["diagnosis", "diagnose", "condition", "problem", "probleem"], "a diagnosis", ["disorder", "finding", "situation", "event", "morphologic abnormality"]),
        (["procedure", "verrichting", "operatie", "operation"], "a procedure", ["procedure", "regime/therapy", "situation"]),
        (["drug", "medication", "medicatie"], "a drug", ["substance", "product", "medicinal product", "medicinal product form", "clinical drug", "real clinical drug", "physical object"]),
        (["route"], "a route", ["qualifier value"]),
        (["specimen"], "a specimen", ["specimen", "body structure", "substance"]),
        (["anatomic", "anatomical", "bodysite"], "a body site", ["body structure", "cell", "cell structure", "morphologic abnormality"]),
        (["device"], "a device", ["physical object"]),
        (["organism", "micro"], "an organism", ["organism"]),
        (["lab", "laboratory", "measurement"], "a measurement", ["observable entity", "procedure", "evaluation procedure", "finding"]),
    ];

    /// <summary>What a row is, by its own category before the domain of its map, and the kinds that fit; null when no word says.</summary>
    public static (string Name, string[] Tags)? For(RowFacts row, string domain)
    {
        // The category of a row says more than the department that entered it.
        foreach (var text in new[] { row.In("category"), row.In("panel"), row.In("department"), domain })
        {
            var words = Search.TermFolding.Words(text);
            if (words.Length > 0 && Array.Find(Known, known => known.Words.Any(words.Contains)) is { Name: not null } found) return (found.Name, found.Tags);
        }
        return null;
    }
}

using Terminology.Issues;

namespace Terminology.Mapping.Quality.Shape;

/// <summary>MQ-312: two rows of one name differ in one thing alone, their specimen or their unit, and their targets differ in another.</summary>
internal static class TwinRows
{
    private const int MostCompared = 30;

    public static QualityRule Rule { get; } = new("MQ-312", FindingSeverity.Warning, "Twins whose targets differ in another axis", RuleScope.Name, Find) { AsksReleases = true };

    private static IEnumerable<Said> Find(RuleCase at)
    {
        var rows = at.Rows.Where(row => row.Content.Targets.Count == 1).Select(row => (Row: row, at.Scene.Targets.Find(row.Content.Targets[0].System, row.Content.Targets[0].Code)?.Axes)).Where(pair => pair.Axes is not null).Take(MostCompared).ToArray();
        var clashes = new List<(RowFacts First, RowFacts Second, string Differ, string Axis, string One, string Other)>();
        for (var i = 0; i < rows.Length; i++)
        {
            for (var j = i + 1; j < rows.Length; j++)
            {
                if (Differ(rows[i].Row, rows[j].Row) is { } differ && Other(rows[i].Axes!, rows[j].Axes!, differ, rows[i].Row, rows[j].Row) is var (axis, one, other)) clashes.Add((rows[i].Row, rows[j].Row, differ, axis, one, other));
            }
        }
        // The row that clashes with most others is the odd one: said once, it takes its clashes with it.
        while (clashes.Count > 0)
        {
            var odd = clashes.SelectMany(clash => new[] { clash.First, clash.Second }).GroupBy(row => row).MaxBy(group => group.Count())!.Key;
            var own = clashes.Where(clash => clash.First == odd || clash.Second == odd).ToArray();
            var (first, second, differ, axis, one, other) = own[0];
            yield return new(QualityMessages.Twins(Named(first), Named(second), differ, axis, one, other)) { Rows = [.. own.SelectMany(clash => new[] { clash.First.Key, clash.Second.Key }).Distinct(StringComparer.Ordinal)] };
            clashes.RemoveAll(own.Contains);
        }
    }

    /// <summary>The one thing in which two rows differ; null when it is none or several.</summary>
    private static string? Differ(RowFacts first, RowFacts second)
    {
        var specimen = !string.Equals(first.Specimen?.Name, second.Specimen?.Name, StringComparison.Ordinal);
        var unit = first.Dimension != second.Dimension && first.Dimension.Length > 0 && second.Dimension.Length > 0; // a unit left out is no other unit
        if (first.In("method") != second.In("method") || first.In("valueType") != second.In("valueType")) return null;
        return specimen == unit ? null : specimen ? "specimen" : "unit";
    }

    /// <summary>The axis in which targets differ though nothing of their rows says so. Scale and property may follow from a unit that a list leaves out, the method from the specimen.</summary>
    private static (string Axis, string One, string Other)? Other(LoincAxes first, LoincAxes second, string differ, RowFacts one, RowFacts other)
    {
        if (Component(first) != Component(second)) return ("component", first.Component, second.Component);
        if (first.Time != second.Time) return ("time", first.Time, second.Time);
        if (differ == "specimen" && first.Property != second.Property && one.Dimension.Length > 0 && other.Dimension.Length > 0) return ("property", first.Property, second.Property);
        return differ == "unit" && first.System != second.System ? ("system", first.System, second.System) : null;
    }

    /// <summary>Without what a share is of: that follows from the unit and the specimen.</summary>
    private static string Component(LoincAxes axes) => axes.Component.Split('/')[0];

    private static string Named(RowFacts row) => $"{row.Quoted}{(row.Specimen is { } specimen ? $" of {specimen.Text}" : "")}{(row.Unit.Length > 0 ? $" in {row.Unit}" : "")}";
}

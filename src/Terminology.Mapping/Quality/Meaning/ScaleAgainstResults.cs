using Terminology.Issues;
using Terminology.Search;

namespace Terminology.Mapping.Quality.Meaning;

/// <summary>MQ-205: results are numbers and the LOINC term wants words, or the reverse.</summary>
internal static class ScaleAgainstResults
{
    private const double Most = 0.8;

    public static QualityRule Rule { get; } = new("MQ-205", FindingSeverity.Error, "Results do not fit the LOINC scale", RuleScope.Row, Find) { AsksReleases = true };

    private static readonly HashSet<string> OfNumbers = new(["numeric", "number", "num", "nm", "decimal", "integer", "int", "float", "real", "qn", "quantitative", "quantitativ", "numerisch", "zahl", "numerique", "numeriek", "numerico", "numeerinen", "quantity"], StringComparer.Ordinal);
    private static readonly HashSet<string> OfWords = new(["coded", "ce", "cwe", "cne", "ord", "nom", "ordinal", "nominal", "boolean", "bool", "text", "string", "st", "tx", "ft", "nar", "narrative", "qualitative", "qualitativ", "freitext", "codiert", "texte", "tekst", "gecodeerd", "texto", "codificado", "teksti", "koodattu", "dropdown"], StringComparer.Ordinal);

    private static IEnumerable<Said> Find(RuleCase at)
    {
        var (numbers, words, severity) = Signs(at.Row);
        if (numbers is null && words is null) yield break;
        foreach (var target in at.Row.Content.Targets)
        {
            if (at.Scene.Targets.Find(target.System, target.Code) is not { Axes: { } axes } concept) continue;
            var named = QualityMessages.Named(target.Code, concept.Display);
            if (numbers is not null && axes.Scale is "Ord" or "Nom" or "Nar" && numbers is { } number) yield return new(QualityMessages.NumbersForWords(at.Row.Quoted, number, named, axes.Scale)) { Severity = severity };
            if (words is not null && axes.Scale is "Qn") yield return new(QualityMessages.WordsForNumbers(at.Row.Quoted, words, named)) { Severity = severity };
        }
    }

    /// <summary>What tells that results are numbers or words. Samples and value types prove it; a unit alone makes it likely.</summary>
    private static (string? Numbers, string? Words, FindingSeverity? Severity) Signs(RowFacts row)
    {
        var samples = SampleValues.Of(row.In("samples"));
        var count = samples.Numbers.Count + samples.Texts.Count;
        if (count >= 3 && samples.Numbers.Count >= count * Most && samples.Numbers[^1] > samples.Numbers[0]) return ($"samples {row.In("samples")}", null, null);
        if (count >= 3 && samples.Texts.Count >= count * Most) return (null, $"samples {row.In("samples")}", null);
        var type = string.Join("", TermFolding.Words(row.In("valueType")));
        if (OfNumbers.Contains(type)) return ($"value type {row.In("valueType")}", null, null);
        if (OfWords.Contains(type)) return (null, $"value type {row.In("valueType")}", null);
        // A concentration is a number; counts in fields and arbitrary units come in steps (few, many) as well.
        return row.UnitCode is { } unit && UnitKinds.Of(unit) is UnitKind.MassConcentration or UnitKind.SubstanceConcentration or UnitKind.CatalyticConcentration or UnitKind.NumberConcentration or UnitKind.MassRate or UnitKind.SubstanceRate or UnitKind.Fraction
            ? ($"unit {row.Unit}", null, FindingSeverity.Warning) : (null, null, null);
    }
}

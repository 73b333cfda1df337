using System.Text;
using Terminology.Search;
using Terminology.Snomed;

namespace Terminology.Mapping.Lists;

/// <summary>What the values of one column are like. Shares are of the filled cells looked at.</summary>
internal sealed class ColumnContent
{
    private const int MostSampled = 2000;
    private const int MostCompared = 20_000;

    private static readonly HashSet<string> Relationships = new(
        [
            "equal", "equivalent", "equivalence", "wider", "narrower", "broader", "broad", "narrow", "exact", "inexact", "relatedto", "related", "unmatched", "unmapped", "subsumes", "specializes", "disjoint", "mapsto", "approximate", "exactmatch", "broadmatch", "narrowmatch", "closematch",
            "relatedmatch", "sourceisnarrowerthantarget", "sourceisbroaderthantarget", "notrelatedto", "nomatch", "partial", "skosexactmatch", "skosbroadmatch", "skosnarrowmatch", "skosclosematch", "unreviewed", "aquivalent", "equivalente", "identique", "gelijk",
        ], StringComparer.Ordinal);

    private static readonly HashSet<string> Statuses = new(
        ["approved", "unchecked", "flagged", "draft", "proposed", "accepted", "rejected", "pending", "inreview", "reviewed", "invalidtarget", "mapped", "unmapped", "done", "open", "ignored", "semapvhumancurated", "freigegeben", "geprueft", "offen", "goedgekeurd", "valide", "hyvaksytty", "active", "retired"], StringComparer.Ordinal);

    private static readonly HashSet<string> ValueTypes = new(
        [
            "numeric", "number", "num", "nm", "n", "decimal", "integer", "int", "float", "real", "string", "st", "text", "tx", "ft", "char", "coded", "code", "ce", "cwe", "cne", "sn", "codeableconcept", "quantity", "qn", "ord", "nom", "nar", "ordinal", "nominal", "narrative", "boolean", "bool", "date",
            "datetime", "dt", "ts", "quantitative", "qualitative", "quantitativ", "qualitativ", "numerisch", "zahl", "freitext", "codiert", "numerique", "texte", "code", "numeriek", "tekst", "gecodeerd", "numerico", "texto", "codificado", "numeerinen", "teksti", "koodattu", "dropdown", "list", "memo",
        ], StringComparer.Ordinal);

    private ColumnContent(IReadOnlyList<string> sample, int rows)
    {
        (Sample, Rows) = (sample, rows);
    }

    /// <summary>Rows of the table.</summary>
    public int Rows { get; }

    /// <summary>Filled cells looked at.</summary>
    public IReadOnlyList<string> Sample { get; }

    /// <summary>Filled cells of all cells looked at.</summary>
    public double Filled { get; private init; }

    /// <summary>Different values of all filled ones.</summary>
    public double Distinct { get; private init; }

    /// <summary>How many different values.</summary>
    public int Values { get; private init; }

    public double Units { get; private set; }

    public double Specimens { get; private set; }

    public double Loinc { get; private set; }

    public double Snomed { get; private set; }

    public double Counts { get; private set; }

    public double Numbers { get; private set; }

    public double Dates { get; private set; }

    public double Ranges { get; private set; }

    public double SampleLists { get; private set; }

    public double Systems { get; private set; }

    public double RelationshipWords { get; private set; }

    public double StatusWords { get; private set; }

    public double TypeWords { get; private set; }

    /// <summary>Values with a letter.</summary>
    public double Lettered { get; private set; }

    /// <summary>Mean number of words.</summary>
    public double Words { get; private set; }

    /// <summary>Mean length in characters.</summary>
    public double Length { get; private set; }

    public bool IsEmpty => Sample.Count == 0;

    /// <summary>Looks at a column: its kinds of value in up to 2,000 rows spread over the table, its distinctness in up to 20,000.</summary>
    public static ColumnContent Of(ListTable table, int column, UnitReader? units)
    {
        var (rows, sample) = (table.Lines.Count, new List<string>());
        var step = Math.Max(1, rows / MostSampled);
        for (var i = 0; i < rows; i += step)
        {
            if (TextRepair.Visible(table.Lines[i].Fields[column]) is { Length: > 0 } value) sample.Add(value);
        }
        var (seen, filled) = (new HashSet<string>(StringComparer.Ordinal), 0);
        var wide = Math.Max(1, rows / MostCompared);
        var looked = 0;
        for (var i = 0; i < rows; i += wide)
        {
            looked++;
            if (table.Lines[i].Fields[column] is not { Length: > 0 } value) continue;
            filled++;
            seen.Add(value);
        }
        var content = new ColumnContent(sample, rows) { Filled = looked == 0 ? 0 : (double)filled / looked, Distinct = filled == 0 ? 0 : (double)seen.Count / filled, Values = seen.Count };
        content.Measure(units);
        return content;
    }

    private void Measure(UnitReader? units)
    {
        Units = units is null ? 0 : Share(value => value.Any(character => char.IsLetter(character) || character is '%' or '‰' or '/') && units.Read(value) is not null);
        Specimens = Share(value => SpecimenWords.Read(value) is not null);
        Loinc = Share(value => LoincNumber.HasRightCheckDigit(value));
        Snomed = Share(IsSctid);
        Counts = Share(value => ValueReader.Count(value) is not null);
        Numbers = Share(ValueReader.IsNumber);
        Dates = Share(ValueReader.LooksLikeDate);
        Ranges = Share(value => ValueReader.IsRange(value) && !ValueReader.LooksLikeDate(value) && !LoincNumber.HasForm(value));
        SampleLists = Share(ValueReader.IsSamples);
        Systems = Share(IsSystem);
        RelationshipWords = Share(value => Relationships.Contains(Joined(value)));
        StatusWords = Share(value => Statuses.Contains(Joined(value)));
        TypeWords = Share(value => ValueTypes.Contains(Joined(value)));
        Lettered = Share(value => value.Any(char.IsLetter));
        Words = IsEmpty ? 0 : Sample.Average(value => value.Split((char[])[' ', ','], StringSplitOptions.RemoveEmptyEntries).Length);
        Length = IsEmpty ? 0 : Sample.Average(value => value.Length);
    }

    /// <summary>Is the text an SCTID by form, partition and check digit?</summary>
    public static bool IsSctid(string text)
        => text.Length is >= 6 and <= 18 && !text.AsSpan().ContainsAnyExceptInRange('0', '9') && Sctid.TryParse(Encoding.ASCII.GetBytes(text), out _);

    private static bool IsSystem(string value)
        => value.StartsWith("http://", StringComparison.Ordinal) || value.StartsWith("https://", StringComparison.Ordinal) || value.StartsWith("urn:", StringComparison.Ordinal) || value.StartsWith("2.16.840.", StringComparison.Ordinal)
            || Joined(value) is "loinc" or "ln" or "snomed" or "snomedct" or "sct" or "rxnorm" or "ucum" or "icd10" or "icd10cm" or "icd10gm" or "icd9cm" or "atc" or "ndc" or "omop";

    private static string Joined(string value) => value.Length > 60 ? "" : string.Concat(TermFolding.Words(value));

    private double Share(Func<string, bool> test)
    {
        if (IsEmpty) return 0;
        var hits = 0;
        foreach (var value in Sample)
        {
            if (test(value)) hits++;
        }
        return (double)hits / Sample.Count;
    }
}

using Terminology.Mapping.Lists;
using Terminology.Mapping.Rows;
using Terminology.Maps;

namespace Terminology.Mapping.Quality;

/// <summary>Rows and books of the tests of rules.</summary>
internal static class Probe
{
    public const string Snomed = "http://snomed.info/sct", Icd = "http://hl7.org/fhir/sid/icd-10", IcdCm = "http://hl7.org/fhir/sid/icd-10-cm", RxNorm = "http://www.nlm.nih.gov/research/umls/rxnorm";

    private static readonly Dictionary<string, string> Units = new()
    {
        ["mg/dL"] = "g.m-3", ["g/L"] = "g.m-3", ["mmol/L"] = "m-3", ["umol/L"] = "m-3", ["%"] = "1", ["10*9/L"] = "m-3", ["U/L"] = "m-3.s-1", ["mg/d"] = "g.s-1", ["mg"] = "g", ["fL"] = "m3", ["/uL"] = "m-3", ["s"] = "s",
    };

    public static UnitReader Reader { get; } = new(Units.GetValueOrDefault);

    /// <summary>A row that maps to a code, in draft.</summary>
    public static MapRow Row(string key, string name, string? code, MapRelationship relationship = MapRelationship.Equivalent, string system = Folk.Loinc, params (string Name, string Value)[] context) => new()
    {
        Key = key, Code = key.Split('|')[0], Display = name, State = MapRowState.Draft, Context = [.. context.Select(pair => KeyValuePair.Create(pair.Name, pair.Value))], ContentBy = ["ada"],
        Content = code is null ? RowContent.Empty : new() { Targets = [To(code, relationship, system)] },
    };

    public static RowTarget To(string code, MapRelationship relationship = MapRelationship.Equivalent, string system = Folk.Loinc) => new() { System = system, Code = code, Relationship = relationship };

    public static MapRow With(this MapRow row, params RowTarget[] targets) => row with { Content = new() { Targets = targets } };

    public static MapRow Approved(this MapRow row, string by = "ria", DateTimeOffset? at = null, params string[] authors)
        => row with { State = MapRowState.Approved, Approved = new(row.Content, authors.Length > 0 ? authors : ["ada"], by, at ?? Folk.Noon) { Meaning = MeaningFingerprint.Of(row).Hash } };

    public static QualityBook Book(ITargetFacts targets, params MapRow[] rows) => Book(new QualityScene(Folk.Map, targets, Reader), rows);

    public static QualityBook Book(QualityScene scene, params MapRow[] rows)
    {
        var book = new QualityBook(scene);
        book.Put(rows);
        return book;
    }

    public static IReadOnlyList<StandingFinding> By(this QualityBook book, string rule, MapFacts? whole = null) => [.. book.All(whole ?? new() { Now = Folk.Noon }).Where(found => found.Finding.RuleId == rule)];

    /// <summary>A rule finds what is wrong, says the facts, and has nothing to say any more once it is mended; of what was right from the beginning it says nothing.</summary>
    /// <returns>The finding.</returns>
    public static Finding Clears(string rule, QualityScene scene, MapRow[] wrong, MapRow[] mended, params string[] facts)
    {
        var book = Book(scene, wrong);
        var found = book.By(rule);
        Assert.That(found, Has.Count.EqualTo(1), $"{rule} finds it: {string.Join(" / ", book.All(new() { Now = Folk.Noon }).Select(one => $"{one.Finding.RuleId} {one.Finding.Text}"))}");
        foreach (var fact in facts) Assert.That(found[0].Finding.Text, Does.Contain(fact));
        book.Put(mended);
        Assert.That(book.By(rule), Is.Empty, $"{rule} is cleared");
        Assert.That(Book(scene, mended).By(rule), Is.Empty, $"{rule} misses what is right");
        return found[0].Finding;
    }

    public static Finding Clears(string rule, ITargetFacts targets, MapRow wrong, MapRow mended, params string[] facts) => Clears(rule, new QualityScene(Folk.Map, targets, Reader), [wrong], [mended], facts);
}

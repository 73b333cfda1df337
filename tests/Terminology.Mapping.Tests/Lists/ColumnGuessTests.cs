namespace Terminology.Mapping.Lists;

public sealed class ColumnGuessTests
{
    private static readonly string[] Rows =
    [
        "NA|Natrium|Na|mmol/l|Serum|ISE|Elektrolyte|numeric|135 - 145|Chemie|Labor Nord|12034|2025-10-01|4.1; 4.3; 4.6",
        "K|Kalium|K+|mmol/l|Serum|ISE|Elektrolyte|numeric|3,5 - 5,0|Chemie|Labor Nord|11988|2025-10-02|4.1; 4.3; 4.7",
        "GLU|Glukose|Zucker|mg/dL|Plasma|Hexokinase|Stoffwechsel|numeric|70 - 100|Chemie|Labor Nord|9120|2025-10-02|80; 90; 101",
        "WBC|Leukozyten|Leukos|10^9/l|Blut|Zählung|Blutbild|numeric|4,0 - 10,0|Hämatologie|Labor Süd|8000|2025-09-30|4.0; 5.5; 9.1",
    ];

    [TestCase("code|name|synonyms|unit|specimen|method|panel|data type|reference range|department|sender|frequency|last used|sample values")]
    [TestCase("Analysenkürzel|Bezeichnung|Kurzname|Einheit|Probenmaterial|Messverfahren|Profil|Werttyp|Referenzbereich|Fachbereich|Einsender|Anzahl|Zuletzt verwendet|Beispielwerte")]
    [TestCase("Code analyse|Libellé|Synonymes|Unité|Prélèvement|Méthode|Bilan|Type de résultat|Valeurs de référence|Secteur|Laboratoire|Fréquence|Dernière utilisation|Exemples")]
    [TestCase("Bepalingscode|Omschrijving|Synoniemen|Eenheid|Materiaal|Meetmethode|Testpakket|Resultaattype|Referentiewaarden|Afdeling|Afzender|Aantal|Laatst gebruikt|Voorbeelden")]
    [TestCase("Código|Descripción|Sinónimos|Unidad|Muestra|Técnica|Perfil|Tipo de resultado|Valores de referencia|Sección|Remitente|Frecuencia|Último uso|Ejemplos")]
    [TestCase("Koodi|Nimi|Synonyymit|Yksikkö|Näyte|Menetelmä|Paketti|Tulostyyppi|Viitearvot|Osasto|Lähettäjä|Lukumäärä|Viimeksi käytetty|Esimerkit")]
    [TestCase("local_code|LOCAL_NAME|Alias|UOM|SpecimenType|Analyzer|Battery|ValueType|RefRange|Section|Facility|Count|LastSeen|ExampleValues")]
    public void Of_HeadsOfManyLanguages_AreRecognised(string header)
    {
        var guesses = ColumnGuess.Of(TestLists.Table(header, Rows), TestLists.Units);
        Assert.That(guesses.Select(guess => guess.Role), Is.EqualTo(new[]
        {
            ColumnRole.Code, ColumnRole.Display, ColumnRole.Synonym, ColumnRole.Unit, ColumnRole.Specimen, ColumnRole.Method, ColumnRole.Panel, ColumnRole.ValueType, ColumnRole.ReferenceRange, ColumnRole.Department,
            ColumnRole.Sender, ColumnRole.Frequency, ColumnRole.LastUsed, ColumnRole.Samples,
        }), string.Join('\n', guesses));
    }

    [Test]
    public void Of_NamesThatSayNothing_GoesByContent()
    {
        var guesses = ColumnGuess.Of(TestLists.Table("a1|a2|a3|a4|a5|a6", "L1|Sodium level|mmol/L|Serum|2025-01-02|2951-2", "L2|Glucose level|mg/dL|Plasma|2025-01-03|2345-7", "L3|Leukocyte count|10*9/L|Blood|2025-02-02|6690-2",
            "L4|Potassium level|mmol/L|Serum|2025-01-09|2823-3", "L5|Hematocrit, auto|%|Blood|2025-01-02|4544-3", "L6|Urea nitrogen|mg/dL|Serum|2025-01-02|3094-0"), TestLists.Units);
        Assert.That(guesses.Select(guess => guess.Role), Is.EqualTo(new[] { ColumnRole.Code, ColumnRole.Display, ColumnRole.Unit, ColumnRole.Specimen, ColumnRole.LastUsed, ColumnRole.TargetCode }), string.Join('\n', guesses));
        Assert.That(guesses.Select(guess => guess.Reason), Has.All.EndsWith("."));
        Assert.That(guesses.Select(guess => guess.Confidence), Has.All.InRange(0.3, 0.85));
    }

    [Test]
    public void Of_NameAgainstContent_IsDistrusted()
    {
        var guesses = ColumnGuess.Of(TestLists.Table("code|name|frequency", "A|Sodium|often", "B|Potassium|seldom", "C|Chloride|never"), TestLists.Units);
        Assert.That(guesses[2].Role, Is.EqualTo(ColumnRole.Other).Or.Property(nameof(ColumnGuess.Confidence)).LessThan(0.3));
    }

    [Test]
    public void Of_SeveralDisplays_HaveTheirLanguages()
    {
        var guesses = ColumnGuess.Of(TestLists.Table("code|name_en|name_fi|Deutsch", "A|Sodium|Natrium|Natrium", "B|Blood count|Verenkuva|Kleines Blutbild"), TestLists.Units);
        Assert.That(guesses.Skip(1).Select(guess => (guess.Role, guess.Language)), Is.EqualTo(new[] { (ColumnRole.Display, "en"), (ColumnRole.Display, "fi"), (ColumnRole.Display, "de") }));
    }

    [Test]
    public void Of_ColumnsOfAMap_AreTargets()
    {
        var guesses = ColumnGuess.Of(TestLists.Table("local_code|local_name|target_system|target_code|target_name|relationship|mapping status|comment", "A|Sodium|http://loinc.org|2951-2|Sodium|equivalent|APPROVED|"), TestLists.Units);
        Assert.That(guesses.Select(guess => guess.Role), Is.EqualTo(new[]
        {
            ColumnRole.Code, ColumnRole.Display, ColumnRole.TargetSystem, ColumnRole.TargetCode, ColumnRole.TargetDisplay, ColumnRole.TargetRelationship, ColumnRole.TargetStatus, ColumnRole.TargetComment,
        }), string.Join('\n', guesses));
    }

    [Test]
    public void Of_RolesThatMayNotRepeat_AreGivenOnce()
    {
        var guesses = ColumnGuess.Of(TestLists.Table("code|id|unit|units|name", "A|1|mg/dL|mg/dL|Sodium", "B|2|mg/dL|g/L|Other"), TestLists.Units);
        foreach (var role in Enum.GetValues<ColumnRole>().Where(role => !role.MayRepeat())) Assert.That(guesses.Count(guess => guess.Role == role), Is.LessThanOrEqualTo(1), role.ToString());
    }

    [Test]
    public void Of_EmptyTable_GuessesByName()
        => Assert.That(ColumnGuess.Of(TestLists.Table("code|name"), null).Select(guess => guess.Role), Is.EqualTo(new[] { ColumnRole.Code, ColumnRole.Display }));
}

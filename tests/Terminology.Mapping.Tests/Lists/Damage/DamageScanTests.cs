using Terminology.Mapping.Quality;

namespace Terminology.Mapping.Lists.Damage;

public sealed class DamageScanTests
{
    [Test]
    public void BrokenInput_ProblemInReading_IsAnError()
    {
        var table = TestLists.Table("code|display", "A|x") with { Problems = [new(2, ListProblemKind.Quote, "Line 2 opens a quote.", "", false), new(3, ListProblemKind.Columns, "Line 3 has 5 fields.", "", true)] };
        var findings = Scan(table, "code|display").Where(finding => finding.RuleId == "MQ-001").ToArray();
        Assert.That(findings.Select(finding => (string.Join(',', finding.RowKeys), finding.Severity, finding.Text)), Is.EqualTo(new[] { ("A", FindingSeverity.Error, "Line 2 opens a quote."), ("", FindingSeverity.Error, "Line 3 has 5 fields.") }));
    }

    [Test]
    public void DuplicateKeys_SameContent_IsAWarningAndMerged()
    {
        var finding = Rule("MQ-002", "code|display|unit", "A|Sodium|mmol/L", "A|Sodium|mmol/L").Single();
        Assert.That((finding.Severity, finding.FixIt), Is.EqualTo((FindingSeverity.Warning, new FixIt("line", "3", ""))));
        Assert.That(finding.Text, Is.EqualTo("Line 3 repeats line 2 with the key 'A' and says the same; the two are merged."));
    }

    [Test]
    public void DuplicateKeys_OtherContent_IsAnErrorThatExtendsTheKey()
    {
        var finding = Rule("MQ-002", "code|display|unit", "A|Glucose|mg/dL", "A|Glucose|mmol/L").Single();
        Assert.That((finding.Severity, finding.FixIt), Is.EqualTo((FindingSeverity.Error, new FixIt("keyColumns", "code", "code + unit"))));
        Assert.That(finding.Text, Is.EqualTo("Line 3 has the key 'A' of line 2 but says something else (unit 'mmol/L' against 'mg/dL'); a key of code + unit tells them apart."));
    }

    [Test]
    public void DuplicateKeys_DistinctCodes_SayNothing() => Assert.That(Rule("MQ-002", "code|display", "A|x", "B|x"), Is.Empty);

    [TestCase("1-Sep", "9-1")]
    [TestCase("Sep-01", "9-1")]
    [TestCase("2025-09-01", "9-1")]
    [TestCase("01.09.2025", "9-1")]
    [TestCase("5-May", null)]
    [TestCase("3-Apr", "3-4")]
    [TestCase("Sep-45", null)]
    [TestCase("1.2E+05", null)]
    [TestCase("2,57E+08", null)]
    [TestCase("2.2298006E+07", "22298006")]
    [TestCase("1234567890123450000", null)]
    public void SpreadsheetDamage_DamagedCode_IsRestoredOnlyWhenProven(string code, string? restored)
    {
        var finding = Rule("MQ-003", "code|display", $"{code}|x", "2345-7|Glucose").Single();
        Assert.That((finding.Severity, finding.FixIt?.NewValue), Is.EqualTo((FindingSeverity.Error, restored)), finding.Text);
        Assert.That(finding.Text, Does.StartWith($"The code '{code}' in line 2 ").And.EndsWith(restored is null ? "ask for the file with this column as text." : $"the check digit proves that it was '{restored}'."));
    }

    [TestCase("1-9")]
    [TestCase("2345-7")]
    [TestCase("SEP-1")]
    [TestCase("1E5")]
    [TestCase("12-ABC")]
    [TestCase("3-Apr-Test")]
    [TestCase("123456789012345")]
    public void SpreadsheetDamage_SoundCode_SaysNothing(string code) => Assert.That(Rule("MQ-003", "code|display", $"{code}|x", "GLU|Glucose"), Is.Empty);

    [Test]
    public void SpreadsheetDamage_TargetCode_IsLookedAtToo()
        => Assert.That(Rule("MQ-003", "code|display|targetCode", "A|x|1-Sep").Single().FixIt, Is.EqualTo(new FixIt("target", "1-Sep", "9-1")));

    [Test]
    public void SpreadsheetDamage_LeadingZerosLost_AreRestoredByTheCheckDigitOfTheList()
    {
        string[] codes = [.. Enumerable.Range(1, 30).Select(number => Pzn(number * 312_345)).OfType<string>()];
        var lost = codes.First(code => code[0] == '0').TrimStart('0');
        var findings = Rule("MQ-003", "code|display", [.. codes.Where(code => code.TrimStart('0') != lost).Append(lost).Select(code => $"{code}|x")]).ToArray();
        Assert.That(findings.Single().FixIt, Is.EqualTo(new FixIt("code", lost, lost.PadLeft(8, '0'))));
    }

    [Test]
    public void SpreadsheetDamage_LeadingZerosLostWithoutCheckDigit_AreNamedAlone()
    {
        var findings = Rule("MQ-003", "code|display", [.. Enumerable.Range(0, 40).Select(number => $"{number * 37 + 13:D5}|x"), "913|y"]).ToArray();
        Assert.That(findings.Single().FixIt, Is.Null);
        Assert.That(findings[0].Text, Does.Contain("has 3 digits where the others have 5"));
    }

    [Test]
    public void SpreadsheetDamage_NumbersOfManyLengths_SayNothing()
        => Assert.That(Rule("MQ-003", "code|display", [.. Enumerable.Range(1, 200).Select(number => $"{number * number * 7}|x")]), Is.Empty);

    [Test]
    public void SpreadsheetDamage_SixteenDigitSctid_GetsItsCheckDigitBack()
    {
        string[] sound = [.. Enumerable.Range(0, 20).Select(number => Completed($"9{number:D2}10001000001210"[..15]))];
        var damaged = sound[3][..15] + "0";
        Assume.That(sound[3], Is.Not.EqualTo(damaged));
        var findings = Rule("MQ-003", "code|display", [.. sound.Where(code => code != sound[3]).Append(damaged).Select(code => $"{code}|x")]).ToArray();
        Assert.That(findings.Single().FixIt, Is.EqualTo(new FixIt("code", damaged, sound[3])));
    }

    [TestCase("Sodium\u00A0serum", "Sodium serum", "a no-break space")]
    [TestCase("Sod\u200Bium", "Sodium", "a zero-width character")]
    [TestCase("Sodium ", "Sodium", "a blank at its end")]
    [TestCase(" Sodium", "Sodium", "a blank at its beginning")]
    [TestCase("Sоdium", "Sodium", "letters of another script that look Latin")]
    [TestCase("HÃ¤moglobin", "Hämoglobin", "text in UTF-8 that was read as Windows-1252")]
    [TestCase("Verre Ã©â‚¬", "Verre é€", "text in UTF-8 that was read as Windows-1252")]
    [TestCase("HÃƒÂ¤moglobin", "Hämoglobin", "text in UTF-8 that was read as Windows-1252")]
    public void DamagedText_Damage_IsRepaired(string display, string repaired, string what)
    {
        var finding = Rule("MQ-004", "code|display", $"A|{display}").Single();
        Assert.That((finding.Severity, finding.FixIt), Is.EqualTo((FindingSeverity.Warning, new FixIt("display", display, repaired))));
        Assert.That(finding.Text, Does.Contain(what).And.Contains("line 2"));
    }

    [TestCase("Hämoglobin")]
    [TestCase("α1-Antitrypsin")]
    [TestCase("μg/L")]
    [TestCase("Натрий")]
    [TestCase("Γ-GT")]
    [TestCase("SÃO PAULO")]
    [TestCase("Õ")]
    public void DamagedText_SoundText_SaysNothing(string display) => Assert.That(Rule("MQ-004", "code|display", $"A|{display}"), Is.Empty);

    [TestCase("", "has no display")]
    [TestCase("a1", "has only its code as display")]
    [TestCase("12,5", "just a number")]
    [TestCase("--", "just signs")]
    public void SilentDisplay_Silence_IsAWarning(string display, string what)
    {
        var finding = Rule("MQ-005", "code|display", $"A1|{display}").Single();
        Assert.That((finding.Severity, finding.FixIt), Is.EqualTo((FindingSeverity.Warning, (FixIt?)null)));
        Assert.That(finding.Text, Does.Contain(what).And.Contains("ask its sender"));
    }

    [Test]
    public void SilentDisplay_AName_SaysNothing() => Assert.That(Rule("MQ-005", "code|display", "A1|pH"), Is.Empty);

    [Test]
    public void StandardCode_LoincAmongLocal_IsAsked()
    {
        var findings = Rule("MQ-006", "code|display", "2345-7|Glucose", "GLU|Glucose").ToArray();
        Assert.That(findings.Single().FixIt, Is.EqualTo(new FixIt("target", "", "http://loinc.org|2345-7")));
        Assert.That(findings[0].Severity, Is.EqualTo(FindingSeverity.Question));
    }

    [Test]
    public void StandardCode_LocalCodesOfThatForm_AreNotTakenForLoinc()
        => Assert.That(Rule("MQ-006", "code|display", [.. Enumerable.Range(1, 50).Select(number => $"{number}-1|x")]), Is.Empty);

    [Test]
    public void StandardCode_Sctids_AreAsked()
        => Assert.That(Rule("MQ-006", "code|display", "22298006|Myocardial infarction").Single().FixIt?.NewValue, Is.EqualTo("http://snomed.info/sct|22298006"));

    [Test]
    public void StandardCode_KnownCode_IsAskedWithItsDisplay()
    {
        var list = TestLists.List("code|display", "E11.9|Diabetes", "XX|x");
        var findings = StandardCode.Find(list.Rows, code => code == "E11.9" ? (new ConceptCode(CodeSystemUri.Icd10, code), "Type 2 diabetes") : null).ToArray();
        Assert.That(findings.Single().Text, Is.EqualTo("The code 'E11.9' in line 2 is 'Type 2 diabetes' of http://hl7.org/fhir/sid/icd-10; is that what it means?"));
    }

    [Test]
    public void OtherLanguage_GermanDeclaredFinnish_IsSaid()
    {
        var finding = Rule("MQ-009", "code|display:fi", "A|Kleines Blutbild", "B|Verenkuva", "C|Natrium", "D|TSH").Single();
        Assert.That((finding.Severity, finding.RowKeys.Single()), Is.EqualTo((FindingSeverity.Information, "A")));
        Assert.That(finding.Text, Is.EqualTo("The display 'Kleines Blutbild' in line 2 reads as 'de', declared is 'fi'."));
    }

    [TestCase("code|display")]
    [TestCase("code|display:ja")]
    [TestCase("code|display:de-AT")]
    public void OtherLanguage_UndeclaredOrRight_SaysNothing(string header) => Assert.That(Rule("MQ-009", header, "A|Kleines Blutbild"), Is.Empty);

    private static IEnumerable<Finding> Rule(string id, string header, params string[] rows) => Scan(TestLists.Table(header, rows), header).Where(finding => finding.RuleId == id);

    private static IReadOnlyList<Finding> Scan(ListTable table, string header)
    {
        var recipe = TestLists.Recipe(header);
        return DamageScan.Of(table, recipe, SourceList.From(table, recipe));
    }

    private static string? Pzn(int number)
    {
        var digits = number.ToString("D7", System.Globalization.CultureInfo.InvariantCulture);
        var check = digits.Select((digit, index) => (digit - '0') * (index + 1)).Sum() % 11;
        return check == 10 ? null : digits + check;
    }

    private static string Completed(string digits) => Enumerable.Range(0, 10).Select(digit => $"{digits}{digit}").First(code => Snomed.Sctid.TryParse(System.Text.Encoding.ASCII.GetBytes(code), out _));
}

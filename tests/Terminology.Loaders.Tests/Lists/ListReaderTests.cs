using System.IO.Compression;
using System.Text;
using MiniExcelLibs;
using Terminology.Issues;
using Terminology.Loaders.Input;
using Terminology.Mapping.Lists;

namespace Terminology.Loaders.Lists;

public sealed class ListReaderTests
{
    private const string Plain = "code,name,unit\nNA,Sodium,mmol/L\nGLU,\"Glucose, serum\",mg/dL\n";

    [Test]
    public void Read_PlainCsv_AnswersRowsAndRecipe()
    {
        var read = ListFile.Read(Plain);
        Assert.Multiple(() =>
        {
            Assert.That(read.Table.Columns, Is.EqualTo(new[] { "code", "name", "unit" }));
            Assert.That(Rows(read), Is.EqualTo(new[] { "NA|Sodium|mmol/L", "GLU|Glucose, serum|mg/dL" }));
            Assert.That(read.Table.Lines.Select(line => line.Line), Is.EqualTo(new[] { 2, 3 }));
            Assert.That(read.Recipe, Is.EqualTo(new ListRecipe { Encoding = "utf-8", Delimiter = ',', Quote = '"', HeaderLines = 1 }));
            Assert.That(read.Table.Account, Is.EqualTo(new ListAccount(1, 2, 0, 0, 3)));
            Assert.That(read.Notes, Has.Count.EqualTo(3).And.All.EndsWith("."));
        });
    }

    [TestCase("utf-8", true)]
    [TestCase("utf-8", false)]
    [TestCase("utf-16", true)]
    [TestCase("utf-16BE", true)]
    [TestCase("utf-16", false)]
    [TestCase("windows-1252", false)]
    public void Read_EncodingsAndMarks_AreFoundOut(string name, bool hasMark)
    {
        var encoding = Encodings.Named(name, "");
        byte[] bytes = [.. hasMark ? encoding.GetPreamble() : [], .. encoding.GetBytes("Kürzel;Bezeichnung\nHB;Hämoglobin\nÖ1;Östradiol\n")];
        var read = ListFile.Read(bytes);
        Assert.That(Rows(read), Is.EqualTo(new[] { "HB|Hämoglobin", "Ö1|Östradiol" }));
        Assert.That((read.Recipe.Encoding, read.Recipe.Delimiter, read.Table.Columns[0]), Is.EqualTo((name, (char?)';', "Kürzel")));
    }

    [Test]
    public void Read_OddBytesInUtf8_CostTheirRowsAlone()
    {
        byte[] bytes = [.. "code,name\n"u8, .. Encoding.UTF8.GetBytes("A,Hämoglobin\nB,Östradiol\nC,Größe\n"), .. "D,K"u8, 0xE4, .. "se\nE,x\n"u8];
        var read = ListFile.Read(bytes);
        Assert.That((read.Recipe.Encoding, read.Table.Lines.Count), Is.EqualTo(("utf-8", 5)));
        Assert.That(read.Table.Problems.Select(problem => (problem.Line, problem.Kind, problem.IsRejected)), Is.EqualTo(new[] { (5, ListProblemKind.Encoding, false) }));
    }

    [TestCase("code;name;value\nA;x;1,5\nB;y;2,5\nC;z;3,25\n", ';', TestName = "semicolons and decimal commas")]
    [TestCase("code\tname\nA\tx, y\nB\ty, z\n", '\t', TestName = "tabs")]
    [TestCase("code|name|unit\nA|x|mg\nB|y, z|g\n", '|', TestName = "pipes")]
    [TestCase("code^name^unit\nA^x^mg\nB^y^g\n", '^', TestName = "carets")]
    [TestCase("code,name\r\n\"A|1\",\"x;y\"\r\n\"B|2\",\"y;z\"\r\n", ',', TestName = "commas with other delimiters inside")]
    public void Read_Delimiters_AreFoundOut(string text, char delimiter)
    {
        var read = ListFile.Read(text);
        Assert.That(read.Recipe.Delimiter, Is.EqualTo(delimiter));
        Assert.That((read.Table.Columns[0], read.Table.Problems.Count), Is.EqualTo(("code", 0)));
    }

    [Test]
    public void Read_QuotesWithLineBreaks_AreOneRow()
    {
        var read = ListFile.Read("code,name\r\nA,\"first\r\nsecond \"\"quoted\"\"\"\r\nB,x\r\n");
        Assert.That(Rows(read), Is.EqualTo(new[] { "A|first\nsecond \"quoted\"", "B|x" }));
        Assert.That(read.Table.Lines.Select(line => line.Line), Is.EqualTo(new[] { 2, 4 }));
        Assert.That(read.Table.Account.PhysicalLines, Is.EqualTo(4));
    }

    [Test]
    public void Read_Apostrophes_AreFoundOut()
        => Assert.That(Rows(ListFile.Read("'code','name'\n'A','x, y'\n'B','it''s'\n")), Is.EqualTo(new[] { "A|x, y", "B|it's" }));

    [TestCase("B,\"y,mg", "B|\"y|mg")]
    [TestCase("B,\"y, with comma,mg", null)]
    public void Read_MissingQuote_CostsOneRow(string line, string? kept)
    {
        var read = ListFile.Read($"code,name,unit\nA,x,mg\n{line}\nC,z,\"g\"\nD,w,g\n");
        Assert.That(Rows(read), Is.EqualTo(new[] { "A|x|mg", kept, "C|z|g", "D|w|g" }.OfType<string>()));
        var problem = read.Table.Problems.Single();
        Assert.That((problem.Line, problem.Kind, problem.IsRejected, problem.Raw), Is.EqualTo((3, ListProblemKind.Quote, kept is null, line)));
    }

    [Test]
    public void Read_UnevenRows_AreKeptOrRejectedWithTheirReason()
    {
        var read = ListFile.Read("code,name,unit\nA,x\nB,y,mg,extra\nC,z,g,,\n\n,,\nD,w,g\n");
        Assert.That(Rows(read), Is.EqualTo(new[] { "A|x|", "C|z|g", "D|w|g" }));
        Assert.That(read.Table.Problems.Select(problem => (problem.Line, problem.IsRejected)), Is.EqualTo(new[] { (2, false), (3, true) }));
        Assert.That(read.Table.Problems[1].Text, Is.EqualTo("Line 3 has 4 fields where there are 3 columns; is a field with the delimiter in it not quoted?"));
        Assert.That(read.Table.Account, Is.EqualTo(new ListAccount(1, 3, 1, 2, 7)));
    }

    [TestCase("GLU,Glucose,mg/dL,80\nNA,Sodium,mmol/L,140\nK,Potassium,mmol/L,4\n", 0)]
    [TestCase("A1,Glucose\nA2,Sodium\nA3,Potassium\n", 0)]
    [TestCase("foo,bar\nA,Glucose\nB,Sodium\n", 1)]
    [TestCase("HL7 v2,,HL7 FHIR,\nCode,Text,Code,Display\nA,x,a,y\nB,z,b,w\n", 2)]
    [TestCase("Code,Name,Unit\nKoodi,Nimi,Yksikkö\nA,x,mg\nB,y,g\n", 2)]
    public void Read_HeaderLines_AreFoundOut(string text, int lines) => Assert.That(ListFile.Read(text).Recipe.HeaderLines, Is.EqualTo(lines));

    [Test]
    public void Read_TwoHeaderLines_NameColumnsDistinctly()
        => Assert.That(ListFile.Read("HL7 v2,,HL7 FHIR,\nCode,Text,Code,Display\nA,x,a,y\nB,z,b,w\n").Table.Columns, Is.EqualTo(new[] { "HL7 v2 / Code", "Text", "HL7 FHIR / Code", "Display" }));

    [Test]
    public void Read_NoHeader_NumbersTheColumns()
    {
        var read = ListFile.Read("A1;Glucose\nA2;Sodium\n", new() { HeaderLines = 0 });
        Assert.That((string.Join(',', read.Table.Columns), read.Table.Lines.Count), Is.EqualTo(("column 1,column 2", 2)));
    }

    [Test]
    public void Read_OneColumn_IsAList()
        => Assert.That(Rows(ListFile.Read("name\nGlucose, serum\nSodium\nPotassium\n")), Is.EqualTo(new[] { "Glucose, serum", "Sodium", "Potassium" }));

    [Test]
    public void Read_WithItsOwnRecipe_IsTheSame()
    {
        var first = ListFile.Read("Kürzel;Name;Einheit\nA;x;mg\nB;y;g\n", encoding: Encodings.Windows1252);
        var recipe = first.Recipe.With(ColumnGuess.Of(first.Table, null)) with { KeyColumns = ["Kürzel", "Einheit"] };
        var second = ListFile.Read("Kürzel;Name;Einheit\nC;ö;mg\n", recipe, Encodings.Windows1252);
        Assert.That((second.Recipe, Rows(second).Single()), Is.EqualTo((recipe, "C|ö|mg")));
        Assert.That(SourceList.From(second.Table, second.Recipe).Rows.Single().Key, Is.EqualTo("C|mg"));
    }

    [Test]
    public void Read_RecipeThatDoesNotFit_NamesTheColumn()
        => Assert.That(() => ListFile.Read(Plain, new() { Columns = [new("code", ColumnRole.Code), new("Einheit", ColumnRole.Unit)] }), Throws.TypeOf<ReleaseFormat>().With.Message.Contains("needs the column 'Einheit'").And.Message.Contains("code, name, unit"));

    [TestCase("", "the file is empty")]
    [TestCase("\n\n \n", "no text")]
    [TestCase("{\"resourceType\":\"Patient\"}", "this is a Patient")]
    [TestCase("{\"resourceType\":\"ValueSet\"}", "lists no codes itself")]
    [TestCase("{\"a\": ", "no JSON")]
    public void Read_NoList_SaysWhy(string text, string says) => Assert.That(() => ListFile.Read(text), Throws.TypeOf<ReleaseFormat>().With.Message.Contains(says));

    [Test]
    public void Read_DamagedArchives_SayWhy()
    {
        Assert.That(() => ListFile.Read([.. "PK\u0003\u0004"u8, 1, 2, 3, 4, 5], name: "list.xlsx"), Throws.TypeOf<ReleaseFormat>());
        Assert.That(() => ListFile.Read([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6], name: "list.csv.gz"), Throws.TypeOf<ReleaseFormat>());
        Assert.That(() => ListFile.Read(new byte[] { 0xD0, 0xCF, 0x11, 0xE0, 0 }, name: "list.xls"), Throws.TypeOf<ReleaseFormat>().With.Message.Contains(".xls"));
    }

    [Test]
    public void Read_Gzip_IsSeenThrough()
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(Encoding.UTF8.GetBytes(Plain));
        Assert.That(ListFile.Read(packed.ToArray(), name: "list.csv.gz").Table.Lines, Has.Count.EqualTo(2));
    }

    [Test]
    public void Read_Workbook_ChoosesTheSheetAndKeepsText()
    {
        var stream = new MemoryStream();
        stream.SaveAs(new Dictionary<string, object>
        {
            ["Notes"] = new[] { new { A = "made by the laboratory" } },
            ["Tests"] = new[] { new { Code = "0012", Name = "Sodium", Count = 1234.0, Low = 3.5, Seen = new DateTime(2025, 9, 1) }, new { Code = "7", Name = "Größe", Count = 1e15, Low = 0.1, Seen = new DateTime(2025, 9, 2, 8, 30, 0) } },
        });
        var read = ListFile.Read(stream.ToArray(), name: "list.xlsx");
        Assert.That((read.Recipe.Sheet, read.Recipe.HeaderLines, string.Join(',', read.Table.Columns)), Is.EqualTo(("Tests", (int?)1, "Code,Name,Count,Low,Seen")));
        Assert.That(Rows(read), Is.EqualTo(new[] { "0012|Sodium|1234|3.5|2025-09-01", "7|Größe|1000000000000000|0.1|2025-09-02 08:30:00" }));
        Assert.That(() => ListFile.Read(stream.ToArray(), new() { Sheet = "None" }, "list.xlsx"), Throws.TypeOf<ReleaseFormat>().With.Message.Contains("Notes, Tests"));
    }

    [Test]
    public void Read_WorkbookWithoutARow_KeepsTheLinesOfTheRest()
    {
        var stream = new MemoryStream();
        stream.SaveAs(new[] { new { Code = "A", Name = "x" }, new { Code = "B", Name = "y" }, new { Code = "C", Name = "z" } });
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Update, leaveOpen: true))
        {
            var sheet = archive.Entries.Single(entry => entry.FullName.Contains("worksheets/sheet1.xml", StringComparison.Ordinal));
            string xml;
            using (var reader = new StreamReader(sheet.Open())) xml = reader.ReadToEnd();
            using var writer = new StreamWriter(sheet.Open());
            writer.BaseStream.SetLength(0);
            writer.Write(System.Text.RegularExpressions.Regex.Replace(xml, "<x:row r=\"3\".*?</x:row>", ""));
        }
        var read = ListFile.Read(stream.ToArray(), name: "list.xlsx");
        Assert.That(read.Table.Lines.Select(line => $"{line.Line}: {string.Join('|', line.Fields)}"), Is.EqualTo(new[] { "2: A|x", "4: C|z" }));
        Assert.That(read.Table.Account, Is.EqualTo(new ListAccount(1, 2, 0, 1, 4)));
    }

    [Test]
    public void Read_CodeSystem_HasConceptsOfAnyDepth()
    {
        var read = ListFile.Read("""
            {"resourceType":"CodeSystem","language":"en","concept":[
              {"code":"A","display":"Alpha","designation":[{"language":"de","value":"Alfa"},{"language":"de","value":"Alfa 2"}],"property":[{"code":"unit","valueString":"mg"}],
               "concept":[{"code":"A1","display":"Alpha one","property":[{"code":"kind","valueCoding":{"code":"x"}},{"code":"n","valueInteger":3}]}]}]}
            """);
        Assert.That(read.Table.Columns, Is.EqualTo(new[] { "code", "display", "display [de]", "synonym [de]", "unit", "parent", "kind", "n" }));
        Assert.That(Rows(read), Is.EqualTo(new[] { "A|Alpha|Alfa|Alfa 2|mg|||", "A1|Alpha one||||A|x|3" }));
        var row = SourceList.From(read.Table, read.Recipe).Rows[0];
        Assert.That(row.Displays, Is.EqualTo(new LanguageText[] { new("en", "Alpha"), new("de", "Alfa") }));
        Assert.That(row.Extra, Does.Contain(KeyValuePair.Create("unit", "mg")));
    }

    [Test]
    public void Read_ValueSets_ListTheirCodes()
    {
        var compose = ListFile.Read("""{"resourceType":"ValueSet","compose":{"include":[{"system":"http://a","concept":[{"code":"1","display":"x"}]},{"system":"http://b","concept":[{"code":"1"}]}]}}""");
        Assert.That(SourceList.From(compose.Table, compose.Recipe).Rows.Select(row => row.Key), Is.EqualTo(new[] { "http://a|1", "http://b|1" }));
        var expansion = ListFile.Read("""{"resourceType":"ValueSet","expansion":{"contains":[{"display":"Heading","contains":[{"system":"http://a","code":"1","display":"x"}]}]}}""");
        Assert.That(Rows(expansion), Is.EqualTo(new[] { "1|x|http://a" }));
    }

    private static string[] Rows(ReadList read) => [.. read.Table.Lines.Select(line => string.Join('|', line.Fields))];
}

using System.IO.Compression;
using System.Text;
using Terminology.CodeSystems;
using Terminology.Issues;
using Terminology.Loaders.Input;
using Terminology.Maps;
using Terminology.Releases;

namespace Terminology.Loaders;

/// <summary>What comes in broken: each fault is named with its file, its line where it has one, and what to do; nothing crashes and nothing is half-loaded.</summary>
public sealed class NativeBadInputTests
{
    private const string Concept = "id\teffectiveTime\tactive\tmoduleId\tdefinitionStatusId\n", Description = "id\teffectiveTime\tactive\tmoduleId\tconceptId\tlanguageCode\ttypeId\tterm\tcaseSignificanceId\n";
    private const string GoodConcept = "22298006\t20200101\t1\t900000000000207008\t900000000000074008\n";

    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("terminology-bad").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    /// <summary>RF2 rows that are refused: the row, its place, the reason.</summary>
    [TestCase("22298007\t20200101\t1\t900000000000207008\t900000000000074008\n", ":2:1", "check digit")]
    [TestCase("1234\t20200101\t1\t900000000000207008\t900000000000074008\n", ":2:1", "6 to 18 digits")]
    [TestCase("abc\t20200101\t1\t900000000000207008\t900000000000074008\n", ":2:1", "6 to 18 digits")]
    [TestCase("22298006\t20240231\t1\t900000000000207008\t900000000000074008\n", ":2:2", "no date")]
    [TestCase("22298006\t2020\t1\t900000000000207008\t900000000000074008\n", ":2:2", "no date")]
    [TestCase("22298006\t20200101\tyes\t900000000000207008\t900000000000074008\n", ":2:3", "neither 0 nor 1")]
    [TestCase("22298006\t20200101\t1\t900000000000207009\t900000000000074008\n", ":2:4", "moduleId")]
    [TestCase("22298006\t20200101\t1\t900000000000207008\tx\n", ":2:5", "definitionStatusId")]
    [TestCase("22298006\t20200101\t1\t900000000000207008\n", ":2", "4 fields where 5")]
    [TestCase("22298006\t20200101\t1\t900000000000207008\t900000000000074008\textra\n", ":2", "6 fields where 5")]
    [TestCase("# a comment\n", ":2", "1 fields where 5")]
    [TestCase("\n22298006\t20200101\t1\t900000000000207008\t900000000000074008\n", ":2", "blank")]
    public void Rf2_WrongRow_IsRejectedAndNamed(string row, string place, string reason)
    {
        var report = LoadRf2(Concept + row);
        var problem = report.Problems.Single(problem => problem.Rejects);
        Assert.That(problem.ToString(), Does.Contain("concepts.txt" + place).And.Contain(reason));
        Assert.That(report.Files.Single(file => file.File.EndsWith("concepts.txt", StringComparison.Ordinal)).Rejected, Is.EqualTo(1));
    }

    [Test]
    public void Rf2_NotUtf8_IsRejectedWithAdvice_AndReadWithTheEncodingNamed()
    {
        byte[] latin = [.. Encoding.UTF8.GetBytes(Description + "123456015\t20200101\t1\t900000000000207008\t22298006\ten\t900000000000013009\tM"), 0xE9, .. Encoding.UTF8.GetBytes("ni\t900000000000448009\n")];
        var report = LoadRf2(Concept + GoodConcept, latin);
        Assert.That(report.Problems.Single().ToString(), Does.Contain("descriptions.txt:2").And.Contain("--encoding windows-1252"));
    }

    [Test]
    public void Rf2_Bom_Crlf_AndQuotesInTerms_AreNormal()
    {
        var rows = "\uFEFF" + Description.Replace("\n", "\r\n", StringComparison.Ordinal) + "101013\t20200101\t1\t900000000000207008\t22298006\ten\t900000000000013009\tSo-called \"heart attack\"\t900000000000448009\r\n";
        var report = LoadRf2(Concept + GoodConcept, Encoding.UTF8.GetBytes(rows));
        Assert.That(report.Problems, Is.Empty);
        Assert.That(report.Read, Is.EqualTo(2));
    }

    [Test]
    public void Rf2_ALineWithoutEnd_IsRejectedWithoutHoldingIt()
    {
        var report = LoadRf2(Concept + new string('1', 40 << 20) + "\n" + GoodConcept);
        Assert.That(report.Problems.Single().Reason, Does.Contain("longer than 16 MB"));
        Assert.That(report.Kept, Is.EqualTo(2));
    }

    [Test]
    public void Rf2_NulBytes_AreNamed() => Assert.That(LoadRf2(Concept + "22298006\t20200101\t1\t9000\0\t1\n").Problems.Single().Reason, Does.Contain("NUL"));

    [Test]
    public void Rf2_WithoutConcepts_SaysWhatIsMissing()
    {
        Write("descriptions.txt", Description);
        Assert.That(Recognise, Throws.TypeOf<ReleaseFormat>().With.Message.Contains("concept file").And.Message.Contains("Import the whole package"));
    }

    [Test]
    public void Nothing_Recognised_SaysWhatWouldBe()
    {
        Write("letter.doc", "hello");
        Assert.That(Recognise, Throws.TypeOf<ReleaseFormat>().With.Message.Contains("letter.doc").And.Message.Contains("SNOMED CT RF2"));
    }

    [Test]
    public void Path_ThatIsNotThere_IsNamed()
        => Assert.That(() => ReleaseFiles.Open(Path.Combine(_folder, "no-such"), Scratch), Throws.TypeOf<ReleaseFormat>().With.Message.Contains("no-such").And.Message.Contains("no such file"));

    [Test]
    public void Folder_Empty_IsNamed() => Assert.That(() => ReleaseFiles.Open(_folder, Scratch), Throws.TypeOf<ReleaseFormat>().With.Message.Contains("no file"));

    [Test]
    public void Zip_Truncated_IsNamed()
    {
        var path = Zip(("a.txt", "hello"));
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..40]);
        Assert.That(() => ReleaseFiles.Open(path, Scratch), Throws.TypeOf<ReleaseFormat>().With.Message.Contains("a.zip").And.Message.Contains("fetch it again"));
        Assert.That(Directory.Exists(Scratch), Is.False);
    }

    [Test]
    public void Zip_MemberOutside_IsRefused()
        => Assert.That(() => ReleaseFiles.Open(Zip(("../../evil.txt", "x")), Scratch), Throws.TypeOf<ReleaseFormat>().With.Message.Contains("evil.txt").And.Message.Contains("hostile"));

    [Test]
    public void Zip_Bomb_IsRefusedByRatio()
    {
        var path = Path.Combine(_folder, "a.zip");
        using (var archive = ZipFile.Open(path, ZipArchiveMode.Create))
        using (var member = archive.CreateEntry("zeros.txt").Open())
        {
            var zeros = new byte[1 << 20];
            for (var i = 0; i < 150; i++) member.Write(zeros);
        }
        Assert.That(() => ReleaseFiles.Open(path, Scratch), Throws.TypeOf<ReleaseFormat>().With.Message.Contains("bomb"));
    }

    [Test]
    public void Zip_Bomb_IsRefusedBySize()
        => Assert.That(() => ReleaseFiles.Open(Zip(("a.txt", new string('x', 5000))), Scratch, new() { TotalBytes = 1000 }), Throws.TypeOf<ReleaseFormat>().With.Message.Contains("unpacks to more"));

    [Test]
    public void Zip_TooManyMembers_IsRefused()
        => Assert.That(() => ReleaseFiles.Open(Zip(("a.txt", "x"), ("b.txt", "y")), Scratch, new() { Members = 1 }), Throws.TypeOf<ReleaseFormat>().With.Message.Contains("2 members"));

    [Test]
    public void Zip_LitterOfOperatingSystems_IsLeftOut()
    {
        using var files = ReleaseFiles.Open(Zip(("__MACOSX/._a.txt", "x"), ("d/.DS_Store", "x"), ("d/a.txt", "x")), Scratch);
        Assert.That(files.Files.Select(file => file.Name), Is.EqualTo(new[] { "a.txt" }));
    }

    [Test]
    public void Tgz_Truncated_IsNamed()
    {
        var path = Path.Combine(_folder, "a.tgz");
        using (var gzip = new GZipStream(File.Create(path), CompressionMode.Compress)) gzip.Write(new byte[300]);
        Assert.That(() => ReleaseFiles.Open(path, Scratch), Throws.TypeOf<ReleaseFormat>().With.Message.Contains("a.tgz"));
    }

    [TestCase("LOINC_NUM,LONG_COMMON_NAME\nGLU,x\n", ":2:1", "no LOINC code")]
    [TestCase("LOINC_NUM,LONG_COMMON_NAME\n2345-7,x\n2345-7,y\n", ":3:1", "stands in line 2 already")]
    [TestCase("LOINC_NUM,LONG_COMMON_NAME\n2345-7,x,too,many\n", ":2", "4 fields where the header has 2")]
    [TestCase("LOINC_NUM,LONG_COMMON_NAME\n2345-8,x\n", ":2:1", "check digit of 2345-8 is wrong; the code is kept")]
    [TestCase("LOINC_NUM,LONG_COMMON_NAME\n1-Sep,x\n", ":2:1", "turned into a date; its check digit proves 9-1")]
    public void Loinc_WrongRow_IsNamed(string table, string place, string reason)
    {
        Write("Loinc.csv", table);
        Assert.That(Load(new() { As = new("http://loinc.org", "2.82") }).Problems.Single().ToString(), Does.Contain("Loinc.csv" + place).And.Contain(reason));
    }

    [Test]
    public void Loinc_PartsAlone_SayThatTheTableIsMissing()
    {
        Write("Part.csv", "PartNumber,PartTypeName,PartName,PartDisplayName,Status\n");
        Assert.That(Recognise, Throws.TypeOf<ReleaseFormat>().With.Message.Contains("Loinc.csv is missing"));
    }

    [Test]
    public void RxNorm_WithoutConso_SaysSo()
    {
        Write("RXNSTY.RRF", "1|T1|A|x|||\n");
        Assert.That(Recognise, Throws.TypeOf<ReleaseFormat>().With.Message.Contains("RXNCONSO.RRF").And.Message.Contains("missing"));
    }

    [Test]
    public void RxNorm_WrongColumnCount_IsRejected()
    {
        Write("RXNCONSO.RRF", "1|ENG|\n");
        Assert.That(Load(new() { As = new("http://www.nlm.nih.gov/research/umls/rxnorm", "1") }).Problems.Single().ToString(), Does.Contain("RXNCONSO.RRF:1").And.Contain("18 are expected"));
    }

    [TestCase("00001 A00     2 Cholera\n00002 A000    1 x\n", ":1", "order file")]
    public void Icd10Cm_WrongLayout_IsNamed(string lines, string place, string reason)
    {
        Write("icd10cm_order_2026.txt", "00000 A01     0 Typhoid\n" + lines);
        Assert.That(Load(new()).Problems.Single().ToString(), Does.Contain(reason));
        _ = place;
    }

    [Test]
    public void Claml_BillionLaughs_IsNotExpanded()
    {
        Write("bomb.xml", "<?xml version=\"1.0\"?>\n<!DOCTYPE ClaML [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>\n<ClaML version=\"2.0.0\"><Title name=\"x\" version=\"1\">&b;</Title></ClaML>\n");
        Assert.That(() => Load(new()), Throws.TypeOf<ReleaseFormat>().With.Message.Contains("bomb.xml:3"));
    }

    [Test]
    public void Claml_Truncated_NamesLineAndColumn()
    {
        Write("cut.xml", "<?xml version=\"1.0\"?>\n<ClaML version=\"2.0.0\">\n<Title name=\"ICD-10\" version=\"1\"/>\n<Class code=\"A00\"");
        Assert.That(() => Load(new()), Throws.TypeOf<ReleaseFormat>().With.Message.Contains("cut.xml:4:"));
    }

    [TestCase("code;name\nA;x\nA;y\n", ":3:1", "stands in line 2 already")]
    [TestCase("code;name\n;x\n", ":2:1", "the code is empty")]
    [TestCase("code;name\nA;x;y\n", ":2", "3 fields where the header has 2")]
    public void CodeList_WrongRow_IsNamed(string table, string place, string reason)
    {
        Write("list.csv", table);
        Assert.That(Load(new() { As = new("http://example.org/cs", "1") }).Problems.Single().ToString(), Does.Contain("list.csv" + place).And.Contain(reason));
    }

    [Test]
    public void CodeList_WithoutVersion_IsAskedForOne()
    {
        Write("list.csv", "code;name\nA;x\n");
        using var files = ReleaseFiles.Open(_folder, Scratch);
        Assert.That(ReleaseLoaders.Recognise(files, new())[0].Info.Id.Version, Is.Null);
    }

    private string Scratch => Path.Combine(Path.GetTempPath(), "terminology-scratch-" + Path.GetFileName(_folder));

    private LoadReport LoadRf2(string concepts, byte[]? descriptions = null)
    {
        Write("concepts.txt", concepts);
        File.WriteAllBytes(Path.Combine(_folder, "descriptions.txt"), descriptions ?? Encoding.UTF8.GetBytes(Description + "101013\t20200101\t1\t900000000000207008\t22298006\ten\t900000000000013009\tx\t900000000000448009\n"));
        return Load(new() { As = new("http://snomed.info/sct", "http://snomed.info/sct/900000000000207008/version/20200101") });
    }

    private LoadReport Load(ImportOptions options)
    {
        using var files = ReleaseFiles.Open(_folder, Scratch);
        var report = new LoadReport();
        foreach (var release in ReleaseLoaders.Recognise(files, options)) release.Load(release.Info, null, new NullSink(), report, CancellationToken.None);
        return report;
    }

    private void Recognise()
    {
        using var files = ReleaseFiles.Open(_folder, Scratch);
        ReleaseLoaders.Recognise(files, new());
    }

    private void Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private string Zip(params (string Name, string Text)[] members)
    {
        var path = Path.Combine(_folder, "a.zip");
        using var archive = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (var (name, text) in members)
        {
            using var member = archive.CreateEntry(name).Open();
            member.Write(Encoding.UTF8.GetBytes(text));
        }
        return path;
    }

    private sealed class NullSink : IReleaseSink
    {
        public void Begin(ReleaseInfo release)
        {
        }

        public void Concept(in ConceptRecord concept)
        {
        }

        public void Designation(in DesignationRecord designation)
        {
        }

        public void Relationship(in RelationshipRecord relationship)
        {
        }

        public void Property(in PropertyRecord property)
        {
        }

        public void Refset(RefsetInfo refset)
        {
        }

        public void Member(in MemberRecord member)
        {
        }

        public int Map(ConceptMapInfo map) => 0;

        public void MapElement(int map, int group, MapElement element)
        {
        }

        public void Resource(ResourceRecord resource)
        {
        }

        public void Complete(LoadReport report, CancellationToken cancel)
        {
        }
    }
}

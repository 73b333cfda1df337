using System.Text;
using CsCheck;
using Terminology.Mapping.Exchange;
using Terminology.Mapping.Maps;

namespace Terminology.Loaders.Maps.Folders;

/// <summary>Maps as text in git: the same map is the same bytes, and every fault is told with its place.</summary>
public sealed class MapFolderTests
{
    private const string Head = "key,code,display,context,targetSystem,target,relationship,dependsOn,noMap,noMapReason\n";

    private static readonly MapProject Map = new() { Id = "lab", Url = "http://hospital.example/map", Title = "Laboratory", SourceSystem = SampleMap.Local, TargetSystems = [SampleMap.Loinc], Domain = "lab", Steward = "sue" };

    private static MapFolder Of(MapTable table) => new()
    {
        Map = Map with { Tests = [new() { Id = "glucose", Code = "GLU", Target = "2345-7", Context = [new("unit", "=mg")] }, new() { Id = "a, b", Code = "X", NoMap = true, Owner = "lab feed" }] },
        Waivers = [new("0b", "MQ-310", "a, b", "both", new(2026, 12, 31), "sue", new(2026, 1, 1, 8, 30, 0, TimeSpan.Zero), "eva"), new("0a", "MQ-202", null, "\"analyser\"", new(2026, 2, 1), "sue", new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), null)],
        Rows = [.. table.Lines.Select(line => new FolderRow(line.Code, line.Code, line.Display, line.Content) { Context = line.Context, State = line.State, Approval = line.AuthoredAt is { } at && line.Author is { } by ? new(["ada", "ben"], by, at) : null })],
    };

    private static IReadOnlyList<FolderProblem> Check(params (string Name, string Text)[] files)
    {
        var all = MapFolderTests.Of(new() { Lines = [] }).Write().ToDictionary(file => file.Key, file => file.Value);
        all["tests.csv"] = "id,code,target\n"u8.ToArray();
        foreach (var (name, text) in files) all[name] = Encoding.UTF8.GetBytes(text);
        return MapFolder.Read(all).Problems;
    }

    private static IEnumerable<string> Rows(string lines) => Check(("rows.csv", Head + lines)).Select(problem => problem.ToString());

    [Test]
    public void Write_AnyMap_ReadAndWrittenAgain_IsTheSameBytes() => SampleMap.Any.Sample(table =>
    {
        var written = Of(table).Write();
        var again = MapFolder.Read(written).Folder!.Write();
        return MapFolder.Files.All(name => written[name].AsSpan().SequenceEqual(again[name]));
    });

    [Test]
    public void Write_AnyMap_IsOneLineForEachTarget_AndNothingRunsInASpreadsheet() => SampleMap.Any.Sample(table =>
    {
        var rows = Encoding.UTF8.GetString(Of(table).Write()["rows.csv"]);
        var cells = CsvText.Read(rows, ',', "rows.csv").SelectMany(row => row.Cells);
        return rows.Count(letter => letter == '\n') == 1 + table.Lines.Sum(line => Math.Max(1, line.Content.Targets.Count)) && !rows.Contains('\r') && cells.All(cell => cell.Length == 0 || "=+-@\t".IndexOf(cell[0]) < 0);
    });

    [Test]
    public void Write_RowsInAnyOrder_StandInThatOfTheirKeys()
    {
        var folder = Of(SampleMap.Full);
        var turned = folder with { Rows = [.. folder.Rows.Reverse()] };
        Assert.That(turned.Write()["rows.csv"], Is.EqualTo(folder.Write()["rows.csv"]));
    }

    [Test]
    public void Read_AMapThatSaysEverything_SaysItAgain()
    {
        var read = MapFolder.Read(Of(SampleMap.Full).Write()).Folder!;
        Assert.That(read.Rows.Select(row => (row.Key, row.Content)), Is.EquivalentTo(SampleMap.Full.Lines.Select(line => (line.Code, line.Content))));
        Assert.That(read.Waivers, Is.EqualTo(Of(SampleMap.Full).Waivers.Reverse()));
        Assert.That(read.Map.Tests.Select(test => test.Id), Is.EqualTo(new[] { "a, b", "glucose" }));
    }

    [TestCase("A,A,Name,,,2345-7,equivalent,,,\n", new string[0])]
    [TestCase("A,A,,,,2345-7,equal,,,\n", new[] { "rows.csv:2:7: relationship is 'equal'; expected is equivalent, source-is-narrower-than-target" })]
    [TestCase("A,A,,,,2345-7,,,,\n", new[] { "rows.csv:2:7: relationship is empty" })]
    [TestCase("A,A,,,,,equivalent,,,\n", new[] { "rows.csv:2:7: a relationship stands without a target" })]
    [TestCase(",A,,,,2345-7,equivalent,,,\n", new[] { "rows.csv:2:1: key is empty" })]
    [TestCase("A,A,,,,2345-7,equivalent,,yes,\n", new[] { "rows.csv:2:9: the line has a target and says that there is none" })]
    [TestCase("A,A,,,,,,,yes,\n", new[] { "rows.csv:2: 'A': Having no target needs a reason" })]
    [TestCase("A,A,,,,,,,maybe,no-code\n", new[] { "rows.csv:2:9: noMap is 'maybe'; expected is yes" })]
    [TestCase("A,A,,,,,,,,no-code\n", new[] { "rows.csv:2:10: a reason stands without noMap" })]
    [TestCase("A,A,,,,1-8,equivalent,unit,,\n", new[] { "rows.csv:2:8: 'unit' is not property=value" })]
    [TestCase("A,A,,nonsense,,1-8,equivalent,,,\n", new[] { "rows.csv:2:4: 'nonsense' is not name=value" })]
    [TestCase("A,A,One,,,1-8,equivalent,,,\nA,A,Two,,,2-6,equivalent,,,\n", new[] { "rows.csv:3:1: the key 'A' stands in line 2 with another code, display or context" })]
    [TestCase("A,A,,,,,,,,\nA,A,,,,,,,,\n", new[] { "rows.csv:3:1: the row 'A' is in line 2 already" })]
    [TestCase("A,A,,,http://snomed.info/sct,1,equivalent,,,\n", new[] { "rows.csv:2: 'A': http://snomed.info/sct is no target system of the map" })]
    [TestCase("A,A,,,,1-8,equivalent,,,\nA,A,,,,1-8,equivalent,,,\n", new[] { "rows.csv:2: 'A': '1-8' is a target twice" })]
    [TestCase("A,A,x,y,,1-8,equivalent,,,,one,more\n", new[] { "rows.csv:2:11: 12 fields where the first line names 10" })]
    [TestCase("A,A,\"never closed\n", new[] { "rows.csv:2:5: a quote opens here and is never closed" })]
    public void Read_FaultyRow_IsToldWithItsPlace(string lines, string[] told)
    {
        var problems = Rows(lines).ToArray();
        Assert.That(problems, Has.Length.EqualTo(told.Length), string.Join('\n', problems));
        for (var i = 0; i < told.Length; i++) Assert.That(problems[i], Does.StartWith(told[i]));
    }

    [TestCase("map.json", "{\n  \"id\": \"lab\",\n  \"nosuch\": 1\n}", "map.json:3:")]
    [TestCase("map.json", "nonsense", "map.json:1:2: this is not the JSON of a map")]
    [TestCase("map.json", "{\n\"id\":\"bad id\",\n\"url\":\"http://hospital.example/map\",\"title\":\"T\",\"sourceSystem\":\"http://hospital.example/lab\",\"targetSystems\":[\"http://loinc.org\"],\"domain\":\"lab\",\"steward\":\"sue\"}", "map.json:2: id: 1 to 64 letters")]
    [TestCase("rows.csv", "code,nosuch\n", "rows.csv:1:2: 'nosuch' is no column")]
    [TestCase("rows.csv", "code\n", "rows.csv:1: there is no column 'key'")]
    [TestCase("rows.csv", "", "rows.csv:1: the first line must name the columns")]
    [TestCase("tests.csv", "id,code,target\nt1,GLU,2345-7\n", "tests.csv:2: MQ-602: the test 't1' is red: 'GLU' must map to 2345-7; there is no answer.")]
    [TestCase("tests.csv", "id,code\nt1,GLU\n", "tests.csv:2: A test demands a target")]
    [TestCase("approvals.csv", "key,state\nnosuch,approved\n", "approvals.csv:2:1: there is no row 'nosuch'")]
    [TestCase("approvals.csv", "key,state\nA,wonderful\n", "approvals.csv:2:2: state is 'wonderful'; expected is unmapped, draft")]
    public void Read_FaultyFile_IsToldWithItsPlace(string name, string text, string told)
        => Assert.That(Check((name, text)).Select(problem => problem.ToString()), Has.Some.StartsWith(told), string.Join('\n', Check((name, text))));

    [TestCase("0a,MQ-310,,fine,2026-12-31,sue,2026-01-01T00:00:00Z,eva\n", null)]
    [TestCase("0a,MQ-310,,,2026-12-31,sue,2026-01-01T00:00:00Z,\n", "waivers.csv:2:4: reason is empty")]
    [TestCase("0a,MQ-310,,fine,soon,sue,2026-01-01T00:00:00Z,\n", "waivers.csv:2:5: until is 'soon'")]
    [TestCase("0a,MQ-401,,fine,2026-12-31,sue,2026-01-01T00:00:00Z,\n", "waivers.csv:2:2: MQ-401 cannot be waived")]
    [TestCase("0a,MQ-999,,fine,2026-12-31,sue,2026-01-01T00:00:00Z,\n", "waivers.csv:2:2: MQ-999 cannot be waived")]
    [TestCase("0a,MQ-310,,fine,2028-12-31,sue,2026-01-01T00:00:00Z,\n", "waivers.csv:2:5: 2028-12-31 cannot be the end")]
    [TestCase("0a,MQ-310,,fine,2025-12-31,sue,2026-01-01T00:00:00Z,\n", "waivers.csv:2:5: 2025-12-31 cannot be the end")]
    [TestCase("0a,MQ-310,,fine,2026-12-31,sue,2026-01-01T00:00:00Z,sue\n", "waivers.csv:2:8: 'sue' has asked for this already")]
    [TestCase("0a,MQ-310,,fine,2026-12-31,sue,2026-01-01T00:00:00Z,\n0a,MQ-310,,too,2026-12-31,sue,2026-01-01T00:00:00Z,\n", "waivers.csv:3:1: the finding '0a' is waived in line 2 already")]
    public void Read_Waivers_AreTakenOrToldWithTheirPlace(string lines, string? told)
    {
        var problems = Check(("waivers.csv", "finding,rule,text,reason,until,by,at,confirmedBy\n" + lines)).Select(problem => problem.ToString()).ToArray();
        if (told is null) Assert.That(problems, Is.Empty);
        else Assert.That(problems, Has.Exactly(1).StartsWith(told));
    }

    [Test]
    public void Read_FileThatIsMissing_IsToldWhereItIsNeeded()
    {
        var map = Of(new() { Lines = [] }).Write().Where(file => file.Key == "map.json").ToDictionary();
        Assert.That(MapFolder.Read(map).Problems.Select(problem => problem.ToString()), Has.Exactly(1).StartsWith("rows.csv: the file is missing"));
        Assert.That(MapFolder.Read(new Dictionary<string, byte[]>()).Problems.Select(problem => problem.ToString()), Has.Exactly(1).StartsWith("map.json: the file is missing"));
    }

    [Test]
    public void Read_NotUtf8_IsTold()
        => Assert.That(MapFolder.Read(new Dictionary<string, byte[]> { ["map.json"] = Of(new() { Lines = [] }).Write()["map.json"], ["rows.csv"] = [0x6B, 0xE4, 0x0A] }).Problems.Select(problem => problem.ToString()), Has.Some.StartsWith("rows.csv: the file is not UTF-8"));

    private static readonly string[] Pieces = ["A", ",", ",", ",", "\n", "\"", "yes", "equivalent", "key,code", "target", "=1", "'", "\\n", "unit=a; b", "2020-01-01", "1e5", "\0", "ü", "a|b", "relationship"];

    private static readonly string[] Members = ["", "\"id\":\"lab\"", "\"targetSystems\":[]", "\"targetSystems\":[null]", "\"targetSystems\":[\"\"]", "\"policy\":null", "\"policy\":{\"mostTargets\":-1}", "\"tests\":[null]", "\"url\":\"|\"", "\"sourceSystem\":\"x|y\"", "\"url\":null"];

    /// <summary>Whatever stands in the files: everything that is wrong is told, and nothing falls over.</summary>
    [Test]
    public void Read_AnyFiles_TellsWhatIsWrong() => Gen.Select(Gen.Int[0, Pieces.Length - 1].Array[0, 40].Array[3], Gen.Int[0, Members.Length - 1].Array[0, 2], (texts, members) => (texts, members)).Sample(
        sample =>
        {
            string Text(int at) => string.Concat(sample.texts[at].Select(piece => Pieces[piece]));
            var json = Encoding.UTF8.GetString(Of(new() { Lines = [] }).Write()["map.json"]).TrimEnd().TrimEnd('}');
            var files = new Dictionary<string, byte[]>
            {
                ["map.json"] = Encoding.UTF8.GetBytes($"{json}{string.Concat(sample.members.Select(member => Members[member]).Where(member => member.Length > 0).Select(member => $",{member}"))}}}"),
                ["rows.csv"] = Encoding.UTF8.GetBytes(Head + Text(0)),
                ["tests.csv"] = Encoding.UTF8.GetBytes("id,code,context,target,noMap,relationship\n" + Text(1)),
                ["approvals.csv"] = Encoding.UTF8.GetBytes("key,state,authors,approvedBy,approvedAt\n" + Text(2)),
                ["waivers.csv"] = Encoding.UTF8.GetBytes("finding,rule,reason,until,by,at,confirmedBy\n" + Text(1) + Text(2)),
            };
            var (folder, problems) = MapFolder.Read(files);
            Assert.That(folder is not null || problems.Count > 0);
            Assert.That(problems.Select(problem => problem.Text), Has.None.Empty);
        },
        iter: 3_000);

    [Test]
    public void Save_Folder_IsLoadedAsItWas()
    {
        using var files = new TemporaryFiles();
        var folder = Of(SampleMap.Full);
        folder.Save(files.Path);
        Assert.That(MapFolder.Load(files.Path).Folder!.Write()["rows.csv"], Is.EqualTo(folder.Write()["rows.csv"]));
        Assert.That(() => MapFolder.Load(Path.Combine(files.Path, "nosuch")), Throws.InstanceOf<DirectoryNotFoundException>());
    }

    [Test]
    public void Mappings_OfTheRepository_AreFineAndAsTheyWouldBeWritten()
    {
        string[] folders = [.. Directory.EnumerateDirectories(Path.Combine(Repository.Root, "mappings")).Where(folder => File.Exists(Path.Combine(folder, "map.json")))];
        Assert.That(folders, Is.Not.Empty);
        foreach (var path in folders)
        {
            var (folder, problems) = MapFolder.Load(path);
            Assert.That(problems, Is.Empty, path);
            foreach (var (name, bytes) in folder!.Write().Where(file => File.Exists(Path.Combine(path, file.Key)))) Assert.That(File.ReadAllBytes(Path.Combine(path, name)), Is.EqualTo(bytes), $"{path}/{name}");
        }
    }

    [Test]
    public void Import_OfReleases_PassesMapsAsTextOver_AndSaysWhatIsToBeDoneWithOneAlone()
    {
        using var beside = new TemporaryFiles(("lab/map.json", "{}"), ("lab/rows.csv", "key,code,display\n1,A,One\n"), ("lab/tests.csv", "id,code\n"), ("list/codes.csv", "code,display\nA,One\n"));
        using var files = Input.ReleaseFiles.Open(beside.Path, beside.Scratch);
        Assert.That(ReleaseLoaders.Recognise(files, new()).Single().Files.Single().Name, Is.EqualTo("codes.csv"));
        using var alone = new TemporaryFiles(("lab/map.json", "{}"), ("lab/rows.csv", "key,code,display\n1,A,One\n"));
        using var only = Input.ReleaseFiles.Open(alone.Path, alone.Scratch);
        Assert.That(() => ReleaseLoaders.Recognise(only, new()), Throws.InstanceOf<Issues.ReleaseFormat>().With.Message.Contains("terminology map import"));
    }
}

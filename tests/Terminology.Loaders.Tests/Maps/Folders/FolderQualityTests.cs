using System.Text;
using Terminology.Mapping.Maps;
using Terminology.Mapping.Quality;

namespace Terminology.Loaders.Maps.Folders;

/// <summary>Rules of quality over a map as text: told with their lines, set aside by the waivers beside them.</summary>
public sealed class FolderQualityTests
{
    private const string Rows = "key,code,display,target,relationship,comment\nA,A,Glucose,1,equivalent,\nB,B,Potassium,1,equivalent,\nC,C,Sodium,2,source-is-broader-than-target,\n";

    private static readonly MapProject Map = new() { Id = "lab", Url = "http://hospital.example/map", Title = "Laboratory", SourceSystem = SampleMap.Local, TargetSystems = [SampleMap.Loinc], Domain = "lab", Steward = "sue" };

    private static (MapFolder Folder, IReadOnlyList<FolderProblem> Problems) Read(string rows = Rows, string waivers = "", MapProject? map = null, string approvals = "")
    {
        var files = new Dictionary<string, byte[]>(new MapFolder { Map = map ?? Map, Rows = [] }.Write())
        {
            ["rows.csv"] = Encoding.UTF8.GetBytes(rows),
            ["waivers.csv"] = Encoding.UTF8.GetBytes("finding,rule,reason,until,by,at,confirmedBy\n" + waivers),
        };
        if (approvals.Length > 0) files["approvals.csv"] = Encoding.UTF8.GetBytes("key,state,authors,approvedBy,approvedAt\n" + approvals);
        var (folder, problems) = MapFolder.Read(files);
        return (folder!, problems);
    }

    private static IReadOnlyList<FolderFinding> Find((MapFolder Folder, IReadOnlyList<FolderProblem> Problems) read, bool asksReleases = false, MapFolder[]? all = null)
        => FolderQuality.Of(read.Folder, read.Problems, new(read.Folder.Map, new Nothing(), null) { Whole = new() { Now = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero), Elsewhere = FolderQuality.Elsewhere(read.Folder, all ?? []) } }, asksReleases);

    private static FolderFinding Only(IReadOnlyList<FolderFinding> found, string rule) => found.Single(one => one.Found.Finding.RuleId == rule);

    [Test]
    public void Of_Rows_AreToldWithLineSeverityAndWhatMends()
    {
        var found = Find(Read());
        Assert.That(Only(found, "MQ-301").ToString(), Does.StartWith("rows.csv:4: error MQ-301 'C': ").And.Contain("Mend: targets[0].comment → '"));
        Assert.That(Only(found, "MQ-310").ToString(), Does.StartWith("rows.csv:2: question MQ-310 'A': ").And.EndWith($"[{Only(found, "MQ-310").Found.Id}]"));
        Assert.That(found.Select(one => one.Found.Finding.RuleId), Has.None.StartsWith("MQ-6").And.None.EqualTo("MQ-101"), "neither the server nor releases are asked");
    }

    [Test]
    public void Of_WithReleasesToAsk_SaysThatThereIsNoneOfATargetSystem()
        => Assert.That(Only(Find(Read(), asksReleases: true), "MQ-101").ToString(), Does.StartWith("map.json: warning MQ-101: "));

    [Test]
    public void Of_ProfileOfTheMap_HasItsWeights()
    {
        var map = Map with { Policy = Map.Policy with { Quality = new Dictionary<string, RuleWeight> { ["MQ-310"] = RuleWeight.Error, ["MQ-301"] = RuleWeight.Off } } };
        var found = Find(Read(map: map));
        Assert.That(Only(found, "MQ-310").Found.Finding.Severity, Is.EqualTo(FindingSeverity.Error));
        Assert.That(found.Select(one => one.Found.Finding.RuleId), Has.None.EqualTo("MQ-301"));
    }

    [TestCase("eva", "2026-12-31", true, null)]
    [TestCase("", "2026-12-31", false, null)]
    [TestCase("eva", "2026-05-31", false, "MQ-406")]
    [TestCase("", "2026-05-31", false, null)]
    public void Of_WaiverOfAnError_HoldsByTwoPeopleUntilItsEnd(string second, string until, bool holds, string? beside)
    {
        var id = Only(Find(Read()), "MQ-301").Found.Id;
        var found = Find(Read(waivers: $"{id},MQ-301,agreed,{until},sue,2026-01-01T00:00:00Z,{second}\n"));
        Assert.That(Only(found, "MQ-301").Found.IsWaived, Is.EqualTo(holds));
        Assert.That(Only(found, "MQ-301").ToString().Contains("Waived by 'sue' alone", StringComparison.Ordinal), Is.EqualTo(second.Length == 0));
        Assert.That(found.Select(one => one.Found.Finding.RuleId), beside is null ? Has.None.EqualTo("MQ-406") : Has.One.EqualTo(beside));
    }

    [Test]
    public void Of_WaiverOfOtherFacts_CoversNothing()
    {
        var id = Only(Find(Read()), "MQ-310").Found.Id;
        var waiver = $"{id},MQ-310,agreed,2026-12-31,sue,2026-01-01T00:00:00Z,\n";
        Assert.That(Only(Find(Read(waivers: waiver)), "MQ-310").Found.IsWaived);
        Assert.That(Only(Find(Read(waivers: waiver.Replace("MQ-310", "MQ-309", StringComparison.Ordinal))), "MQ-310").Found.IsWaived, Is.False);
        Assert.That(Only(Find(Read(Rows.Replace("Potassium", "Kalium", StringComparison.Ordinal), waiver)), "MQ-310").Found.IsWaived, Is.False);
    }

    [Test]
    public void Of_ApprovalByItsAuthor_IsAnError_AndHasteIsNotAsked()
        => Assert.That(Find(Read(approvals: "A,approved,sue,sue,2026-01-01T00:00:00Z\n")).Select(one => one.Found.Finding.RuleId), Has.One.EqualTo("MQ-401"));

    [Test]
    public void Of_LineWithAFaultOfForm_IsLookedAtWhenThatIsMended()
    {
        var map = Map with { TargetSystems = ["http://snomed.info/sct"] };
        var read = Read(Rows.Replace(",target,", ",targetSystem,target,", StringComparison.Ordinal).Replace("Glucose,", "Glucose,,", StringComparison.Ordinal).Replace("Potassium,", "Potassium,,", StringComparison.Ordinal).Replace("Sodium,", $"Sodium,{SampleMap.Loinc},", StringComparison.Ordinal), map: map);
        Assert.That(read.Problems.Select(problem => problem.Line), Is.EqualTo(new[] { 4 }));
        Assert.That(Find(read).Select(one => one.Found.Finding.RuleId), Has.None.EqualTo("MQ-301").And.One.EqualTo("MQ-310"));
    }

    [Test]
    public void Of_OtherMapOfTheTexts_ThatSaysSomethingElse_IsTold()
    {
        var (first, other) = (Read(), Read("key,code,display,target,relationship\nx,A,Glucose,9,equivalent\n", map: Map with { Id = "ward", Title = "Ward" }));
        Assert.That(Only(Find(first, all: [first.Folder, other.Folder]), "MQ-313").ToString(), Does.Contain("'A'").And.Contain("Ward"));
        Assert.That(Find(first, all: [first.Folder]).Select(one => one.Found.Finding.RuleId), Has.None.EqualTo("MQ-313"));
    }

    /// <summary>No release is loaded.</summary>
    private sealed class Nothing : ITargetFacts
    {
        public string? VersionOf(string system) => null;

        public TargetConcept? Find(string system, string code) => null;

        public Subsumption? Relation(string system, string code, string other) => null;

        public bool IsParent(string system, string code, string parent) => false;

        public bool? IsIn(string valueSet, string system, string code) => null;

        public IReadOnlyList<Replacement> Replacements(string system, string code) => [];

        public TargetConcept? WithAxes(LoincAxes axes) => null;

        public IReadOnlyList<string> Translate(string system, string code, string to) => [];
    }
}

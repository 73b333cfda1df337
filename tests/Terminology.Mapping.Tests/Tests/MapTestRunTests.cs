using Terminology.Mapping.Releases;
using Terminology.Mapping.Rows;
using Terminology.Maps;

namespace Terminology.Mapping.Tests;

public sealed class MapTestRunTests
{
    private static readonly ReleaseContent Content = ReleaseContent.Of(Folk.Map,
    [
        Approved("GLU", Folk.To("2345-7")),
        Approved("NONE", new() { NoMap = new("no-code-exists") }),
        Approved("NA", new()
        {
            Targets =
            [
                new() { System = Folk.Loinc, Code = "2951-2", Relationship = MapRelationship.Equivalent, DependsOn = [new("specimen", null, "serum")] },
                new() { System = Folk.Loinc, Code = "2955-3", Relationship = MapRelationship.SourceIsNarrowerThanTarget, DependsOn = [new("specimen", "http://snomed.info/sct", "78014005")] },
            ],
        }),
    ]);

    private static readonly ReleaseContent Ruled = ReleaseContent.Of(Folk.Map with { SourceSystem = "http://snomed.info/sct" },
    [
        Approved("233604007", new()
        {
            Targets =
            [
                new() { System = Folk.Loinc, Code = "P1", Relationship = MapRelationship.RelatedTo, RuleGroup = 1, Priority = 1, Rule = "IFA 445518008 | Age at onset of clinical finding | < 28.0 days" },
                new() { System = Folk.Loinc, Code = "P2", Relationship = MapRelationship.RelatedTo, RuleGroup = 1, Priority = 2, Rule = "OTHERWISE TRUE" },
            ],
        }),
    ]);

    [TestCase("5 d", "P1")]
    [TestCase("17 a", "P2")]
    public void Of_RuleByAge_IsSettledByTheContextOfTheTest(string age, string target)
    {
        var given = Test("233604007", target, context: ("http://snomed.info/id/445518008", age));
        Assert.That(MapTestRun.Of([given], Ruled).Single(), Has.Property(nameof(MapTestResult.Passed)).True, MapTestRun.Of([given], Ruled).Single().Text);
        Assert.That(MapTestRun.Of([given with { Target = target == "P1" ? "P2" : "P1" }], Ruled).Single().Passed, Is.False);
        Assert.That(MapTestRun.Of([given with { Context = [] }], Ruled).Single().Passed, Is.False, "what depends on something that is not given is no answer");
    }

    private static MapRow Approved(string key, RowContent content) => Folk.Row(key) with { Approved = new(content, ["ada"], "ria", Folk.Noon) };

    private static MapTest Test(string code, string? target = null, bool noMap = false, MapRelationship? relationship = null, params (string, string)[] context)
        => new() { Id = code, Code = code, Target = target, NoMap = noMap, Relationship = relationship, Context = [.. context.Select(pair => KeyValuePair.Create(pair.Item1, pair.Item2))] };

    private static IEnumerable<TestCaseData> Cases()
    {
        TestCaseData Case(string name, bool green, MapTest test, string told = "") => new TestCaseData(green, test, told).SetArgDisplayNames(name);
        yield return Case("target", true, Test("GLU", "2345-7"));
        yield return Case("other target", false, Test("GLU", "1-8"), "'GLU' must map to 1-8; it maps to 2345-7 (equivalent).");
        yield return Case("relationship", true, Test("GLU", "2345-7", relationship: MapRelationship.Equivalent));
        yield return Case("other relationship", false, Test("GLU", "2345-7", relationship: MapRelationship.RelatedTo));
        yield return Case("relationship alone", true, Test("GLU", relationship: MapRelationship.Equivalent));
        yield return Case("target in another system", false, Test("GLU", "2345-7") with { TargetSystem = "http://snomed.info/sct" });
        yield return Case("no target", true, Test("NONE", noMap: true));
        yield return Case("no target where there is one", false, Test("GLU", noMap: true));
        yield return Case("target where there is none", false, Test("NONE", "1-8"), "it maps to no target");
        yield return Case("not in the map", false, Test("X", "1-8"), "there is no answer");
        yield return Case("not in the map is not 'no target'", false, Test("X", noMap: true));
        yield return Case("condition holds", true, Test("NA", "2951-2", context: ("specimen", "serum")));
        yield return Case("condition with a coded value", true, Test("NA", "2955-3", context: ("specimen", "http://snomed.info/sct|78014005")));
        yield return Case("condition does not hold", false, Test("NA", "2951-2", context: ("specimen", "urine")));
        yield return Case("context not given", false, Test("NA", "2951-2"), "there is no answer");
    }

    [TestCaseSource(nameof(Cases))]
    public void Of_Test_IsGreenOrRedWithTheReason(bool green, MapTest test, string told)
    {
        var result = MapTestRun.Of([test], Content).Single();
        Assert.That(result.Passed, Is.EqualTo(green), result.Text);
        Assert.That(result.Text, Does.Contain(told));
    }

    [Test]
    public void Check_RedTest_ShutsTheGate_AndGreenOnesOpenIt()
    {
        MapRelease Check(MapTest test)
        {
            var map = Folk.Map with { Tests = [test] };
            var content = ReleaseContent.Of(map, [Approved("GLU", Folk.To("2345-7"))]);
            var frozen = new MapRelease { Number = 1, Sha256 = content.Sha256, Head = "", Rows = 1, State = ReleaseState.Frozen, FrozenBy = "sue", FrozenAt = Folk.Noon };
            return ReleaseMoves.Take(frozen, ReleaseVerb.Check, Folk.Sue, map, content, [], Folk.Noon);
        }
        Assert.That(Check(Test("GLU", "2345-7")).Gates.Single(gate => gate.Gate == "tests").Text, Does.Contain("1 tests are green"));
        Assert.That(() => Check(Test("GLU", "1-8")), Throws.InstanceOf<Issues.TerminologyException>().With.Message.Contains("MQ-602").And.Message.Contains("'GLU' must map to 1-8"));
    }

    [TestCase(true, "{\"id\":\"a\",\"code\":\"A\",\"target\":\"1\"}")]
    [TestCase(true, "{\"id\":\"a\",\"code\":\"A\",\"noMap\":true}")]
    [TestCase(true, "{\"id\":\"a\",\"code\":\"A\",\"relationship\":\"related-to\"}")]
    [TestCase(false, "{\"id\":\"a\",\"code\":\"A\"}")]
    [TestCase(false, "{\"id\":\"a\",\"code\":\"A\",\"target\":\"1\",\"noMap\":true}")]
    [TestCase(false, "{\"id\":\"\",\"code\":\"A\",\"target\":\"1\"}")]
    [TestCase(false, "{\"id\":\"a\",\"code\":\"A\",\"target\":\"1\"},{\"id\":\"a\",\"code\":\"B\",\"target\":\"1\"}")]
    public void Rules_Tests_DemandOneThingUnderOneName(bool valid, string tests)
        => Assert.That(new MapTestRules().Validate(System.Text.Json.JsonSerializer.Deserialize<MapTestSet>($"{{\"tests\":[{tests}]}}", MappingJson.Options)!).IsValid, Is.EqualTo(valid));
}

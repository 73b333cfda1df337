using Terminology.Mapping.Rows;
using Terminology.Maps;

namespace Terminology.Mapping.Quality.Shape;

/// <summary>MQ-3xx: each rule finds what is wrong, is cleared when it is mended, and says nothing of what is right.</summary>
public sealed class ShapeRulesTests
{
    private static TinyTargets Targets => new TinyTargets().Loinc("1-8", "Glucose:MCnc:Pt:Ser/Plas:Qn:").Loinc("2-6", "Glucose:SCnc:Pt:Ser/Plas:Qn:").Loinc("3-4", "Glucose:MCnc:Pt:Urine:Qn:").Loinc("4-2", "Sodium:SCnc:Pt:Urine:Qn:").Loinc("5-9", "Glucose:MCnc:Pt:Ser/Plas:Qn:EIA");

    private static QualityScene Scene => new(Folk.Map, Targets, Probe.Reader);

    private static MapRow Glucose => Probe.Row("A", "Glucose", null);

    [TestCase(MapRelationship.SourceIsBroaderThanTarget)]
    [TestCase(MapRelationship.NotRelatedTo)]
    public void CommentMissing_RelationshipThatNeedsOne_IsFoundWithASentenceAndCleared(MapRelationship relationship)
    {
        var target = Probe.To("1-8", relationship);
        var found = Probe.Clears("MQ-301", Targets, Glucose.With(target), Glucose.With(target with { Comment = "The list does not say the specimen." }), "1-8");
        Assert.That((found.FixIt!.Field, found.FixIt.NewValue), Is.EqualTo(("content.targets[0].comment", relationship == MapRelationship.NotRelatedTo ? "No Glucose is a Term 1-8." : "Every Term 1-8 is a Glucose, but not every Glucose is a Term 1-8.")));
    }

    [Test]
    public void ContradictoryContent_NoMapWithTarget_IsFoundAndCleared()
        => Probe.Clears("MQ-302", Targets, Glucose with { Content = new() { Targets = [Probe.To("1-8")], NoMap = new("no-code") } }, Glucose.With(Probe.To("1-8")), "no-code", "1-8");

    [TestCase("unmatched", "1-8")]
    [TestCase("UNREVIEWED", "1-8")]
    [TestCase(null, "0")]
    [TestCase(null, "")]
    public void ContradictoryContent_WordAgainstTarget_IsFoundAndCleared(string? word, string code)
        => Probe.Clears("MQ-302", Targets, Glucose.With(Probe.To(code) with { OriginalRelationship = word }), Glucose.With(Probe.To("1-8") with { OriginalRelationship = "equal" }));

    [Test]
    public void ContradictedRelationship_WordOfTheFile_IsFoundAndCleared()
    {
        var target = Probe.To("1-8", MapRelationship.SourceIsBroaderThanTarget) with { OriginalRelationship = "wider", Comment = "c" };
        var found = Probe.Clears("MQ-303", Targets, Glucose.With(target), Glucose.With(target with { Relationship = MapRelationship.SourceIsNarrowerThanTarget }), "wider", "Every Glucose is a Term 1-8, but not every");
        Assert.That(found.FixIt!.NewValue, Is.EqualTo("source-is-narrower-than-target"));
    }

    [Test]
    public void ContradictedRelationship_Hierarchy_IsFoundAndCleared()
    {
        var targets = new TinyTargets().Snomed("1", "Disease", "disorder").Snomed("2", "Sepsis", "disorder", parent: "1");
        var scene = new QualityScene(Folk.Map with { SourceSystem = Probe.Snomed, TargetSystems = [Probe.Snomed] }, targets, null);
        Probe.Clears("MQ-303", scene, [Probe.Row("2", "Sepsis", "1", system: Probe.Snomed)], [Probe.Row("2", "Sepsis", "1", MapRelationship.SourceIsNarrowerThanTarget, Probe.Snomed)], "1 is above 2");
    }

    [Test]
    public void ContradictedRelationship_EquivalentToTwoOfWhichOneIsMore_IsFoundAndCleared()
    {
        var targets = new TinyTargets().Snomed("1", "Disease", "disorder").Snomed("2", "Sepsis", "disorder", parent: "1");
        Probe.Clears("MQ-303", targets, Glucose.With(Probe.To("1", system: Probe.Snomed), Probe.To("2", system: Probe.Snomed)), Glucose.With(Probe.To("2", system: Probe.Snomed)), "first is above");
    }

    [Test]
    public void ContradictedRelationship_MethodThatNobodyStates_IsFoundUnlessItMayBeKnown()
    {
        Probe.Clears("MQ-303", Targets, Glucose.With(Probe.To("5-9")), Glucose.With(Probe.To("5-9", MapRelationship.SourceIsBroaderThanTarget) with { Comment = "c" }), "method", "EIA");
        Assert.That(Probe.Book(Targets, Probe.Row("A", "Glucose", "5-9", context: ("panel", "Chemistry"))).By("MQ-303"), Is.Empty, "a panel may say it");
    }

    [Test]
    public void TooManyTargets_MoreThanTheMapAllows_IsFoundAndCleared()
        => Probe.Clears("MQ-304", Scene with { Map = Folk.Map with { Policy = new() { MostTargets = 1 } } }, [Glucose.With(Probe.To("1-8"), Probe.To("3-4"))], [Glucose.With(Probe.To("1-8"))], "2 targets");

    [Test]
    public void AmbiguousTargets_NothingSaysWhen_IsFoundAndClearedByAPriority()
        => Probe.Clears("MQ-305", Targets, Glucose.With(Probe.To("1-8"), Probe.To("3-4")), Glucose.With(Probe.To("1-8") with { Priority = 1 }, Probe.To("3-4") with { Priority = 2 }), "1-8", "3-4");

    [Test]
    public void AmbiguousTargets_RowsOfOneCode_AreFoundAndClearedByConditions()
    {
        MapRow Row(string unit, RowTarget target) => Probe.Row($"GLU|{unit}", "Glucose", null, context: ("unit", unit)).With(target);
        RowTarget When(string code, string unit) => Probe.To(code) with { DependsOn = [new("unit", null, unit)] };
        Probe.Clears("MQ-305", Scene, [Row("mg/dL", Probe.To("1-8")), Row("mmol/L", Probe.To("2-6"))], [Row("mg/dL", When("1-8", "mg/dL")), Row("mmol/L", When("2-6", "mmol/L"))], "GLU", "2 rows");
    }

    [Test]
    public void ConditionGaps_ConditionsThatHoldTogether_AreAnErrorAndCleared()
    {
        RowTarget When(string code, string property, string value) => Probe.To(code) with { DependsOn = [new(property, null, value)] };
        var found = Probe.Clears("MQ-306", Targets, Glucose.With(When("1-8", "unit", "mg/dL"), When("2-6", "specimen", "serum")), Glucose.With(When("1-8", "unit", "mg/dL"), When("2-6", "unit", "mmol/L")), "hold together");
        Assert.That(found.Severity, Is.EqualTo(FindingSeverity.Error));
    }

    [Test]
    public void ConditionGaps_ValueOfTheListLeftOut_IsFoundAndCleared()
    {
        RowTarget When(string code, string value) => Probe.To(code) with { DependsOn = [new("unit", null, value)] };
        MapRow Row(params RowTarget[] targets) => Probe.Row("GLU", "Glucose", null, context: ("unit", "mmol/L")).With(targets);
        Probe.Clears("MQ-306", Targets, Row(When("1-8", "mg/dL")), Row(When("1-8", "mg/dL"), When("2-6", "mmol/L")), "mmol/L");
    }

    [Test]
    public void MapRules_OtherwiseMissing_IsFoundAndCleared()
        => Probe.Clears("MQ-307", Targets, Glucose.With(Ruled("1-8", 1, 1, "IFA 248152002 | Female |")), Glucose.With(Ruled("1-8", 1, 1, "IFA 248152002 | Female |"), Ruled("3-4", 1, 2, "OTHERWISE TRUE")), "OTHERWISE TRUE");

    [Test]
    public void MapRules_SomethingAfterTrue_IsFoundAndCleared()
        => Probe.Clears("MQ-307", Targets, Glucose.With(Ruled("1-8", 1, 1, "TRUE"), Ruled("3-4", 1, 2, "OTHERWISE TRUE")), Glucose.With(Ruled("1-8", 1, 1, "TRUE")), "never reached");

    [Test]
    public void MapRules_GapInGroups_IsFoundAndCleared()
        => Probe.Clears("MQ-307", Targets, Glucose.With(Ruled("1-8", 1, 1, "TRUE"), Ruled("3-4", 3, 1, "TRUE")), Glucose.With(Ruled("1-8", 1, 1, "TRUE"), Ruled("3-4", 2, 1, "TRUE")), "1, 3");

    [Test]
    public void MapRules_RuleTwice_IsFoundAndCleared()
        => Probe.Clears("MQ-307", Targets, Glucose.With(Ruled("1-8", 1, 1, "IFA 1 | F |"), Ruled("3-4", 1, 2, "IFA  1 | F |"), Ruled("4-2", 1, 3, "OTHERWISE TRUE")), Glucose.With(Ruled("1-8", 1, 1, "IFA 1 | F |"), Ruled("3-4", 1, 2, "IFA 2 | M |"), Ruled("4-2", 1, 3, "OTHERWISE TRUE")), "twice");

    [Test]
    public void MapRules_AdviceWithoutRule_IsFoundAndCleared()
        => Probe.Clears("MQ-307", Targets, Glucose.With(Ruled("1-8", 1, 1, "TRUE") with { Comment = "IF FEMALE CHOOSE 1-8" }), Glucose.With(Ruled("1-8", 1, 1, "TRUE") with { Comment = "ALWAYS 1-8" }), "FEMALE");

    private static RowTarget Ruled(string code, int group, int priority, string rule) => Probe.To(code) with { RuleGroup = group, Priority = priority, Rule = rule };

    [Test]
    public void NoMapReason_NoReason_IsFoundAndCleared() => Probe.Clears("MQ-308", Targets, Glucose with { Content = new() { NoMap = new() } }, Glucose with { Content = new() { NoMap = new("out-of-scope") } }, "no reason");

    [Test]
    public void NoMapReason_NoCodeExistsAndNobodyAsked_IsFoundAndCleared()
        => Probe.Clears("MQ-308", Targets, Glucose with { Content = new() { NoMap = new("no-code-exists") } }, Glucose with { Content = new() { NoMap = new("no-code-exists") { Request = "LNC-1" } } }, "no-code-exists");

    [Test]
    public void TargetTwice_OtherRelationship_IsFoundAndCleared()
        => Probe.Clears("MQ-309", Targets, Glucose.With(Probe.To("1-8"), Probe.To("1-8", MapRelationship.RelatedTo)), Glucose.With(Probe.To("1-8")), "1-8", "target 1", "target 2");

    [Test]
    public void SameTargetClaimed_TwoNames_AreAskedAndClearedWhenOneIsNarrower()
    {
        var (one, other) = (Probe.Row("A", "Glucose", "1-8"), Probe.Row("B", "Sugar fasting", "1-8"));
        var found = Probe.Clears("MQ-310", Scene, [one, other], [one, Probe.Row("B", "Sugar fasting", "1-8", MapRelationship.SourceIsNarrowerThanTarget)], "'Glucose'", "'Sugar fasting'");
        Assert.That((found.RowKeys, found.Severity), Is.EqualTo((new[] { "A", "B" }, FindingSeverity.Question)));
    }

    [Test]
    public void SameTargetClaimed_OneNameTwice_IsNoFinding() => Assert.That(Probe.Book(Targets, Probe.Row("A", "Glucose", "1-8"), Probe.Row("B", "GLUCOSE", "1-8")).By("MQ-310"), Is.Empty);

    [Test]
    public void SameNameOtherTarget_SameContext_IsFoundAndCleared()
        => Probe.Clears("MQ-311", Scene, [Probe.Row("A", "Glucose", "1-8"), Probe.Row("B", "glucose", "2-6")], [Probe.Row("A", "Glucose", "1-8"), Probe.Row("B", "glucose", "1-8")], "2 rows", "1-8", "2-6");

    [Test]
    public void SameNameOtherTarget_OtherSpecimen_IsNoFinding()
        => Assert.That(Probe.Book(Targets, Probe.Row("A", "Glucose", "1-8", context: ("specimen", "Blood")), Probe.Row("B", "Glucose", "3-4", context: ("specimen", "Urine"))).By("MQ-311"), Is.Empty);

    [Test]
    public void TwinRows_SpecimenDiffersAndComponentToo_IsFoundAndCleared()
    {
        MapRow Row(string key, string specimen, string code) => Probe.Row(key, "Glucose", code, context: ("specimen", specimen));
        Probe.Clears("MQ-312", Scene, [Row("A", "Blood", "1-8"), Row("B", "Urine", "4-2")], [Row("A", "Blood", "1-8"), Row("B", "Urine", "3-4")], "specimen", "component", "Sodium");
    }

    [Test]
    public void OtherMap_SomethingElseApproved_IsFoundAndCleared()
    {
        var scene = Scene with { Whole = new() { Elsewhere = code => code == "A" ? [("Old map", new RowContent { Targets = [Probe.To("2-6")] })] : [] } };
        Probe.Clears("MQ-313", scene, [Glucose.With(Probe.To("1-8"))], [Glucose.With(Probe.To("2-6"))], "Old map", "2-6", "1-8");
    }

    [Test]
    public void Composition_MapBetweenTheTargets_LeadsElsewhere_IsFoundAndCleared()
    {
        var targets = Targets.Snomed("1", "Glucose measurement", "procedure").Snomed("2", "Sodium measurement", "procedure").Map(Folk.Loinc, "1-8", Probe.Snomed, "1");
        Probe.Clears("MQ-314", targets, Glucose.With(Probe.To("1-8"), Probe.To("2", system: Probe.Snomed)), Glucose.With(Probe.To("1-8"), Probe.To("1", system: Probe.Snomed)), "1-8", "2");
    }

    [Test]
    public void Composition_MapBack_LeadsElsewhere_IsFoundAndCleared()
        => Probe.Clears("MQ-314", Targets.Map(Folk.Loinc, "1-8", Folk.Map.SourceSystem, "B").Map(Folk.Loinc, "2-6", Folk.Map.SourceSystem, "A"), Glucose.With(Probe.To("1-8")), Glucose.With(Probe.To("2-6")), "1-8", "B");

    [Test]
    public void OutlierDepth_FarMoreGeneralThanItsNeighbours_IsFoundAndCleared()
    {
        var targets = new TinyTargets().Snomed("0", "Disease", "disorder", depth: 2);
        MapRow Row(int i, string code) => Probe.Row($"R{i:D2}", $"Name {i}", code, system: Probe.Snomed, context: ("department", "Ward"));
        for (var i = 1; i <= 25; i++) targets.Snomed($"{i}", $"Disease {i}", "disorder", depth: 7 + i % 2);
        MapRow[] rows = [.. Enumerable.Range(1, 25).Select(i => Row(i, $"{i}"))];
        Probe.Clears("MQ-315", new(Folk.Map, targets, null), [.. rows[1..], Row(1, "0")], rows, "2 steps", "'ward'");
    }
}

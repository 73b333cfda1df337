using Terminology.Mapping.Quality;
using Terminology.Mapping.Rows;
using Terminology.Maps;

namespace Terminology.Mapping.Review;

/// <summary>Close misses, and agreement with and without them.</summary>
public sealed class NearTargetsTests
{
    private const string RxNorm = "http://www.nlm.nih.gov/research/umls/rxnorm", Icd = "http://hl7.org/fhir/sid/icd-10";

    private static TinyTargets Targets => new TinyTargets()
        .Loinc("1-8", "Glucose:MCnc:Pt:Ser/Plas:Qn:").Loinc("2-6", "Glucose:MCnc:Pt:Ser/Plas:Qn:Test strip").Loinc("3-4", "Glucose:SCnc:Pt:Ser/Plas:Qn:").Loinc("4-2", "Glucose:MCnc:Pt:Ser/Plas:Qn:Glucometer")
        .Snomed("10", "Disease", "disorder").Snomed("11", "Diabetes", "disorder", "10").Snomed("12", "Diabetes type 2", "disorder", "11").Snomed("13", "Sugar diabetes", "disorder")
        .Replace(Probe.Snomed, "13", new Replacement("SAME AS", "11", "Diabetes", true), new Replacement("POSSIBLY EQUIVALENT TO", "10", "Disease", false))
        .Map(Probe.Snomed, "12", Icd, "E11")
        .Add(Drug("a", "metformin 500 mg tablet", "metformin")).Add(Drug("b", "metformin 500 mg capsule", "metformin")).Add(Drug("c", "metformin 850 mg tablet", "metformin")).Add(Drug("d", "aspirin 500 mg tablet", "aspirin"));

    [TestCase(Folk.Loinc, "1-8", "2-6", true, TestName = "One states a method")]
    [TestCase(Folk.Loinc, "2-6", "4-2", true, TestName = "Two methods")]
    [TestCase(Folk.Loinc, "1-8", "3-4", false, TestName = "Another property")]
    [TestCase(Folk.Loinc, "1-8", "9-9", false, TestName = "A term that is not known")]
    [TestCase(Probe.Snomed, "12", "11", true, TestName = "Child and parent")]
    [TestCase(Probe.Snomed, "12", "10", false, TestName = "Two steps")]
    [TestCase(Probe.Snomed, "13", "11", true, TestName = "The same by a historical association")]
    [TestCase(Probe.Snomed, "13", "10", false, TestName = "Perhaps the same")]
    [TestCase(RxNorm, "a", "b", true, TestName = "Another form")]
    [TestCase(RxNorm, "a", "c", false, TestName = "Another strength")]
    [TestCase(RxNorm, "a", "d", false, TestName = "Another ingredient")]
    public void AreNear_TwoTargets_EitherWay(string system, string one, string other, bool isNear)
    {
        Assert.That(NearTargets.AreNear(Targets, Target(system, one), Target(system, other)), Is.EqualTo(isNear));
        Assert.That(NearTargets.AreNear(Targets, Target(system, other), Target(system, one)), Is.EqualTo(isNear));
    }

    [Test]
    public void AreNear_CodesOfTwoSystems_WhenAMapSaysTheSame()
    {
        Assert.That(NearTargets.AreNear(Targets, Target(Icd, "E11"), Target(Probe.Snomed, "12")), Is.True);
        Assert.That(NearTargets.AreNear(Targets, Target(Icd, "E10"), Target(Probe.Snomed, "12")), Is.False);
    }

    [Test]
    public void Report_StrictAndTolerant_DifferByTheCloseMisses()
    {
        static (RowContent, RowContent)[] Times(int count, RowContent first, RowContent second) => [.. Enumerable.Repeat((first, second), count)];
        var none = new RowContent { NoMap = new("no-code-exists") };
        var report = AgreementReport.Of(
        [
            .. Times(5, Folk.To("1-8"), Folk.To("1-8")), .. Times(1, none, new RowContent { NoMap = new("other", "text") }), // reasons do not count
            .. Times(1, Folk.To("1-8"), Folk.To("2-6")), .. Times(1, Folk.To("3-4"), Folk.To("3-4", MapRelationship.SourceIsNarrowerThanTarget)),
            .. Times(1, Folk.To("1-8"), Folk.To("3-4")), .. Times(1, none, Folk.To("1-8")),
        ], (one, other) => NearTargets.AreNear(Targets, one, other));
        Assert.That((report.Strict.Count, report.Strict.Observed, report.Tolerant.Observed, report.Near, report.Far), Is.EqualTo((10, 0.6, 0.8, 2, 2)));
        Assert.That(report.Tolerant.Kappa, Is.GreaterThan(report.Strict.Kappa!.Value));
        Assert.That(report.Tolerant.Low, Is.LessThan(0.8).And.GreaterThan(report.Strict.Low));
    }

    private static TargetConcept Drug(string code, string display, string ingredient) => new(RxNorm, code, display) { Drug = new("SCD", [ingredient], null) };

    private static RowTarget Target(string system, string code) => new() { System = system, Code = code, Relationship = MapRelationship.Equivalent };
}

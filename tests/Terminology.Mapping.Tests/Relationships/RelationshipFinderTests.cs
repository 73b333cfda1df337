using Terminology.Mapping.Quality;
using Terminology.Maps;

namespace Terminology.Mapping.Relationships;

/// <summary>Relationships from evidence, said as sentences with the names of both sides.</summary>
public sealed class RelationshipFinderTests
{
    private static TinyTargets Targets => new TinyTargets().Loinc("1-8", "Glucose:MCnc:Pt:Ser/Plas:Qn:").Loinc("2-6", "Glucose:MCnc:Pt:XXX:Qn:").Loinc("3-4", "Glucose:MCnc:Pt:Ser/Plas:Qn:EIA").Add(new(Folk.Loinc, "4-2", "Glucose") { Axes = LoincAxes.Parse("Glucose:MCnc:Pt:Ser/Plas:Qn:") })
        .Snomed("1", "Disease", "disorder").Snomed("2", "Sepsis", "disorder", parent: "1").Snomed("3", "Acute sepsis", "disorder");

    private static RelationshipProposal Of(string code, string name, string system = Folk.Loinc, params (string Name, string Value)[] context)
        => RelationshipFinder.Of(new(Probe.Row("A", name, code, system: system, context: context), Probe.Reader), system, code, new(Folk.Map, Targets, Probe.Reader));

    [Test]
    public void Of_SameName_IsEquivalent()
    {
        var proposal = Of("4-2", "GLUCOSE");
        Assert.That((proposal.Relationship, proposal.Certainty, proposal.Sentence), Is.EqualTo((MapRelationship.Equivalent, Certainty.Likely, "Every GLUCOSE is a Glucose, and every Glucose is a GLUCOSE.")));
    }

    [Test]
    public void Of_SpecimenThatTheTargetLeavesOpen_IsNarrower()
    {
        var proposal = Of("2-6", "Glucose", context: ("specimen", "CSF"));
        Assert.That((proposal.Relationship, proposal.Certainty, proposal.Sentence), Is.EqualTo((MapRelationship.SourceIsNarrowerThanTarget, Certainty.Likely, "Every Glucose is a Term 2-6, but not every Term 2-6 is a Glucose.")));
        Assert.That(proposal.Evidence.Single(), Is.EqualTo(new RelationshipEvidence(EvidenceKind.SourceStatesMore, "specimen", "The source says specimen CSF; the target leaves it open (XXX).")));
    }

    [Test]
    public void Of_MethodThatTheSourceLeavesOpen_IsBroader_AndAssumedWhereAPanelMaySayIt()
    {
        Assert.That((Of("3-4", "Glucose").Relationship, Of("3-4", "Glucose").Certainty), Is.EqualTo((MapRelationship.SourceIsBroaderThanTarget, Certainty.Likely)));
        Assert.That(Of("3-4", "Glucose", context: ("panel", "Chemistry")).Certainty, Is.EqualTo(Certainty.Assumed));
    }

    [Test]
    public void Of_SpecimenOrUnitThatContradicts_IsRelatedAlone()
    {
        Assert.That(Of("1-8", "Glucose", context: ("specimen", "Urine")).Relationship, Is.EqualTo(MapRelationship.RelatedTo));
        Assert.That(Of("1-8", "Glucose", context: ("unit", "mmol/L")).Evidence.Single().Kind, Is.EqualTo(EvidenceKind.Contradiction));
    }

    [Test]
    public void Of_WordThatNarrows_OnOneSide_TellsTheDirection()
    {
        Assert.That(Of("3", "Sepsis", Probe.Snomed).Relationship, Is.EqualTo(MapRelationship.SourceIsBroaderThanTarget));
        Assert.That(Of("2", "Chronic sepsis", Probe.Snomed).Relationship, Is.EqualTo(MapRelationship.SourceIsNarrowerThanTarget));
        Assert.That(Of("3", "Chronic sepsis", Probe.Snomed).Evidence.Single().Kind, Is.EqualTo(EvidenceKind.Contradiction));
    }

    [TestCase("2", "1", MapRelationship.SourceIsNarrowerThanTarget)]
    [TestCase("1", "2", MapRelationship.SourceIsBroaderThanTarget)]
    [TestCase("2", "2", MapRelationship.Equivalent)]
    [TestCase("2", "3", MapRelationship.RelatedTo)]
    public void Of_CodesOfOneSystem_IsExact(string source, string target, MapRelationship expected)
    {
        var scene = new QualityScene(Folk.Map with { SourceSystem = Probe.Snomed }, Targets, null);
        var proposal = RelationshipFinder.Of(new(Probe.Row(source, "Sepsis", target, system: Probe.Snomed), null), Probe.Snomed, target, scene);
        Assert.That((proposal.Relationship, proposal.Certainty), Is.EqualTo((expected, Certainty.Exact)));
    }

    [Test]
    public void Of_NothingThatSpeaksForOne_IsUnknown()
    {
        var proposal = Of("1-8", "Bloedsuiker");
        Assert.That((proposal.Relationship, proposal.Certainty, proposal.Evidence.Count), Is.EqualTo((MapRelationship.RelatedTo, Certainty.Unknown, 0)));
    }
}

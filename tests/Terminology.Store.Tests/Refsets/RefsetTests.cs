using Terminology.CodeSystems;

namespace Terminology.Store.Refsets;

/// <summary>Reference sets, both ways.</summary>
public sealed class RefsetTests
{
    private const string Simple = "450970008", SameAs = "900000000000527005", Map = "447562003", Owl = "733073007";
    private ReleaseFile _file = null!;

    [OneTimeSetUp]
    public void Build()
    {
        _file = new ReleaseFile(ReleaseFile.Snomed()).Concept("100005").Concept("200001").Concept("300006");
        _file.Sink.Refset(new(Simple, RefsetType.Simple, "", []));
        _file.Sink.Refset(new(SameAs, RefsetType.Association, "c", ["targetComponentId"]));
        _file.Sink.Refset(new(Map, RefsetType.SimpleMap, "s", ["mapTarget"]));
        _file.Sink.Refset(new(Owl, RefsetType.OwlExpression, "s", ["owlExpression"]));
        _file.Member(Simple, "100005").Member(Simple, "300006").Member(Simple, "200001", active: false).Member(Simple, "9999999")
            .Member(SameAs, "100005", "200001").Member(SameAs, "100005", "300006").Member(SameAs, "300006", "200001", active: false)
            .Member(Map, "200001", "I10").Member(Map, "100005", "I10").Member(Map, "300006", "")
            .Member(Owl, "100005", "SubClassOf(:100005 :200001)")
            .Member(Map, "300006", "J45", id: ReleaseFile.Uuid("twice"), time: 20240101).Member(Map, "300006", "J45.9", id: ReleaseFile.Uuid("twice"), time: 20250101)
            .Member(Simple, "300006", id: "NOT-A-UUID").Member(Simple, "300006", id: "AAAAAAAA-AAAA-4AAA-8AAA-AAAAAAAAAAAA");
    }

    [OneTimeTearDown]
    public void Remove() => _file.Dispose();

    private IRefsets Refsets => _file.System.Refsets!;

    [Test]
    public void All_IsSortedById() => Assert.That(Refsets.All.Select(refset => refset.Id), Is.EqualTo(new[] { Map, Simple, Owl, SameAs }));

    [Test]
    public void Members_AreActiveConcepts()
    {
        Assert.That(_file.Codes(Refsets.Members(Simple)), Is.EqualTo(new[] { "100005", "300006" }));
        Assert.That(_file.Codes(Refsets.Members(SameAs)), Is.EqualTo(new[] { "100005" }));
        Assert.That(Refsets.Members("1").Count, Is.Zero);
    }

    [Test]
    public void Of_NamesEachReferenceSetOnce()
    {
        Assert.That(Refsets.Of(_file.Find("100005")).Select(refset => refset.Id), Is.EquivalentTo(new[] { Simple, SameAs, Map, Owl }));
        Assert.That(Refsets.Of(_file.Find("200001")).Select(refset => refset.Id), Is.EquivalentTo(new[] { Map }));
    }

    [Test]
    public void Rows_OfAConcept_AreInFileOrderInactiveOnesToo()
    {
        Assert.That(Refsets.Rows(SameAs, _file.Find("100005")).Select(row => row.Fields[0]), Is.EqualTo(new[] { "200001", "300006" }));
        var inactive = Refsets.Rows(SameAs, _file.Find("300006")).Single();
        Assert.That(inactive.Active, Is.False);
        Assert.That((inactive.Refset, inactive.ReferencedComponent, inactive.Module, inactive.EffectiveTime.Value), Is.EqualTo((SameAs, "300006", "900000000000207008", 20260101)));
    }

    [Test]
    public void Rows_All_KeepUnknownComponentsAndIdsAsWritten()
    {
        var rows = Refsets.Rows(Simple).ToArray();
        Assert.That(rows.Select(row => row.ReferencedComponent), Is.EqualTo(new[] { "100005", "300006", "200001", "9999999", "300006", "300006" }));
        Assert.That(rows[0].Id, Is.EqualTo(ReleaseFile.Uuid($"{Simple}|100005|")));
        Assert.That(rows[4].Id, Is.EqualTo("NOT-A-UUID"));
        Assert.That(rows[5].Id, Is.EqualTo("AAAAAAAA-AAAA-4AAA-8AAA-AAAAAAAAAAAA"));
        Assert.That(rows, Has.All.Property(nameof(RefsetMember.Fields)).Empty);
    }

    [Test]
    public void RowsWith_FindsByTargetAndByScan()
    {
        Assert.That(Refsets.RowsWith(SameAs, 0, "200001").Select(row => row.ReferencedComponent), Is.EqualTo(new[] { "100005", "300006" }));
        Assert.That(Refsets.RowsWith(Map, 0, "I10").Select(row => row.ReferencedComponent), Is.EqualTo(new[] { "200001", "100005" }));
        Assert.That(Refsets.RowsWith(Map, 0, "").Select(row => row.ReferencedComponent), Is.EqualTo(new[] { "300006" }));
        Assert.That(Refsets.RowsWith(Owl, 0, "SubClassOf(:100005 :200001)").Count(), Is.EqualTo(1));
        Assert.That(Refsets.RowsWith(Map, 0, "Z99"), Is.Empty);
        Assert.That(Refsets.RowsWith(Map, 7, "I10"), Is.Empty);
    }

    [Test]
    public void Duplicates_LaterEffectiveTimeWins()
        => Assert.That(Refsets.Rows(Map, _file.Find("300006")).Select(row => row.Fields[0]), Is.EquivalentTo(new[] { "", "J45.9" }));

    [Test]
    public void Replay_GivesBackEveryMember()
        => Assert.That(_file.Replayed().Count(line => line.StartsWith("member ", StringComparison.Ordinal)), Is.EqualTo(14));
}

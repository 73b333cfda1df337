using Terminology.Maps;
using Terminology.Releases;

namespace Terminology.Store.Maps;

/// <summary>Maps in a release file, both ways, and resources beside them.</summary>
public sealed class StoredConceptMapTests
{
    private static readonly ReleaseInfo MapRelease = new() { Id = new("http://example.org/map", "2"), Title = "Map", Format = "gem" };

    private static readonly ConceptMapInfo Info = new()
    {
        Url = "http://example.org/map", Version = "2", Name = "M", Status = PublicationStatus.Draft, Date = "2026-01-01", SourceScope = "http://example.org/a?fhir_vs",
        Groups = [new(new("http://example.org/a", "1"), new("http://example.org/b")) { Unmapped = new(UnmappedMode.Fixed, "none", "None") }, new(null, new("http://example.org/c"))],
    };

    private static readonly MapElement Rich = new("k1",
    [
        new()
        {
            Code = "x", Display = "X", Relationship = MapRelationship.SourceIsNarrowerThanTarget, OriginalRelationship = "specializes", Comment = "c",
            DependsOn = [new("age", "http://loinc.org", "18", "Age")], Products = [new("p", null, "v")], RuleGroup = 2, Priority = 3, Rule = "OTHERWISE TRUE",
            Properties = [new("correlation", "447561005")],
        },
        new() { Code = null, Relationship = MapRelationship.NotRelatedTo },
    ])
    { Display = "K1", Comment = "why" };

    [Test]
    public void Find_BothWays_GivesTheElementsInOrder()
    {
        using var file = Build();
        var map = file.Release.Maps.Single();
        Assert.That(map.Count, Is.EqualTo(5));
        Assert.That(map.Find(0, "k1"), Has.Count.EqualTo(2));
        Assert.That(map.Find(0, "K1"), Is.Empty, "codes are compared exactly");
        Assert.That(map.Find(1, "k1").Single().Targets.Single().Code, Is.EqualTo("y"));
        Assert.That(map.FindByTarget(0, "x").Select(element => element.Code), Is.EqualTo(new[] { "k1", "k2", "k1" }));
        Assert.That(map.FindByTarget(1, "x"), Is.Empty);
        Assert.That(map.Elements(0).Select(element => element.Code), Is.EqualTo(new[] { "k1", "k2", "k1", "k3" }));
        Assert.That(map.Find(0, "k3").Single().NoMap, Is.True);
        Assert.That(() => map.Find(2, "k1"), Throws.InstanceOf<IndexOutOfRangeException>().Or.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void Element_EveryField_ComesBack()
    {
        using var file = Build();
        var element = file.Release.Maps.Single().Find(0, "k1")[0];
        var (read, wrote) = (element.Targets[0], Rich.Targets[0]);
        Assert.That((element.Code, element.Display, element.Comment, element.NoMap), Is.EqualTo(("k1", "K1", "why", false)));
        Assert.That(read with { DependsOn = wrote.DependsOn, Products = wrote.Products, Properties = wrote.Properties }, Is.EqualTo(wrote));
        Assert.That(read.DependsOn, Is.EqualTo(wrote.DependsOn));
        Assert.That(read.Products, Is.EqualTo(wrote.Products));
        Assert.That(read.Properties, Is.EqualTo(wrote.Properties));
        Assert.That(element.Targets[1].Code, Is.Null);
    }

    [Test]
    public void Info_EveryField_ComesBack()
    {
        using var file = Build();
        var read = file.Release.Maps.Single().Info;
        Assert.That(read with { Groups = Info.Groups }, Is.EqualTo(Info));
        Assert.That(read.Groups, Is.EqualTo(Info.Groups));
        Assert.That(file.Release.CodeSystem, Is.Null);
        Assert.That(file.Release.Info, Is.EqualTo(MapRelease));
    }

    [Test]
    public void LargeMap_EveryCode_IsFoundBothWays()
    {
        using var file = new ReleaseFile(MapRelease);
        var handle = file.Sink.Map(Info);
        const int count = 5_000;
        for (var i = 0; i < count; i++) file.Sink.MapElement(handle, 0, new($"s{i}", [new() { Code = $"t{i / 2}", Relationship = MapRelationship.Equivalent }]));
        var map = file.Release.Maps.Single();
        for (var i = 0; i < count; i++)
        {
            Assert.That(map.Find(0, $"s{i}").Single().Targets[0].Code, Is.EqualTo($"t{i / 2}"));
            Assert.That(map.FindByTarget(0, $"t{i / 2}").Select(element => element.Code), Is.EqualTo(new[] { $"s{i / 2 * 2}", $"s{i / 2 * 2 + 1}" }));
        }
    }

    [Test]
    public void Resources_ComeBackWithIndexAndBytes()
    {
        using var file = new ReleaseFile(MapRelease);
        var json = ReleaseFile.Utf8("""{"resourceType":"ValueSet","title":"æ"}""");
        file.Sink.Resource(new("ValueSet", "http://example.org/vs", null, "vs", PublicationStatus.Retired, "2020", json)
        {
            Index = new Dictionary<string, IReadOnlyList<string>> { ["supplements"] = ["http://example.org/cs|1"], ["scopes"] = ["a", "b"] },
        });
        file.Sink.Resource(new("NamingSystem", "http://example.org/ns", "1", null, PublicationStatus.Active, null, "{}"u8.ToArray()));
        var resources = file.Release.Resources;
        Assert.That(resources, Has.Count.EqualTo(2));
        Assert.That((resources[0].Url, resources[0].Version, resources[0].Id, resources[0].Status, resources[0].Date), Is.EqualTo(("http://example.org/vs", (string?)null, "vs", PublicationStatus.Retired, "2020")));
        Assert.That(resources[0].Json.ToArray(), Is.EqualTo(json));
        Assert.That(resources[0].Index["scopes"], Is.EqualTo(new[] { "a", "b" }));
        Assert.That(resources[1].Json.ToArray(), Is.EqualTo("{}"u8.ToArray()));
        Assert.That(file.Replayed(), Has.Length.EqualTo(2));
    }

    private static ReleaseFile Build()
    {
        var file = new ReleaseFile(MapRelease);
        var handle = file.Sink.Map(Info);
        file.Sink.MapElement(handle, 0, Rich);
        file.Sink.MapElement(handle, 1, new("k1", [new() { Code = "y", Relationship = MapRelationship.RelatedTo }]));
        file.Sink.MapElement(handle, 0, new("k2", [new() { Code = "x", Relationship = MapRelationship.Equivalent }]));
        file.Sink.MapElement(handle, 0, new("k1", [new() { Code = "x", Relationship = MapRelationship.Equivalent }]));
        file.Sink.MapElement(handle, 0, new("k3", []) { NoMap = true });
        return file;
    }
}

using Terminology.CodeSystems;

namespace Terminology.Store.Terms;

/// <summary>Attributes and literal properties, both ways.</summary>
public sealed class PropertyTests
{
    [Test]
    public void Properties_AreSortedByGroupThenProperty_InactiveOnesAreNot()
    {
        using var file = new ReleaseFile(ReleaseFile.Info(true, new("color", PropertyType.Code), new("weight", PropertyType.Decimal)))
            .Concept("apple").Concept("red")
            .Property("apple", "weight", PropertyType.Decimal, "1.50", group: 1)
            .Link("apple", "color", "red", group: 1)
            .Property("apple", "note", PropertyType.String, "sweet")
            .Property("apple", "note", PropertyType.String, "sour", active: false)
            .Link("apple", "color", "red", group: 2, active: false)
            .Link("apple", "color", "red", group: 3, kind: ReleaseFile.Stated);
        Assert.That(file.Properties("apple"), Is.EqualTo(new[] { "0 note=sweet", "1 color=red*", "1 weight=1.50" }));
        Assert.That(file.System.Info.Properties.Select(property => property.Code), Is.EqualTo(new[] { "color", "weight", "note" }));
    }

    [Test]
    public void WithProperty_FindsByConceptByTextAndAtAll()
    {
        using var file = new ReleaseFile(ReleaseFile.Info(true, new PropertyDefinition("color", PropertyType.Code)))
            .Concept("apple").Concept("plum").Concept("red").Concept("pear")
            .Link("apple", "color", "red").Link("plum", "color", "red", group: 2)
            .Property("pear", "color", PropertyType.Code, "green")
            .Property("apple", "note", PropertyType.String, "sweet").Property("pear", "note", PropertyType.String, "sweet").Property("pear", "note", PropertyType.String, "Sweet");
        var (color, note) = (file.PropertyIndex("color"), file.PropertyIndex("note"));
        Assert.That(file.Codes(file.System.WithProperty(color, file.Find("red"))), Is.EqualTo(new[] { "apple", "plum" }));
        Assert.That(file.Codes(file.System.WithProperty(color, "red"u8)), Is.EqualTo(new[] { "apple", "plum" }), "the text of a concept value is its code");
        Assert.That(file.Codes(file.System.WithProperty(color, "green"u8)), Is.EqualTo(new[] { "pear" }));
        Assert.That(file.Codes(file.System.WithProperty(note, "sweet"u8)), Is.EqualTo(new[] { "apple", "pear" }));
        Assert.That(file.Codes(file.System.WithProperty(note, "Sweet"u8)), Is.EqualTo(new[] { "pear" }));
        Assert.That(file.Codes(file.System.WithProperty(color)), Is.EqualTo(new[] { "apple", "pear", "plum" }));
        Assert.That(file.System.WithProperty(note, "sour"u8).Count, Is.Zero);
        Assert.That(file.System.WithProperty(color, file.Find("apple")).Count, Is.Zero);
    }

    [Test]
    public void Properties_Snomed_SayWhatTheConceptRowSays()
    {
        using var file = new ReleaseFile(ReleaseFile.Snomed())
            .Concept("100005", ConceptFlags.None, 20250131, "900000000000207008", "900000000000073002")
            .Concept("200001", ConceptFlags.Inactive, 20240131, "900000000000207008", "900000000000074008");
        Assert.That(file.Properties("100005"), Is.EquivalentTo(new[] { "0 moduleId=900000000000207008", "0 effectiveTime=2025-01-31", "0 sufficientlyDefined=true", "0 inactive=false" }));
        Assert.That(file.Properties("200001"), Is.EquivalentTo(new[] { "0 moduleId=900000000000207008", "0 effectiveTime=2024-01-31", "0 sufficientlyDefined=false", "0 inactive=true" }));
        Assert.That(file.Codes(file.System.WithProperty(file.PropertyIndex("inactive"), "true"u8)), Is.EqualTo(new[] { "200001" }));
        Assert.That(file.Replayed().Where(line => line.StartsWith("property", StringComparison.Ordinal)), Is.Empty, "they are no records of their own");
    }
}

namespace Terminology.Maps;

public sealed class InMemoryConceptMapTests
{
    private static readonly MapElement First = Element("a", "x", "y"), Second = Element("a", "y", "y"), Other = Element("A", "x");

    private static readonly InMemoryConceptMap Map = new(
        new() { Url = "http://example.org/map", Groups = [new(new("http://example.org/s"), new("http://example.org/t"))] }, [[First, Second, Other]]);

    [Test]
    public void Find_CodeListedTwice_GivesBothInOrder() => Assert.That(Map.Find(0, "a"), Is.EqualTo(new[] { First, Second }));

    [Test]
    public void Find_NotListed_IsEmpty() => Assert.That(Map.Find(0, "b"), Is.Empty);

    [Test]
    public void FindByTarget_SameTargetTwiceInOneElement_GivesItOnce() => Assert.That(Map.FindByTarget(0, "y"), Is.EqualTo(new[] { First, Second }));

    [Test]
    public void Elements_KeepTheOrder() => Assert.That(Map.Elements(0), Is.EqualTo(new[] { First, Second, Other }));

    private static MapElement Element(string code, params string[] targets)
        => new(code, [.. targets.Select(target => new MapTarget { Code = target, Relationship = MapRelationship.Equivalent })]);
}

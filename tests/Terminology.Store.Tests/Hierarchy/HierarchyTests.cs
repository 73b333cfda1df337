using Terminology.CodeSystems;
using Terminology.Issues;

namespace Terminology.Store.Hierarchy;

/// <summary>Hierarchies that are awkward; random ones are in <see cref="StoreRoundTripTests"/>.</summary>
public sealed class HierarchyTests
{
    [Test]
    public void LongChain_IsAnsweredWithoutRecursion()
    {
        using var file = new ReleaseFile();
        const int length = 10_000;
        for (var i = 0; i < length; i++) file.Concept($"c{i}");
        for (var i = 1; i < length; i++) file.Parent($"c{i}", $"c{i - 1}");
        var (top, bottom) = (file.Find("c0"), file.Find($"c{length - 1}"));
        Assert.That(file.System.IsA(bottom, top), Is.True);
        Assert.That(file.System.IsA(top, bottom), Is.False);
        Assert.That(file.System.DescendantsOrSelf(top).Count, Is.EqualTo(length));
        Assert.That(file.System.DescendantsOrSelf(top).RunCount, Is.EqualTo(1));
        Assert.That(file.System.AncestorsOrSelf(bottom).Count, Is.EqualTo(length));
    }

    [Test]
    public void Diamond_BothParentsSubsume_AndAreListedOnceInSourceOrder()
    {
        using var file = new ReleaseFile().Concept("d").Concept("c").Concept("b").Concept("a")
            .Parent("b", "a").Parent("c", "a").Parent("d", "c").Parent("d", "b").Parent("d", "c");
        Assert.That(file.Codes(file.System.Parents(file.Find("d"))), Is.EqualTo(new[] { "c", "b" }));
        Assert.That(file.System.IsA(file.Find("d"), file.Find("b")) && file.System.IsA(file.Find("d"), file.Find("c")), Is.True);
        Assert.That(file.Codes(file.System.AncestorsOrSelf(file.Find("d"))), Is.EqualTo(new[] { "a", "b", "c", "d" }));
        Assert.That(file.System.DescendantsOrSelf(file.Find("a")).Count, Is.EqualTo(4));
    }

    [Test]
    public void Order_IsPreOrder_ParentsBeforeChildrenAndInactiveRootsLast()
    {
        using var file = new ReleaseFile().Concept("old", ConceptFlags.Inactive).Concept("leaf").Concept("top").Parent("leaf", "top");
        Assert.That(file.System.All.Select(file.Code), Is.EqualTo(new[] { "top", "leaf", "old" }));
        Assert.That(file.Codes(file.System.Roots), Is.EqualTo(new[] { "old", "top" }));
        Assert.That(file.Codes(file.System.Active), Is.EqualTo(new[] { "leaf", "top" }));
    }

    [Test]
    public void InactiveAndStatedLinks_MakeNoHierarchy()
    {
        using var file = new ReleaseFile().Concept("a").Concept("b").Link("b", "parent", "a", active: false).Link("b", "parent", "a", kind: ReleaseFile.Stated);
        Assert.That(file.System.Parents(file.Find("b")).Length, Is.Zero);
        Assert.That(file.Replayed().Count(line => line.StartsWith("relationship", StringComparison.Ordinal)), Is.EqualTo(2));
    }

    [Test]
    public void Cycle_IsRefusedNamingItsCodes()
    {
        using var file = new ReleaseFile().Concept("root").Concept("x").Concept("y").Concept("z").Parent("x", "root").Parent("y", "x").Parent("z", "y").Parent("x", "z");
        Assert.That(() => file.Release, Throws.TypeOf<ReleaseFormat>().With.Message.Contains("x").And.Message.Contains("y").And.Message.Contains("z").And.Message.Not.Contains("root"));
        file.Sink.Dispose();
        Assert.That(File.Exists(file.Path), Is.False, "nothing half-made is left");
    }

    [Test]
    public void SelfParent_IsACycle()
    {
        using var file = new ReleaseFile().Concept("x").Parent("x", "x");
        Assert.That(() => file.Release, Throws.TypeOf<ReleaseFormat>());
    }

    [Test]
    public void EmptyCodeSystem_Answers()
    {
        using var file = new ReleaseFile();
        Assert.That(file.System.Count, Is.Zero);
        Assert.That(file.Find("a").Exists, Is.False);
        Assert.That(file.System.Roots.Count + file.System.Active.Count + file.System.All.Count, Is.Zero);
    }
}

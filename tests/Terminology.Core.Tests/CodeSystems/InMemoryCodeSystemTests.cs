using System.Text;
using CsCheck;

namespace Terminology.CodeSystems;

public sealed class InMemoryCodeSystemTests
{
    [Test]
    public void Build_NestedConcepts_AreInPreOrder()
    {
        var system = Build([("a", null), ("b", "a"), ("c", "b"), ("d", "a"), ("e", null)]);
        Assert.That(Codes(system, system.All), Is.EqualTo(new[] { "a", "b", "c", "d", "e" }));
        Assert.That(Codes(system, system.Roots), Is.EqualTo(new[] { "a", "e" }));
        Assert.That(Codes(system, system.DescendantsOrSelf(Find(system, "a"))), Is.EqualTo(new[] { "a", "b", "c", "d" }));
        Assert.That(Codes(system, system.AncestorsOrSelf(Find(system, "c"))), Is.EqualTo(new[] { "a", "b", "c" }));
    }

    [Test]
    public void AddProperty_ParentAndChild_MakeHierarchyAndNoProperty()
    {
        var builder = new InMemoryCodeSystemBuilder(Info() with { Properties = [new("subsumedBy", PropertyType.Code, "http://hl7.org/fhir/concept-properties#parent")] });
        var (a, _) = builder.Add("a");
        var (b, _) = builder.Add("b");
        var (c, _) = builder.Add("c", parent: a);
        builder.AddProperty(c, "subsumedBy", PropertyType.Code, "b");
        builder.AddProperty(a, "child", PropertyType.Code, "b");
        var system = builder.Build();
        Assert.That(Codes(system, system.Parents(Find(system, "c"))), Is.EqualTo(new[] { "a", "b" }));
        Assert.That(Codes(system, system.Children(Find(system, "a"))), Is.EquivalentTo(new[] { "b", "c" }));
        Assert.That(system.Properties(Find(system, "c")).Count, Is.Zero);
        Assert.That(system.IsA(Find(system, "c"), Find(system, "b")), Is.True);
        Assert.That(b, Is.Not.EqualTo(c));
    }

    [TestCase("inactive", "true", ConceptFlags.Inactive)]
    [TestCase("inactive", "false", ConceptFlags.None)]
    [TestCase("status", "retired", ConceptFlags.Inactive)]
    [TestCase("status", "deprecated", ConceptFlags.Deprecated)]
    [TestCase("status", "active", ConceptFlags.None)]
    [TestCase("notSelectable", "true", ConceptFlags.Abstract)]
    [TestCase("abstract", "true", ConceptFlags.Abstract)]
    [TestCase("deprecated", "2019-03-01", ConceptFlags.Deprecated)]
    public void AddProperty_Standard_SetsFlags(string code, string value, ConceptFlags expected)
    {
        var builder = new InMemoryCodeSystemBuilder(Info());
        builder.AddProperty(builder.Add("a").Handle, code, PropertyType.String, value);
        var system = builder.Build();
        Assert.That(system.Flags(new(0)), Is.EqualTo(expected));
        Assert.That(system.Active.Count, Is.EqualTo((expected & ConceptFlags.Inactive) != 0 ? 0 : 1));
        Assert.That(system.Info.Properties[0].Code, Is.EqualTo(code), "used properties are defined");
    }

    [Test]
    public void Designations_DisplayIsFirstAndDefinitionLast()
    {
        var builder = new InMemoryCodeSystemBuilder(Info() with { Language = "en" });
        var (a, _) = builder.Add("a", "Kidney", "An organ.");
        builder.AddDesignation(a, new("de", null, "Niere"));
        var system = builder.Build();
        var range = system.Designations(new(0));
        var all = Enumerable.Range(range.Start, range.Count).Select(i => (Text(system.Designation(i).Value), system.Designation(i).Language, system.Designation(i).Use));
        Assert.That(all, Is.EqualTo(new[]
        {
            ("Kidney", "en", DesignationUses.Display), ("Niere", "de", DesignationUses.Unspecified), ("An organ.", "en", DesignationUses.Definition),
        }));
        Assert.That(Text(system.Display(new(0))), Is.EqualTo("Kidney"));
    }

    [Test]
    public void Display_DefinitionAlone_IsEmpty()
    {
        var builder = new InMemoryCodeSystemBuilder(Info());
        builder.Add("a", definition: "An organ.");
        Assert.That(builder.Build().Display(new(0)).IsEmpty, Is.True);
    }

    [Test]
    public void Build_Cycle_IsCutAndNamed()
    {
        var system = Build([("a", "c"), ("b", "a"), ("c", "b"), ("r", null)]);
        Assert.That(system.Warnings, Has.Count.EqualTo(1).And.Some.Contains("'c' as a parent of 'a'"));
        Assert.That(Codes(system, system.DescendantsOrSelf(Find(system, "a"))), Is.EqualTo(new[] { "a", "b", "c" }));
        Assert.That(Codes(system, system.Roots), Is.EqualTo(new[] { "r", "a" }));
    }

    [Test]
    public void Add_SameCodeTwice_KeepsTheFirstAndGainsAParent()
    {
        var builder = new InMemoryCodeSystemBuilder(Info());
        var (a, _) = builder.Add("a");
        var (b, _) = builder.Add("b");
        builder.Add("x", "First", parent: a);
        Assert.That(builder.Add("x", "Second", parent: b).IsNew, Is.False);
        var system = builder.Build();
        Assert.That(Text(system.Display(Find(system, "x"))), Is.EqualTo("First"));
        Assert.That(Codes(system, system.Parents(Find(system, "x"))), Is.EqualTo(new[] { "a", "b" }));
        Assert.That(system.Warnings, Has.Some.Contains("'x'"));
    }

    [Test]
    public void TryFind_CaseInsensitiveSystem_FindsWhateverTheCase()
    {
        var builder = new InMemoryCodeSystemBuilder(Info() with { CaseSensitive = false });
        builder.Add("Abc");
        var system = builder.Build();
        Assert.That(system.TryFind("aBC"u8, out var found), Is.True);
        Assert.That(Text(system.Code(found)), Is.EqualTo("Abc"));
        Assert.That(Build([("Abc", null)]).TryFind("abc"u8, out _), Is.False);
    }

    [Test]
    public void WithProperty_CodeValue_IsFoundAsConceptAndAsText()
    {
        var builder = new InMemoryCodeSystemBuilder(Info());
        builder.Add("unit");
        var (a, _) = builder.Add("a");
        builder.AddProperty(a, "has", PropertyType.Code, "unit");
        var system = builder.Build();
        Assert.That(Codes(system, system.WithProperty(0, Find(system, "unit"))), Is.EqualTo(new[] { "a" }));
        Assert.That(Codes(system, system.WithProperty(0, "unit"u8)), Is.EqualTo(new[] { "a" }));
        Assert.That(Codes(system, system.WithProperty(0)), Is.EqualTo(new[] { "a" }));
        Assert.That(system.Property(0).Concept, Is.EqualTo(Find(system, "unit")));
        Assert.That(() => system.WithProperty(1), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void IsAAndSets_AnyAcyclicHierarchy_EqualTheNaiveWalk()
    {
        var edges = Gen.Int[0, 11].SelectMany(child => Gen.Int[0, 11].Select(parent => (child, parent))).List[0, 30];
        edges.Sample(list =>
        {
            var builder = new InMemoryCodeSystemBuilder(Info());
            for (var i = 0; i < 12; i++) builder.Add($"c{i}");
            // A parent with a smaller number cannot close a cycle.
            var links = list.Where(edge => edge.parent < edge.child).Distinct().ToArray();
            foreach (var (child, parent) in links) builder.AddProperty(child, "parent", PropertyType.Code, $"c{parent}");
            var system = builder.Build();
            bool Naive(int child, int ancestor) => child == ancestor || links.Any(edge => edge.child == child && Naive(edge.parent, ancestor));
            for (var child = 0; child < 12; child++)
            {
                for (var ancestor = 0; ancestor < 12; ancestor++)
                {
                    var (low, high) = (Find(system, $"c{child}"), Find(system, $"c{ancestor}"));
                    var expected = Naive(child, ancestor);
                    if (system.IsA(low, high) != expected || system.DescendantsOrSelf(high).Contains(low) != expected || system.AncestorsOrSelf(low).Contains(high) != expected)
                    {
                        return false;
                    }
                }
            }
            return true;
        });
    }

    private static CodeSystemInfo Info() => new() { Url = new("http://example.org/cs") };

    private static InMemoryCodeSystem Build((string Code, string? Parent)[] concepts)
    {
        var builder = new InMemoryCodeSystemBuilder(Info());
        var handles = concepts.Select(concept => builder.Add(concept.Code).Handle).ToArray();
        for (var i = 0; i < concepts.Length; i++)
        {
            if (concepts[i].Parent is { } parent) builder.AddProperty(handles[i], "parent", PropertyType.Code, parent);
        }
        return builder.Build();
    }

    private static ConceptOrdinal Find(InMemoryCodeSystem system, string code)
    {
        Assert.That(system.TryFind(Encoding.UTF8.GetBytes(code), out var concept), Is.True);
        return concept;
    }

    private static string[] Codes(InMemoryCodeSystem system, IEnumerable<ConceptOrdinal> concepts) => [.. concepts.Select(concept => Text(system.Code(concept)))];

    private static string[] Codes(InMemoryCodeSystem system, ReadOnlySpan<ConceptOrdinal> concepts) => Codes(system, concepts.ToArray().AsEnumerable());

    private static string Text(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8);
}

using Terminology.CodeSystems;

namespace Terminology.Ecl;

/// <summary>A condition on a run of properties that form a relationship group.</summary>
internal abstract class GroupTest
{
    /// <param name="links">The properties.</param>
    /// <param name="first">Index of the first of them, where its text is.</param>
    public abstract bool Holds(ReadOnlySpan<PropertyLink> links, int first);
}

/// <summary>All conditions hold in the same group.</summary>
internal sealed class AllTests(GroupTest[] tests) : GroupTest
{
    public GroupTest[] Tests => tests;

    public override bool Holds(ReadOnlySpan<PropertyLink> links, int first)
    {
        foreach (var test in tests)
        {
            if (!test.Holds(links, first)) return false;
        }
        return true;
    }
}

/// <summary>At least one condition holds in the group.</summary>
internal sealed class AnyTest(GroupTest[] tests) : GroupTest
{
    public GroupTest[] Tests => tests;

    public override bool Holds(ReadOnlySpan<PropertyLink> links, int first)
    {
        foreach (var test in tests)
        {
            if (test.Holds(links, first)) return true;
        }
        return false;
    }
}

/// <summary>How many attributes of some names have certain values.</summary>
/// <param name="system">Whose.</param>
/// <param name="properties">The names.</param>
/// <param name="allowed">How many.</param>
/// <param name="values">Concepts as values; null: any, unless there is a test for literal values.</param>
/// <param name="literal">Test of literal values, or null.</param>
internal sealed class AttributeTest(ICodeSystem system, List<int> properties, Cardinality allowed, ConceptSet? values, ValueTest? literal) : GroupTest
{
    /// <summary>From so many questions on, the values are marked.</summary>
    private const int ManyQuestions = 2_000;

    private Marks? _marks;
    private int _asked;
    private readonly bool[] _isNamed = Named(properties, system.Info.Properties.Count);

    public List<int> Properties => properties;

    public Cardinality Allowed => allowed;

    public ConceptSet? Values => values;

    public ValueTest? Literal => literal;

    /// <summary>Does every value do?</summary>
    public bool IsAnything => values is null && literal is null;

    public override bool Holds(ReadOnlySpan<PropertyLink> links, int first) => allowed.Allows(Count(links, first));

    /// <summary>How many of these properties fulfil it.</summary>
    public int Count(ReadOnlySpan<PropertyLink> links, int first)
    {
        var count = 0;
        for (var i = 0; i < links.Length; i++)
        {
            if (_isNamed[links[i].Property] && Fits(links[i], first + i)) count++;
        }
        return count;
    }

    private bool Fits(PropertyLink link, int index)
    {
        if (literal is not null) return link.Value < 0 && literal(system.Property(index).Value);
        if (values is null) return true;
        if (link.Value < 0) return false;
        if (_marks is not null) return _marks.Contains(link.Value);
        if (++_asked == ManyQuestions)
        {
            _marks = new(system.Count);
            _marks.Add(values);
        }
        return values.Contains(new(link.Value));
    }

    private static bool[] Named(List<int> properties, int count)
    {
        var named = new bool[count];
        foreach (var property in properties) named[property] = true;
        return named;
    }
}

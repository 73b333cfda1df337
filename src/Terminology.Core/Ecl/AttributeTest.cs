using Terminology.CodeSystems;

namespace Terminology.Ecl;

/// <summary>A condition on a run of properties that form a relationship group.</summary>
internal abstract class GroupTest
{
    public abstract bool Holds(IndexRange range);
}

/// <summary>All conditions hold in the same group.</summary>
internal sealed class AllTests(GroupTest[] tests) : GroupTest
{
    public GroupTest[] Tests => tests;

    public override bool Holds(IndexRange range) => Array.TrueForAll(tests, test => test.Holds(range));
}

/// <summary>At least one condition holds in the group.</summary>
internal sealed class AnyTest(GroupTest[] tests) : GroupTest
{
    public GroupTest[] Tests => tests;

    public override bool Holds(IndexRange range) => Array.Exists(tests, test => test.Holds(range));
}

/// <summary>How many attributes of some names have certain values.</summary>
/// <param name="system">Whose.</param>
/// <param name="properties">The names.</param>
/// <param name="allowed">How many.</param>
/// <param name="values">Concepts as values; null: any, unless there is a test for literal values.</param>
/// <param name="literal">Test of literal values, or null.</param>
internal sealed class AttributeTest(ICodeSystem system, List<int> properties, Cardinality allowed, ConceptSet? values, ValueTest? literal) : GroupTest
{
    private readonly bool[] _isNamed = Named(properties, system.Info.Properties.Count);

    public List<int> Properties => properties;

    public Cardinality Allowed => allowed;

    public ConceptSet? Values => values;

    public ValueTest? Literal => literal;

    /// <summary>Does every value do?</summary>
    public bool IsAnything => values is null && literal is null;

    public override bool Holds(IndexRange range) => allowed.Allows(Count(range));

    /// <summary>How many of these properties fulfil it.</summary>
    public int Count(IndexRange range)
    {
        var count = 0;
        for (var i = range.Start; i < range.End; i++)
        {
            var property = system.Property(i);
            if (_isNamed[property.Property] && Fits(property)) count++;
        }
        return count;
    }

    private bool Fits(in PropertyView property)
    {
        if (literal is not null) return !property.Concept.Exists && literal(property.Value);
        return values is null || (property.Concept.Exists && values.Contains(property.Concept));
    }

    private static bool[] Named(List<int> properties, int count)
    {
        var named = new bool[count];
        foreach (var property in properties) named[property] = true;
        return named;
    }
}

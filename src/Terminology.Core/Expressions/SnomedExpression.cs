using System.Buffers;
using Terminology.ValueSets;

namespace Terminology.Expressions;

/// <summary>A post-coordinated expression of SNOMED CT: focus concepts, refined by attributes, some of them in groups.</summary>
/// <param name="Status">What its definition is; of a nested expression always <see cref="DefinitionStatus.Unsaid"/>.</param>
/// <param name="Focus">At least one concept; what is meant is a kind of each.</param>
/// <param name="Groups">Attributes; the first list is ungrouped and may be empty, each further one is a group.</param>
/// <remarks><see href="https://docs.snomed.org/snomed-ct-specifications/snomed-ct-compositional-grammar-specification">SNOMED CT Compositional Grammar</see> 2.4.</remarks>
internal sealed record SnomedExpression(DefinitionStatus Status, IReadOnlyList<NamedConcept> Focus, IReadOnlyList<IReadOnlyList<ExpressionAttribute>> Groups)
{
    private static readonly SearchValues<char> Signs = SearchValues.Create(":+=<{(|");

    /// <summary>Could a code be an expression? It has what no identifier has.</summary>
    public static bool IsLike(string code) => code.AsSpan().ContainsAny(Signs);

    /// <summary>Does a value set, or one that it imports, list expressions?</summary>
    public static bool AreListed(TerminologyService service, ValueSet valueSet, int depth = 0) => valueSet.Compose is { } compose && depth < 8 && compose.Includes.Concat(compose.Excludes).Any(rule =>
        (rule.System == CodeSystemUri.Snomed.Value && rule.Concepts.Any(concept => IsLike(concept.Code)))
        || rule.ValueSets.Any(imported => service.FindValueSet(imported) is { } found && AreListed(service, found, depth + 1)));

    /// <summary>Every concept that is named, with the role in which it is: attribute names apart from the others.</summary>
    public IEnumerable<(string Code, bool IsAttribute)> Concepts()
    {
        foreach (var focus in Focus) yield return (focus.Id, false);
        foreach (var attribute in Groups.SelectMany(group => group))
        {
            yield return (attribute.Name.Id, true);
            if (attribute.Concept is { } value) yield return (value.Id, false);
            foreach (var nested in attribute.Expression?.Concepts() ?? []) yield return nested;
        }
    }

    /// <summary>In the brief form: without terms and blanks.</summary>
    public override string ToString() => ExpressionWriter.Write(this, _ => null);
}

/// <summary>Whether an expression says all that makes its meaning.</summary>
internal enum DefinitionStatus
{
    /// <summary>Nothing stands before the expression; it counts as equivalent.</summary>
    Unsaid,

    /// <summary><c>===</c>: whatever fulfils the definition is meant.</summary>
    EquivalentTo,

    /// <summary><c>&lt;&lt;&lt;</c>: what is meant fulfils the definition, and something more that is not said.</summary>
    SubtypeOf,
}

/// <summary>A concept as it is written.</summary>
/// <param name="Id">Its identifier.</param>
/// <param name="Term">The term between pipes, or null.</param>
internal readonly record struct NamedConcept(string Id, string? Term = null);

/// <summary>An attribute with its value: a concept, an expression, or a concrete value.</summary>
/// <param name="Name">The concept that is the attribute.</param>
/// <param name="Concept">Value as concept, or null.</param>
/// <param name="Expression">Value as an expression, or null.</param>
/// <param name="Literal">Concrete value, or null.</param>
internal sealed record ExpressionAttribute(NamedConcept Name, NamedConcept? Concept, SnomedExpression? Expression, ConcreteValue? Literal)
{
    public ExpressionAttribute(NamedConcept name, NamedConcept value)
        : this(name, value, null, null)
    {
    }

    public ExpressionAttribute(NamedConcept name, SnomedExpression value)
        : this(name, null, value, null)
    {
    }

    public ExpressionAttribute(NamedConcept name, ConcreteValue value)
        : this(name, null, null, value)
    {
    }
}

using System.Buffers;
using Terminology.ValueSets;

namespace Terminology.Expressions;

/// <summary>A post-coordinated expression of SNOMED CT: focus concepts, refined by attributes, some of them in groups.</summary>
/// <param name="Focus">At least one concept identifier; what is meant is a kind of each.</param>
/// <param name="Groups">Attributes; the first list is ungrouped and may be empty, each further one is a group.</param>
/// <remarks><see href="https://confluence.ihtsdotools.org/display/DOCSCG">SNOMED CT Compositional Grammar</see> 2.4.</remarks>
internal sealed record SnomedExpression(IReadOnlyList<string> Focus, IReadOnlyList<IReadOnlyList<ExpressionAttribute>> Groups)
{
    private static readonly SearchValues<char> Signs = SearchValues.Create(":+={(|");

    /// <summary>Could a code be an expression? It has what no identifier has.</summary>
    public static bool IsLike(string code) => code.AsSpan().ContainsAny(Signs);

    /// <summary>Does a value set, or one that it imports, list expressions?</summary>
    public static bool AreListed(TerminologyService service, ValueSet valueSet, int depth = 0) => valueSet.Compose is { } compose && depth < 8 && compose.Includes.Concat(compose.Excludes).Any(rule =>
        (rule.System == CodeSystemUri.Snomed.Value && rule.Concepts.Any(concept => IsLike(concept.Code)))
        || rule.ValueSets.Any(imported => service.FindValueSet(imported) is { } found && AreListed(service, found, depth + 1)));

    /// <summary>Every concept that is named, with the role in which it is: attribute names apart from the others.</summary>
    public IEnumerable<(string Code, bool IsAttribute)> Concepts()
    {
        foreach (var focus in Focus) yield return (focus, false);
        foreach (var attribute in Groups.SelectMany(group => group))
        {
            yield return (attribute.Name, true);
            if (attribute.Concept is { } value) yield return (value, false);
            foreach (var nested in attribute.Expression?.Concepts() ?? []) yield return nested;
        }
    }
}

/// <summary>An attribute with its value: a concept, an expression, or a concrete value.</summary>
/// <param name="Name">Concept identifier of the attribute.</param>
/// <param name="Concept">Value as concept identifier, or null.</param>
/// <param name="Expression">Value as an expression, or null.</param>
/// <param name="Literal">Concrete value as it is written (<c>#5</c>, <c>"text"</c>), or null.</param>
internal sealed record ExpressionAttribute(string Name, string? Concept, SnomedExpression? Expression, string? Literal);

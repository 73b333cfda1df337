using System.Text;
using Terminology.CodeSystems;

namespace Terminology.Expressions;

/// <summary>
/// The long normal form: sufficiently defined concepts are unfolded down to the primitive ones on which they stand, all groups that hold are told, what another part says
/// already is left out, and everything has its place by identifier.
/// </summary>
/// <remarks>No group of a definition is merged with one of the refinement: that would say more than was said. One thread.</remarks>
internal sealed class NormalForm(Definitions definitions, ExpressionLogic logic)
{
    private readonly ICodeSystem _release = definitions.Release;
    private readonly Dictionary<Meaning, SnomedExpression> _known = [];

    /// <summary>Of an expression; worked out once, as nested ones are asked for at every level.</summary>
    public SnomedExpression Of(Meaning meaning) => _known.TryGetValue(meaning, out var known) ? known : _known[meaning] = Unfolded(meaning);

    private SnomedExpression Unfolded(Meaning meaning)
    {
        var (primitives, groups) = Unfold(meaning.Focus);
        return Write(meaning.IsSubtype ? DefinitionStatus.SubtypeOf : DefinitionStatus.EquivalentTo, primitives, [.. meaning.Groups, .. groups]);
    }

    /// <summary>The definition of a concept: equivalent to it when it is sufficiently defined; else it is a subtype of what is said.</summary>
    public SnomedExpression Of(ConceptOrdinal concept)
    {
        var parents = _release.Parents(concept).ToArray();
        if (parents.Length == 0) return Write(DefinitionStatus.EquivalentTo, [concept], definitions.Groups(concept));
        var (primitives, groups) = Unfold(parents);
        return Write(definitions.IsDefined(concept) ? DefinitionStatus.EquivalentTo : DefinitionStatus.SubtypeOf, primitives, [.. definitions.Groups(concept), .. groups]);
    }

    /// <summary>The nearest primitive concepts, and the groups of all that was passed on the way to them.</summary>
    private (List<ConceptOrdinal> Primitives, List<MeaningGroup> Groups) Unfold(ConceptOrdinal[] focus)
    {
        var (primitives, groups) = (new List<ConceptOrdinal>(), new List<MeaningGroup>());
        var (seen, waiting) = (new HashSet<ConceptOrdinal>(), new Stack<ConceptOrdinal>(focus));
        while (waiting.TryPop(out var concept))
        {
            if (!seen.Add(concept)) continue;
            groups.AddRange(definitions.Groups(concept));
            var parents = definitions.IsDefined(concept) ? _release.Parents(concept) : [];
            foreach (var parent in parents) waiting.Push(parent);
            if (parents.Length == 0) primitives.Add(concept);
        }
        return (primitives.FindAll(concept => !primitives.Exists(other => other != concept && _release.IsA(other, concept))), groups);
    }

    private SnomedExpression Write(DefinitionStatus status, IEnumerable<ConceptOrdinal> focus, IEnumerable<MeaningGroup> groups)
    {
        var left = groups.Select(Reduced).Select(group => (Group: group, Text: Written(group)))
            .OrderBy(pair => pair.Text, ExpressionOrder.Groups).Select(pair => pair.Group).ToList();
        Reduce(left, logic.Meets);
        return new(
            status,
            [.. focus.Select(Named).OrderBy(concept => concept.Id, ExpressionOrder.Ids)],
            [[.. left.Where(group => !group.IsBraced).SelectMany(Written)], .. left.Where(group => group.IsBraced).Select(Written)]);
    }

    private MeaningGroup Reduced(MeaningGroup group)
    {
        if (group.Attributes.Length == 1) return group;
        var left = group.Attributes.Select(attribute => (Attribute: attribute, Text: Written(attribute))).OrderBy(pair => pair.Text, ExpressionOrder.Attributes).Select(pair => pair.Attribute).ToList();
        Reduce(left, logic.Meets);
        return group with { Attributes = [.. left] };
    }

    /// <summary>Takes out what another part says more exactly; of two that say the same the first stays.</summary>
    private static void Reduce<T>(List<T> parts, Func<T, T, bool> meets)
    {
        for (var i = parts.Count - 1; i >= 0; i--)
        {
            for (var other = 0; other < parts.Count; other++)
            {
                if (other == i || !meets(parts[other], parts[i])) continue;
                parts.RemoveAt(i);
                break;
            }
        }
    }

    private ExpressionAttribute[] Written(MeaningGroup group) => [.. group.Attributes.Select(Written).Order(ExpressionOrder.Attributes)];

    private ExpressionAttribute Written(MeaningAttribute attribute)
    {
        var name = Named(attribute.Name);
        if (attribute.Literal is { } literal) return new(name, literal);
        if (attribute.Nested is null) return new(name, Named(attribute.Concept));
        var nested = Of(attribute.Nested) with { Status = DefinitionStatus.Unsaid };
        return nested is { Focus: [var only], Groups: [{ Count: 0 }] } ? new(name, only) : new(name, nested);
    }

    private NamedConcept Named(ConceptOrdinal concept) => new(Encoding.UTF8.GetString(_release.Code(concept)));
}

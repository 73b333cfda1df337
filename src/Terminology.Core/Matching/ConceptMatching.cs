using System.Numerics;
using Terminology.CodeSystems;
using Terminology.Issues;
using Terminology.Operations;

namespace Terminology.Matching;

/// <summary>One <c>$find-matches</c>: each property is a set of concepts, and the largest number of sets that have something in common tells the matches.</summary>
/// <remarks>One use, one thread.</remarks>
internal sealed class ConceptMatching(ICodeSystem system, FindMatchesRequest request, RequestScope scope)
{
    private const int MostProperties = 10, MostMatches = 100;
    private readonly IReadOnlyList<MatchProperty> _properties = request.Properties;

    public FindMatchesResult Run()
    {
        if (_properties.Count == 0) throw new TerminologyException(IssueType.Required, "MISSING_PROPERTY", MatchMessages.NoProperties()) { Expression = "property" };
        if (_properties.Count > MostProperties) throw new TooCostly(MatchMessages.TooManyProperties(MostProperties));
        var holding = new PropertySets(system, scope.Cancel);
        var sets = _properties.Select((property, index) => holding.Of(property, $"property[{index}]").And(system.Active)).ToArray();
        foreach (var found in BySize(sets))
        {
            var composed = request.Compositional && system.Refsets is not null ? found.SelectMany(one => Composed(one.Held, one.Common)) : [];
            ConceptMatch[] matches = [.. composed.Concat(found.SelectMany(one => Matches(one.Held, one.Common))).Take(MostMatches)];
            if (matches.Length > 0) return new(matches);
        }
        return new([], MatchMessages.None());
    }

    /// <summary>The choices of properties that hold together for some concept, those of most properties first.</summary>
    private IEnumerable<(uint Held, ConceptSet Common)[]> BySize(ConceptSet[] sets)
    {
        var all = (1u << sets.Length) - 1;
        foreach (var choices in Enumerable.Range(1, (int)all).Select(bits => (uint)bits).GroupBy(BitOperations.PopCount).OrderByDescending(choices => choices.Key))
        {
            scope.Cancel.ThrowIfCancellationRequested();
            yield return [.. choices.OrderDescending().Select(held => (held, Common(sets, held))).Where(found => found.Item2.Count > 0)];
        }
    }

    private static ConceptSet Common(ConceptSet[] sets, uint held)
    {
        ConceptSet? common = null;
        for (var i = 0; i < sets.Length && common is not { Count: 0 }; i++)
        {
            if ((held >> i & 1) != 0) common = common?.And(sets[i]) ?? sets[i];
        }
        return common!;
    }

    private IEnumerable<ConceptMatch> Matches(uint held, ConceptSet common)
    {
        var missing = Missing(held);
        foreach (var concept in MostGeneral(common))
        {
            yield return new(Coding(concept), missing, request.Exact ? null : Comment(missing, common, concept));
        }
    }

    /// <summary>Concepts with what they lack as refinements, when that is attributes only.</summary>
    private IEnumerable<ConceptMatch> Composed(uint held, ConceptSet common)
    {
        var missing = Missing(held);
        if (missing.Length == 0 || Array.Exists(missing, PropertySets.IsFocus)) yield break;
        foreach (var concept in MostGeneral(common))
        {
            var expression = $"{TerminologyService.Text(system.Code(concept))}:{string.Join(',', missing.Select(Group))}";
            if (!TerminologyService.TryFind(system, expression, out var composed)) continue;
            yield return new(Coding(composed), [], request.Exact ? null : MatchMessages.Composed(missing));
        }
    }

    private static string Group(MatchProperty property)
    {
        var attributes = property.Value is null ? property.Subproperties : [property, .. property.Subproperties];
        return $"{{{string.Join(',', attributes.Select(attribute => $"{attribute.Code}={Literal(attribute)}"))}}}";
    }

    private static string Literal(MatchProperty attribute) => attribute.Type is "Integer" or "Decimal" ? $"#{attribute.Value}" : attribute.Value!;

    private MatchProperty[] Missing(uint held) => [.. _properties.Where((_, index) => (held >> index & 1) == 0)];

    private IEnumerable<ConceptOrdinal> MostGeneral(ConceptSet common)
    {
        foreach (var concept in common)
        {
            if (!IsBelowAny(concept, common)) yield return concept;
        }
    }

    private bool IsBelowAny(ConceptOrdinal concept, ConceptSet common)
    {
        foreach (var parent in system.Parents(concept))
        {
            if (common.Contains(parent)) return true;
        }
        return false;
    }

    private string Comment(MatchProperty[] missing, ConceptSet common, ConceptOrdinal concept)
    {
        if (missing.Length > 0) return MatchMessages.Partial(missing);
        var more = common.And(system.DescendantsOrSelf(concept)).Count - 1;
        return more > 0 ? MatchMessages.CompleteMore(more) : MatchMessages.Complete();
    }

    private Coding Coding(ConceptOrdinal concept)
    {
        var code = TerminologyService.Text(system.Code(concept));
        return new(system.Info.Url.Value, code, system.Info.Version, DisplayChooser.Text(system, concept, scope.Languages));
    }
}

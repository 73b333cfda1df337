using System.Text;
using Terminology.CodeSystems;
using Terminology.Ecl;

namespace Terminology.Expressions;

/// <summary>Where a meaning stands among the concepts of a release: the concepts right above and below it. Candidates come from the indexes of attributes and values.</summary>
/// <remarks>One thread.</remarks>
internal sealed class ExpressionPlace(Definitions definitions, ExpressionLogic logic)
{
    private readonly ICodeSystem _release = definitions.Release;
    private readonly AttributeNames _names = AttributeNames.Of(definitions.Release);

    /// <summary>The most specific concepts above: of the focus, and of the sufficiently defined concepts whose definition is fulfilled. Ascending.</summary>
    public ConceptOrdinal[] Parents(Meaning meaning)
    {
        // What one concept says by itself has its place already.
        var groups = meaning.Focus.Length == 1 ? meaning.Groups : logic.Groups(meaning);
        var candidates = groups.SelectMany(group => group.Attributes).Aggregate(ConceptSet.Empty, (all, attribute) => all.Or(Having(attribute, above: true)));
        var above = new List<ConceptOrdinal>(meaning.Focus);
        foreach (var candidate in candidates)
        {
            if (definitions.IsDefined(candidate) && logic.IsA(meaning, candidate)) above.Add(candidate);
        }
        return [.. above.Distinct().Where(concept => !above.Exists(other => other != concept && _release.IsA(other, concept))).OrderBy(concept => concept.Value)];
    }

    /// <summary>The concepts above, all of them.</summary>
    public ConceptSet Ancestors(Meaning meaning) => Parents(meaning).Aggregate(ConceptSet.Empty, (all, parent) => all.Or(_release.AncestorsOrSelf(parent)));

    /// <summary>The concepts below, those that mean the same included.</summary>
    public ConceptSet Descendants(Meaning meaning)
    {
        if (meaning.IsSubtype) return ConceptSet.Empty;
        var candidates = meaning.Groups.SelectMany(group => group.Attributes).Aggregate(Below(meaning), (left, attribute) => left.Count == 0 ? left : left.And(Having(attribute, above: false)));
        // Attributes that need not stand together are answered by the indexes alone.
        if (Array.TrueForAll(meaning.Groups, group => group.Attributes is [{ Nested: null }])) return candidates;
        return ConceptSet.FromSorted([.. candidates.Where(candidate => logic.IsA(definitions.Of(candidate), meaning)).Select(candidate => candidate.Value)]);
    }

    /// <summary>The concepts right below, ascending.</summary>
    public ConceptOrdinal[] Children(Meaning meaning)
    {
        var below = Descendants(meaning);
        var narrower = ConceptSet.FromSorted([.. below.Where(concept => !logic.IsA(meaning, concept)).Select(concept => concept.Value)]);
        return [.. narrower.Where(concept => !IsBelowOne(concept, narrower))];
    }

    private bool IsBelowOne(ConceptOrdinal concept, ConceptSet set)
    {
        foreach (var parent in _release.Parents(concept))
        {
            if (set.Contains(parent)) return true;
        }
        return false;
    }

    private ConceptSet Below(Meaning meaning) => meaning.Focus.Select(_release.DescendantsOrSelf).Aggregate((left, right) => left.And(right));

    /// <summary>Concepts that have an attribute which could meet this one; or that this one could meet.</summary>
    private ConceptSet Having(MeaningAttribute attribute, bool above)
    {
        var found = ConceptSet.Empty;
        ConceptSet? values = null;
        foreach (var property in _names.All)
        {
            var name = _names.Concepts[property];
            if (!name.Exists || !(above ? _release.IsA(attribute.Name, name) : _release.IsA(name, attribute.Name))) continue;
            found = found.Or(attribute.Literal is { } literal
                ? _release.WithProperty(property, value => ConcreteValue.Stored(_release.Info.Properties[property].Type, Encoding.UTF8.GetString(value)) == literal)
                : _release.WithProperty(property, values ??= Values(attribute, above)));
        }
        return found;
    }

    private ConceptSet Values(MeaningAttribute attribute, bool above) => (attribute.Nested, above) switch
    {
        ({ } nested, true) => Ancestors(nested),
        ({ } nested, false) => Below(nested),
        (null, true) => _release.AncestorsOrSelf(attribute.Concept),
        (null, false) => _release.DescendantsOrSelf(attribute.Concept),
    };
}

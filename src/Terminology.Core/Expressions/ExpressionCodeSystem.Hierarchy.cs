using Terminology.CodeSystems;

namespace Terminology.Expressions;

/// <summary>Where expressions stand: among the concepts by <see cref="ExpressionPlace"/>, among one another by <see cref="ExpressionLogic"/>.</summary>
internal sealed partial class ExpressionCodeSystem
{
    public ReadOnlySpan<ConceptOrdinal> Parents(ConceptOrdinal concept) => At(concept) is { } entry ? entry.Parents ??= Place.Parents(entry.Meaning) : release.Parents(concept);

    public ReadOnlySpan<ConceptOrdinal> Children(ConceptOrdinal concept) => At(concept) is { } entry ? entry.Children ??= Place.Children(entry.Meaning) : release.Children(concept);

    public bool IsA(ConceptOrdinal concept, ConceptOrdinal ancestor)
    {
        if (concept == ancestor) return true;
        if (At(ancestor) is { } entry) return Logic.IsA(MeaningOf(concept), entry.Meaning);
        return At(concept) is { } own ? Logic.IsA(own.Meaning, ancestor) : release.IsA(concept, ancestor);
    }

    public ConceptSet DescendantsOrSelf(ConceptOrdinal concept)
        => (At(concept) is { } entry ? Place.Descendants(entry.Meaning) : release.DescendantsOrSelf(concept)).Or(FoundWhere(found => IsA(found, concept)));

    public ConceptSet AncestorsOrSelf(ConceptOrdinal concept)
        => At(concept) is { } entry ? Place.Ancestors(entry.Meaning).Or(FoundWhere(found => IsA(concept, found))) : release.AncestorsOrSelf(concept);

    private Meaning MeaningOf(ConceptOrdinal concept) => At(concept)?.Meaning ?? Definitions.Of(concept);

    private ConceptSet FoundWhere(Func<ConceptOrdinal, bool> test)
        => _entries.Count == 0 ? ConceptSet.Empty : ConceptSet.FromSorted([.. Found.Where(test).Select(found => found.Value)]);
}

using Terminology.CodeSystems;

namespace Terminology.Expressions;

/// <summary>Where expressions stand: among the concepts by <see cref="ExpressionPlace"/>, among one another by <see cref="ExpressionLogic"/>.</summary>
internal sealed partial class ExpressionCodeSystem
{
    public override ReadOnlySpan<ConceptOrdinal> Parents(ConceptOrdinal concept) => Own(concept) is { } entry ? entry.Parents ??= Place.Parents(entry.Meaning) : _release.Parents(concept);

    public override ReadOnlySpan<ConceptOrdinal> Children(ConceptOrdinal concept) => Own(concept) is { } entry ? entry.Children ??= Place.Children(entry.Meaning) : _release.Children(concept);

    public override bool IsA(ConceptOrdinal concept, ConceptOrdinal ancestor)
    {
        if (concept == ancestor) return true;
        if (Own(ancestor) is { } entry) return Logic.IsA(MeaningOf(concept), entry.Meaning);
        return Own(concept) is { } own ? Logic.IsA(own.Meaning, ancestor) : _release.IsA(concept, ancestor);
    }

    public override ConceptSet DescendantsOrSelf(ConceptOrdinal concept)
        => (Own(concept) is { } entry ? Place.Descendants(entry.Meaning) : _release.DescendantsOrSelf(concept)).Or(OwnWhere(found => IsA(found, concept)));

    public override ConceptSet AncestorsOrSelf(ConceptOrdinal concept)
        => Own(concept) is { } entry ? Place.Ancestors(entry.Meaning).Or(OwnWhere(found => IsA(concept, found))) : _release.AncestorsOrSelf(concept);

    private Meaning MeaningOf(ConceptOrdinal concept) => Own(concept)?.Meaning ?? Definitions.Of(concept);
}

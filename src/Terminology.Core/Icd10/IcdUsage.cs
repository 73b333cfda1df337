using Terminology.CodeSystems;

namespace Terminology.Icd10;

/// <summary>What a release says of the part that its codes play in pairs: property <c>usage</c> of a class, and the references <c>aster</c> and <c>dagger</c> to the others.</summary>
internal sealed class IcdUsage(ICodeSystem release)
{
    private readonly int _usage = IndexOf(release, "usage"), _aster = IndexOf(release, "aster"), _dagger = IndexOf(release, "dagger");

    /// <summary>The mark of a code, or of the nearest above it that has one: what is said of a category holds for what modifiers make of it.</summary>
    public IcdMark Of(ConceptOrdinal concept)
    {
        for (var depth = 0; concept.Exists && _usage >= 0 && depth < 16; depth++)
        {
            var range = release.Properties(concept);
            for (var i = range.Start; i < range.End; i++)
            {
                var property = release.Property(i);
                if (property.Property == _usage && MarkOf(property.Value) is not IcdMark.None and var mark) return mark;
            }
            concept = release.Parents(concept) is [var parent, ..] ? parent : ConceptOrdinal.None;
        }
        return IcdMark.None;
    }

    /// <summary>Does the release mark codes so at all?</summary>
    public bool Knows(IcdMark mark) => _usage >= 0 && mark switch
    {
        IcdMark.Dagger => release.WithProperty(_usage, "dagger"u8),
        IcdMark.Aster => release.WithProperty(_usage, "aster"u8),
        IcdMark.Optional => release.WithProperty(_usage, "optional"u8),
        _ => ConceptSet.Empty,
    } is { Count: > 0 };

    /// <summary>The asterisk codes that the release names for an underlying disease, or for what is above it.</summary>
    public List<ConceptOrdinal> Manifestations(ConceptOrdinal concept) => Named(concept, _aster);

    /// <summary>The codes of underlying diseases that the release names for an asterisk code, or for what is above it.</summary>
    public List<ConceptOrdinal> Etiologies(ConceptOrdinal concept) => Named(concept, _dagger);

    /// <summary>Does the release name this pair?</summary>
    public bool Pairs(ConceptOrdinal etiology, ConceptOrdinal manifestation)
        => Manifestations(etiology).Exists(named => release.IsA(manifestation, named)) || Etiologies(manifestation).Exists(named => release.IsA(etiology, named));

    private List<ConceptOrdinal> Named(ConceptOrdinal concept, int property)
    {
        var named = new List<ConceptOrdinal>();
        if (property < 0) return named;
        foreach (var at in release.AncestorsOrSelf(concept))
        {
            var range = release.Properties(at);
            for (var i = range.Start; i < range.End; i++)
            {
                var value = release.Property(i);
                if (value.Property != property) continue;
                // Where the code system says that it is a text, it may be a code all the same.
                var other = value.Concept.Exists ? value.Concept : Found(value.Value);
                if (other.Exists && !named.Contains(other)) named.Add(other);
            }
        }
        return named;
    }

    private ConceptOrdinal Found(ReadOnlySpan<byte> code) => release.TryFind(code, out var concept) ? concept : ConceptOrdinal.None;

    private static IcdMark MarkOf(ReadOnlySpan<byte> usage)
        => usage.SequenceEqual("dagger"u8) ? IcdMark.Dagger : usage.SequenceEqual("aster"u8) ? IcdMark.Aster : usage.SequenceEqual("optional"u8) ? IcdMark.Optional : IcdMark.None;

    private static int IndexOf(ICodeSystem release, string code)
    {
        for (var i = 0; i < release.Info.Properties.Count; i++)
        {
            if (release.Info.Properties[i].Code == code) return i;
        }
        return -1;
    }
}

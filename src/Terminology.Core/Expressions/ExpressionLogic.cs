using Terminology.CodeSystems;

namespace Terminology.Expressions;

/// <summary>Which meaning falls under which. Structural: what a definition asks for must be there, on the same or a narrower attribute with the same or a narrower value.</summary>
/// <remarks>
/// Complete for the existential part of the logic profile of SNOMED CT, over a release that is classified; property chains and general inclusions are left to the
/// classification. One thread; answers are remembered.
/// </remarks>
internal sealed class ExpressionLogic
{
    private readonly Definitions _definitions;
    private readonly ICodeSystem _release;
    private readonly Dictionary<(Meaning, ConceptOrdinal), bool> _belowConcept = [];
    private readonly Dictionary<(Meaning, Meaning), bool> _belowMeaning = [];
    private readonly Dictionary<Meaning, MeaningGroup[]> _groups = [];
    private readonly Dictionary<Meaning, string> _normal = [];

    public ExpressionLogic(Definitions definitions) => (_definitions, _release, Normal) = (definitions, definitions.Release, new(definitions, this));

    public NormalForm Normal { get; }

    /// <summary>All that holds of a meaning: its own groups and those of its focus.</summary>
    public MeaningGroup[] Groups(Meaning meaning)
        => _groups.TryGetValue(meaning, out var known) ? known : _groups[meaning] = [.. meaning.Groups, .. meaning.Focus.SelectMany(_definitions.Groups)];

    /// <summary>Below everything that it is a kind of, with each group of the other met. Below a mere subtype is only itself, in whatever words.</summary>
    public bool IsA(Meaning meaning, Meaning ancestor)
    {
        if (meaning == ancestor) return true;
        if (ancestor.IsSubtype) return meaning.IsSubtype && NormalText(meaning) == NormalText(ancestor);
        var key = (meaning, ancestor);
        if (_belowMeaning.TryGetValue(key, out var known)) return known;
        return _belowMeaning[key] = Array.TrueForAll(ancestor.Focus, focus => IsA(meaning, focus)) && Meets(meaning, ancestor.Groups);
    }

    /// <summary>Below a concept when a focus is; or when the concept is sufficiently defined, everything it is a kind of holds, and each of its groups is met.</summary>
    public bool IsA(Meaning meaning, ConceptOrdinal ancestor)
    {
        if (Array.Exists(meaning.Focus, focus => _release.IsA(focus, ancestor))) return true;
        var key = (meaning, ancestor);
        if (_belowConcept.TryGetValue(key, out var known)) return known;
        return _belowConcept[key] = _definitions.IsDefined(ancestor) && IsAll(meaning, ancestor) && Meets(meaning, _definitions.Groups(ancestor));
    }

    /// <summary>Does the first group say all that the second does?</summary>
    public bool Meets(MeaningGroup mine, MeaningGroup wanted) => Array.TrueForAll(wanted.Attributes, attribute => Array.Exists(mine.Attributes, own => Meets(own, attribute)));

    public bool Meets(MeaningAttribute mine, MeaningAttribute wanted)
    {
        if (!_release.IsA(mine.Name, wanted.Name)) return false;
        if (wanted.Literal is not null || mine.Literal is not null) return wanted.Literal == mine.Literal;
        if (mine.Concept.Exists && wanted.Concept.Exists) return _release.IsA(mine.Concept, wanted.Concept);
        var value = mine.Nested ?? _definitions.Of(mine.Concept);
        return wanted.Nested is { } nested ? IsA(value, nested) : IsA(value, wanted.Concept);
    }

    private bool Meets(Meaning meaning, MeaningGroup[] wanted) => Array.TrueForAll(wanted, group => Array.Exists(Groups(meaning), own => Meets(own, group)));

    private bool IsAll(Meaning meaning, ConceptOrdinal concept)
    {
        var parents = _release.Parents(concept);
        foreach (var parent in parents)
        {
            if (!IsA(meaning, parent)) return false;
        }
        return parents.Length > 0;
    }

    private string NormalText(Meaning meaning) => _normal.TryGetValue(meaning, out var known) ? known : _normal[meaning] = Normal.Of(meaning).ToString();
}

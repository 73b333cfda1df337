using Terminology.CodeSystems;

namespace Terminology.Expressions;

/// <summary>What an expression or a concept says: what it is a kind of, and what holds besides. Compared by reference.</summary>
/// <param name="focus">Concepts of the release.</param>
/// <param name="groups">What is said beyond the definitions of the focus.</param>
/// <param name="isSubtype">Is something more meant that is not said, so that nothing else can be known to fulfil it?</param>
internal sealed class Meaning(ConceptOrdinal[] focus, MeaningGroup[] groups, bool isSubtype = false)
{
    public ConceptOrdinal[] Focus { get; } = focus;

    public MeaningGroup[] Groups { get; } = groups;

    public bool IsSubtype { get; } = isSubtype;
}

/// <summary>Attributes that hold together. An attribute outside groups is a group of its own.</summary>
/// <param name="Attributes">At least one.</param>
/// <param name="IsBraced">Is it written in braces? Not so when it is one attribute that is never grouped.</param>
internal sealed record MeaningGroup(MeaningAttribute[] Attributes, bool IsBraced);

/// <summary>An attribute with its value, which is one of three.</summary>
/// <param name="Name">The attribute.</param>
/// <param name="Concept">Value as concept of the release, or none.</param>
/// <param name="Nested">Value as expression, when it says more than one concept; or null.</param>
/// <param name="Literal">Concrete value, or null.</param>
internal sealed record MeaningAttribute(ConceptOrdinal Name, ConceptOrdinal Concept, Meaning? Nested, ConcreteValue? Literal);

namespace Terminology.Ecl;

/// <summary>A condition on the attributes of a concept.</summary>
public abstract record Refinement;

/// <summary>All conditions hold.</summary>
/// <param name="Operands">Two or more.</param>
public sealed record RefinementConjunction(IReadOnlyList<Refinement> Operands) : Refinement;

/// <summary>At least one condition holds.</summary>
/// <param name="Operands">Two or more.</param>
public sealed record RefinementDisjunction(IReadOnlyList<Refinement> Operands) : Refinement;

/// <summary>Relationship groups that fulfil a condition within themselves; an ungrouped attribute is a group of its own.</summary>
/// <param name="Cardinality">How many groups, or null: at least one.</param>
/// <param name="Attributes">Attributes and their combinations, no groups.</param>
public sealed record AttributeGroup(Cardinality? Cardinality, Refinement Attributes) : Refinement;

/// <summary>Attributes of some names whose values fulfil a comparison.</summary>
/// <param name="Cardinality">How many, or null: at least one.</param>
/// <param name="IsReverse">Are the concepts that are asked for the values, and the comparison about the sources?</param>
/// <param name="Name">The attribute names.</param>
/// <param name="Value">The comparison.</param>
public sealed record AttributeConstraint(Cardinality? Cardinality, bool IsReverse, ExpressionConstraint Name, Comparison Value) : Refinement;

/// <summary>From how many to how many.</summary>
/// <param name="Minimum">At least.</param>
/// <param name="Maximum">At most; null: without limit.</param>
public sealed record Cardinality(int Minimum, int? Maximum)
{
    /// <summary>What holds when nothing is said: <c>[1..*]</c>.</summary>
    public static Cardinality Default { get; } = new(1, null);

    /// <summary>Is the number allowed?</summary>
    public bool Allows(int count) => count >= Minimum && (Maximum is null || count <= Maximum);
}

/// <summary>A value compared with another one.</summary>
/// <param name="Operator">How.</param>
public abstract record Comparison(ComparisonOperator Operator);

/// <summary>With the concepts of a constraint; <c>=</c> and <c>!=</c> only.</summary>
/// <param name="Operator">How.</param>
/// <param name="Concepts">With what.</param>
public sealed record ConceptComparison(ComparisonOperator Operator, ExpressionConstraint Concepts) : Comparison(Operator);

/// <summary>With a number.</summary>
/// <param name="Operator">How.</param>
/// <param name="Number">With what; scale and sign as written do not matter.</param>
public sealed record NumberComparison(ComparisonOperator Operator, decimal Number) : Comparison(Operator);

/// <summary>With texts, any of them; <c>=</c> and <c>!=</c> only.</summary>
/// <param name="Operator">How.</param>
/// <param name="Terms">One or more.</param>
public sealed record TermComparison(ComparisonOperator Operator, IReadOnlyList<SearchTerm> Terms) : Comparison(Operator);

/// <summary>With true or false; <c>=</c> and <c>!=</c> only.</summary>
/// <param name="Operator">How.</param>
/// <param name="Value">With what.</param>
public sealed record BooleanComparison(ComparisonOperator Operator, bool Value) : Comparison(Operator);

/// <summary>With dates, any of them; in filters only.</summary>
/// <param name="Operator">How.</param>
/// <param name="Times">One or more; one that is not known stands for <c>""</c>: not yet published.</param>
public sealed record TimeComparison(ComparisonOperator Operator, IReadOnlyList<EffectiveTime> Times) : Comparison(Operator);

/// <summary>How values are compared.</summary>
public enum ComparisonOperator
{
    /// <summary><c>=</c></summary>
    Equal,

    /// <summary><c>!=</c></summary>
    NotEqual,

    /// <summary><c>&lt;</c></summary>
    Less,

    /// <summary><c>&lt;=</c></summary>
    LessOrEqual,

    /// <summary><c>&gt;</c></summary>
    Greater,

    /// <summary><c>&gt;=</c></summary>
    GreaterOrEqual,
}

/// <summary>A text to look for.</summary>
/// <param name="Kind">How it is looked for.</param>
/// <param name="Text">The text; of <see cref="SearchTermKind.Wild"/> as written, with <c>*</c> for any characters and <c>\*</c> for a star.</param>
public sealed record SearchTerm(SearchTermKind Kind, string Text);

/// <summary>How a text is looked for.</summary>
public enum SearchTermKind
{
    /// <summary>Nothing was said: words in terms and fields of reference sets, the exact text in attribute values.</summary>
    Unsaid,

    /// <summary>Each word begins a word, in any order.</summary>
    Match,

    /// <summary>The whole text, case aside, with <c>*</c> for any characters.</summary>
    Wild,
}

using Terminology.Issues;

namespace Terminology.Ecl;

/// <summary>
/// A SNOMED CT expression constraint as a tree. Long and brief syntax, keywords and their identifiers, comments and brackets that change nothing give the same tree;
/// <see cref="ToString"/> prints it in the brief syntax, and what is printed parses to an equal tree.
/// </summary>
/// <remarks><see href="https://docs.snomed.org/snomed-ct-specifications/snomed-ct-expression-constraint-language">ECL 2.2</see>. Immutable, thread-safe.</remarks>
public abstract record ExpressionConstraint
{
    /// <summary>Deepest nesting of brackets that is read.</summary>
    public const int DeepestNesting = 100;

    /// <summary>Reads an expression constraint in brief or long syntax, or a mixture of both. One pass, linear in the text.</summary>
    /// <exception cref="InvalidExpression">The text does not follow the grammar; says where, what was expected, and how to mend it.</exception>
    public static ExpressionConstraint Parse(string text) => new EclParser(text).Parse();

    /// <summary>The constraint in brief syntax.</summary>
    public sealed override string ToString() => EclPrinter.Print(this);
}

/// <summary>A concept by its identifier; active or not.</summary>
/// <param name="Id">6 to 18 digits; neither existence nor check digit are asked of it.</param>
/// <param name="Term">What stood between pipes, trimmed; or null.</param>
public sealed record ConceptReference(string Id, string? Term = null) : ExpressionConstraint;

/// <summary><c>*</c>: every active concept; with a filter on <c>active</c>, every concept.</summary>
public sealed record AnyConcept : ExpressionConstraint;

/// <summary>A concept by its code in another scheme: <c>LOINC#54486-6</c>.</summary>
/// <param name="Scheme">Alias of the scheme.</param>
/// <param name="Code">The code.</param>
/// <param name="Term">What stood between pipes, trimmed; or null.</param>
public sealed record AlternateIdentifier(string Scheme, string Code, string? Term = null) : ExpressionConstraint;

/// <summary>An operator of the hierarchy over each concept of the operand.</summary>
/// <param name="Operator">Which.</param>
/// <param name="Operand">Of what.</param>
public sealed record HierarchyConstraint(HierarchyOperator Operator, ExpressionConstraint Operand) : ExpressionConstraint;

/// <summary>Operators of the hierarchy.</summary>
public enum HierarchyOperator
{
    /// <summary><c>&lt;</c></summary>
    DescendantOf,

    /// <summary><c>&lt;&lt;</c></summary>
    DescendantOrSelfOf,

    /// <summary><c>&lt;!</c></summary>
    ChildOf,

    /// <summary><c>&lt;&lt;!</c></summary>
    ChildOrSelfOf,

    /// <summary><c>&gt;</c></summary>
    AncestorOf,

    /// <summary><c>&gt;&gt;</c></summary>
    AncestorOrSelfOf,

    /// <summary><c>&gt;!</c></summary>
    ParentOf,

    /// <summary><c>&gt;&gt;!</c></summary>
    ParentOrSelfOf,

    /// <summary><c>!!&gt;</c>: concepts of the set without an ancestor in it.</summary>
    Top,

    /// <summary><c>!!&lt;</c>: concepts of the set without a descendant in it.</summary>
    Bottom,
}

/// <summary><c>^</c>: what the rows of reference sets name.</summary>
/// <param name="Refsets">The reference sets.</param>
/// <param name="Fields">Fields whose values are answered; empty: referencedComponentId; <c>*</c>: all.</param>
/// <param name="Filters">What a row has to fulfil, all of it.</param>
public sealed record MemberOf(ExpressionConstraint Refsets, IReadOnlyList<string> Fields, IReadOnlyList<EclFilter> Filters) : ExpressionConstraint;

/// <summary>Concepts of all operands.</summary>
/// <param name="Operands">Two or more.</param>
public sealed record Conjunction(IReadOnlyList<ExpressionConstraint> Operands) : ExpressionConstraint;

/// <summary>Concepts of any operand. Sets of references and of keywords in filters are disjunctions too.</summary>
/// <param name="Operands">Two or more.</param>
public sealed record Disjunction(IReadOnlyList<ExpressionConstraint> Operands) : ExpressionConstraint;

/// <summary>Concepts of one operand that are not in the other.</summary>
/// <param name="Left">From what.</param>
/// <param name="Right">What is taken away.</param>
public sealed record Exclusion(ExpressionConstraint Left, ExpressionConstraint Right) : ExpressionConstraint;

/// <summary>Concepts of the focus whose attributes fulfil the refinement.</summary>
/// <param name="Focus">From what.</param>
/// <param name="Refinement">The condition.</param>
public sealed record Refined(ExpressionConstraint Focus, Refinement Refinement) : ExpressionConstraint;

/// <summary>Values of an attribute of the concepts of the focus; of several attributes one after the other.</summary>
/// <param name="Focus">Whose attributes.</param>
/// <param name="Attributes">Attribute names, one or more.</param>
public sealed record Dotted(ExpressionConstraint Focus, IReadOnlyList<ExpressionConstraint> Attributes) : ExpressionConstraint;

/// <summary>Concepts with a description that fulfils all filters: <c>{{ D … }}</c>.</summary>
/// <param name="Operand">From what.</param>
/// <param name="Filters">One or more.</param>
public sealed record DescriptionFiltered(ExpressionConstraint Operand, IReadOnlyList<EclFilter> Filters) : ExpressionConstraint;

/// <summary>Concepts that fulfil all filters: <c>{{ C … }}</c>.</summary>
/// <param name="Operand">From what.</param>
/// <param name="Filters">One or more.</param>
public sealed record ConceptFiltered(ExpressionConstraint Operand, IReadOnlyList<EclFilter> Filters) : ExpressionConstraint;

/// <summary>The operand and the inactive concepts that historical associations link to it: <c>{{ + HISTORY-MIN }}</c>.</summary>
/// <param name="Operand">To what.</param>
/// <param name="Profile">Which associations; <see cref="HistoryProfile.Subset"/>: those of <paramref name="Refsets"/>.</param>
/// <param name="Refsets">Association reference sets, or null.</param>
public sealed record HistorySupplemented(ExpressionConstraint Operand, HistoryProfile Profile, ExpressionConstraint? Refsets = null) : ExpressionConstraint;

/// <summary>Which historical associations a supplement follows.</summary>
/// <remarks>ECL 2.2 <see href="https://docs.snomed.org/snomed-ct-specifications/snomed-ct-expression-constraint-language/behaviour-specification-with-examples/6.11-history-supplements">history supplements</see>.</remarks>
public enum HistoryProfile
{
    /// <summary>SAME AS.</summary>
    Minimum,

    /// <summary>SAME AS, REPLACED BY, WAS A, PARTIALLY EQUIVALENT TO.</summary>
    Moderate,

    /// <summary>All historical associations.</summary>
    Maximum,

    /// <summary>Those that are named.</summary>
    Subset,
}

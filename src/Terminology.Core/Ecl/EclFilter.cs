namespace Terminology.Ecl;

/// <summary>A condition on a description, a concept or a row of a reference set.</summary>
public abstract record EclFilter;

/// <summary>The term of a description.</summary>
/// <param name="Value">What it is compared with.</param>
public sealed record TermFilter(TermComparison Value) : EclFilter;

/// <summary>The language of a description.</summary>
/// <param name="IsNot">Is it another one?</param>
/// <param name="Languages">ISO 639-1 codes in lower case, any of them.</param>
public sealed record LanguageFilter(bool IsNot, IReadOnlyList<string> Languages) : EclFilter;

/// <summary>The type of a description; <c>syn</c>, <c>fsn</c> and <c>def</c> stand for their concepts.</summary>
/// <param name="IsNot">Is it another one?</param>
/// <param name="Types">The types.</param>
public sealed record TypeFilter(bool IsNot, ExpressionConstraint Types) : EclFilter;

/// <summary>Membership of a description in language reference sets.</summary>
/// <param name="IsNot">Is it in none of them?</param>
/// <param name="Dialects">Any of them.</param>
public sealed record DialectFilter(bool IsNot, IReadOnlyList<Dialect> Dialects) : EclFilter;

/// <summary>A language reference set with the acceptability that is asked for.</summary>
/// <param name="Refsets">The reference sets; an alias like <c>en-gb</c> stands for its concept.</param>
/// <param name="Acceptabilities">Any of them; empty: all.</param>
public sealed record Dialect(ExpressionConstraint Refsets, IReadOnlyList<ConceptReference> Acceptabilities);

/// <summary>The identifier of a description.</summary>
/// <param name="IsNot">Is it another one?</param>
/// <param name="Ids">Any of them.</param>
public sealed record DescriptionIdFilter(bool IsNot, IReadOnlyList<string> Ids) : EclFilter;

/// <summary>The definition status of a concept; <c>primitive</c> and <c>defined</c> stand for their concepts.</summary>
/// <param name="IsNot">Is it another one?</param>
/// <param name="Statuses">The statuses.</param>
public sealed record DefinitionStatusFilter(bool IsNot, ExpressionConstraint Statuses) : EclFilter;

/// <summary>The module of a description, a concept or a row.</summary>
/// <param name="IsNot">Is it another one?</param>
/// <param name="Modules">The modules.</param>
public sealed record ModuleFilter(bool IsNot, ExpressionConstraint Modules) : EclFilter;

/// <summary>When the present state of a description, a concept or a row was published.</summary>
/// <param name="Value">What it is compared with.</param>
public sealed record EffectiveTimeFilter(TimeComparison Value) : EclFilter;

/// <summary>Is a description, a concept or a row active? Without this filter active descriptions and rows are looked at.</summary>
/// <param name="Active">Active, inactive, or null: either.</param>
public sealed record ActiveFilter(bool? Active) : EclFilter;

/// <summary>A field of a row, by its name in the reference set.</summary>
/// <param name="Field">The name as written.</param>
/// <param name="Value">What it is compared with.</param>
public sealed record MemberFieldFilter(string Field, Comparison Value) : EclFilter;

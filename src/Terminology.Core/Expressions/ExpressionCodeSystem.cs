using Terminology.CodeSystems;

namespace Terminology.Expressions;

/// <summary>SNOMED CT with its post-coordinated expressions. An expression stands where its definition puts it.</summary>
/// <remarks>One thread. What is composed and the hierarchy have files of their own.</remarks>
internal sealed partial class ExpressionCodeSystem(ICodeSystem release) : ComposingCodeSystem<ExpressionCodeSystem.Expression>(release)
{
    private readonly ICodeSystem _release = release;
    private readonly Dictionary<string, ConceptOrdinal> _found = new(StringComparer.Ordinal);

    public override ConceptFlags Flags(ConceptOrdinal concept) => Own(concept) is null ? _release.Flags(concept) : ConceptFlags.None;

    /// <summary>Is it composed, rather than a concept of the release?</summary>
    public bool IsExpression(ConceptOrdinal concept) => Own(concept) is not null;

    /// <summary>The first focus concept of an expression; a concept itself.</summary>
    public ConceptOrdinal Focus(ConceptOrdinal concept) => Own(concept)?.Meaning.Focus[0] ?? concept;
}

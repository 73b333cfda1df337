namespace Terminology.CodeSystems;

/// <summary>Position of a concept in one code system version, in depth-first pre-order of the hierarchy; never leaves the process.</summary>
/// <param name="Value">Zero-based, below <see cref="ICodeSystem.Count"/>.</param>
public readonly record struct ConceptOrdinal(int Value)
{
    /// <summary>No concept.</summary>
    public static ConceptOrdinal None { get; } = new(-1);

    /// <summary>Is this a concept?</summary>
    public bool Exists => Value >= 0;
}

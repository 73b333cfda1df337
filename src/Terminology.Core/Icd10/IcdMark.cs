namespace Terminology.Icd10;

/// <summary>What a code is in a pair: the marks of ICD-10, which are no part of the code.</summary>
/// <remarks>ICD-10 volume 2, 3.1.3: the dagger is the code of the underlying disease and goes first, the asterisk that of its manifestation and never stands alone.</remarks>
internal enum IcdMark
{
    /// <summary>No mark.</summary>
    None,

    /// <summary><c>†</c> or <c>+</c>: the underlying disease.</summary>
    Dagger,

    /// <summary><c>*</c>: the manifestation.</summary>
    Aster,

    /// <summary><c>!</c> in ICD-10-GM: says more about another code.</summary>
    Optional,
}

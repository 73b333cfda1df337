namespace Terminology.Mapping.Quality;

/// <summary>What the loaded releases know of targets. Answers of one instance never change: a new release is a new instance.</summary>
/// <remarks>Thread-safe. Unknown is an answer, never an exception.</remarks>
public interface ITargetFacts
{
    /// <summary>The version of a code system that answers; null when none is loaded. A system without version answers with an empty text.</summary>
    string? VersionOf(string system);

    /// <summary>A concept; null when the release does not have it, or none is loaded.</summary>
    TargetConcept? Find(string system, string code);

    /// <summary>How <paramref name="code"/> stands to <paramref name="other"/>; null when one of them is not known.</summary>
    Subsumption? Relation(string system, string code, string other);

    /// <summary>Is <paramref name="parent"/> one step above <paramref name="code"/>? No: it is not, or one of them is not known.</summary>
    bool IsParent(string system, string code, string parent);

    /// <summary>Is the code in a value set? Null: the value set is not known, or cannot be asked.</summary>
    bool? IsIn(string valueSet, string system, string code);

    /// <summary>What may take the place of a code that is inactive, the surest first.</summary>
    IReadOnlyList<Replacement> Replacements(string system, string code);

    /// <summary>The LOINC term with exactly these axes; null when there is none.</summary>
    TargetConcept? WithAxes(LoincAxes axes);

    /// <summary>What a loaded map, or another one of ours, makes of a code in another system; empty when there is none.</summary>
    IReadOnlyList<string> Translate(string system, string code, string to);
}

/// <summary>What may take the place of a code.</summary>
/// <param name="How">In the words of its terminology: <c>SAME AS</c>, <c>REPLACED BY</c>, <c>MAP_TO</c>, <c>remapped</c>.</param>
/// <param name="Code">The code.</param>
/// <param name="Display">Its display, or null.</param>
/// <param name="IsCertain">Does it mean the same, so that nobody has to choose?</param>
public sealed record Replacement(string How, string Code, string? Display, bool IsCertain);

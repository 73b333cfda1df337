using Terminology.Maps;

namespace Terminology.Mapping.Impact;

/// <summary>One release of a code system, as far as maps rest on it.</summary>
/// <remarks>Thread-safe, no IO.</remarks>
public interface IReleaseFacts
{
    /// <summary>System and version.</summary>
    VersionedUrl Release { get; }

    /// <summary>Does it hold all codes? A code that a fragment does not have may exist all the same.</summary>
    bool IsWhole { get; }

    /// <summary>Is it a classification, in which the title of a code is its meaning and the codes below a code divide it?</summary>
    bool IsClassification { get; }

    /// <summary>The names of parts of meaning that this release gives at all: what only one of two releases gives was not changed by it.</summary>
    IReadOnlySet<string> MeaningNames { get; }

    /// <summary>What it says of a code; null when it does not have it.</summary>
    ConceptFacts? Find(string code);

    /// <summary>Does it have a code that is not inactive, be it a heading?</summary>
    bool MayBeUsed(string code);

    /// <summary>The codes for data that another release does not have, or has as inactive, with the names that say their whole meaning. One pass over this release.</summary>
    IEnumerable<NewConcept> NewSince(IReleaseFacts other);

    /// <summary>The codes directly above it; empty when it does not have it.</summary>
    IReadOnlyList<string> Broader(string code);

    /// <summary>All codes below it, in order of the release; empty when it does not have it.</summary>
    IEnumerable<ConceptFacts> Below(string code);

    /// <summary>What is to be used in place of a code, as the release and the maps loaded beside it say; empty when they say nothing.</summary>
    IReadOnlyList<Replacement> Replacements(string code);
}

/// <summary>A concept that another release does not have, or has as inactive.</summary>
/// <param name="Facts">What is said of it.</param>
/// <param name="Names">Its names; of classifications and LOINC the title alone, for what stands beside it there is included in the meaning and is not the whole of it.</param>
public sealed record NewConcept(ConceptFacts Facts, IReadOnlyList<string> Names);

/// <summary>What is to be used in place of a code.</summary>
/// <param name="Code">The other code.</param>
/// <param name="Display">Its display, or null.</param>
/// <param name="Kind">The association in words of its source, for example <c>SAME AS</c>.</param>
/// <param name="Relationship">How the old code stands to it.</param>
/// <param name="Source">Where this is said: release or map, with its version.</param>
public sealed record Replacement(string Code, string? Display, string Kind, MapRelationship Relationship, string Source)
{
    /// <summary>A condition or remark of the source, or null.</summary>
    public string? Comment { get; init; }

    /// <summary>Does it stand for the old code as it is? Else a person chooses.</summary>
    public bool IsCertain => Relationship == MapRelationship.Equivalent && Comment is null;
}

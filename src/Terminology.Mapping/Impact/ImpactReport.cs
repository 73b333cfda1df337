using Terminology.Mapping.Releases;
using Terminology.Mapping.Rows;

namespace Terminology.Mapping.Impact;

/// <summary>What a release does to a map. Nothing of it has happened.</summary>
public sealed record ImpactReport
{
    /// <summary>Id of the map, or its canonical where nobody works on it here.</summary>
    public required string Map { get; init; }

    /// <summary>The new release; <c>system|version</c>.</summary>
    public required string Release { get; init; }

    /// <summary>The releases that its rows were compared with, each once.</summary>
    public IReadOnlyList<string> Before { get; init; } = [];

    /// <summary>Rows that were looked at; retired ones are not.</summary>
    public required int Rows { get; init; }

    /// <summary>Rows with a code of the system of the release, or that may get one from it.</summary>
    public required int Concerned { get; init; }

    /// <summary>Rows that the release touches.</summary>
    public required int Touched { get; init; }

    /// <summary>Touched rows by class; a row may be in several.</summary>
    public IReadOnlyDictionary<ImpactClass, int> Classes { get; init; } = new Dictionary<ImpactClass, int>();

    /// <summary>What limits the answer, a sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The touched rows in order of the map; in an answer of <c>/api</c> a page of them.</summary>
    public IReadOnlyList<ImpactedRow> List { get; init; } = [];

    /// <summary>Where the next page begins, or null.</summary>
    public int? Next { get; init; }
}

/// <summary>A row that a release touches.</summary>
/// <param name="Key">Of the row.</param>
/// <param name="Code">Source code.</param>
/// <param name="Display">Its display, or null.</param>
/// <param name="State">Where it stands; null where nobody works on the map here.</param>
/// <param name="Codes">The codes of it that are touched, the source first.</param>
public sealed record ImpactedRow(string Key, string Code, string? Display, MapRowState? State, IReadOnlyList<ImpactedCode> Codes)
{
    /// <summary>The classes of all its codes, what weighs most first.</summary>
    public IEnumerable<ImpactClass> ClassesOfAll() => Codes.SelectMany(code => code.Classes).Distinct().Order();

    /// <summary>The classes for which the row itself may be looked at again: not those of targets that are superseded, which nothing said in the row mends.</summary>
    public IEnumerable<ImpactClass> ClassesOfTheRow() => Codes.Where(code => code.Superseded is null).SelectMany(code => code.Classes).Distinct().Order();
}

/// <summary>On which side of a row a code stands.</summary>
public enum ImpactSide
{
    /// <summary>It is mapped.</summary>
    Source,

    /// <summary>It is mapped to.</summary>
    Target,
}

/// <summary>A code of a row that a release touches.</summary>
/// <param name="Side">Source or target.</param>
/// <param name="Code">The code.</param>
/// <param name="Classes">What happens to it, what weighs most first; never empty.</param>
/// <param name="Text">The same in sentences.</param>
/// <param name="Before">As it was; null when the old release does not have it.</param>
/// <param name="After">As it is; null when the new release does not have it.</param>
public sealed record ImpactedCode(ImpactSide Side, string Code, IReadOnlyList<ImpactClass> Classes, string Text, ConceptFacts? Before, ConceptFacts? After)
{
    /// <summary>What could be done, the surest first; empty: a person must look for another code.</summary>
    public IReadOnlyList<Repair> Repairs { get; init; } = [];

    /// <summary>Is the target among those that are served now, so that waiting has a price?</summary>
    public bool IsServed { get; init; }

    /// <summary>Of a target that is superseded and answered besides: for how long, and to whom. Nothing is to be repaired then; its window may be ended early when the next release is frozen. Null otherwise.</summary>
    public DeprecationWindow? Superseded { get; init; }
}

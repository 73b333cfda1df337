using Terminology.Search;

namespace Terminology.Mapping.Quality;

/// <summary>Where a target stands in its release.</summary>
public enum TargetStatus
{
    /// <summary>To be used.</summary>
    Active,

    /// <summary>Valid, and better not used: DISCOURAGED or TRIAL in LOINC, deprecated elsewhere.</summary>
    Discouraged,

    /// <summary>A header or group that is no code for data: not billable in ICD-10-CM, not selectable elsewhere.</summary>
    Header,

    /// <summary>Not to be used any more.</summary>
    Inactive,
}

/// <summary>What a release knows of one target.</summary>
/// <param name="System">Canonical of its code system.</param>
/// <param name="Code">As the release writes it.</param>
/// <param name="Display">Its display.</param>
public sealed record TargetConcept(string System, string Code, string Display)
{
    private string[][]? _words;

    /// <summary>Where it stands.</summary>
    public TargetStatus Status { get; init; }

    /// <summary>The words of its names, folded; those of its display last. Worked out once.</summary>
    internal IReadOnlyList<string[]> Words => _words ??= [.. Names.Append(Display).Select(TermFolding.Words)];

    /// <summary>The words of its display, folded.</summary>
    internal string[] ShownWords => Words[^1];

    /// <summary>The word of the terminology for that (<c>TRIAL</c>, <c>DEPRECATED</c>), or null.</summary>
    public string? StatusWord { get; init; }

    /// <summary>All its active names, the display first.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>SNOMED CT semantic tag, for example <c>disorder</c>; or null.</summary>
    public string? SemanticTag { get; init; }

    /// <summary>Axes of a LOINC term; null for everything else.</summary>
    public LoincAxes? Axes { get; init; }

    /// <summary>Parts of a drug; null for everything else.</summary>
    public DrugFacts? Drug { get; init; }

    /// <summary>What a classification says of it; null for everything else.</summary>
    public IcdFacts? Icd { get; init; }

    /// <summary>A notice that others than the publisher demand (LOINC <c>EXTERNAL_COPYRIGHT_NOTICE</c>), or null.</summary>
    public string? Notice { get; init; }

    /// <summary>Steps from the top of the hierarchy, by the longest way; null where there is no hierarchy.</summary>
    public int? Depth { get; init; }
}

/// <summary>What an RxNorm concept is.</summary>
/// <param name="TermType">TTY: <c>IN</c>, <c>SCD</c>, <c>SBD</c> …</param>
/// <param name="Ingredients">Names of its ingredients.</param>
/// <param name="Brand">Name of its brand, or null.</param>
public sealed record DrugFacts(string TermType, IReadOnlyList<string> Ingredients, string? Brand);

/// <summary>What a classification of diagnoses says of a code.</summary>
/// <param name="Excludes1">Codes and ranges that its notes, or those above it, do not allow beside it.</param>
/// <param name="IsManifestation">Does it need the code of the underlying disease before it?</param>
/// <param name="Limits">Who it is for: sex and age, in words; empty: everybody.</param>
public sealed record IcdFacts(IReadOnlyList<string> Excludes1, bool IsManifestation, IReadOnlyList<string> Limits);

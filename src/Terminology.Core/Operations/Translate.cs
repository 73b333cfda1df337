using Terminology.Issues;
using Terminology.Maps;

namespace Terminology.Operations;

/// <summary>
/// FHIR R4 <see href="https://hl7.org/fhir/R4/conceptmap-operation-translate.html">ConceptMap/$translate</see>, both parameter dialects (R4 and R5 names) read into one.
/// </summary>
/// <param name="Source">Codings to translate; for a reverse translation the targets.</param>
public sealed record TranslateRequest(CodeableConcept Source)
{
    /// <summary>Are displays of targets that the map does not give taken from the code system? They are in any case when a language is asked for.</summary>
    public bool FillDisplays { get; init; } = true;

    /// <summary>The map by canonical, or null: every live map whose source fits.</summary>
    public VersionedUrl? Url { get; init; }

    /// <summary>A map that came inline, or null.</summary>
    public IConceptMap? ConceptMap { get; init; }

    /// <summary>Source scope: a value set, or a code system's canonical, which is read as that system; or null.</summary>
    public string? SourceScope { get; init; }

    /// <summary>Target scope: a value set, or a code system's canonical, which is read as that system; or null.</summary>
    public string? TargetScope { get; init; }

    /// <summary>Target code system, or null for any.</summary>
    public string? TargetSystem { get; init; }

    /// <summary>Translate from target to source.</summary>
    public bool Reverse { get; init; }

    /// <summary>Was the request in R5 names? The answer then uses R5 words beside the R4 ones.</summary>
    public bool R5Names { get; init; }

    /// <summary>Most maps that may be put together where none leads to the target system; below 2: none are.</summary>
    public int MaxLinks { get; init; }

    /// <summary>Is it to be told which maps and rows were tried?</summary>
    public bool Trace { get; init; }

    /// <summary>Does the answer say what stands against applying it unattended?</summary>
    public bool Safety { get; init; } = true;

    /// <summary>Are superseded targets asked for, also those that only are answered to who asks?</summary>
    public bool IncludeSuperseded { get; init; }

    /// <summary>Names of parameters that the operation does not declare; the trace says so.</summary>
    public IReadOnlyList<string> Ignored { get; init; } = [];

    /// <summary>The code systems that a chain has come over.</summary>
    internal IReadOnlyList<string> ChainedOver { get; init; } = [];

    /// <summary>What is known of the source's context: dependsOn values; age and sex for map rules.</summary>
    public IReadOnlyList<TranslateDependency> Dependencies { get; init; } = [];
}

/// <summary>One known thing about the context.</summary>
/// <param name="Element">Element or property, as the map names it; <c>http://snomed.info/id/445518008</c> for age at onset.</param>
/// <param name="Value">Codings and text; an age is text such as <c>17 a</c>, or a quantity.</param>
public sealed record TranslateDependency(string Element, CodeableConcept Value)
{
    /// <summary>The value as quantity: number and UCUM unit; or null.</summary>
    public (decimal Value, string Unit)? Quantity { get; init; }
}

/// <summary>Always an answer: no match is <c>Result = false</c> with a message.</summary>
/// <param name="Result">May a caller use the matches: is there one that is neither unmatched nor in need of a person?</param>
/// <param name="Matches">In the order of the maps and their rows; for several source codings in their order.</param>
public sealed record TranslateResult(bool Result, IReadOnlyList<TranslateMatch> Matches)
{
    /// <summary>Why there is none, or what to know; or null.</summary>
    public string? Message { get; init; }

    /// <summary>Everything found out on the way: forms understood, maps that disagree, targets inactive or unknown.</summary>
    public IReadOnlyList<Issue> Issues { get; init; } = [];

    /// <summary>What stands against applying the answer unattended; empty only when there is a match and all of them are safe.</summary>
    public IReadOnlyList<Caution> Cautions { get; init; } = [];

    /// <summary>Which maps and rows were tried, and why they were taken or not, when the request asked for it.</summary>
    public IReadOnlyList<TranslateStep> Trace { get; init; } = [];

    /// <summary>Was it a reverse translation?</summary>
    public bool Reverse { get; init; }
}

/// <summary>One candidate.</summary>
/// <param name="Relationship">How source stands to target (turned for a reverse translation).</param>
/// <param name="Target">The target with display filled in; null for "decided: no target".</param>
/// <param name="MapUrl">Canonical of the map, or null for an inline map without one.</param>
/// <param name="MapVersion">Its version, or null.</param>
public sealed record TranslateMatch(MapRelationship Relationship, Coding? Target, string? MapUrl, string? MapVersion)
{
    /// <summary>The coding it comes from.</summary>
    public Coding? Source { get; init; }

    /// <summary>R4 equivalence when the map said more than the relationship; or null.</summary>
    public string? OriginalRelationship { get; init; }

    /// <summary>Is it decided that there is no target?</summary>
    public bool NoMap { get; init; }

    /// <summary>Conditions of the row that the request did not settle: it holds only if they do.</summary>
    public IReadOnlyList<MapDependency> DependsOn { get; init; } = [];

    /// <summary>What else comes out.</summary>
    public IReadOnlyList<MapDependency> Products { get; init; } = [];

    /// <summary>Comment or advice of the row, or null.</summary>
    public string? Comment { get; init; }

    /// <summary>Rule as written, or null.</summary>
    public string? Rule { get; init; }

    /// <summary>mapGroup, scenario; 0 when none.</summary>
    public int RuleGroup { get; init; }

    /// <summary>mapPriority, choice list position; 0 when none.</summary>
    public int Priority { get; init; }

    /// <summary>Further facts of the row: correlation, category, GEM flags.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Properties { get; init; } = [];

    /// <summary>Has another target, or none, taken its place? <see cref="Properties"/> say until when it is answered; it stands behind those that hold.</summary>
    public bool IsSuperseded { get; init; }

    /// <summary>Was its map made and released here, or is it part of the release of a code system? Otherwise nobody answers for it.</summary>
    public bool IsGoverned { get; init; }

    /// <summary>Must a person decide (context missing, ambiguous history, several readings)?</summary>
    public bool NeedsPerson { get; init; }

    /// <summary>The active concept that stands for an inactive source, when one was followed; or null.</summary>
    public Coding? Via { get; init; }

    /// <summary>The concepts between source and target, when several maps were put together; the last link is this match's own map.</summary>
    public IReadOnlyList<ChainLink> Chain { get; init; } = [];

    /// <summary>What a caller must know before applying it unattended, in the order of <see cref="Caution"/>; empty: it is safe.</summary>
    public IReadOnlyList<Caution> Cautions { get; init; } = [];

    /// <summary>What to know of this match.</summary>
    public IReadOnlyList<Issue> Issues { get; init; } = [];
}

/// <summary>A step of a chain.</summary>
/// <param name="Concept">The concept reached.</param>
/// <param name="Relationship">How the one before stands to it.</param>
/// <param name="Map">The map that says so, or null when it has no canonical.</param>
public sealed record ChainLink(Coding Concept, MapRelationship Relationship, VersionedUrl? Map);

/// <summary>A line of the trace.</summary>
/// <param name="Map">Canonical and version of the map.</param>
/// <param name="Taken">Was the map, or its row, taken?</param>
/// <param name="Why">The reason, as a sentence.</param>
public sealed record TranslateStep(string Map, bool Taken, string Why);

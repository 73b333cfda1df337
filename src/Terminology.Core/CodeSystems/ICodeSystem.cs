using Terminology.Search;

namespace Terminology.CodeSystems;

/// <summary>
/// One version of one code system, immutable. Two implementations, the store's and the in-memory one, answer alike.
/// Texts are UTF-8 spans that live as long as the code system: copy before keeping. Ordinals and indexes are this version's own.
/// </summary>
/// <remarks>Thread-safe, no IO, no allocation unless a member says so. An ordinal or index out of range throws <see cref="ArgumentOutOfRangeException"/>.</remarks>
public partial interface ICodeSystem
{
    /// <summary>What it says of itself, with the property definitions.</summary>
    CodeSystemInfo Info { get; }

    /// <summary>How many concepts it has, inactive ones included.</summary>
    int Count { get; }

    /// <summary>Finds a concept by its code, exactly; in a case-insensitive system whatever the case. ≤ 0.25 µs in the store.</summary>
    bool TryFind(ReadOnlySpan<byte> code, out ConceptOrdinal concept);

    /// <summary>The code, as the code system writes it.</summary>
    ReadOnlySpan<byte> Code(ConceptOrdinal concept);

    /// <summary>Status flags of a concept.</summary>
    ConceptFlags Flags(ConceptOrdinal concept);

    /// <summary>The display that is shown when nobody asks for a language; empty when the concept has no designation at all.</summary>
    ReadOnlySpan<byte> Display(ConceptOrdinal concept);

    /// <summary>The designations of a concept as a range of designation indexes; the default display is first, definitions are among them (<see cref="DesignationUses.Definition"/>).</summary>
    IndexRange Designations(ConceptOrdinal concept);

    /// <summary>One designation.</summary>
    DesignationView Designation(int designation);

    /// <summary>
    /// How acceptable a designation is in a language reference set; <see cref="Acceptability.None"/> when it is not in it.
    /// Systems without language reference sets always answer None.
    /// </summary>
    Acceptability Acceptability(int designation, string languageRefset);

    /// <summary>
    /// The active properties of a concept as a range of property indexes, sorted by (group, property). Attribute relationships are properties
    /// whose <see cref="PropertyView.Concept"/> is set; hierarchy links are not properties (see <see cref="Parents"/>).
    /// </summary>
    IndexRange Properties(ConceptOrdinal concept);

    /// <summary>How the resource wants the concept to be shown (rendering-style and the like); releases have none.</summary>
    IReadOnlyList<Extension> Extensions(ConceptOrdinal concept) => [];

    /// <summary>One property value.</summary>
    PropertyView Property(int property);

    /// <summary>Direct parents, distinct, in the order of the source.</summary>
    ReadOnlySpan<ConceptOrdinal> Parents(ConceptOrdinal concept);

    /// <summary>Direct children, distinct, ascending.</summary>
    ReadOnlySpan<ConceptOrdinal> Children(ConceptOrdinal concept);

    /// <summary>Is <paramref name="concept"/> the same as, or below, <paramref name="ancestor"/>? ≤ 0.15 µs in the store.</summary>
    bool IsA(ConceptOrdinal concept, ConceptOrdinal ancestor);

    /// <summary>The concept and all below it. Allocates at most the set's own arrays.</summary>
    ConceptSet DescendantsOrSelf(ConceptOrdinal concept);

    /// <summary>The concept and all above it.</summary>
    ConceptSet AncestorsOrSelf(ConceptOrdinal concept);

    /// <summary>Every concept.</summary>
    ConceptSet All { get; }

    /// <summary>Every concept that is not inactive.</summary>
    ConceptSet Active { get; }

    /// <summary>Concepts without a parent.</summary>
    ConceptSet Roots { get; }

    /// <summary>Concepts that have the property with this concept as value. <paramref name="property"/> indexes <see cref="CodeSystemInfo.Properties"/>.</summary>
    ConceptSet WithProperty(int property, ConceptOrdinal value);

    /// <summary>Concepts that have the property with this text as value, compared byte by byte.</summary>
    ConceptSet WithProperty(int property, ReadOnlySpan<byte> value);

    /// <summary>Concepts that have the property at all.</summary>
    ConceptSet WithProperty(int property);

    /// <summary>Term search over this code system.</summary>
    ITermSearch Search { get; }

    /// <summary>Its reference sets, or null when the system has none (everything but SNOMED CT).</summary>
    IRefsets? Refsets { get; }
}

/// <summary>Status of a concept.</summary>
[Flags]
public enum ConceptFlags
{
    /// <summary>Active, selectable.</summary>
    None = 0,

    /// <summary>Not to be used for new data: inactive in SNOMED CT, obsolete in RxNorm, DEPRECATED in LOINC, FHIR <c>inactive</c> or status retired.</summary>
    Inactive = 1,

    /// <summary>A grouper that is no code for data: FHIR <c>notSelectable</c>, ICD-10-CM headers.</summary>
    Abstract = 2,

    /// <summary>Discouraged, valid unless inactive as well: LOINC DISCOURAGED and DEPRECATED, FHIR status deprecated.</summary>
    Deprecated = 4,
}

/// <summary>A run of indexes.</summary>
/// <param name="Start">The first index.</param>
/// <param name="Count">How many.</param>
public readonly record struct IndexRange(int Start, int Count)
{
    /// <summary>One past the last index.</summary>
    public int End => Start + Count;
}

/// <summary>One designation as stored.</summary>
public readonly ref struct DesignationView
{
    /// <summary>The text.</summary>
    public required ReadOnlySpan<byte> Value { get; init; }

    /// <summary>BCP-47 language, or empty when not said.</summary>
    public required string Language { get; init; }

    /// <summary>What it is for; <see cref="DesignationUses.Display"/> for a plain display.</summary>
    public required Coding Use { get; init; }

    /// <summary>Identifier of its own (SNOMED CT description id, RxNorm RXAUI); empty when it has none.</summary>
    public ReadOnlySpan<byte> Id { get; init; }

    /// <summary>Inactive designations are kept; nothing shows them unless asked.</summary>
    public required bool Active { get; init; }

    /// <summary>Case rule of the text.</summary>
    public CaseSignificance CaseSignificance { get; init; }

    /// <summary>When this state of it was published.</summary>
    public EffectiveTime EffectiveTime { get; init; }

    /// <summary>SNOMED CT module id; empty elsewhere.</summary>
    public string Module { get; init; }

    /// <summary>Its status or identifier elsewhere, as the resource says; null or empty: none.</summary>
    public IReadOnlyList<Extension>? Extensions { get; init; }
}

/// <summary>One property value as stored.</summary>
public readonly ref struct PropertyView
{
    /// <summary>Which property: index into <see cref="CodeSystemInfo.Properties"/>.</summary>
    public required int Property { get; init; }

    /// <summary>The value as text; the code when the value is a concept.</summary>
    public required ReadOnlySpan<byte> Value { get; init; }

    /// <summary>The value as concept of this code system, or <see cref="ConceptOrdinal.None"/>.</summary>
    public required ConceptOrdinal Concept { get; init; }

    /// <summary>Relationship group; 0 is ungrouped.</summary>
    public int Group { get; init; }
}

/// <summary>SNOMED CT description case significance.</summary>
public enum CaseSignificance
{
    /// <summary>Not said.</summary>
    Unknown,

    /// <summary>900000000000448009: case does not matter.</summary>
    EntireTermCaseInsensitive,

    /// <summary>900000000000020002: only the first character may change case.</summary>
    InitialCharacterCaseInsensitive,

    /// <summary>900000000000017005: case matters.</summary>
    EntireTermCaseSensitive,
}

/// <summary>Standing of a description in a language reference set.</summary>
public enum Acceptability
{
    /// <summary>Not a member.</summary>
    None,

    /// <summary>900000000000549004.</summary>
    Acceptable,

    /// <summary>900000000000548007.</summary>
    Preferred,
}

using Terminology.CodeSystems;
using Terminology.Maps;

namespace Terminology.Releases;

/// <summary>
/// Where a loader pushes what it reads, and where a stored release replays what it holds: records in any order after <see cref="Begin"/>, joined by code.
/// Nothing is in service before <see cref="Complete"/> returns. One thread.
/// </summary>
/// <remarks>
/// Joins happen at <see cref="Complete"/>: a designation, property or relationship whose concept never comes is handed to the
/// <see cref="LoadReport"/> as dangling and dropped from answers. Of two records with one identity (concept code; non-empty id of a designation, relationship
/// or member) the later <c>EffectiveTime</c> wins; equal times: the later pushed. Spans are copied before a call returns.
/// </remarks>
public interface IReleaseSink
{
    /// <summary>First call: what the release is. <see cref="ReleaseInfo.CodeSystem"/> is null for releases of maps or resources alone.</summary>
    void Begin(ReleaseInfo release);

    /// <summary>A concept.</summary>
    void Concept(in ConceptRecord concept);

    /// <summary>A designation of a concept.</summary>
    void Designation(in DesignationRecord designation);

    /// <summary>A link from a concept to a concept: hierarchy when its type is <see cref="ReleaseInfo.HierarchyType"/>, else an attribute.</summary>
    void Relationship(in RelationshipRecord relationship);

    /// <summary>A literal property of a concept; concrete values of SNOMED CT too.</summary>
    void Property(in PropertyRecord property);

    /// <summary>Announces a reference set before its first member. Announced twice: the same columns.</summary>
    void Refset(RefsetInfo refset);

    /// <summary>A row of a reference set; language reference sets too.</summary>
    void Member(in MemberRecord member);

    /// <summary>Announces a concept map; its elements follow.</summary>
    /// <returns>The handle for <see cref="MapElement"/>.</returns>
    int Map(ConceptMapInfo map);

    /// <summary>An element of a map announced before. Elements of one group may come in any order and keep it; one source code may come more than once.</summary>
    /// <param name="map">The handle.</param>
    /// <param name="group">Index into <see cref="ConceptMapInfo.Groups"/>.</param>
    /// <param name="element">The element.</param>
    void MapElement(int map, int group, MapElement element);

    /// <summary>A FHIR resource kept as it is: value sets, naming systems, small code systems and maps of packages.</summary>
    void Resource(ResourceRecord resource);

    /// <summary>Last call: joins, checks and makes it all durable; then the release can be opened.</summary>
    /// <exception cref="Issues.ReleaseFormat">Contents that cannot be a release, for example a cycle in the hierarchy with its codes named.</exception>
    void Complete(LoadReport report, CancellationToken cancel);
}

/// <summary>A concept as read.</summary>
public readonly ref struct ConceptRecord
{
    /// <summary>The code in its normal form (ICD-10-CM with the dot, NDC eleven digits).</summary>
    public required ReadOnlySpan<byte> Code { get; init; }

    /// <summary>Its status.</summary>
    public ConceptFlags Flags { get; init; }

    /// <summary>When this state was published.</summary>
    public EffectiveTime EffectiveTime { get; init; }

    /// <summary>SNOMED CT module; else empty.</summary>
    public ReadOnlySpan<byte> Module { get; init; }

    /// <summary>SNOMED CT definitionStatusId; else empty.</summary>
    public ReadOnlySpan<byte> DefinitionStatus { get; init; }
}

/// <summary>A designation as read.</summary>
public readonly ref struct DesignationRecord
{
    /// <summary>Code of its concept.</summary>
    public required ReadOnlySpan<byte> Concept { get; init; }

    /// <summary>The text, UTF-8, never empty.</summary>
    public required ReadOnlySpan<byte> Value { get; init; }

    /// <summary>What it is for; loaders reuse their instances.</summary>
    public required Coding Use { get; init; }

    /// <summary>BCP-47 language, or empty; loaders reuse their strings.</summary>
    public string Language { get; init; }

    /// <summary>Identifier of its own, or empty.</summary>
    public ReadOnlySpan<byte> Id { get; init; }

    /// <summary>False for an inactive one, kept for history.</summary>
    public required bool Active { get; init; }

    /// <summary>
    /// Rank for becoming the default display where no language reference set decides: the lowest rank of a concept wins, equal ranks: the first pushed.
    /// 0 = the display; 100 = a synonym; 255 = never (definitions).
    /// </summary>
    public byte DisplayRank { get; init; }

    /// <summary>Case rule.</summary>
    public CaseSignificance CaseSignificance { get; init; }

    /// <summary>When this state was published.</summary>
    public EffectiveTime EffectiveTime { get; init; }

    /// <summary>SNOMED CT module; else empty.</summary>
    public ReadOnlySpan<byte> Module { get; init; }
}

/// <summary>A link between two concepts as read.</summary>
public readonly ref struct RelationshipRecord
{
    /// <summary>Code of the source: the child in the hierarchy.</summary>
    public required ReadOnlySpan<byte> Source { get; init; }

    /// <summary>Type: <see cref="ReleaseInfo.HierarchyType"/> or the code of a property.</summary>
    public required ReadOnlySpan<byte> Type { get; init; }

    /// <summary>Code of the target: the parent in the hierarchy.</summary>
    public required ReadOnlySpan<byte> Target { get; init; }

    /// <summary>Relationship group; 0 is ungrouped.</summary>
    public int Group { get; init; }

    /// <summary>Identifier of its own, or empty.</summary>
    public ReadOnlySpan<byte> Id { get; init; }

    /// <summary>False for an inactive one, kept for history.</summary>
    public required bool Active { get; init; }

    /// <summary>When this state was published.</summary>
    public EffectiveTime EffectiveTime { get; init; }

    /// <summary>SNOMED CT module; else empty.</summary>
    public ReadOnlySpan<byte> Module { get; init; }

    /// <summary>SNOMED CT characteristicTypeId; else empty. Only inferred ones (900000000000011006) make hierarchy and attributes; empty counts as inferred.</summary>
    public ReadOnlySpan<byte> CharacteristicType { get; init; }
}

/// <summary>A literal property value as read.</summary>
public readonly ref struct PropertyRecord
{
    /// <summary>Code of its concept.</summary>
    public required ReadOnlySpan<byte> Concept { get; init; }

    /// <summary>Code of the property; one that <see cref="CodeSystemInfo.Properties"/> does not define is added with this type.</summary>
    public required ReadOnlySpan<byte> Property { get; init; }

    /// <summary>Type of the value.</summary>
    public required PropertyType Type { get; init; }

    /// <summary>The value as text; see <see cref="PropertyType"/> for the form of each.</summary>
    public required ReadOnlySpan<byte> Value { get; init; }

    /// <summary>Relationship group; 0 is ungrouped.</summary>
    public int Group { get; init; }

    /// <summary>Identifier of its own (concrete values), or empty.</summary>
    public ReadOnlySpan<byte> Id { get; init; }

    /// <summary>False for an inactive one, kept for history; loaders of other systems say true.</summary>
    public required bool Active { get; init; }

    /// <summary>When this state was published.</summary>
    public EffectiveTime EffectiveTime { get; init; }

    /// <summary>SNOMED CT module; else empty.</summary>
    public ReadOnlySpan<byte> Module { get; init; }
}

/// <summary>A reference set row as read.</summary>
public readonly ref struct MemberRecord
{
    /// <summary>SCTID of the reference set, announced before.</summary>
    public required ReadOnlySpan<byte> Refset { get; init; }

    /// <summary>UUID as text (36 characters).</summary>
    public required ReadOnlySpan<byte> Id { get; init; }

    /// <summary>False for an inactive one, kept for history.</summary>
    public required bool Active { get; init; }

    /// <summary>When this state was published.</summary>
    public required EffectiveTime EffectiveTime { get; init; }

    /// <summary>SCTID of the module.</summary>
    public required ReadOnlySpan<byte> Module { get; init; }

    /// <summary>SCTID of the member: concept, description or relationship.</summary>
    public required ReadOnlySpan<byte> ReferencedComponent { get; init; }

    /// <summary>The columns after referencedComponentId, separated by TAB as in the file; empty when there is none.</summary>
    public ReadOnlySpan<byte> Fields { get; init; }
}

/// <summary>A FHIR resource as kept.</summary>
/// <param name="ResourceType">CodeSystem, ValueSet, ConceptMap or NamingSystem.</param>
/// <param name="Url">Canonical; for a NamingSystem its preferred uri. Never empty.</param>
/// <param name="Version">Business version, or null.</param>
/// <param name="Id">Logical id, or null.</param>
/// <param name="Status">Publication status.</param>
/// <param name="Date">Business date as FHIR text, or null.</param>
/// <param name="Json">The resource in FHIR R4 JSON, UTF-8.</param>
public sealed record ResourceRecord(
    string ResourceType, string Url, string? Version, string? Id, PublicationStatus Status, string? Date, ReadOnlyMemory<byte> Json)
{
    /// <summary>CodeSystem.supplements, ConceptMap scopes and the like that the catalogue needs without opening the resource: element name to values.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Index { get; init; } = new Dictionary<string, IReadOnlyList<string>>();
}
